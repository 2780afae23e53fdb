"""How a form is answered: what it asked is done and the way goes on, or its page stands there again with why not."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pipeline.desk import Conflict
from pipeline.errors import UsageError
from pipeline.web.source import told
from pipeline.web.typed import Mistyped

P = ParamSpec("P")
_View = Callable[Concatenate[HttpRequest, P], HttpResponse]


Again = Callable[..., HttpResponse]
"""Draws the page of a form as it stands now. It is given what the address names, ``status``, and ``wrong``, why it was
refused, or ``conflict``, that somebody changed it meanwhile."""


def else_again(again: Again, *, refused: str = "Not saved") -> Callable[[_View[P]], _View[P]]:
    """Has a view say only what is done, and ``again`` draw its page where that cannot be.

    ``again`` is given what the address names, as the view is. It is a 422 where the view raises ``Mistyped``, told as
    it stands, or ``UsageError``, told behind ``refused``; a 409 where it raises ``Conflict``.
    """

    def ending(view: _View[P]) -> _View[P]:
        @wraps(view)
        def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Mistyped as wrong:
                return again(request, *args, status=422, wrong=str(wrong), **kwargs)
            except UsageError as wrong:
                return again(request, *args, status=422, wrong=told(refused, wrong), **kwargs)
            except Conflict:
                return again(request, *args, status=409, conflict=True, **kwargs)

        return answered  # type: ignore[return-value]  # mypy takes the name of the first argument for part of its type

    return ending


def problem(request: HttpRequest, what: str, *, why: str, advice: str, status: int) -> HttpResponse:
    """A page that says what went wrong, why, and what to do, where no other page can."""
    return render(request, "web/problem.html", {"what": what, "why": why, "advice": advice}, status=status)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Which rows of a list a page shows: ``shown`` of the ``whole``, from ``start`` on (0 is the first)."""

    start: int
    shown: int
    whole: int
    size: int

    @property
    def first(self) -> int:
        """The place of the first row, counted from 1."""
        return self.start + 1

    @property
    def end(self) -> int:
        """The place of the last row, counted from 1."""
        return self.start + self.shown

    @property
    def before(self) -> int | None:
        """Where the page before begins; None on the first."""
        return max(0, self.start - self.size) if self.start else None

    @property
    def after(self) -> int | None:
        """Where the next page begins; None on the last."""
        return self.start + self.size if self.start + self.size < self.whole else None
