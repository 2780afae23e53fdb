"""The second factor: a code of the telephone (TOTP) beside the password, with recovery codes for a lost one.

Whoever set one up is asked for it at every sign-in; with ``second_factor = true`` in ``denials.toml`` everybody must.
The codes, their clock and the waiting after wrong ones are django-otp's.
"""

from base64 import b32encode
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django_otp import devices_for_user, login
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

_HAS, _NAME = "second", "telephone"
_RECOVERY_CODES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What a telephone needs to know: a picture for its camera, and the same as text in groups of four."""

    picture: SafeString
    text: str


def is_required() -> bool:
    """Whether everybody must have one."""
    return bool(settings.DENIALS_SECOND_FACTOR)


def has_one(user: User) -> bool:
    """Whether somebody set one up."""
    return bool(TOTPDevice.objects.devices_for_user(user, confirmed=True).exists())


def who_have_one() -> frozenset[int]:
    """The keys of the people who set one up."""
    return frozenset(TOTPDevice.objects.filter(confirmed=True).values_list("user_id", flat=True))


def note_in(session: Any, user: User) -> None:
    """Keep in a new session whether its owner has one, so that no page has to ask the database."""
    session[_HAS] = has_one(user)


def is_due(request: HttpRequest) -> bool:
    """Whether somebody with the right password has yet to show the second factor."""
    user: Any = request.user
    return bool((is_required() or request.session.get(_HAS)) and not user.is_verified())


def enrolment(user: User, *, issuer: str) -> Enrolment:
    """A telephone of this person that waits for its first code; the same until that comes."""
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": _NAME})
    secret = b32encode(device.bin_key).decode("ascii")
    address = f"otpauth://totp/{issuer}:{user.get_username()}?secret={secret}&issuer={issuer}"
    # Drawn by segno from letters and digits alone.
    picture = mark_safe(segno.make(address, error="m").svg_inline(scale=5, border=3, light="#fff"))  # noqa: S308
    return Enrolment(picture=picture, text=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)))


@transaction.atomic
def enrol(request: HttpRequest, user: User, code: str) -> tuple[str, ...]:
    """Take the telephone that waits if its code is right; the recovery codes, or nothing where it is wrong."""
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None or not device.verify_token(_plain(code)):
        return ()
    _forget(user, but=device)
    device.confirmed = True
    device.save()
    spare = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = tuple(StaticToken.random_token() for _ in range(_RECOVERY_CODES))
    StaticToken.objects.bulk_create(StaticToken(device=spare, token=one) for one in codes)
    _passed(request, device)
    return codes


@transaction.atomic
def show(request: HttpRequest, user: User, code: str) -> bool:
    """Whether a code of the telephone, or a recovery code, is right; each is good once."""
    typed = _plain(code)
    kind = TOTPDevice if typed.isdigit() else StaticDevice
    for device in devices_for_user(user, for_verify=True):
        if isinstance(device, kind) and device.verify_token(typed):
            _passed(request, device)
            return True
    return False


@transaction.atomic
def take_off(user: User) -> None:
    """Forget somebody's telephone and recovery codes."""
    _forget(user, but=None)


def _forget(user: User, *, but: TOTPDevice | None) -> None:
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=user).exclude(pk=but.pk if but is not None and kind is TOTPDevice else None).delete()


def _passed(request: HttpRequest, device: Any) -> None:
    request.session[_HAS] = True
    request.session.cycle_key()
    login(request, device)


def _plain(code: str) -> str:
    return "".join(code.split()).lower()[:16]
