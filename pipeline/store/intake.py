"""Batches and receipts: what was seen in an inbox, and what became of the file."""

import os
import uuid
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

from django.db.models import F, Sum

from pipeline.errors import ProblemCode
from pipeline.store import models
from pipeline.store.audit import note
from pipeline.store.door import reading, transacted
from pipeline.store.shapes import Left, Registered, Stamp
from pipeline.store.states import Act, State
from pipeline.values.task import BatchSummary


@transacted
def start_batch(inbox: Path, *, received: date, now: datetime) -> str:
    """Begin a batch; its id."""
    batch_id = uuid.uuid4().hex
    models.Batch.objects.create(
        batch_id=batch_id, inbox=os.fsencode(inbox.absolute()), received=received, started=now
    )
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


@transacted
def register(
    batch_id: str, path: str, *, document_id: str, stamp: Stamp, now: datetime, moved_to: str | None = None
) -> Registered:
    """Record that the bytes of ``path`` are kept; the document is queued if it is new.

    The same file again (it could not be moved, and its time stamp changed) has the receipt it had.
    """
    batch = models.Batch.objects.get(pk=batch_id)
    document, new = models.Document.objects.get_or_create(
        document_id=document_id, defaults={"state": State.QUEUED.value, "size": stamp.size, "created": now}
    )
    raw = os.fsencode(path)
    earlier = document.receipts.filter(inbox=batch.inbox, path=raw, left=True).first()
    if earlier is not None:
        models.Receipt.objects.filter(pk=earlier.pk).update(
            size=stamp.size, mtime_ns=stamp.mtime_ns, inode=str(stamp.inode)
        )
        models.Batch.objects.filter(pk=batch_id).update(seen=F("seen") + 1, duplicates=F("duplicates") + 1)
        return Registered(receipt_id=earlier.pk, new=False, again=True)
    receipt = models.Receipt.objects.create(
        document=document,
        batch=batch,
        inbox=batch.inbox,
        path=raw,
        received=batch.received,
        taken_in=now,
        size=stamp.size,
        mtime_ns=stamp.mtime_ns,
        inode=str(stamp.inode),
        left=moved_to is None,
        moved_to=None if moved_to is None else os.fsencode(moved_to),
    )
    counter = "new" if new else "duplicates"
    models.Batch.objects.filter(pk=batch_id).update(seen=F("seen") + 1, **{counter: F(counter) + 1})
    note(Act.TAKEN_IN, document_id, at=now, code="new" if new else "duplicate")
    return Registered(receipt_id=receipt.pk, new=new)


@transacted
def refuse(batch_id: str, path: str, *, problem: ProblemCode, stamp: Stamp, now: datetime) -> int:
    """Record a file that is not opened (a link, a pipe, too large); it counts as quarantined. The receipt's id."""
    batch = models.Batch.objects.get(pk=batch_id)
    receipt = models.Receipt.objects.create(
        batch=batch,
        inbox=batch.inbox,
        path=os.fsencode(path),
        received=batch.received,
        taken_in=now,
        size=stamp.size,
        mtime_ns=stamp.mtime_ns,
        inode=str(stamp.inode),
        problem=problem.value,
    )
    models.Batch.objects.filter(pk=batch_id).update(seen=F("seen") + 1, new=F("new") + 1)
    note(Act.REFUSED, f"receipt-{receipt.pk}", at=now, code=problem.value)
    return receipt.pk


@transacted
def moved(receipt_id: int, moved_to: str) -> None:
    """The file of a receipt lies in ``moved_to`` now (relative to the inbox)."""
    models.Receipt.objects.filter(pk=receipt_id).update(left=False, moved_to=os.fsencode(moved_to))


@transacted
def gone(receipt_ids: Collection[int]) -> None:
    """Files that lay in the inbox do so no more: somebody took them away, or changed them."""
    models.Receipt.objects.filter(pk__in=list(receipt_ids)).update(left=False)


@reading
def left_in(inbox: Path) -> tuple[Left, ...]:
    """The files that were taken in or refused and still lie in the inbox, as far as is known."""
    rows = models.Receipt.objects.filter(inbox=os.fsencode(inbox.absolute()), left=True)
    return _left(rows)


@reading
def moved_since(inbox: Path, since: datetime) -> tuple[Left, ...]:
    """The files that were taken in since then and moved: a slow writer may still have hold of one."""
    rows = models.Receipt.objects.filter(
        inbox=os.fsencode(inbox.absolute()), left=False, moved_to__isnull=False, taken_in__gte=since, document__isnull=False
    )
    return _left(rows)


def _left(rows: "models.models.QuerySet[models.Receipt]") -> tuple[Left, ...]:
    columns = ("pk", "path", "size", "mtime_ns", "inode", "document_id", "problem", "moved_to")
    return tuple(
        Left(
            receipt_id=pk,
            path=os.fsdecode(bytes(path)),
            stamp=Stamp(size=size, mtime_ns=mtime_ns, inode=int(inode)),
            document_id=document_id,
            problem=problem,
            moved_to=None if moved_to is None else os.fsdecode(bytes(moved_to)),
        )
        for pk, path, size, mtime_ns, inode, document_id, problem, moved_to in rows.values_list(*columns)
    )


@transacted
def count_known(batch_id: str, files: int) -> None:
    """A batch passed over so many files that were known already."""
    models.Batch.objects.filter(pk=batch_id).update(seen=F("seen") + files, duplicates=F("duplicates") + files)


@transacted
def count_left_for_space(batch_id: str, files: int) -> None:
    """A batch left so many files in the inbox because the disk is too full."""
    models.Batch.objects.filter(pk=batch_id).update(left_for_space=files)


@transacted
def end_batch(batch_id: str, *, now: datetime) -> BatchSummary:
    """Close a batch; its counts. ``problems`` counts by code, and ``disk_full`` the files left in the inbox for space."""
    models.Batch.objects.filter(pk=batch_id, ended=None).update(ended=now)
    batch = models.Batch.objects.get(pk=batch_id)
    outcomes = models.Outcome.objects.filter(batch=batch)
    sums = outcomes.aggregate(
        *(Sum(name, default=0) for name in ("letters", "pages", "ocr_pages", "tasks_created", "tasks_updated"))
    )
    refused = models.Receipt.objects.filter(batch=batch, document=None).values_list("problem", flat=True)
    failed = outcomes.filter(state=State.QUARANTINED.value).values_list("problem", flat=True)
    codes = [*refused, *failed]
    problems = {code: codes.count(code) for code in sorted(set(codes))}
    if batch.left_for_space:
        problems["disk_full"] = batch.left_for_space
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
