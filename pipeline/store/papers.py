"""What leaves the house and what proves that it did: files of packets and of proofs, kept with their letter.

The bytes lie in a folder of their own, named by their SHA-256. Whoever keeps or wipes holds ``PAPERS``: bytes come
before their row, and bytes without a row are what a purge leaves to be wiped.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from pipeline.errors import UsageError
from pipeline.store import models
from pipeline.store.audit import note
from pipeline.store.blobs import Blobs
from pipeline.store.door import reading, transacted
from pipeline.store.following import claim_place
from pipeline.store.seen import KeptPaper
from pipeline.store.states import Act


@transacted
def keep_papers(
    task_id: str, files: Sequence[tuple[str, str, int]], *, kind: str, by: str, now: datetime
) -> bool:  # fmt: skip
    """Write down files (name, SHA-256, size) that were made for a task, or that prove what was sent.

    Whether anything new was written: the same files of the same kind once more are no other packet.
    Raises ``UsageError`` where there is no such task.
    """
    row = models.Task.objects.filter(pk=task_id).first()
    if row is None:
        raise UsageError(f"task {task_id[:80]}", why="it is not there", advice="`denials tasks` lists the ids.")
    letter_id = json.loads(row.content)["letter_id"]
    claim_index = claim_place(row, letter_id)
    told = json.dumps([kind, sorted(digest for _, digest, _ in files)])
    bundle = hashlib.sha256(told.encode()).hexdigest()
    if models.Paper.objects.filter(letter_id=letter_id, claim_index=claim_index, bundle=bundle).exists():
        return False
    models.Paper.objects.bulk_create(
        models.Paper(
            letter_id=letter_id, claim_index=claim_index, kind=kind, name=name[-255:], digest=digest, size=size,
            bundle=bundle, by=by, at=now,
        )
        for name, digest, size in files
    )  # fmt: skip
    note(Act.PAPERS_KEPT, task_id, at=now, who=by, code=kind)
    return True


@reading
def papers_of(letter_ids: Iterable[str]) -> tuple[KeptPaper, ...]:
    """The files that are kept about these letters, oldest first."""
    rows = models.Paper.objects.filter(letter_id__in=list(letter_ids)).order_by("pk")
    return tuple(
        KeptPaper(
            letter_id=row.letter_id, kind=row.kind, name=row.name, digest=row.digest, size=row.size,
            bundle=row.bundle, by=row.by, at=row.at,
        )
        for row in rows
    )  # fmt: skip


def wipe_papers(blobs: Blobs) -> int:
    """Take away the bytes that no letter has any more, of an earlier call that was killed too; how many."""
    left = sorted(set(blobs.names()) - _digests())
    for digest in left:
        blobs.remove(digest)
    return len(left)


@reading
def _digests() -> set[str]:
    return set(models.Paper.objects.values_list("digest", flat=True))
