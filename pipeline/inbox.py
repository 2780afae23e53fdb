"""The inbox folder: which files are ready, a safe copy of one, and the move afterwards.

Nothing here waits for file events or follows a link: a folder is looked through by polling, every step down goes through
a descriptor of the folder above, and a file is only opened when it is a regular one with one name. Paths are relative to
the inbox, surrogate-escaped. Sizes are in bytes.
"""

import contextlib
import errno
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.errors import UsageError

PROCESSED, SET_ASIDE = "processed", "set_aside"
_JUNK = frozenset({"thumbs.db", "desktop.ini", "@eadir", "#recycle", "$recycle.bin", "system volume information"})
_UNFINISHED = (".part", ".partial", ".crdownload", ".filepart", ".download", ".tmp")
_CHUNK = 1 << 20
_MOST_NAME = 255
_MOST_DEPTH = 32


class Kind(StrEnum):
    """What stands under a name. Only a ``FILE`` is ever opened."""

    FILE = "file"
    LINK = "link"
    HARD_LINKED = "hard_linked"
    SPECIAL = "special"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something in the inbox. ``unfinished``: by its name somebody is still writing it."""

    path: str
    kind: Kind
    size: int
    mtime_ns: int
    inode: int
    unfinished: bool = False


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


def scan(inbox: Path) -> tuple[Found, ...]:
    """Everything in the inbox and its sub-folders, by path; not its own ``processed`` and ``set_aside``, nor junk.

    Raises:
        UsageError: the inbox is no folder or may not be read.
    """
    root = _open_root(inbox)
    try:
        return tuple(sorted(_below(root, "", depth=0), key=lambda found: found.path))
    finally:
        os.close(root)


def _open_root(inbox: Path) -> int:
    try:
        return os.open(inbox, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise UsageError(
            f"inbox {inbox}",
            why=os.strerror(error.errno or 0).lower(),
            advice="Name a folder that you may read with --inbox, or as inbox in denials.toml.",
        ) from None


def _below(folder: int, prefix: str, *, depth: int) -> Iterator[Found]:
    with os.scandir(folder) as entries:
        names = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
    for name, is_folder in names:
        if name.startswith(".") or name.lower() in _JUNK or (depth == 0 and is_folder and name in (PROCESSED, SET_ASIDE)):
            continue
        with contextlib.suppress(OSError):  # gone again, or a folder that may not be read
            if not is_folder:
                yield _found(os.stat(name, dir_fd=folder, follow_symlinks=False), prefix + name)
            elif depth < _MOST_DEPTH:
                with _folder(name, above=folder) as inner:
                    yield from _below(inner, f"{prefix}{name}/", depth=depth + 1)


def _found(status: os.stat_result, path: str) -> Found:
    if stat.S_ISLNK(status.st_mode):
        kind = Kind.LINK
    elif not stat.S_ISREG(status.st_mode):
        kind = Kind.SPECIAL
    else:
        kind = Kind.FILE if status.st_nlink == 1 else Kind.HARD_LINKED
    unfinished = path.lower().endswith(_UNFINISHED) or path.rpartition("/")[2].startswith("~$")
    return Found(
        path=path, kind=kind, size=status.st_size, mtime_ns=status.st_mtime_ns, inode=status.st_ino, unfinished=unfinished
    )


@contextlib.contextmanager
def _folder(name: str, *, above: int) -> Iterator[int]:
    descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=above)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


class Settling:
    """Tells which files have not changed for ``seconds``, by a clock that nobody sets.

    A file's own time stamp says nothing: a copy keeps that of its original.
    """

    def __init__(self, *, seconds: float, monotonic: Callable[[], float]) -> None:
        self._seconds = seconds
        self._monotonic = monotonic
        self._since: dict[str, tuple[Found, float]] = {}

    def settled(self, found: Iterable[Found]) -> tuple[Found, ...]:
        """Those of ``found`` that were the same for long enough; to be asked again and again."""
        now = self._monotonic()
        ready = []
        for file in found:
            before, since = self._since.get(file.path, (None, now))
            if before != file:
                since = now
            self._since[file.path] = (file, since)
            if now - since >= self._seconds and not file.unfinished:
                ready.append(file)
        return tuple(ready)


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
        target, name = tempfile.mkstemp(prefix="intake-", dir=temp)
        kept = Path(name)
        try:
            with open(target, "wb", buffering=0) as out:  # noqa: PTH123 - a descriptor, not a path
                digest, size = _pour(source, out.fileno(), most=found.size)
                if not _same(os.fstat(source), found) or size != found.size:
                    raise Changed
                os.fsync(out.fileno())
        except BaseException as error:
            kept.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise NoSpace from None
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
        with _parent(inbox, found.path) as (folder, name):
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


def _same(status: os.stat_result, found: Found) -> bool:
    return (
        stat.S_ISREG(status.st_mode)
        and status.st_nlink == 1
        and (status.st_size, status.st_mtime_ns, status.st_ino) == (found.size, found.mtime_ns, found.inode)
    )


@contextlib.contextmanager
def _parent(inbox: Path, path: str) -> Iterator[tuple[int, str]]:
    """The folder that holds ``path``, reached step by step, and the last part of the path."""
    *folders, name = path.split("/")
    with contextlib.ExitStack() as stack:
        descriptor = _open_root(inbox)
        stack.callback(os.close, descriptor)
        for folder in folders:
            descriptor = stack.enter_context(_folder(folder, above=descriptor))
        yield descriptor, name


def move(inbox: Path, found: Found, *, to: str) -> str | None:
    """Move a file (or a link itself) to ``to`` (``processed``, or ``set_aside/<reason>``), sub-folders kept.

    Where it lies then; None where it stays: the inbox may not be written to, or it is another file by now.
    """
    try:
        with _parent(inbox, found.path) as (source, name):
            now = os.stat(name, dir_fd=source, follow_symlinks=False)
            if (now.st_ino, now.st_size, now.st_mtime_ns) != (found.inode, found.size, found.mtime_ns):
                return None
            folders = [*to.split("/"), *found.path.split("/")[:-1]]
            with _made(inbox, folders) as target:
                free = _free_name(target, name)
                os.rename(name, free, src_dir_fd=source, dst_dir_fd=target)  # noqa: PTH104 - by descriptors
                for folder in (target, source):
                    with contextlib.suppress(OSError):  # some network file systems cannot
                        os.fsync(folder)
    except OSError:
        return None
    return "/".join([*folders, free])


def stamp_of(inbox: Path, path: str) -> Found | None:
    """What stands at ``path`` now; None where nothing does."""
    try:
        with _parent(inbox, path) as (folder, name):
            return _found(os.stat(name, dir_fd=folder, follow_symlinks=False), path)
    except OSError:
        return None


@contextlib.contextmanager
def _made(inbox: Path, folders: list[str]) -> Iterator[int]:
    """The folder below the inbox, made where it is missing with the inbox's own rights: whoever uses it may look in."""
    with contextlib.ExitStack() as stack:
        descriptor = _open_root(inbox)
        stack.callback(os.close, descriptor)
        mode = stat.S_IMODE(os.fstat(descriptor).st_mode)
        for folder in folders:
            with contextlib.suppress(FileExistsError):
                os.mkdir(folder, 0o700, dir_fd=descriptor)
                os.chmod(folder, mode, dir_fd=descriptor)
            descriptor = stack.enter_context(_folder(folder, above=descriptor))
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
