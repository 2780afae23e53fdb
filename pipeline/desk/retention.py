"""Retention: what may be forgotten by rule is, and leaves no bytes but ids, hashes and the audit.

Originals first, then one transaction, then the kept bytes: whenever it is killed, the same command finishes it.
"""

import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline import store
from pipeline.desk import papers
from pipeline.inbox import remove


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """How much was forgotten, or would be: ``originals`` are files in inboxes, ``papers`` those of packets and proofs.

    ``kept_bytes`` are what the store holds of letters and papers.
    """

    documents: int
    letters: int
    cases: int
    originals: int
    papers: int
    kept_bytes: int
    done: bool


def forget(
    data: Path, blobs: store.Blobs, *, before: date, case_ids: Collection[str] | None, dry_run: bool, now: datetime,
    by: str,
) -> Forgotten:  # fmt: skip
    """Forget what was finished before a day, or these cases if they are finished; only count it in a dry run."""
    found = store.purgeable(before=before, case_ids=case_ids)
    sizes = [blobs.path(one).stat().st_size for one in found.documents if blobs.has(one)]
    if not dry_run:
        for document_id, inbox, place in found.originals:
            remove(Path(os.fsdecode(inbox)), os.fsdecode(place), sha256=document_id)
        store.purge(found, now=now, who=by)
        for document_id in found.documents:
            for pictures in (data / "pages" / document_id[:2]).glob(f"{document_id}-*"):
                shutil.rmtree(pictures, ignore_errors=True)
        with store.alone(data, papers.LOCK):
            store.wipe_papers(papers.papers(data))
        store.wipe(blobs)
    return Forgotten(
        documents=len(found.documents),
        letters=found.letters,
        cases=len(found.cases),
        originals=len(found.originals),
        papers=found.papers,
        kept_bytes=sum(sizes) + found.paper_bytes,
        done=not dry_run,
    )
