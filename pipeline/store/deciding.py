"""What people say about letters, and the cases, tasks and states that follow from it, in one transaction."""

import json
from datetime import date, datetime

from django.db.models import Max

from pipeline.errors import UsageError
from pipeline.store import models
from pipeline.store.audit import note
from pipeline.store.door import Conflict, transacted
from pipeline.store.lines import list_letters
from pipeline.store.saving import relink, work_cases
from pipeline.store.shapes import Cases, Laid, WorkOut
from pipeline.store.states import Act, State
from pipeline.values import decision
from pipeline.values.decision import Decided

_WORKED_ON = (State.DONE.value, State.NEEDS_REVIEW.value)


@transacted
def decide(
    said: Decided,
    *,
    cases_of: Cases,
    work_out: WorkOut,
    lay: Laid,
    today: date,
    now: datetime,
    version: int | None = None,
) -> int:
    """Add a decision; the letter's new version. Cases, tasks and the state of the document follow at once.

    A letter that is not there yet, or no more (a document read into other letters), keeps its decisions all the same.

    Args:
        said: the decision; its number is given here.
        cases_of: the cases of a letter.
        work_out: the tasks of a case.
        lay: lays decisions over a letter.
        today: the day that tasks are worked out for.
        now: for the audit.
        version: the version of the letter that the person had before them; None where it does not matter.

    Raises:
        Conflict: somebody else decided on the letter since.
        UsageError: what is to be undone is not a decision on this letter.
    """
    letter = models.Letter.objects.select_for_update().filter(pk=said.letter_id).first()
    there = _version(said.letter_id)
    if version is not None and version != there:
        raise Conflict
    if said.act is decision.Act.UNDO and not models.Decision.objects.filter(
        pk=said.undoes or 0, letter_id=said.letter_id
    ).exists():  # fmt: skip
        raise UsageError("undo", why="there is no such decision on this letter", advice="Open the letter again.")
    row = models.Decision.objects.create(
        letter_id=said.letter_id, field=said.field, value=json.dumps(said.value), by=said.by, at=said.at,
        reason=said.reason, act=said.act.value, machine=json.dumps(said.machine), page=said.page,
        boxes=json.dumps([list(box) for box in said.boxes]), undoes=said.undoes,
    )  # fmt: skip
    note(Act.DECIDED, said.letter_id, at=said.at, who=said.by, code=f"{said.act.value} {said.field}"[:40])
    if letter is not None:
        touched = relink(letter, cases_of)
        work_cases(touched, work_out, today=today, now=now)
        list_letters([letter.pk], lay)
        _set_state(letter.document_id)
    return int(row.pk)


def _version(letter_id: str) -> int:
    """The number of the last decision on a letter, 0 without any."""
    return models.Decision.objects.filter(letter_id=letter_id).aggregate(last=Max("pk"))["last"] or 0


def _set_state(document_id: str) -> None:
    """The state of a document that was worked on, by what the lines of its letters say is still asked of a person."""
    rows = models.Document.objects.filter(pk=document_id, state__in=_WORKED_ON)
    asked = models.LetterLine.objects.filter(letter__document=document_id, notes__gt=0).exists()
    rows.update(state=(State.NEEDS_REVIEW if asked else State.DONE).value)
