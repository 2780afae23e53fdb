"""The bytes of the documents: one file each, named by its SHA-256, never changed; deleted by retention alone.

The interface is six methods, so that another place (a bucket, a shared disk) can stand in for the folder.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """Blobs below ``folder`` as ``<first two hex digits>/<sha256>``, files 0600 in folders 0700."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, document_id: str) -> Path:
        """Where the bytes of a document are. Raises ``ValueError`` for what is no SHA-256."""
        if not _NAME.fullmatch(document_id):
            raise ValueError("no document id")
        return self._folder / document_id[:2] / document_id

    def adopt(self, temp: Path, document_id: str) -> None:
        """Give a finished temp file (fsynced, on the same disk) its final name; on disk when this returns.

        A blob that is there already with the same size wins, and the temp file goes.
        """
        target = self.path(document_id)
        folder = target.parent
        if not folder.is_dir():
            folder.mkdir(mode=0o700, exist_ok=True)
            sync_folder(self._folder)
        if target.is_file() and target.stat().st_size == temp.stat().st_size:
            temp.unlink()
        else:
            temp.rename(target)
        sync_folder(folder)

    def take(self, path: Path) -> tuple[str, int]:
        """Keep a finished file of the same disk as a blob; its SHA-256 in hex, and its size."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = os.fstat(file.fileno()).st_size
            os.fsync(file.fileno())
        self.adopt(path, digest)
        return digest, size

    def remove(self, document_id: str) -> None:
        """Take the bytes of a document away, for good; on disk when this returns."""
        path = self.path(document_id)
        path.unlink(missing_ok=True)
        sync_folder(path.parent)

    def names(self) -> Iterator[str]:
        """The ids of all blobs."""
        for folder in sorted(self._folder.glob("[0-9a-f][0-9a-f]")):
            with os.scandir(folder) as entries:
                yield from sorted(entry.name for entry in entries if _NAME.fullmatch(entry.name))

    def has(self, document_id: str) -> bool:
        """Whether the bytes of a document are there."""
        return self.path(document_id).is_file()


def sync_folder(folder: Path) -> None:
    """Have what was made, named or taken away in a folder on disk when this returns."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
