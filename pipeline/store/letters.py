"""Letters one at a time, as the desk opens them, and the queue of those that nobody checked yet. Changes nothing."""

import json
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from pipeline.errors import EXPLANATIONS, ProblemCode
from pipeline.store import models
from pipeline.store.door import reading
from pipeline.store.ledger import FORGOTTEN
from pipeline.store.locations import letters_within
from pipeline.store.looking import first_name, shown_name, task_of
from pipeline.store.said import decisions_of
from pipeline.store.seen import Opened, SetAside, Waiting, Within
from pipeline.store.states import State
from pipeline.values.contract import from_json
from pipeline.values.decision import LETTER, Decided
from pipeline.values.letter import Letter, PageSummary
from pipeline.values.task import Task

_NO_WORK = ("other", "acknowledgement")
_PAGES = tuple[PageSummary, ...]


@reading
def opened(letter_id: str) -> Opened | None:
    """A letter of the store; None where there is none such."""
    row = models.Letter.objects.select_related("document", "line").filter(pk=letter_id).first()
    if row is None:
        return None
    document, content = row.document, json.loads(row.content)
    others = dict(document.letters.exclude(pk=letter_id).values_list("pk", "content"))
    pages = {letter_id: content["pages"], **{pk: json.loads(other)["pages"] for pk, other in others.items()}}
    order = document.letters.order_by("position").values_list("pk", flat=True) if others else (letter_id,)
    receipts = list(document.receipts.order_by("pk").values_list("path", "received"))
    return Opened(
        letter=from_json(Letter, content),
        said=decisions_of([letter_id]).get(letter_id, ()),
        document_id=document.pk,
        file_name=first_name(path for path, _ in receipts),
        state=State(document.state),
        received=min(received for _, received in receipts),
        pages=from_json(_PAGES, json.loads(document.pages)),
        letters=tuple((pk, tuple(pages[pk])) for pk in order),
        case_ids=tuple(
            models.CaseLetter.objects.filter(letter=letter_id).order_by("pk").values_list("case_id", flat=True)
        ),
        checked=row.line.checked,
    )


@reading
def to_check(
    *, after: str = "", most: int = 50, start: int = 0, noted: bool = False, within: Within = None
) -> Sequence[Waiting]:
    """The letters that nobody checked yet, those with the next deadline first.

    ``noted``: only those with a note of the reading, for which their file needs review.
    ``after``: only those behind this letter in the queue, whether it was checked meanwhile or not.
    """
    rows = letters_within(_asked(noted=noted), within).filter(
        checked__in=(False,)
    )  # for SQLite, which finds no index for `NOT checked`
    here = models.LetterLine.objects.filter(pk=after).first() if after else None
    if here is not None:
        rows = rows.filter(Q(due__gt=here.due) | Q(due=here.due, pk__gt=here.pk))
    found = rows.order_by("due", "pk")[start : start + most]
    return [
        Waiting(letter_id=r.letter_id, kind=r.kind, payer=r.payer, member_name=r.member_name, notes=r.notes, due=r.due)
        for r in found
    ]


@reading
def left_to_check(*, noted: bool = False, within: Within = None) -> int:
    """How many letters nobody checked yet; ``noted`` as in ``to_check``."""
    return letters_within(_asked(noted=noted), within).filter(checked=False).count()


@reading
def tasks_of(case_ids: Sequence[str], *, within: Within = None) -> tuple[Task, ...]:
    """The tasks of these cases, finished ones too, by due day."""
    rows = models.Task.objects.filter(case__in=list(case_ids))
    rows = rows if within is None else rows.filter(case__location__in=within)
    rows = rows.select_related("case").order_by("due", "task_id")
    return tuple(task_of(row) for row in rows)


@reading
def one_task(task_id: str) -> tuple[Task, int] | None:
    """A task and its version; None where there is none such."""
    row = models.Task.objects.filter(pk=task_id).select_related("case").first()
    return None if row is None else (task_of(row), row.version)


@reading
def letters_of_case(case_id: str) -> tuple[tuple[Letter, date, tuple[Decided, ...]], ...]:
    """The letters of a case as they were read, the day each came, and what was decided."""
    links = models.CaseLetter.objects.filter(case=case_id).values_list("letter_id", "letter__content")
    rows = {
        pk: (content, day)
        for pk, content, day in links.annotate(first=Min("letter__document__receipts__received"))
    }  # fmt: skip
    said = decisions_of(rows)
    return tuple((from_json(Letter, json.loads(content)), day, said.get(pk, ())) for pk, (content, day) in rows.items())


@reading
def set_aside() -> tuple[SetAside, ...]:
    """What is quarantined: documents that could not be read and files that were not opened, the newest first."""
    named = Min("receipts__pk", filter=~Q(receipts__path=FORGOTTEN))
    documents = models.Document.objects.filter(state=State.QUARANTINED.value).annotate(first=named)
    codes = {first: (pk, problem) for pk, problem, first in documents.values_list("pk", "problem", "first")}
    receipts = models.Receipt.objects.filter(Q(pk__in=list(codes)) | Q(document=None)).order_by("-taken_in", "-pk")
    return tuple(_set_aside(receipt, *codes.get(receipt.pk, (None, receipt.problem))) for receipt in receipts)


@reading
def set_aside_count() -> int:
    """How many files are quarantined."""
    refused = models.Receipt.objects.filter(document=None).count()
    return models.Document.objects.filter(state=State.QUARANTINED.value).count() + refused


@reading
def in_work() -> dict[str, int]:
    """How many documents are queued and being worked on."""
    rows = models.Document.objects.filter(state__in=(State.QUEUED.value, State.WORKING.value)).values_list("state")
    return dict(rows.annotate(n=Count("pk")))


def _asked(*, noted: bool = False) -> "QuerySet[models.LetterLine]":
    lines = models.LetterLine.objects
    return lines.filter(notes__gt=0) if noted else lines.exclude(kind__in=_NO_WORK, notes=0)


def _set_aside(receipt: models.Receipt, document_id: str | None, code: str) -> SetAside:
    message, advice = EXPLANATIONS[ProblemCode(code)]
    return SetAside(
        document_id=document_id, receipt_id=receipt.pk, file_name=shown_name(bytes(receipt.path)), code=code,
        message=message, advice=advice, size=receipt.size, taken_in=receipt.taken_in,
    )  # fmt: skip


@reading
def first_tasks(*, most: int, within: Within = None) -> tuple[Task, ...]:
    """The tasks that are due first, those that are finished left out."""
    rows = models.Task.objects.filter(line__finished=False)
    rows = rows if within is None else rows.filter(line__location__in=within)
    return tuple(task_of(row) for row in rows.select_related("case").order_by("line__due", "pk")[:most])


@reading
def letters_kept(*, within: Within = None) -> int:
    """How many letters are in the store."""
    return letters_within(models.Letter.objects.all(), within).count()


@reading
def checked_documents() -> frozenset[str]:
    """The documents that have letters, each of which a person checked."""
    accepted = set(models.Decision.objects.filter(field=LETTER).values_list("letter_id", flat=True))
    left: dict[str, bool] = {}
    rows = models.LetterLine.objects.values_list("letter_id", "letter__document_id", "checked")
    for letter_id, document_id, checked in rows:
        left[document_id] = left.get(document_id, False) or not (checked and letter_id in accepted)
    return frozenset(document_id for document_id, waits in left.items() if not waits)


@reading
def decided_letters(*, within: Within = None) -> tuple[tuple[Letter, tuple[Decided, ...]], ...]:
    """The letters that somebody decided on, as they were read, with what was said."""
    said = decisions_of(None)
    rows = models.Letter.objects.filter(pk__in=list(said)) if len(said) < _MANY else models.Letter.objects.all()
    rows = letters_within(rows, within)
    return tuple((from_json(Letter, json.loads(row.content)), said[row.pk]) for row in rows if row.pk in said)


_MANY = 500
"""A longer list of ids makes a query longer than SQLite takes."""
