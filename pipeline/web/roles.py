"""Who may do what. A role is a Django group of that name; somebody without one may only look."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest


class Role(StrEnum):
    """What somebody does in the practice."""

    VIEWER = "viewer"
    BILLER = "biller"
    CODER = "coder"
    COORDINATOR = "authorization coordinator"
    CLINICIAN = "clinician"
    LEAD = "lead"
    ADMIN = "admin"


class Right(StrEnum):
    """What a route asks for."""

    LOOK = "look"
    """See the worklist, letters, tasks and reports."""
    DECIDE = "decide"
    """Say what a letter says; check it off; divide a file into letters."""
    WORK = "work"
    """Move a task on, write notes and calls, take a task."""
    ASSIGN = "assign"
    """Give tasks to others."""
    SIGN = "sign"
    """Close what is open in a letter in own words, and sign it: a clinician's act, and nobody else's."""
    WRITE_OFF = "write_off"
    """Give up money."""
    FILES = "files"
    """Send a file through again, give its password, take a copy of it."""
    AUDIT = "audit"
    """See who did what."""
    PEOPLE = "people"
    """Invite people, give them roles, sign them out."""


_EVERYBODY = frozenset({Right.LOOK})
_WORKS = _EVERYBODY | {Right.WORK}
_DECIDES = _WORKS | {Right.DECIDE, Right.ASSIGN, Right.FILES}
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.VIEWER: _EVERYBODY,
    Role.BILLER: _DECIDES,
    Role.CODER: _WORKS | {Right.DECIDE},
    Role.COORDINATOR: _DECIDES,
    Role.CLINICIAN: _WORKS | {Right.SIGN},
    Role.LEAD: _DECIDES | {Right.WRITE_OFF, Right.AUDIT},
    Role.ADMIN: frozenset(Right) - {Right.SIGN},
}


def role_of(user: AbstractBaseUser | AnonymousUser) -> Role:
    """The role of somebody; a superuser is an admin."""
    if not isinstance(user, User):
        return Role.VIEWER
    if user.is_superuser:
        return Role.ADMIN
    names = {group.name for group in user.groups.all()}
    return next((role for role in reversed(Role) if role.value in names), Role.VIEWER)


def may(user: AbstractBaseUser | AnonymousUser, right: Right) -> bool:
    """Whether somebody has a right."""
    return user.is_authenticated and right in RIGHTS[role_of(user)]


def rights(request: HttpRequest) -> dict[str, Any]:
    """For the templates: ``can.decide`` and so on, and the role in words."""
    user = getattr(request, "user", AnonymousUser())
    if not user.is_authenticated:
        return {"can": {}, "role": ""}
    role = role_of(user)
    can = {right.value: right in RIGHTS[role] for right in Right}
    return {"can": can, "role": role.value, "idle_seconds": settings.SESSION_COOKIE_AGE}
