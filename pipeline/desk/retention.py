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

    ``kept_bytes`` are what the store holds of letters and papers. ``still_there`` are the originals that could not be
    taken away; a person has to, and until then no batch takes one in again where it lies.
    """

    documents: int
    letters: int
    cases: int
    originals: int
    papers: int
    kept_bytes: int
    done: bool
    still_there: tuple[str, ...] = ()


def forget(
    data: Path, blobs: store.Blobs, *, before: date, case_ids: Collection[str] | None, dry_run: bool, now: datetime,
    by: str,
) -> Forgotten:  # fmt: skip
    """Forget what was finished before a day, or these cases if they are finished; only count it in a dry run."""
    found = store.purgeable(before=before, case_ids=case_ids)
    sizes = [blobs.path(one).stat().st_size for one in found.documents if blobs.has(one)]
    still_there: dict[int, str] = {}
    if not dry_run:
        for one in found.originals:
            inbox, place = Path(os.fsdecode(one.inbox)), os.fsdecode(one.place)
            if not remove(inbox, place, sha256=one.document_id):
                still_there[one.receipt_id] = os.fsencode(inbox / place).decode("utf-8", "backslashreplace")
        store.purge(found, still_there=still_there.keys(), now=now, who=by)
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
        originals=len(found.originals) - len(still_there),
        papers=found.papers,
        kept_bytes=sum(sizes) + found.paper_bytes,
        done=not dry_run,
        still_there=tuple(still_there.values()),
    )
