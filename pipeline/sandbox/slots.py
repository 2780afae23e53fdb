"""How many processes may read at the same time: a lock file a slot, so that a slot is free when its holder is dead.

The batch holds a slot for each document in hand. A document with several pages to read may take the slots that are
left, for processes that help it; those give way as soon as the batch wants the slot for another document.
"""

import contextlib
import fcntl
import os
import queue
from collections.abc import Iterator
from pathlib import Path


class Slots:
    """The slots of a batch, numbered from 0; made by the batch in a folder of its own."""

    def __init__(self, folder: Path, *, count: int) -> None:
        self._folder = folder
        self._free: queue.PriorityQueue[int] = queue.PriorityQueue()
        folder.mkdir(mode=0o700)
        for number in range(count):
            (folder / f"{number}").touch(mode=0o600)
            (folder / f"{number}.wanted").touch(mode=0o600)
            self._free.put(number)

    @property
    def folder(self) -> Path:
        """Where ``Spare`` finds them."""
        return self._folder

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """A slot for a document; waits for one, and where a helper has it until that has read its page."""
        number = self._free.get()
        try:
            with _opened(self._folder / f"{number}") as slot:
                if not _locked(slot):
                    with _opened(self._folder / f"{number}.wanted") as wanted:
                        fcntl.flock(wanted, fcntl.LOCK_EX)
                        fcntl.flock(slot, fcntl.LOCK_EX)
                yield
        finally:
            self._free.put(number)


class Spare:
    """The slots as a document's process sees them: to be taken where nobody waits, and given back."""

    def __init__(self, folder: Path) -> None:
        self._slots = sorted((p for p in folder.iterdir() if p.name.isdecimal()), key=lambda p: -int(p.name))

    def take(self) -> "SpareSlot | None":
        """A free slot, the one that the batch will want last; None where all are in use."""
        for path in self._slots:
            slot = os.open(path, os.O_RDWR | os.O_CLOEXEC)
            if _locked(slot):
                return SpareSlot(slot, path.with_name(f"{path.name}.wanted"))
            os.close(slot)
        return None


class SpareSlot:
    """A slot held by whichever processes have it open: a forked process keeps it when its parent closes it."""

    def __init__(self, slot: int, wanted: Path) -> None:
        self._slot = slot
        self._wanted = wanted

    def is_wanted(self) -> bool:
        """Whether the batch waits for this slot."""
        with _opened(self._wanted) as wanted:
            return not _locked(wanted)

    def close(self) -> None:
        """Gives it back, as far as this process is concerned."""
        os.close(self._slot)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
