"""practice.yaml over the weeks that a desk is served: read anew when the file changed, kept where it cannot be read."""

import threading
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.knowledge.practice import load_practice
from pipeline.values.practice import Practice


class PracticeFile:
    """Who we are, as the file says now. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises ``UsageError`` where it cannot be read: a desk does not begin without knowing."""
        self._path = path
        self._seen = _print_of(path)
        self._read = load_practice(path)
        self._problem: UsageError | None = None
        self._lock = threading.Lock()

    def __call__(self) -> Practice:
        """What the file says, or said when it could last be read."""
        with self._lock:
            now = _print_of(self._path)
            if now != self._seen:
                self._seen = now
                try:
                    self._read, self._problem = load_practice(self._path), None
                except UsageError as problem:
                    self._problem = problem
            return self._read

    @property
    def problem(self) -> UsageError | None:
        """Why the file as it is now cannot be read; None where it can."""
        self()
        return self._problem


def _print_of(path: Path) -> tuple[int, int, int] | None:
    """Tells a file apart from what it was; None where it is gone."""
    try:
        now = path.stat()
    except OSError:
        return None
    return now.st_mtime_ns, now.st_size, now.st_ino
