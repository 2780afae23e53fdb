"""Batches: one run over an inbox each, and its counts."""

import os
import uuid
from datetime import date, datetime
from pathlib import Path

from django.db.models import Sum

from pipeline.store import ledger, models
from pipeline.store.door import reading, transacted
from pipeline.store.shapes import Left
from pipeline.store.states import State
from pipeline.values.task import BatchSummary


@transacted
def start_batch(inbox: Path, *, received: date, now: datetime) -> str:
    """Begin a batch; its id."""
    batch_id = uuid.uuid4().hex
    models.Batch.objects.create(batch_id=batch_id, inbox=os.fsencode(inbox.absolute()), received=received, started=now)
    return batch_id


@reading
def inbox_of(batch_id: str) -> Path:
    """The inbox of a batch."""
    raw = models.Batch.objects.values_list("inbox", flat=True).get(pk=batch_id)
    return Path(os.fsdecode(bytes(raw)))


@reading
def known_inboxes() -> tuple[Path, ...]:
    """Every inbox that a batch ever ran over."""
    found = models.Batch.objects.values_list("inbox", flat=True).distinct()
    return tuple(sorted({Path(os.fsdecode(bytes(raw))) for raw in found}))


@reading
def left_in(inbox: Path) -> tuple[Left, ...]:
    """The files that were dealt with and still lie in an inbox, as far as is known."""
    return ledger.left_in(os.fsencode(inbox))


@transacted
def end_batch(batch_id: str, *, now: datetime, worked_with: str = "") -> BatchSummary:
    """Close a batch; its counts.

    ``problems`` counts by code what was set aside, and what else a person should know: ``disk_full`` files stay in the
    inbox for space; for ``purged_again`` and ``purged_left`` see ``models.Batch``.
    ``worked_with`` tells the knowledge and the practice that every open case is worked out with by now.
    """
    models.Batch.objects.filter(pk=batch_id, ended=None).update(ended=now, worked_with=worked_with)
    batch = models.Batch.objects.get(pk=batch_id)
    outcomes = models.Outcome.objects.filter(batch=batch)
    sums = outcomes.aggregate(
        *(Sum(name, default=0) for name in ("letters", "pages", "ocr_pages", "tasks_created", "tasks_updated"))
    )
    refused = models.Receipt.objects.filter(batch=batch, document=None).values_list("problem", flat=True)
    failed = outcomes.filter(state=State.QUARANTINED.value).values_list("problem", flat=True)
    codes = [*refused, *failed]
    problems = {code: codes.count(code) for code in sorted(set(codes))}
    told = {
        "disk_full": batch.left_for_space, "purged_again": batch.purged_again, "purged_left": batch.purged_left
    }  # fmt: skip
    problems |= {code: files for code, files in told.items() if files}
    return BatchSummary(
        seen=batch.seen,
        new=batch.new,
        duplicates=batch.duplicates,
        letters=sums["letters__sum"],
        tasks_created=sums["tasks_created__sum"],
        tasks_updated=sums["tasks_updated__sum"],
        needs_review=outcomes.filter(state=State.NEEDS_REVIEW.value).count(),
        quarantined=len(codes),
        seconds=round(((batch.ended or now) - batch.started).total_seconds(), 3),
        pages=sums["pages__sum"],
        ocr_pages=sums["ocr_pages__sum"],
        problems=problems,
    )
