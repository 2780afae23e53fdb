"""How large a request may be: forms are small; only where files are sent more is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

LARGEST_FORM = 1_000_000
"""Bytes."""
UPLOADING = ("add-letters", "add-paper", "add-proof", "add-form", "follow-up")
"""The routes that files are sent to."""


class Bounds:
    """Refuses a body that is too large before any of it is parsed; the server itself bounds what is uploaded."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to a request."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > LARGEST_FORM and not _is_upload(request.path_info):
            return HttpResponse("This is too large to be a form.", status=413, content_type="text/plain")
        return self._answer(request)


def _is_upload(path: str) -> bool:
    try:
        return resolve(path).url_name in UPLOADING
    except Resolver404:
        return False
