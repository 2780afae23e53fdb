"""The review that the pages are served from, and small questions every page asks of a request."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from pipeline.review import Review


def review() -> Review:
    """The review of this process; set when serving begins."""
    source: Review = settings.DENIALS_REVIEW
    return source


def name_of(request: HttpRequest) -> str:
    """Who asks, as it is written into decisions and the audit."""
    return request.user.get_username()


def number(text: Any, *, default: int = 0, most: int = 10**9) -> int:
    """A number of a query, or the default where it is none."""
    try:
        return max(0, min(int(text), most))
    except (TypeError, ValueError):
        return default
