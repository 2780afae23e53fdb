"""Keeps the lines of the worklist and of the reviewers' queue as their tasks and letters are."""

import json
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Min

from pipeline.store import models
from pipeline.store.columns import NO_DUE, letter_columns, task_columns
from pipeline.store.said import decisions_of
from pipeline.store.shapes import Laid
from pipeline.values.contract import from_json, to_json
from pipeline.values.decision import LETTER, Decided, standing
from pipeline.values.letter import SENT_AS_DATA, Letter


def list_task(row: models.Task) -> None:
    """The line of a task, as the task is now."""
    columns = task_columns(
        json.loads(row.content), person_state=row.person_state, assignee=row.assignee, said_over=row.said_over
    )
    models.TaskLine.objects.update_or_create(task_id=row.pk, defaults=columns)


def list_new_tasks(rows: Iterable[models.Task]) -> None:
    """The lines of tasks that have none yet and that nobody touched."""
    models.TaskLine.objects.bulk_create(
        models.TaskLine(task_id=row.pk, **task_columns(json.loads(row.content), person_state="", assignee=""))
        for row in rows
    )


def list_letters(letter_ids: Iterable[str], lay: Laid) -> None:
    """The lines of letters, with what people decided, and the first day that a task of theirs is due."""
    rows = list(models.Letter.objects.filter(pk__in=list(letter_ids)))
    said = decisions_of([row.pk for row in rows])
    due = _due_of([row.pk for row in rows])
    models.LetterLine.objects.filter(pk__in=[row.pk for row in rows]).delete()
    models.LetterLine.objects.bulk_create(_line(row, said.get(row.pk, ()), due, lay) for row in rows)


def follow_dues(case_ids: Iterable[str]) -> None:
    """Bring the first due day of the letters in these cases up to date; nothing else of a line hangs on a task."""
    there = dict(models.LetterLine.objects.filter(letter__links__case__in=list(case_ids)).values_list("pk", "due"))
    for letter_id, due in _due_of(list(there)).items() if there else ():
        if (due or NO_DUE) != there[letter_id]:
            models.LetterLine.objects.filter(pk=letter_id).update(due=due or NO_DUE)


def _line(
    row: models.Letter, said: Sequence[Decided], due: Mapping[str, str | None], lay: Laid
) -> models.LetterLine:  # fmt: skip
    content = json.loads(row.content)
    if said:
        content = to_json(lay(from_json(Letter, content), said))
    # What was sent as data needs no second look; where something about it is odd, a note asks for one.
    spoken_for = LETTER in standing(said) or content["subtype"] in SENT_AS_DATA
    checked = spoken_for and not content["needs_review"]
    return models.LetterLine(
        letter_id=row.pk, checked=checked, due=due.get(row.pk) or NO_DUE, **letter_columns(content)
    )  # fmt: skip


def _due_of(letter_ids: Sequence[str]) -> dict[str, str | None]:
    links = models.CaseLetter.objects.filter(letter__in=letter_ids).values_list("letter_id")
    return dict(links.annotate(first=Min("case__tasks__due")))
