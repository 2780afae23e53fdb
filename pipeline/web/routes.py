"""How a route of the desk is made: it asks for a right, and answers nothing about what lies in others' locations."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from pipeline.web.roles import Right, may
from pipeline.web.scope import sees, within

View = Callable[..., HttpResponseBase]
_OF_THE_WHOLE_HOUSE = frozenset({Right.AUDIT})
"""What tells of every location at once: nothing for who sees some of them alone."""


def route(where: str, view: View, *, name: str, right: Right) -> URLPattern:
    """A route that asks for a right; every route of the desk is made here, so that none is without one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may(request.user, right) or (right in _OF_THE_WHOLE_HOUSE and within(request) is not None):
            raise PermissionDenied
        if not sees(request, kwargs):
            raise Http404
        answer = view(request, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    return path(where, guarded, name=name)
