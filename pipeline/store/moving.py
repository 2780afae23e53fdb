"""Many tasks moved at once for one reason, and put back as they were. Each has its own remark and its own audit row.

Only tasks of one payer that share a reason are moved together: what is decided about one is then true of the others.
"""

import json
from collections.abc import Collection
from datetime import datetime, timedelta

from pipeline.errors import UsageError
from pipeline.store import models
from pipeline.store.audit import note
from pipeline.store.door import transacted
from pipeline.store.lines import list_task
from pipeline.store.people import refuse_move, remarked
from pipeline.store.seen import MovedMany
from pipeline.store.states import Act, RemarkKind
from pipeline.values.task import TaskState

SINGLY = (TaskState.SENT, TaskState.AWAITING_DECISION)
"""Each sending and each arrival has its own day, number and proof."""
UNDO_MINUTES = 10
_TOGETHER = "together"


@transacted
def move_many(task_ids: Collection[str], *, state: TaskState, reason: str, by: str, now: datetime) -> MovedMany:
    """Move tasks to one state; those that cannot come there by hand from where they stand stay, and are told of.

    Raises:
        UsageError: no reason is given, they are not of one payer and reason, or the state asks for each by itself.
    """
    if state in SINGLY:
        raise _refused("each has its own day, number and proof", "Open each task and write its proof down.")
    if not reason.strip():
        raise _refused("nobody said why", "Say the reason; it is kept with each task.")
    rows = list(models.Task.objects.select_for_update().filter(pk__in=list(task_ids)).order_by("pk"))
    _refuse_mixed([row.pk for row in rows])
    moved, stayed = 0, list[str]()
    for row in rows:
        try:
            before = refuse_move(row, state, reason=reason)
        except UsageError as refusal:
            stayed.append(refusal.why)
            continue
        if before == state.value:
            continue
        details = {"from": before, "to": state.value, _TOGETHER: "yes", "said": row.person_state, "over": row.said_over}
        _set(row, person_state=state.value, said_over=row.state, now=now)
        details["version"] = str(row.version)
        remarked(row, RemarkKind.STATE, reason, by=by, now=now, details=details)
        note(Act.TASK_CHANGED, row.pk, at=now, who=by, code=state.value)
        moved += 1
    return MovedMany(moved=moved, stayed=len(stayed), why=tuple(dict.fromkeys(stayed)), at=now)


@transacted
def undo_moves(at: datetime, *, by: str, now: datetime) -> int:
    """Put back what ``by`` moved together at that moment, but for tasks that somebody changed since; how many.

    Raises ``UsageError`` where it is too long ago.
    """
    if not timedelta(0) <= now - at <= timedelta(minutes=UNDO_MINUTES):
        raise _refused(f"it is more than {UNDO_MINUTES} minutes ago", "Move them one by one, with a reason.")
    said = models.Remark.objects.filter(kind=RemarkKind.STATE.value, at=at, by=by).order_by("task_id")
    details = {row.task_id: json.loads(row.details) for row in said}
    back = 0
    for row in models.Task.objects.select_for_update().filter(pk__in=list(details)).order_by("pk"):
        told = details[row.pk]
        if _TOGETHER not in told or str(row.version) != told["version"]:
            continue
        _set(row, person_state=told["said"], said_over=told["over"], now=now)
        changed = {"from": told["to"], "to": told["from"]}
        remarked(row, RemarkKind.STATE, "taken back", by=by, now=now, details=changed)
        note(Act.TASK_CHANGED, row.pk, at=now, who=by, code="taken_back")
        back += 1
    return back


def _set(row: models.Task, *, person_state: str, said_over: str, now: datetime) -> None:
    row.person_state, row.said_over = person_state, said_over
    row.version += 1
    row.changed = now
    row.save()
    list_task(row)


def _refuse_mixed(task_ids: Collection[str]) -> None:
    lines = list(models.TaskLine.objects.filter(pk__in=list(task_ids)).values_list("payer", "reasons"))
    if not lines:
        raise _refused("none is ticked", "Tick the tasks first.")
    payers = {payer for payer, _ in lines}
    shared = set.intersection(*(set(reasons.split()) for _, reasons in lines))
    if len(payers) > 1 or not shared:
        what = f"they are of {len(payers)} payers" if len(payers) > 1 else "they share no reason"
        raise _refused(what, "Filter by one payer and one reason first: only such tasks are moved together.")


def _refused(why: str, advice: str) -> UsageError:
    return UsageError("move together", why=why, advice=advice)
