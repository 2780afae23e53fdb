"""Files of packets and of proofs of sending go into the store: copied and hashed first, written down after."""

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pipeline import store
from pipeline.errors import UsageError
from pipeline.sandbox.folders import locked_folder

LOCK = "papers.lock"
"""Held while bytes have no row yet, and while bytes without a row are wiped."""
PROOF = "proof"
"""What a kept file is that is no part of a packet: a fax confirmation, a certified-mail receipt, the letter as sent."""


def papers(data: Path) -> store.Blobs:
    """The bytes of kept papers."""
    folder = data / store.PAPERS
    folder.mkdir(mode=0o700, exist_ok=True)
    return store.Blobs(folder)


def keep(data: Path, task_id: str, files: Sequence[Path], *, kind: str, by: str, now: datetime) -> bool:
    """Keep copies of ``files`` with a task's letter; False where just these are kept already.

    Raises ``UsageError`` where a file cannot be read or there is no such task; then nothing is written down.
    """
    blobs = papers(data)
    kept = []
    with store.alone(data, LOCK):
        with locked_folder(data / "tmp") as temp:
            for number, path in enumerate(files):
                copied = temp / str(number)
                try:
                    shutil.copyfile(path, copied)
                except OSError as error:
                    why = (error.strerror or "it cannot be read").lower()
                    raise UsageError(f"file {path}", why=why, advice="Name a file that can be read.") from None
                copied.chmod(0o600)
                kept.append((path.name, *blobs.take(copied)))
        return store.keep_papers(task_id, kept, kind=kind, by=by, now=now)
