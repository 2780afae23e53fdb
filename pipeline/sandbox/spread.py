"""The pages of one document over the cores that are free: forked helpers, which have the document and the engine.

A document that is alone uses every core; with all slots in use it stays on its own. Nothing that is read depends on it:
a page is read by the same code with the same engine wherever it is read, and what a helper did not bring home, because
it failed or was killed, its document's process reads itself.
"""

import io
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import NoReturn, TypeVar

from pipeline.sandbox.family import die_with_parent
from pipeline.sandbox.slots import Spare, SpareSlot

T = TypeVar("T")


def spread(works: Sequence[Callable[[], T]], *, spare: Spare) -> list[T]:
    """What each of the works returns, in order. Raises what the first of them, in that order, raises."""
    queue = _Queue(len(works))
    helpers: list[_Helper] = []
    done: dict[int, T] = {}
    failed: dict[int, Exception] = {}
    for number in queue.taken():
        while len(helpers) < queue.left() and (slot := spare.take()):
            helpers.append(_forked(works, queue, slot))
        try:
            done[number] = works[number]()
        except Exception as problem:
            failed[number] = problem
            queue.empty()
    for helper in helpers:
        done.update(helper.brought_home())
    queue.close()
    return [_outcome(number, works, done, failed) for number in range(len(works))]


def _outcome(number: int, works: Sequence[Callable[[], T]], done: dict[int, T], failed: dict[int, Exception]) -> T:
    if number in failed:
        raise failed[number]
    return done[number] if number in done else works[number]()


class _Queue:
    """The numbers of the works nobody has taken yet, shared by all processes that have it open.

    A file in memory: the kernel moves the place where its readers go on, for all of them at once.
    """

    _SIZE = 4

    def __init__(self, count: int) -> None:
        self._end = count * self._SIZE
        self._file = os.memfd_create("queue", os.MFD_CLOEXEC)
        os.write(self._file, b"".join(number.to_bytes(self._SIZE, "big") for number in range(count)))
        os.lseek(self._file, 0, os.SEEK_SET)

    def taken(self) -> Iterator[int]:
        """The next number, as long as there are any; whoever gets it does the work."""
        while number := os.read(self._file, self._SIZE):
            yield int.from_bytes(number, "big")

    def left(self) -> int:
        return (self._end - os.lseek(self._file, 0, os.SEEK_CUR)) // self._SIZE

    def empty(self) -> None:
        """Nobody takes any more."""
        os.lseek(self._file, 0, os.SEEK_END)

    def close(self) -> None:
        os.close(self._file)


class _Helper:
    """A forked process and the file in memory that it writes its results to; no pipe that could fill and stop it."""

    def __init__(self, pid: int, results: int) -> None:
        self._pid = pid
        self._results = results

    def brought_home(self) -> dict[int, T]:
        """Waits for its end; what it has done, whole results alone, whatever it died of."""
        os.waitpid(self._pid, 0)
        done: dict[int, T] = {}
        with os.fdopen(self._results, "rb") as file:
            file.seek(0)
            results = io.BytesIO(file.read())
        while True:
            try:
                number, result = pickle.load(results)  # noqa: S301 - written by our own fork, which is trusted no less than we are
            except (EOFError, pickle.UnpicklingError):
                return done
            done[number] = result


def _forked(works: Sequence[Callable[[], T]], queue: _Queue, slot: SpareSlot) -> _Helper:
    results = os.memfd_create("results", os.MFD_CLOEXEC)
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _help(works, queue, slot, results=results, parent=parent)
    slot.close()
    return _Helper(pid, results)


def _help(works: Sequence[Callable[[], T]], queue: _Queue, slot: SpareSlot, *, results: int, parent: int) -> NoReturn:
    try:
        die_with_parent(parent)
        for number in queue.taken():
            os.write(results, pickle.dumps((number, works[number]())))
            if slot.is_wanted():
                break
    except BaseException:
        os._exit(1)  # the document's process meets the same problem, and tells it
    os._exit(0)
