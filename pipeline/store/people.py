"""What people do with tasks and documents: take and move a task, send a document through again."""

from collections.abc import Collection
from datetime import date, datetime

from pipeline.errors import UsageError
from pipeline.store import models
from pipeline.store.audit import note
from pipeline.store.door import Conflict, transacted
from pipeline.store.states import SYSTEM, Act, State
from pipeline.values.task import TaskState

_ENDED = (State.DONE.value, State.NEEDS_REVIEW.value)


@transacted
def change_task(
    task_id: str, *, by: str, now: datetime, version: int, state: TaskState | None = None, assignee: str | None = None
) -> int:
    """Move or assign a task (None leaves as it is, "" takes the assignee off); its new version.

    Raises:
        Conflict: somebody changed it since ``version`` was read.
        UsageError: there is no such task.
    """
    row = models.Task.objects.select_for_update().filter(pk=task_id).first()
    if row is None:
        raise UsageError(f"task {task_id}", why="there is no such task", advice="denials tasks lists them.")
    if row.version != version:
        raise Conflict
    row.person_state = row.person_state if state is None else state.value
    row.assignee = row.assignee if assignee is None else assignee
    row.version += 1
    row.changed = now
    row.save()
    note(Act.TASK_CHANGED, task_id, at=now, who=by, code=state.value if state else "assigned")
    return row.version


@transacted
def retry(document_id: str, *, now: datetime, who: str = SYSTEM) -> None:
    """Queue a quarantined document again, its attempts forgotten.

    Raises:
        UsageError: it is not there, or not quarantined.
    """
    row = models.Document.objects.select_for_update().filter(pk=document_id).first()
    if row is None or row.state != State.QUARANTINED:
        why = "there is no such document" if row is None else f"it is {row.state.replace('_', ' ')}, not quarantined"
        raise UsageError(f"document {document_id}", why=why, advice="denials status tells what is quarantined.")
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
    for document_id in ids:
        note(Act.REPROCESS, document_id, at=now)
    return tuple(ids)
