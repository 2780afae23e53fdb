"""The review that the pages are served from, and small questions every page asks of a request."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from pipeline.errors import DenialsError
from pipeline.review import Review
from pipeline.store import Act


def review() -> Review:
    """The review of this process; set when serving begins."""
    source: Review = settings.DENIALS_REVIEW
    return source


def name_of(request: HttpRequest) -> str:
    """Who asks, as it is written into decisions and the audit."""
    return request.user.get_username()


def look(request: HttpRequest, subject: str, *, act: Act = Act.VIEWED, code: str = "") -> None:
    """Write into the audit that who asks looked at something, or took a copy of it."""
    review().desk.looked(subject, by=name_of(request), act=act, code=code)


def told(what: str, refusal: DenialsError) -> str:
    """``Not saved: it lies ahead. Say the day on which it was sent.`` is a refusal as a page tells it."""
    return f"{what}: {refusal.why}. {refusal.advice}"


def number(text: Any, *, default: int = 0, most: int = 10**9) -> int:
    """A number of a query, or the default where it is none."""
    try:
        return max(0, min(int(text), most))
    except (TypeError, ValueError):
        return default
