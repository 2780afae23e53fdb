"""The move of a file that is dealt with, within the inbox; never over another file, never of another file."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pipeline.inbox.files import Found, folder_in, open_root, parent_of

_MOST_NAME = 255


def move(inbox: Path, found: Found, *, to: str) -> str | None:
    """Move a file (or a link itself) to ``to`` (``processed``, or ``set_aside/<reason>``), sub-folders kept.

    Where it lies then; None where it stays: the inbox may not be written to, or it is another file by now.
    """
    try:
        with parent_of(inbox, found.path) as (source, name):
            now = os.stat(name, dir_fd=source, follow_symlinks=False)
            if (now.st_ino, now.st_size, now.st_mtime_ns) != (found.inode, found.size, found.mtime_ns):
                return None
            folders = [*to.split("/"), *found.path.split("/")[:-1]]
            with _made(inbox, folders) as target:
                free = _free_name(target, name)
                os.rename(name, free, src_dir_fd=source, dst_dir_fd=target)
                if os.stat(free, dir_fd=target, follow_symlinks=False).st_ino != found.inode:
                    # Somebody put another file there in between: it was never taken in, so it goes back.
                    back = _free_name(source, name)
                    os.rename(free, back, src_dir_fd=target, dst_dir_fd=source)
                    return None
                for folder in (target, source):
                    with contextlib.suppress(OSError):  # some network file systems cannot
                        os.fsync(folder)
    except OSError:
        return None
    return "/".join([*folders, free])


@contextlib.contextmanager
def _made(inbox: Path, folders: list[str]) -> Iterator[int]:
    """The folder below the inbox, made where it is missing with the inbox's own rights: whoever uses it may look in."""
    with contextlib.ExitStack() as stack:
        descriptor = open_root(inbox)
        stack.callback(os.close, descriptor)
        mode = stat.S_IMODE(os.fstat(descriptor).st_mode)
        for folder in folders:
            with contextlib.suppress(FileExistsError):
                os.mkdir(folder, 0o700, dir_fd=descriptor)
                os.chmod(folder, mode, dir_fd=descriptor)
            descriptor = stack.enter_context(folder_in(folder, above=descriptor))
        yield descriptor


def _free_name(folder: int, name: str) -> str:
    """``name``, or with a number before its suffix where that is taken, within the length that file systems allow."""
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(os.fsencode(suffix)) > 16:
        stem, dot, suffix = name, "", ""
    candidate, number = name, 1
    while _exists(folder, candidate):
        number += 1
        tail = os.fsencode(f" ({number}){dot}{suffix}")
        candidate = os.fsdecode(os.fsencode(stem)[: _MOST_NAME - len(tail)] + tail)
    return candidate


def _exists(folder: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def writable(inbox: Path) -> bool:
    """Whether files of the inbox can be moved, as far as can be told without trying."""
    return os.access(inbox, os.W_OK | os.X_OK)
