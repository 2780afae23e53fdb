"""Taking files in, in the one order that loses none: copy, hash, register; only when that is on disk, move.

What is known of earlier times, and where things are registered, is the ledger's; the desk brings the store's.
"""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from pipeline.errors import ProblemCode, UsageError
from pipeline.inbox.copying import Changed, Copy, NoSpace, TooLarge, copy
from pipeline.inbox.files import PROCESSED, SET_ASIDE, Found, Kind, scan, stamp_of, stamps_of
from pipeline.inbox.moving import move, writable
from pipeline.inbox.settling import Settling

_LOG = logging.getLogger(__name__)
_POLL_SECONDS = 0.2
_PATIENCE_SECONDS = 60.0
"""How long a batch waits for files that were still changing; what has not settled then stays for the next batch."""
_AT_ONCE = 50


class Known(Protocol):
    """A file that was dealt with: its receipt, its stamp then, the code it was refused for, and where it lies now.

    One whose document was forgotten since, and that could not be taken away, has no path any more.
    """

    @property
    def receipt_id(self) -> int:
        """Its receipt."""

    @property
    def path(self) -> str:
        """Its path there, surrogate-escaped."""

    @property
    def size(self) -> int:
        """In bytes."""

    @property
    def mtime_ns(self) -> int:
        """When it was last changed, in nanoseconds."""

    @property
    def inode(self) -> int:
        """Its number in the file system."""

    @property
    def problem(self) -> str:
        """The code it was refused for; empty where it was not."""

    @property
    def moved_to(self) -> str | None:
        """Where it lies in the inbox now."""


class Ledger(Protocol):
    """Where intake writes down what it does. A call that returned is on disk."""

    def known(self) -> Sequence[Known]:
        """What was dealt with and, as far as is known, still lies in the inbox."""

    def lately_moved(self) -> Sequence[Known]:
        """What was taken in and moved not long ago: a slow writer may still have hold of it."""

    def keep(self, found: Found, kept: Copy, *, moved: bool) -> int | None:
        """Register a copy that is on disk; the receipt's id. ``moved``: its file was moved before, and grew since.

        None where it is an original that outlasted the purge of its document: nothing is kept, and it stays.
        """

    def refuse(self, found: Found, problem: ProblemCode) -> int:
        """Register a file that is not opened; the receipt's id."""

    def moved(self, places: Mapping[int, str]) -> None:
        """The files of these receipts lie elsewhere in the inbox now."""

    def gone(self, receipts: Collection[int]) -> None:
        """The files of these receipts do not lie in the inbox any more."""

    def passed_over(self, files: int, *, purged: int) -> None:
        """So many files were known already; ``purged`` of them are of documents that were forgotten."""

    def left_for_space(self, files: int) -> None:
        """So many files stay in the inbox because the disk is too full."""


class Intake:
    """One look at an inbox by one batch.

    Args:
        inbox: the folder.
        ledger: what is known, and where it is written down.
        temp: a private folder on the disk of the store, for copies that have no name yet.
        max_bytes: of one file; a larger one is refused unopened.
        space_floor: bytes that must stay free on that disk; nothing is taken in below.
        settle_seconds: a file is taken when it has been the same for so long.
        monotonic: seconds, from a clock that nobody sets.
        sleep: waits for seconds.
        stop: when it is set, the file in hand is finished and the rest stays.
    """

    def __init__(
        self, inbox: Path, ledger: Ledger, *, temp: Path, max_bytes: int, space_floor: int, settle_seconds: float,
        monotonic: Callable[[], float], sleep: Callable[[float], object], stop: threading.Event,
    ) -> None:  # fmt: skip
        self._inbox = inbox
        self._ledger = ledger
        self._temp = temp
        self._max_bytes = max_bytes
        self._floor = space_floor
        self._settle_seconds = settle_seconds
        self._monotonic = monotonic
        self._sleep = sleep
        self._stop = stop
        self._unreadable: set[str] = set()
        self._settling = Settling(seconds=settle_seconds, monotonic=monotonic)

    def run(self) -> None:
        """Take in what settles, waiting a bounded time for it.

        Raises:
            UsageError: the inbox is no folder or may not be read.
        """
        waiting = {found.path: found for found in self._fresh() if not found.unfinished}
        end = self._monotonic() + self._settle_seconds + _PATIENCE_SECONDS
        while waiting and not self._stop.is_set():
            dealt_with, full = self._take(self._settling.settled(waiting.values()))
            waiting = {path: found for path, found in waiting.items() if path not in dealt_with | self._unreadable}
            if full:
                self._ledger.left_for_space(len(waiting))
            if full or not waiting or self._monotonic() > end:
                return
            self._sleep(min(_POLL_SECONDS, self._settle_seconds))
            looked = (stamp_of(self._inbox, path) for path in waiting)
            waiting = {found.path: found for found in looked if found}

    def _fresh(self) -> list[Found]:
        """What is not known yet. What is, is passed over, and moved where that is still to do."""
        dealt_with = _DealtWith(self._ledger.known())
        found = scan(self._inbox)
        again = [(file, known) for file in found if (known := dealt_with.as_(file)) is not None]
        self._ledger.gone(dealt_with.missing(found))
        self._ledger.passed_over(len(again), purged=sum(not known.path for _, known in again))
        self._move(
            (known.receipt_id if known.path else None, file, _place(file, known.problem)) for file, known in again
        )
        passed = {file.path for file, _ in again}
        return [file for file in found if file.path not in passed] + self._grown()

    def _grown(self) -> list[Found]:
        """Files that changed after they were moved: a slow writer still had them open. They are taken in once more."""
        moved: dict[str, list[Known]] = {}
        for left in self._ledger.lately_moved():
            moved.setdefault(left.moved_to or "", []).append(left)
        return [
            now
            for now in stamps_of(self._inbox, moved)
            for left in moved[now.path]
            if now.kind is Kind.FILE and now.inode == left.inode and not is_same(left, now)
        ]

    def _take(self, files: Sequence[Found]) -> tuple[set[str], bool]:
        """Take in what has settled; the paths that are dealt with, and whether the disk is too full for the rest."""
        dealt_with: set[str] = set()
        for start in range(0, len(files), _AT_ONCE):
            moves: list[tuple[int | None, Found, str]] = []
            try:
                for found in files[start : start + _AT_ONCE]:
                    if self._stop.is_set():
                        break
                    if (move_to := self._take_one(found)) is not None:
                        moves.append(move_to)
                        dealt_with.add(found.path)
            except NoSpace:
                return dealt_with, True
            finally:
                self._move(moves)
        return dealt_with, False

    def _take_one(self, found: Found) -> tuple[int | None, Found, str] | None:
        """Keep or refuse one file; its receipt and where to move it, or None where it is to be looked at again."""
        if found.kind is not Kind.FILE:
            problem = ProblemCode.UNSUPPORTED_TYPE
            return self._ledger.refuse(found, problem), found, _place(found, problem)
        if shutil.disk_usage(self._temp).free - found.size < self._floor:
            raise NoSpace
        try:
            kept = copy(self._inbox, found, temp=self._temp, max_bytes=self._max_bytes)
        except TooLarge:
            problem = ProblemCode.TOO_LARGE
            return self._ledger.refuse(found, problem), found, _place(found, problem)
        except Changed:
            return None
        except OSError as error:
            _LOG.warning("a file of the inbox cannot be read and stays there: %s", os.strerror(error.errno or 0))
            self._unreadable.add(found.path)
            return None
        moved = found.path.startswith(f"{PROCESSED}/")
        return self._ledger.keep(found, kept, moved=moved), found, PROCESSED

    def _move(self, moves: Iterable[tuple[int | None, Found, str]]) -> None:
        """Move what is registered. Where the inbox may not be written to it stays, and is known the next time.

        What was forgotten, without a receipt here, stays too: a move would write its name down again.
        """
        places: dict[int, str] = {}
        for receipt_id, found, place in moves:
            if receipt_id is None or found.path.startswith(f"{PROCESSED}/"):
                continue
            moved = move(self._inbox, found, to=place)
            if moved is not None:
                places[receipt_id] = moved
            elif not writable(self._inbox):
                break
        if places:
            self._ledger.moved(places)


def waiting_in(inbox: Path, known: Iterable[Known]) -> int:
    """How many files of an inbox are not taken in yet; 0 where the inbox is gone."""
    dealt_with = _DealtWith(known)
    try:
        return sum(dealt_with.as_(found) is None for found in scan(inbox))
    except UsageError:
        return 0


class _DealtWith:
    """The files that still lie in an inbox by rights: known by path and stamp, or by the stamp alone once forgotten."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._every = list(known)
        self._by_path = {one.path: one for one in self._every if one.path}
        self._forgotten = {_stamp(one): one for one in self._every if not one.path}

    def as_(self, found: Found) -> Known | None:
        """What a file is known as; None where it is new, or another than the one that was dealt with."""
        here = self._by_path.get(found.path)
        return here if is_same(here, found) else self._forgotten.get(_stamp(found))

    def missing(self, found: Sequence[Found]) -> list[int]:
        """The receipts of files that are not among those found.

        A forgotten one may still be there under another inode, which network file systems give out at every mount.
        """
        paths, written = {file.path for file in found}, {(file.size, file.mtime_ns) for file in found}
        return [
            one.receipt_id
            for one in self._every
            if (one.path not in paths if one.path else (one.size, one.mtime_ns) not in written)
        ]


def is_same(known: Known | None, found: Found) -> bool:
    """Whether a file is the one that is known, by what can be told without reading it."""
    return known is not None and _stamp(known) == _stamp(found)


def _stamp(file: Known | Found) -> tuple[int, int, int]:
    return file.size, file.mtime_ns, file.inode


def _place(found: Found, problem: str) -> str:
    """The folder of the inbox that a file is moved to."""
    if not problem:
        return PROCESSED
    return f"{SET_ASIDE}/{problem if found.kind is Kind.FILE else found.kind.value}"
