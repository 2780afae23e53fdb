"""What is in the store, for those who look: the queue, the counts, the documents. Changes nothing."""

import json
from collections.abc import Iterable
from dataclasses import replace

from django.db import connection
from django.db.models import Count, QuerySet

from pipeline.errors import EXPLANATIONS, ProblemCode
from pipeline.plan.seen import seen_on
from pipeline.store import models
from pipeline.store.blobs import Blobs
from pipeline.store.columns import stage_of
from pipeline.store.door import reading, transacted_aside
from pipeline.store.states import Act, State
from pipeline.values.contract import from_json, to_json
from pipeline.values.letter import Document, DocumentStatus, Problem
from pipeline.values.task import StatusCounts, Task, TaskState


@reading
def tasks(*, finished: bool = False) -> tuple[Task, ...]:
    """The queue by due day, then priority (the higher first), then id; closed and written-off ones only if wanted."""
    rows = models.Task.objects.all() if finished else unfinished()
    ordered = rows.select_related("case").order_by("due", "-priority", "task_id")
    return tuple(task_of(row) for row in ordered.iterator(chunk_size=500))


def unfinished() -> "QuerySet[models.Task]":
    """The tasks that ask for more work, by what a person said or else by what was worked out."""
    return models.Task.objects.exclude(line__finished=True)


def task_of(row: models.Task) -> Task:
    """The task as it stands on the day that its case was brought to, with what a person owns laid over it."""
    task = from_json(Task, json.loads(row.content))
    if row.case.worked_on is not None:
        task = seen_on(task, row.case.worked_on)
    state = TaskState(stage_of(row.person_state, task.state.value, row.said_over))
    return replace(task, state=state, assignee=row.assignee or None)


@reading
def task_version(task_id: str) -> int:
    """How often people changed a task; to be handed back with a change, so that none is overwritten unseen."""
    return models.Task.objects.get(pk=task_id).version


@transacted_aside
def counts(blobs: Blobs, *, in_inbox: int) -> StatusCounts:
    """The conservation law, over files: a document with three receipts counts thrice, a refused file as quarantined.

    ``seen`` comes from the audit, which only grows, the right side from the documents whose bytes are there: a lost
    receipt, row or blob leaves the two sides unequal.
    """
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    by_state = dict.fromkeys(State, 0)
    files_of = models.Document.objects.annotate(files=Count("receipts")).values_list("pk", "state", "files")
    rows = list(files_of)
    there = set(blobs.names())  # after the rows: bytes are there before their row is
    for document_id, state, files in rows:
        known = document_id in there or state == State.PURGED
        by_state[State(state)] += files if known else 0
    by_state[State.QUARANTINED] += models.Receipt.objects.filter(document=None).count()
    seen = models.Audit.objects.filter(act__in=(Act.TAKEN_IN.value, Act.REFUSED.value)).count() + in_inbox
    return StatusCounts(
        seen=seen,
        queued=by_state[State.QUEUED],
        working=by_state[State.WORKING],
        needs_review=by_state[State.NEEDS_REVIEW],
        done=by_state[State.DONE] + by_state[State.PURGED],
        quarantined=by_state[State.QUARANTINED],
        in_inbox=in_inbox,
        balanced=seen == sum(by_state.values()) + in_inbox,
    )


@reading
def file_name(document_id: str) -> str:
    """The name of the file that brought a document first, fit to be shown and written as JSON."""
    return first_name(models.Receipt.objects.filter(document=document_id).order_by("pk").values_list("path", flat=True))


@reading
def documents() -> tuple[Document, ...]:
    """Every document that was worked on, as the contract shows it, in the order it was taken in."""
    rows = models.Document.objects.exclude(state__in=(State.QUEUED.value, State.WORKING.value, State.PURGED.value))
    return tuple(
        _document(row) for row in rows.order_by("created", "pk").prefetch_related("letters", "receipts", "members")
    )


@reading
def letters_by_case() -> dict[str, list[str]]:
    """The ids of the letters of every case."""
    found: dict[str, list[str]] = {}
    rows = models.CaseLetter.objects.order_by("case_id", "letter_id").values_list("case_id", "letter_id").distinct()
    for case_id, letter_id in rows:
        found.setdefault(case_id, []).append(letter_id)
    return found


@reading
def document_states() -> dict[str, tuple[State, str]]:
    """State and problem code of every document."""
    return {
        pk: (State(state), code) for pk, state, code in models.Document.objects.values_list("pk", "state", "problem")
    }


def _document(row: models.Document) -> Document:
    letters = sorted(row.letters.all(), key=lambda letter: letter.position)
    content = {
        "file_name": first_name(receipt.path for receipt in sorted(row.receipts.all(), key=lambda receipt: receipt.pk)),
        "document_id": row.pk,
        "status": DocumentStatus.QUARANTINED if row.problem else DocumentStatus.READ,
        "problem": to_json(_problem(row.problem)) if row.problem else None,
        "pages": json.loads(row.pages),
        "letters": [json.loads(letter.content) for letter in letters],
        "unassigned_pages": json.loads(row.unassigned_pages),
        "members": [_member(receipt) for receipt in sorted(row.members.all(), key=lambda r: (r.place or 0, r.pk))],
        "versions": json.loads(row.versions),
    }
    return from_json(Document, content)


def _member(receipt: models.Receipt) -> dict[str, object]:
    return {
        "place": receipt.place,
        "name": shown_name(bytes(receipt.path)),
        "document_id": receipt.document_id,
        "problem": to_json(_problem(receipt.problem)) if receipt.problem else None,
    }


def _problem(code: str) -> Problem:
    message, advice = EXPLANATIONS[ProblemCode(code)]
    return Problem(code=ProblemCode(code), message=message, advice=advice)


def first_name(paths: Iterable[bytes]) -> str:
    """The name of the first of a document's files; those of before a purge have none any more."""
    return next((shown_name(bytes(path)) for path in paths if bytes(path)), "")


def shown_name(path: bytes) -> str:
    """The name of a file as it can be shown and written as JSON, whatever bytes it has."""
    return path.rpartition(b"/")[2].decode("utf-8", "backslashreplace")
