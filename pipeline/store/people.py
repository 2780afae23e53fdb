"""What people do with tasks and documents: take and move a task, send a document through again."""

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime

from pipeline.errors import UsageError
from pipeline.knowledge.moves import move_of, moves_from
from pipeline.store import models
from pipeline.store.audit import note, note_all
from pipeline.store.columns import stage_of
from pipeline.store.door import Conflict, transacted, transacted_aside
from pipeline.store.lines import list_task
from pipeline.store.states import SYSTEM, Act, RemarkKind, State
from pipeline.values.task import TaskState

_ENDED = (State.DONE.value, State.NEEDS_REVIEW.value)


@transacted
def change_task(
    task_id: str,
    *,
    by: str,
    now: datetime,
    version: int | None,
    state: TaskState | None = None,
    assignee: str | None = None,
    reason: str = "",
) -> int:
    """Move or assign a task (None leaves as it is, "" takes the assignee off); its new version.

    ``version`` is the one that was read, None where the last word may win (many tasks assigned at once). ``reason`` is
    kept as a remark with what changed.

    Raises:
        Conflict: somebody changed it since ``version`` was read.
        UsageError: there is no such task, no move leads to that state (``models/task_moves.yaml``), or a reason lacks.
    """
    row = unchanged(task_id, version)
    if state is not None:
        before = refuse_move(row, state, reason=reason)
        remarked(row, RemarkKind.STATE, reason, by=by, now=now, details={"from": before, "to": state.value})
        row.person_state, row.said_over = state.value, row.state
    if assignee is not None and assignee != row.assignee:
        remarked(row, RemarkKind.ASSIGNED, reason, by=by, now=now, details={"from": row.assignee, "to": assignee})
        row.assignee = assignee
    row.version += 1
    row.changed = now
    row.save()
    list_task(row)
    note(Act.TASK_CHANGED, task_id, at=now, who=by, code=state.value if state else "assigned")
    return row.version


def unchanged(task_id: str, version: int | None) -> models.Task:
    """A task, held until the transaction ends; ``version`` is the one that was read, None where it does not matter.

    Raises ``UsageError`` where there is no such task, ``Conflict`` where somebody changed it since.
    """
    row = models.Task.objects.select_for_update().filter(pk=task_id).first()
    if row is None:
        raise UsageError(f"task {task_id}", why="there is no such task", advice="denials tasks lists them.")
    if version is not None and row.version != version:
        raise Conflict
    return row


def refuse_move(row: models.Task, state: TaskState, *, reason: str) -> str:
    """Where the task stands now; raises ``UsageError`` where a person may not move it to ``state`` from there."""
    before = TaskState(stage_of(row.person_state, row.state, row.said_over))
    if before is state:
        return before.value
    move = move_of(before, state)
    if move is None:
        ways = ", ".join(one.value.replace("_", " ") for one in moves_from(before))
        raise UsageError(
            f"task {row.pk}", why=f"it is {before.value.replace('_', ' ')} and does not become "
            f"{state.value.replace('_', ' ')} by hand", advice=f"From there it can become {ways}.",
        )  # fmt: skip
    if move.asks_reason and not reason.strip():
        raise UsageError(f"task {row.pk}", why="nobody said why", advice="Say the reason; it is kept with the task.")
    return before.value


@transacted
def assign(task_ids: Collection[str], *, by: str, now: datetime, assignee: str) -> int:
    """Give many tasks to one person ("" to nobody), all or none; how many. Tasks that are gone are passed over."""
    rows = models.Task.objects.select_for_update().filter(pk__in=list(task_ids)).exclude(assignee=assignee)
    given = list(rows.order_by("pk").values_list("pk", flat=True))
    for task_id in given:
        change_task(task_id, by=by, now=now, version=None, assignee=assignee)
    return len(given)


@transacted
def remark(
    task_id: str, *, kind: RemarkKind, text: str, by: str, now: datetime, details: Mapping[str, str] | None = None
) -> None:
    """Write a note or a call on a task. Raises ``UsageError`` where there is no such task."""
    row = models.Task.objects.filter(pk=task_id).first()
    if row is None:
        raise UsageError(f"task {task_id}", why="there is no such task", advice="denials tasks lists them.")
    remarked(row, kind, text, by=by, now=now, details=details or {})
    note(Act.REMARKED, task_id, at=now, who=by, code=kind.value)


@transacted
def remark_many(
    task_ids: Collection[str], *, kind: RemarkKind, text: str, by: str, now: datetime, details: Mapping[str, str]
) -> int:
    """Write the same note or call on many tasks, on all or none; on how many. Those that are gone are passed over."""
    rows = models.Task.objects.filter(pk__in=list(task_ids)).order_by("pk")
    there = list(rows.values_list("pk", flat=True))
    for task_id in there:
        remark(task_id, kind=kind, text=text, by=by, now=now, details=details)
    return len(there)


def remarked(
    row: models.Task, kind: RemarkKind, text: str, *, by: str, now: datetime, details: Mapping[str, str]
) -> None:
    """Add a row to what people wrote on a task."""
    models.Remark.objects.create(
        task_id=row.pk,
        case_id=row.case_id,
        kind=kind.value,
        text=text,
        details=json.dumps(dict(details)),
        by=by,
        at=now,
    )


@transacted_aside
def looked(subject: str, *, by: str, now: datetime, act: Act = Act.VIEWED, code: str = "") -> None:
    """Record that a person looked at something, or took a copy of it, or signed in."""
    note(act, subject, at=now, who=by, code=code)


@transacted_aside
def save_view(owner: str, *, name: str, query: str) -> None:
    """Keep filters of the worklist under a name; those of the same name are replaced."""
    models.SavedView.objects.update_or_create(owner=owner, name=name, defaults={"query": query})


@transacted_aside
def drop_view(owner: str, *, name: str) -> None:
    """Forget a person's saved view."""
    models.SavedView.objects.filter(owner=owner, name=name).delete()


@transacted
def retry(document_id: str, *, now: datetime, who: str = SYSTEM) -> None:
    """Queue a quarantined document again, its attempts forgotten.

    Raises:
        UsageError: it is not there, or not quarantined.
    """
    row = models.Document.objects.select_for_update().filter(pk=document_id).first()
    if row is None or row.state != State.QUARANTINED:
        why = "there is no such document" if row is None else f"it is {row.state.replace('_', ' ')}, not quarantined"
        raise UsageError(f"document {document_id}", why=why, advice="denials status lists what is set aside.")
    row.state, row.problem = State.QUEUED.value, ""
    row.attempts = row.interruptions = 0
    row.save()
    note(Act.RETRIED, document_id, at=now, who=who)


@transacted
def reprocess(*, letters: Collection[str] | None, since: date | None, now: datetime) -> tuple[str, ...]:
    """Queue documents that were worked on already once more; letters, tasks and decisions stay until they are saved.

    Args:
        letters: ids of letters or documents; all where None.
        since: only what was received on or after this day.
        now: for the audit.

    Raises:
        UsageError: an id is unknown.
    """
    rows = models.Document.objects.select_for_update().filter(state__in=_ENDED)
    if letters is not None:
        wanted = {letter.partition("-")[0] for letter in letters}
        known = set(models.Document.objects.filter(pk__in=wanted).values_list("pk", flat=True))
        if unknown := sorted(wanted - known):
            raise UsageError(
                f"letter {unknown[0][:80]}",
                why="it is not in the store",
                advice="denials tasks --json shows letter ids.",
            )
        rows = rows.filter(pk__in=wanted)
    if since is not None:
        late = models.Receipt.objects.filter(received__gte=since, document__isnull=False)
        rows = rows.filter(pk__in=late.values("document_id"))
    ids = sorted(row.pk for row in rows)
    models.Document.objects.filter(pk__in=ids).update(state=State.QUEUED.value)
    note_all(Act.REPROCESS, ids, at=now)
    return tuple(ids)
