"""Saving what was worked out for a document: letters, cases, tasks, state and audit in one transaction.

A task that its case no longer produces goes, with an audit row. One that a person had touched (assignee or state) hands
what the person said on to the task that took its place (same letter, action and level); where there is none it stays in
the queue, marked orphaned, until a person closes it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pipeline.store import models
from pipeline.store.audit import note, note_all
from pipeline.store.columns import NO_DUE, place_of
from pipeline.store.door import LeaseLost, transacted
from pipeline.store.gathering import by_parts, letters_of_cases, with_work
from pipeline.store.lines import follow_dues, list_letters, list_new_tasks, list_task
from pipeline.store.linking import hold_cases, is_linked_so, link, lock_cases
from pipeline.store.members import register
from pipeline.store.said import decisions_of
from pipeline.store.shapes import Cases, Laid, MemberKept, Saved, WorkOut
from pipeline.store.states import Act, State
from pipeline.values.contract import from_json, to_json
from pipeline.values.letter import Document, Letter
from pipeline.values.task import Task
from pipeline.values.text import Method


@dataclass(slots=True)
class _Tally:
    created: int = 0
    updated: int = 0
    removed: int = 0


@transacted
def save(
    document: Document,
    *,
    token: int,
    batch_id: str | None,
    cases_of: Cases,
    work_out: WorkOut,
    today: date,
    now: datetime,
    members: Sequence[MemberKept] = (),
    lay: Laid = lambda letter, said: letter,
) -> Saved:
    """Keep a document's outcome and work out anew every case that it touches; queue the ``members`` of a container.

    A quarantined outcome of a document that was read well before (a re-extraction that failed) changes nothing but the
    audit: what is known stays known. ``lay`` lays people's decisions over a letter, for what still asks for review.

    Raises:
        LeaseLost: ``token`` is not the current fencing number; nothing is changed.
    """
    row = models.Document.objects.select_for_update().get(pk=document.document_id)
    if row.fence != token or row.state != State.WORKING:
        raise LeaseLost
    tally = _Tally()
    problem = document.problem.code.value if document.problem else ""
    if problem and row.letters.exists():
        note(Act.KEPT_EARLIER_RESULT, row.pk, at=now, code=problem)
        row.state = _laid_state([stored_letter(stored) for stored in row.letters.all()], lay).value
    else:
        touched = _replace_letters(row, document.letters, cases_of)
        _work_all(touched, work_out, today=today, now=now, tally=tally)
        list_letters([letter.letter_id for letter in document.letters], lay)
        row.state = _laid_state(document.letters, lay).value if not problem else State.QUARANTINED.value
        row.problem = problem
        row.pages = _dumps(document.pages)
        row.unassigned_pages = _dumps(document.unassigned_pages)
        row.versions = _dumps(document.versions)
        register(row, members, batch_id=batch_id, now=now)
    row.attempts = row.interruptions = 0
    row.lease_owner, row.lease_until = "", None
    row.save()
    saved = _saved(document, State(row.state), problem, tally)
    models.Outcome.objects.create(
        batch_id=batch_id, document=row, at=now, state=saved.state.value, problem=problem, letters=saved.letters,
        pages=saved.pages, ocr_pages=saved.ocr_pages, tasks_created=tally.created, tasks_updated=tally.updated,
    )  # fmt: skip
    note(Act.SAVED, row.pk, at=now, code=problem or saved.state.value)
    return saved


@transacted
def rework(case_ids: Iterable[str], *, work_out: WorkOut, today: date, now: datetime) -> tuple[int, int]:
    """Work out these cases anew (a new day, new knowledge); how many tasks are new, and how many changed."""
    tally = _Tally()
    wanted = sorted(set(case_ids))
    lock_cases(wanted)
    for part in by_parts(wanted):
        _work(part, work_out, today=today, now=now, tally=tally)
    _adopt_orphans(set(wanted), now=now)
    return tally.created, tally.updated


def _saved(document: Document, state: State, problem: str, tally: _Tally) -> Saved:
    return Saved(
        document_id=document.document_id,
        state=state,
        problem=problem,
        letters=len(document.letters),
        pages=len(document.pages),
        ocr_pages=sum(page.method is not Method.TEXT for page in document.pages),
        tasks_created=tally.created,
        tasks_updated=tally.updated,
        tasks_removed=tally.removed,
    )


def state_of(letters: Iterable[Letter]) -> State:
    """The state of a document that was read, by what its letters, with decisions laid over, ask of a person."""
    return State.NEEDS_REVIEW if any(letter.needs_review for letter in letters) else State.DONE


def _laid_state(letters: Sequence[Letter], lay: Laid) -> State:
    said = decisions_of([letter.letter_id for letter in letters])
    return state_of(lay(letter, said.get(letter.letter_id, ())) for letter in letters)


def _replace_letters(row: models.Document, letters: Sequence[Letter], cases_of: Cases) -> set[str]:
    """Put the letters in place of the document's earlier ones; the cases that either are in, locked."""
    touched = set(models.CaseLetter.objects.filter(letter__document=row).values_list("case_id", flat=True))
    said = decisions_of([letter.letter_id for letter in letters])
    parts = {one.letter_id: tuple(cases_of(one, said.get(one.letter_id, ()))) for one in letters}
    row.letters.all().delete()
    models.Letter.objects.bulk_create(
        models.Letter(letter_id=letter.letter_id, document=row, position=place, content=_dumps(letter))
        for place, letter in enumerate(letters)
    )
    return link(parts, before=touched)


def relink(row: models.Letter, cases_of: Cases) -> set[str]:
    """Put a letter into the cases that are its by now, decisions counted; the cases it was or is in, locked."""
    said = decisions_of([row.pk]).get(row.pk, ())
    links = list(models.CaseLetter.objects.filter(letter=row))
    touched, parts = {link.case_id for link in links}, tuple(cases_of(stored_letter(row), said))
    if is_linked_so(links, parts):
        hold_cases(touched)
        return touched
    models.CaseLetter.objects.filter(letter=row).delete()
    return link({row.pk: parts}, before=touched)


def work_cases(case_ids: set[str], work_out: WorkOut, *, today: date, now: datetime) -> None:
    """Work out these cases anew; those that are left without letter and task go."""
    _work_all(case_ids, work_out, today=today, now=now, tally=_Tally())


def _work_all(case_ids: set[str], work_out: WorkOut, *, today: date, now: datetime, tally: _Tally) -> None:
    for part in by_parts(case_ids):
        _work(part, work_out, today=today, now=now, tally=tally)
    _adopt_orphans(case_ids, now=now)
    _drop_empty(case_ids)


def _work(case_ids: Sequence[str], work_out: WorkOut, *, today: date, now: datetime, tally: _Tally) -> None:
    """Work out some cases anew: their tasks are made, changed or retired."""
    busy = with_work(case_ids)
    letters = letters_of_cases(busy)
    there: dict[str, dict[str, models.Task]] = {}
    for row in models.Task.objects.filter(case__in=busy):
        there.setdefault(row.case_id, {})[row.pk] = row
    fresh: list[tuple[str, Task]] = []
    hold: dict[str | None, list[str]] = {}
    places: dict[str, list[str]] = {}
    gone: list[models.Task] = []
    moved: list[str] = []
    for case_id in busy:
        held, known = letters.get(case_id, ()), there.get(case_id, {})
        wanted = {task.task_id: task for task in work_out(case_id, held)} if held else {}
        hold.setdefault(_holds_until(wanted.values()), []).append(case_id)
        places.setdefault(place_of(wanted.values()), []).append(case_id)
        fresh += [(case_id, wanted[task_id]) for task_id in sorted(wanted.keys() - known.keys())]
        for task_id in sorted(wanted.keys() & known.keys()):
            tally.updated += _update(known[task_id], wanted[task_id], now=now)
        if {row.due for row in known.values()} != {task.due or NO_DUE for task in wanted.values()}:
            moved.append(case_id)
        gone += [known[task_id] for task_id in sorted(known.keys() - wanted.keys())]
    tally.removed += _retire(gone, now=now)
    _create(fresh, now=now)
    tally.created += len(fresh)
    follow_dues(moved)
    models.Case.objects.filter(pk__in=case_ids).update(worked_on=today, holds_until=date.max)
    for day, holding in hold.items():
        models.Case.objects.filter(pk__in=holding).update(holds_until=day)
    for place, lying in places.items():
        models.Case.objects.filter(pk__in=lying).exclude(location=place).update(location=place)


def _holds_until(tasks: Iterable[Task]) -> str | None:
    """The first day on which one of the tasks may be another; None where one does not say."""
    days = [task.holds_until for task in tasks]
    return None if None in days else min((day for day in days if day), default=date.max.isoformat())


def _create(fresh: Sequence[tuple[str, Task]], *, now: datetime) -> None:
    rows = [models.Task(task_id=task.task_id, case_id=case, changed=now, **_columns(task)) for case, task in fresh]
    models.Task.objects.bulk_create(rows)
    list_new_tasks(rows)
    note_all(Act.TASK_CREATED, [row.pk for row in rows], at=now)


def _update(row: models.Task, task: Task, *, now: datetime) -> int:
    columns = _columns(task)
    if row.content == columns["content"] and not row.orphaned:
        return 0
    models.Task.objects.filter(pk=row.pk).update(**columns, changed=now, orphaned=False)
    list_task(models.Task.objects.get(pk=row.pk))
    note(Act.TASK_UPDATED, row.pk, at=now)
    return 1


def _columns(task: Task) -> dict[str, object]:
    computed = replace(task, assignee=None)
    return {
        "content": _dumps(computed), "due": task.due or NO_DUE, "priority": task.priority, "state": task.state.value,
    }  # fmt: skip


def _retire(rows: Sequence[models.Task], *, now: datetime) -> int:
    """Take tasks away that their case no longer produces, but for those that a person touched; how many went."""
    touched = [row.pk for row in rows if (row.assignee or row.person_state) and not row.orphaned]
    gone = [row.pk for row in rows if not row.assignee and not row.person_state]
    models.Task.objects.filter(pk__in=touched).update(orphaned=True, changed=now)
    note_all(Act.TASK_ORPHANED, touched, at=now)
    models.Task.objects.filter(pk__in=gone).delete()
    note_all(Act.TASK_REMOVED, gone, at=now)
    return len(gone)


def _adopt_orphans(case_ids: set[str], *, now: datetime) -> None:
    """Hand what a person said about an orphaned task on to the task of the same letter and level.

    The same action is looked for first. Two cases that became one have one task a level: it has the letters of both.
    """
    rows = list(models.Task.objects.filter(case_id__in=case_ids).order_by("pk"))
    free = [row for row in rows if not (row.orphaned or row.assignee or row.person_state)]
    fresh = {place: row for whole in (False, True) for row in free for place in _places_of(row, whole=whole)}
    for orphan in rows:
        wanted = (place for whole in (True, False) for place in _places_of(orphan, whole=whole))
        heir = next((fresh[place] for place in wanted if place in fresh), None) if orphan.orphaned else None
        if heir is None:
            continue
        models.Task.objects.filter(pk=heir.pk).update(
            assignee=orphan.assignee, person_state=orphan.person_state, said_over=orphan.said_over,
            version=heir.version + 1, changed=now,
        )  # fmt: skip
        list_task(models.Task.objects.get(pk=heir.pk))
        note(Act.TASK_CHANGED, heir.pk, at=now, code="inherited")
        note(Act.TASK_REMOVED, orphan.pk, at=now)
        models.Task.objects.filter(pk=orphan.pk).delete()


def _places_of(row: models.Task, *, whole: bool) -> list[tuple[str, str, int]]:
    """Letter, action and level of a task, for each of its letters; without the action where not ``whole``."""
    content = json.loads(row.content)
    action = content["action"] if whole else ""
    return [(letter_id, action, content["level"]) for letter_id in content["letter_ids"]]


def _drop_empty(case_ids: set[str]) -> None:
    models.Case.objects.filter(pk__in=case_ids, links=None, tasks=None).delete()


def stored_letter(row: models.Letter) -> Letter:
    """The letter as it was read."""
    return from_json(Letter, json.loads(row.content))


def _dumps(value: object) -> str:
    return json.dumps(to_json(value))
