"""Files that come over the desk instead of the inbox: written whole under a name that harms nobody, then found as any.

A file never lies under its own name before all of it is on disk, and never over another.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pipeline.errors import UsageError

UPLOADS = "uploads"
"""The folder of the data folder that letters sent over the desk are taken in from."""
_LONGEST_NAME = 120
_UNFIT = re.compile(r"[^\w .,()\[\]+-]")


def put(
    folder: Path, name: str, content: Iterable[bytes], *, max_bytes: int, space_floor: int, note: Callable[[str], None]
) -> str:
    """Write a file into ``folder``; the name it has there.

    Args:
        folder: where to; made if it is missing.
        name: as its sender calls it.
        content: its bytes in pieces.
        max_bytes: of the whole.
        space_floor: bytes that must stay free on the disk.
        note: told the SHA-256 of the bytes before the file gets its name.

    Raises:
        UsageError: it is empty or too large, or the disk is too full or not to be written to; nothing is left of it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < space_floor:
            raise _refused("the disk is too full", "Free space on the disk first.")
        temp = folder / f".{secrets.token_hex(8)}.part"
        try:
            note(_written(temp, content, max_bytes=max_bytes))
            return _named(temp, folder, fit_name(name)).name
        finally:
            temp.unlink(missing_ok=True)
    except OSError as error:
        why = os.strerror(error.errno or 0).lower()
        raise _refused(why, "Ask who runs the desk to look at its folders.") from None


def fit_name(name: str) -> str:
    r"""A file name without folders, control characters or a leading dot, and one that no intake passes over.

    >>> fit_name("../../etc/pass\x00wd"), fit_name(""), fit_name("Note of 3/5.pdf"), fit_name("scan.part")
    ('passwd', 'upload', '5.pdf', 'scan.part_')
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    plain = _UNFIT.sub("_", shown).strip(" .~")
    stem, dot, suffix = plain.rpartition(".")
    short = f"{stem[: _LONGEST_NAME - len(suffix) - 1]}{dot}{suffix}"[:_LONGEST_NAME] if dot else plain[:_LONGEST_NAME]
    unread = short.lower().endswith((".part", ".partial", ".crdownload", ".filepart", ".download", ".tmp"))
    return f"{short}_" if unread else short or "upload"


def _written(path: Path, content: Iterable[bytes], *, max_bytes: int) -> str:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        for piece in content:
            size += len(piece)
            if size > max_bytes:
                raise _refused(f"it is larger than {max_bytes // 1_000_000} MB", "Send it in parts.")
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise _refused("it is empty", "Choose the file again.")
    return digest.hexdigest()


def _named(temp: Path, folder: Path, name: str) -> Path:
    """Give a file its name, with a number where there is one of that name already; one at a time in a folder.

    No empty file holds the name meanwhile: whoever takes uploads in takes what has a name.
    """
    stem, suffix = Path(name).stem, Path(name).suffix
    with _locked(folder):
        for number in range(1, 1000):
            target = folder / (name if number == 1 else f"{stem}-{number}{suffix}")
            if not os.path.lexists(target):
                return temp.rename(target)
    raise _refused("there are many of that name already", "Give it another name.")


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with contextlib.suppress(OSError):  # some network file systems cannot
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _refused(why: str, advice: str) -> UsageError:
    return UsageError("the file", why=why, advice=advice)
