"""Within which of our locations somebody sees and acts: what is asked for by id, and what lists are narrowed by.

Nobody is told of what lies elsewhere: it is answered as what is not there. An admin sees everything.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest

from pipeline import store
from pipeline.store import Within
from pipeline.web.roles import Role, role_of
from pipeline.web.source import name_of, review

_KEPT = "_denials_within"
_CHECKS: Mapping[str, Callable[[str, Within], bool]] = {
    "letter_id": store.letter_lies_within, "task_id": store.task_lies_within, "case_id": store.case_lies_within,
    "document_id": store.document_lies_within,
}  # fmt: skip


def within(request: HttpRequest) -> Within:
    """The locations that who asks may see; None for all. Asked of the database once a request."""
    if not hasattr(request, _KEPT):
        everything = not request.user.is_authenticated or role_of(request.user) is Role.ADMIN
        setattr(request, _KEPT, None if everything else store.locations_of(name_of(request)))
    found: Within = getattr(request, _KEPT)
    return found


def sees(request: HttpRequest, ids: Mapping[str, Any]) -> bool:
    """Whether all that an address names by id lies within; what is no id is passed over."""
    seen = within(request)
    return seen is None or all(_CHECKS[name](str(value), seen) for name, value in ids.items() if name in _CHECKS)


def sight_of(person: str) -> Within:
    """The locations that somebody else sees by name; None for all, and for nobody."""
    user = User.objects.filter(username=person).first() if person else None
    return None if user is None or role_of(user) is Role.ADMIN else store.locations_of(person)


def locations_seen(request: HttpRequest) -> tuple[str, ...]:
    """The locations to choose from, by name."""
    seen = within(request)
    return tuple(place for place in review().counted.locations() if seen is None or place in seen)


def waiting(request: HttpRequest) -> dict[str, Any]:
    """For the templates: what waits, counted where a page shows it, and the locations of who looks."""
    counted = review().counted

    def seen() -> Within:
        return within(request)

    return {
        "letters_left": lambda: counted.left_to_check(within=seen()),
        "set_aside": lambda: counted.set_aside(within=seen()),
        "here_only": lambda: sorted(place or "no location known" for place in seen() or ()),
    }
