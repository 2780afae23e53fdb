"""Files of an inbox without ever following a link: every step down goes through a descriptor of the folder above."""

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.errors import UsageError

PROCESSED, SET_ASIDE = "processed", "set_aside"
_JUNK = frozenset({"thumbs.db", "desktop.ini", "@eadir", "#recycle", "$recycle.bin", "system volume information"})
_UNFINISHED = (".part", ".partial", ".crdownload", ".filepart", ".download", ".tmp")
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


def scan(inbox: Path) -> tuple[Found, ...]:
    """Everything in the inbox and its sub-folders, by path; not its own ``processed`` and ``set_aside``, nor junk.

    Raises:
        UsageError: the inbox is no folder or may not be read.
    """
    root = open_root(inbox)
    try:
        return tuple(sorted(_below(root, "", depth=0), key=lambda found: found.path))
    finally:
        os.close(root)


def open_root(inbox: Path) -> int:
    """A descriptor of the inbox itself, which may be reached through a link. Raises ``UsageError``."""
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
        if (
            name.startswith(".")
            or name.lower() in _JUNK
            or (depth == 0 and is_folder and name in (PROCESSED, SET_ASIDE))
        ):
            continue
        with contextlib.suppress(OSError):  # gone again, or a folder that may not be read
            if not is_folder:
                yield _found(os.stat(name, dir_fd=folder, follow_symlinks=False), prefix + name)
            elif depth < _MOST_DEPTH:
                with folder_in(name, above=folder) as inner:
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
        path=path,
        kind=kind,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        inode=status.st_ino,
        unfinished=unfinished,
    )


@contextlib.contextmanager
def folder_in(name: str, *, above: int) -> Iterator[int]:
    """A descriptor of a folder in the folder ``above``; a link to one is refused with ``OSError``."""
    descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=above)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def parent_of(inbox: Path, path: str) -> Iterator[tuple[int, str]]:
    """The folder that holds ``path``, reached step by step, and the last part of the path."""
    *folders, name = path.split("/")
    with contextlib.ExitStack() as stack:
        descriptor = open_root(inbox)
        stack.callback(os.close, descriptor)
        for folder in folders:
            descriptor = stack.enter_context(folder_in(folder, above=descriptor))
        yield descriptor, name


def stamp_of(inbox: Path, path: str) -> Found | None:
    """What stands at ``path`` now; None where nothing does."""
    try:
        with parent_of(inbox, path) as (folder, name):
            return _found(os.stat(name, dir_fd=folder, follow_symlinks=False), path)
    except OSError:
        return None


def stamps_of(inbox: Path, paths: Iterable[str]) -> Iterator[Found]:
    """What stands at each of the paths now; nothing where nothing does. Each folder is opened once."""
    names_in: dict[str, list[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        names_in.setdefault(folder, []).append(name)
    for folder, names in names_in.items():
        with contextlib.suppress(OSError), parent_of(inbox, f"{folder}/." if folder else ".") as (opened, _):
            for name in names:
                with contextlib.suppress(OSError):
                    status = os.stat(name, dir_fd=opened, follow_symlinks=False)
                    yield _found(status, f"{folder}/{name}" if folder else name)
