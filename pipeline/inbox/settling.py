"""When a file is finished: when it has stayed the same for long enough."""

from collections.abc import Callable, Iterable

from pipeline.inbox.files import Found


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
