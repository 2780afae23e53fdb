"""A safe copy of one file: exactly the one that was found, hashed on the way, on disk before anybody hears of it."""

import contextlib
import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.inbox.files import Found, parent_of

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy that is on disk under a temporary name, and the SHA-256 of its bytes in hex."""

    temp: Path
    sha256: str
    size: int


class Changed(Exception):
    """The file is not what it was when it was found: look again later."""


class TooLarge(Exception):
    """The file has more bytes than the limit; nothing of it was kept."""


class NoSpace(Exception):
    """The disk of the data folder is full; nothing was kept."""


def copy(inbox: Path, found: Found, *, temp: Path, max_bytes: int) -> Copy:
    """Copy a file into ``temp``, hashing it on the way; on disk when this returns.

    Raises:
        Changed: it is another file by now, grew while it was copied, or is gone.
        TooLarge: it has more than ``max_bytes``.
        NoSpace: the disk is full.
        OSError: it cannot be read.
    """
    if found.size > max_bytes:
        raise TooLarge
    with _opened(inbox, found) as source:
        try:
            return _copied(source, found, temp=temp)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise NoSpace from None
            raise


def _copied(source: int, found: Found, *, temp: Path) -> Copy:
    target, name = tempfile.mkstemp(prefix="intake-", dir=temp)  # mode 0600
    kept = Path(name)
    try:
        with os.fdopen(target, "wb", buffering=0) as out:
            digest, size = _pour(source, out.fileno(), most=found.size)
            _expect(_same(os.fstat(source), found) and size == found.size)
            os.fsync(out.fileno())
    except BaseException:
        kept.unlink(missing_ok=True)
        raise
    return Copy(temp=kept, sha256=digest, size=size)


def _pour(source: int, target: int, *, most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := os.read(source, _CHUNK):
        size += len(chunk)
        if size > most:
            raise Changed
        digest.update(chunk)
        view = memoryview(chunk)
        while view:
            view = view[os.write(target, view) :]
    return digest.hexdigest(), size


@contextlib.contextmanager
def _opened(inbox: Path, found: Found) -> Iterator[int]:
    """A descriptor of exactly the file that was found; no link on the way is followed and no pipe waited for."""
    try:
        with parent_of(inbox, found.path) as (folder, name):
            if not _same(os.stat(name, dir_fd=folder, follow_symlinks=False), found):
                raise Changed
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
            descriptor = os.open(name, flags, dir_fd=folder)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP, errno.ENOTDIR, errno.ENXIO):
            raise Changed from None
        raise
    try:
        if not _same(os.fstat(descriptor), found):
            raise Changed
        yield descriptor
    finally:
        os.close(descriptor)


def _expect(unchanged: bool) -> None:
    if not unchanged:
        raise Changed


def _same(status: os.stat_result, found: Found) -> bool:
    return (
        stat.S_ISREG(status.st_mode)
        and status.st_nlink == 1
        and (status.st_size, status.st_mtime_ns, status.st_ino) == (found.size, found.mtime_ns, found.inode)
    )
