"""Takes an original away, after its time, where a person asked for it: exactly the bytes that were taken in."""

import contextlib
import errno
import hashlib
import os
from pathlib import Path

from pipeline.inbox.files import parent_of

_CHUNK = 1 << 20
_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO, errno.EISDIR)


def remove(inbox: Path, path: str, *, sha256: str) -> bool:
    """Take away the file at ``path`` below the inbox if it has this hash; no link is followed.

    Whether it lies there no more: true too where nothing, a link or another file does, false where it may not be
    looked at or taken away.
    """
    try:
        with parent_of(inbox, path) as (folder, name):
            descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
            try:
                if _hash_of(descriptor) != sha256:
                    return True
            finally:
                os.close(descriptor)
            os.unlink(name, dir_fd=folder)
            with contextlib.suppress(OSError):  # some network file systems cannot
                os.fsync(folder)
    except OSError as error:
        return error.errno in _NOT_THERE
    return True


def _hash_of(descriptor: int) -> str:
    digest = hashlib.sha256()
    while chunk := os.read(descriptor, _CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
