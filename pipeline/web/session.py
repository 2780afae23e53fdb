"""Sessions and errors: signing in and out is recorded, a session ends after a day's work, errors are told in words."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from pipeline.desk import StoreBusy
from pipeline.ending import log_unexpected
from pipeline.errors import DenialsError
from pipeline.store import Act
from pipeline.web import second
from pipeline.web.source import review

_LONGEST_SECONDS = 12 * 3600
_SINCE, _SEEN = "since", "seen"
_TOUCH_SECONDS = 60
"""A session is written down so often at most while somebody works: each time is a write to the disk."""

_BY_ITSELF = ("coming",)
"""What a page asks for by itself: no sign that somebody is there."""
_BEFORE_THE_SECOND = ("second", "show-second", "enrolment", "enrol", "logout", "login", "welcome")

Answer = Callable[[HttpRequest], HttpResponse]


class Guard:
    """Ends a session that is older than a working day, whatever was done in it, and translates our errors."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to a request."""
        if request.user.is_authenticated:
            since = request.session.setdefault(_SINCE, time.time())
            if time.time() - since > _LONGEST_SECONDS:
                logout(request)
        answer = self._answer(request)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Nothing of the desk before the second factor, where one is due. Work keeps a session alive."""
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not request.user.is_authenticated:
            return None
        if name not in _BY_ITSELF and time.time() - request.session.get(_SEEN, 0) > _TOUCH_SECONDS:
            request.session[_SEEN] = time.time()  # which lets the session run for its full time again
        if name in _BEFORE_THE_SECOND or not second.is_due(request):
            return None
        where = f"{reverse('second')}?{urlencode({'next': request.path})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": where})
        return HttpResponseRedirect(where)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Ours in words; others go on to Django, which shows nothing of them."""
        if isinstance(error, DenialsError):
            status = 503 if isinstance(error, StoreBusy) else 400
            context = {"what": error.what, "why": error.why, "advice": error.advice}
            return render(request, "web/problem.html", context, status=status)
        if not isinstance(error, (Http404, PermissionDenied, SuspiciousOperation)):
            log_unexpected(
                error, where=f"route {request.resolver_match.url_name}" if request.resolver_match else "desk"
            )
        return None


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: Any, **_: Any) -> None:
    request.session[_SINCE] = time.time()
    second.note_in(request.session, user)
    review().desk.looked(f"user-{user.pk}", by=user.get_username(), act=Act.SIGNED_IN)


@receiver(user_logged_out)
def _signed_out(user: Any, **_: Any) -> None:
    if user is not None:
        review().desk.looked(f"user-{user.pk}", by=user.get_username(), act=Act.SIGNED_OUT)


@receiver(user_login_failed)
def _failed(**_: Any) -> None:
    # The name that was typed may be a password in the wrong box: it is not kept.
    review().desk.looked("sign-in", by="somebody", act=Act.SIGN_IN_FAILED)
