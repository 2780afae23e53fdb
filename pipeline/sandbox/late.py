"""A sandbox that starts when the first document comes: for who reads seldom, as the review desk does."""

import threading
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.sandbox.batch import Sandbox
from pipeline.values.letter import Document
from pipeline.values.limits import Limits


class LateSandbox:
    """As ``Sandbox``; nothing is loaded, and no process runs, before a document is read."""

    def __init__(self, *, limits: Limits, temp: Path, jobs: int) -> None:
        self._make = partial(Sandbox, limits=limits, temp=temp, jobs=jobs)
        self._sandbox: Sandbox | None = None
        self._starting = threading.Lock()
        self._exit = ExitStack()

    def __enter__(self) -> Self:
        """Starts nothing yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the sandbox where one was started."""
        self._exit.close()

    def run(self, path: Path, **order: Any) -> Document:
        """The document at ``path`` (see ``Sandbox.run``)."""
        with self._starting:
            if self._sandbox is None:
                self._sandbox = self._exit.enter_context(self._make())
        return self._sandbox.run(path, **order)
