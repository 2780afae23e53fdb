"""What was seen in an inbox and what became of it. Each call that returned is on disk."""

import os
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from pipeline.errors import ProblemCode
from pipeline.store import models
from pipeline.store.audit import note
from pipeline.store.blobs import Blobs
from pipeline.store.door import reading, transacted
from pipeline.store.shapes import FileKept, FileSeen, Left
from pipeline.store.states import Act, State

_STILL_OPEN = timedelta(days=2)
"""For so long after its move a file is watched for a writer who still had hold of it."""
FORGOTTEN = b""
"""The path of a receipt whose document was forgotten: the names of files say whom they are about."""
_COLUMNS = ("pk", "path", "size", "mtime_ns", "inode", "problem", "moved_to")


class Ledger:
    """The intake's book for one batch."""

    def __init__(self, batch_id: str, *, blobs: Blobs, now: Callable[[], datetime]) -> None:
        self._batch_id = batch_id
        self._blobs = blobs
        self._now = now

    @reading
    def known(self) -> tuple[Left, ...]:
        """The files that were taken in or refused and still lie in the inbox, as far as is known."""
        return left_in(self._batch().inbox)

    @reading
    def lately_moved(self) -> tuple[Left, ...]:
        """The files that were taken in and moved not long ago."""
        return _left(
            models.Receipt.objects.filter(
                inbox=self._batch().inbox, left=False, moved_to__isnull=False, document__isnull=False,
                taken_in__gte=self._now() - _STILL_OPEN,
            )
        )  # fmt: skip

    def keep(self, found: FileSeen, kept: FileKept, *, moved: bool) -> int | None:
        """Give a copy its name in the store and register it; its document is queued if it is new. The receipt's id.

        ``moved``: the file was taken in and moved before, and has grown since.
        None, and nothing of it is kept, where it is an original that outlasted its document's purge.
        """
        if self._outlasted(found, kept.sha256):
            kept.temp.unlink()
            return None
        self._blobs.adopt(kept.temp, kept.sha256)
        return self._register(found, kept.sha256, moved=moved)

    @transacted
    def _outlasted(self, found: FileSeen, document_id: str) -> bool:
        """Whether it is a file of a forgotten document that could not be taken away then; only its inode is another.

        Network file systems give out new ones when they are mounted.
        """
        rows = models.Receipt.objects.filter(
            inbox=self._batch().inbox, path=FORGOTTEN, left=True, document=document_id, size=found.size,
            mtime_ns=found.mtime_ns,
        )  # fmt: skip
        known = rows.first()
        if known is None:
            return False
        rows.filter(pk=known.pk).update(inode=str(found.inode))
        self._count("duplicates", "purged_left")
        return True

    @transacted
    def _register(self, found: FileSeen, document_id: str, *, moved: bool) -> int:
        batch = self._batch()
        document, new = models.Document.objects.get_or_create(
            document_id=document_id, defaults={"state": State.QUEUED.value, "size": found.size, "created": self._now()}
        )
        again = document.state == State.PURGED.value  # forgotten since, and sent again: it is worked on again
        if again:
            models.Document.objects.filter(pk=document_id).update(state=State.QUEUED.value, size=found.size)
        raw = os.fsencode(found.path)
        here = models.Receipt.objects.filter(inbox=batch.inbox, path=raw, left=True)
        same = here.filter(document=document).first()
        if same is not None:  # the very file that could not be moved then; only its time stamp is another
            here.filter(pk=same.pk).update(size=found.size, mtime_ns=found.mtime_ns, inode=str(found.inode))
            self._count("duplicates")
            return int(same.pk)
        here.update(left=False)
        models.Receipt.objects.filter(inbox=batch.inbox, moved_to=raw).update(moved_to=None)
        place = raw if moved else None
        receipt = self._receipt(batch, found, document=document, left=not moved, moved_to=place)
        self._count(*(("new", "purged_again") if again else ("new",) if new else ("duplicates",)))
        note(Act.TAKEN_IN, document_id, at=self._now(), code="new" if new or again else "duplicate")
        return int(receipt.pk)

    @transacted
    def refuse(self, found: FileSeen, problem: ProblemCode) -> int:
        """Register a file that is not opened (a link, a pipe, too large): it counts as quarantined. Its receipt."""
        batch = self._batch()
        models.Receipt.objects.filter(inbox=batch.inbox, path=os.fsencode(found.path), left=True).update(left=False)
        receipt = self._receipt(batch, found, problem=problem.value)
        self._count("new")
        note(Act.REFUSED, f"receipt-{receipt.pk}", at=self._now(), code=problem.value)
        return int(receipt.pk)

    @transacted
    def moved(self, places: Mapping[int, str]) -> None:
        """The files of these receipts lie elsewhere in the inbox now."""
        for receipt_id, place in places.items():
            models.Receipt.objects.filter(pk=receipt_id).update(left=False, moved_to=os.fsencode(place))

    def gone(self, receipts: Collection[int]) -> None:
        """The files of these receipts do not lie in the inbox any more."""
        if receipts:
            _gone(receipts)

    def passed_over(self, files: int, *, purged: int) -> None:
        """So many files were known already; ``purged`` of them are of documents that were forgotten."""
        if files:
            self._passed_over(files, purged)

    @transacted
    def _passed_over(self, files: int, purged: int) -> None:
        self._count("duplicates", files=files)
        models.Batch.objects.filter(pk=self._batch_id).update(purged_left=F("purged_left") + purged)

    @transacted
    def left_for_space(self, files: int) -> None:
        """So many files stay in the inbox because the disk is too full."""
        models.Batch.objects.filter(pk=self._batch_id).update(left_for_space=files)

    def _batch(self) -> models.Batch:
        return models.Batch.objects.get(pk=self._batch_id)

    def _count(self, *counters: str, files: int = 1) -> None:
        added = {counter: F(counter) + files for counter in ("seen", *counters)}
        models.Batch.objects.filter(pk=self._batch_id).update(**added)

    def _receipt(self, batch: models.Batch, found: FileSeen, **columns: object) -> models.Receipt:
        return models.Receipt.objects.create(
            batch=batch, inbox=batch.inbox, path=os.fsencode(found.path), received=batch.received,
            taken_in=self._now(), size=found.size, mtime_ns=found.mtime_ns, inode=str(found.inode), **columns,
        )  # fmt: skip


def left_in(inbox: bytes) -> tuple[Left, ...]:
    """The files that were dealt with and still lie in an inbox, as far as is known."""
    return _left(models.Receipt.objects.filter(inbox=inbox, left=True))


def _left(rows: "QuerySet[models.Receipt]") -> tuple[Left, ...]:
    return tuple(
        Left(
            receipt_id=pk,
            path=os.fsdecode(bytes(path)),
            size=size,
            mtime_ns=mtime_ns,
            inode=int(inode),
            problem=problem,
            moved_to=None if moved_to is None else os.fsdecode(bytes(moved_to)),
        )
        for pk, path, size, mtime_ns, inode, problem, moved_to in rows.values_list(*_COLUMNS)
    )


@transacted
def _gone(receipts: Collection[int]) -> None:
    wanted = list(receipts)
    for start in range(0, len(wanted), 500):
        models.Receipt.objects.filter(pk__in=wanted[start : start + 500]).update(left=False)
