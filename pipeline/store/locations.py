"""Which of our locations a person sees, and what lies within them. A case lies in one location; its letters with it.

A letter of several cases lies in all of theirs: it is one sheet of paper. What has no case, or one of no known
location, lies in the empty location, and so does a file that could not be read.
"""

import json
from collections.abc import Collection
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from pipeline.store import models
from pipeline.store.door import reading, transacted
from pipeline.store.seen import NOWHERE, Within
from pipeline.store.states import State

_Row = TypeVar("_Row", bound=Model)


@reading
def locations_of(person: str) -> Within:
    """The locations that a person sees; None where nobody narrowed them."""
    return frozenset(models.PersonLocation.objects.filter(person=person).values_list("location", flat=True)) or None


@reading
def narrowed_people() -> dict[str, frozenset[str]]:
    """Everybody who sees some locations alone, with those."""
    found: dict[str, frozenset[str]] = {}
    for person, location in models.PersonLocation.objects.values_list("person", "location"):
        found[person] = found.get(person, frozenset()) | {location}
    return found


@transacted
def narrow(person: str, locations: Collection[str]) -> None:
    """Have a person see these locations alone; all of them where none is named."""
    models.PersonLocation.objects.filter(person=person).delete()
    models.PersonLocation.objects.bulk_create(
        models.PersonLocation(person=person, location=location) for location in sorted(set(locations))
    )


@reading
def known_locations() -> tuple[str, ...]:
    """The locations that cases are of, by name."""
    rows = models.Case.objects.exclude(location=NOWHERE).order_by("location")
    return tuple(rows.values_list("location", flat=True).distinct())


def letters_within(rows: "QuerySet[_Row]", within: Within) -> "QuerySet[_Row]":
    """Those of the letters, or of their lines, that somebody sees."""
    if within is None:
        return rows
    links = models.CaseLetter.objects.filter(letter=OuterRef("pk"))
    seen = Exists(links.filter(case__location__in=within))
    return rows.filter(seen | ~Exists(links)) if NOWHERE in within else rows.filter(seen)


@reading
def letter_lies_within(letter_id: str, within: Within) -> bool:
    """Whether somebody sees a letter; False where there is none such."""
    return within is None or letters_within(models.Letter.objects.filter(pk=letter_id), within).exists()


@reading
def case_lies_within(case_id: str, within: Within) -> bool:
    """Whether somebody sees a case; False where there is none such."""
    return within is None or models.Case.objects.filter(pk=case_id, location__in=within).exists()


@reading
def task_lies_within(task_id: str, within: Within) -> bool:
    """Whether somebody sees a task; False where there is none such."""
    return within is None or models.TaskLine.objects.filter(pk=task_id, location__in=within).exists()


@reading
def tasks_within(task_ids: Collection[str], within: Within) -> list[str]:
    """Those of the tasks that somebody sees, in their order."""
    if within is None:
        return list(task_ids)
    seen: set[str] = set()
    wanted = list(task_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = models.TaskLine.objects.filter(pk__in=wanted[start : start + _AT_ONCE], location__in=within)
        seen |= set(rows.values_list("pk", flat=True))
    return [task_id for task_id in wanted if task_id in seen]


@reading
def document_lies_within(document_id: str, within: Within) -> bool:
    """Whether somebody sees a file whole: all of its letters, or, where it has none, what has no location known."""
    if within is None:
        return True
    letters = models.Letter.objects.filter(document=document_id)
    there = letters.count()
    if not there:
        set_aside = models.Document.objects.filter(pk=document_id, state=State.QUARANTINED.value)
        return NOWHERE in within and set_aside.exists()
    return letters_within(letters, within).count() == there


@reading
def pages_within(document_id: str, within: Within) -> frozenset[int] | None:
    """The pages of a file that somebody sees; None where all of them.

    Of a file with letters of other locations too, only the pages of one's own letters that none of those stands on.
    """
    if document_lies_within(document_id, within):
        return None
    every = models.Letter.objects.filter(document=document_id)
    own = set(letters_within(every, within).values_list("pk", flat=True))
    pages: dict[bool, set[int]] = {True: set(), False: set()}
    for letter_id, content in every.values_list("pk", "content"):
        pages[letter_id in own].update(json.loads(content)["pages"])
    return frozenset(pages[True] - pages[False])


_AT_ONCE = 500
"""A longer list of ids makes a query longer than SQLite takes."""
