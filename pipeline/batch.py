"""One batch over the inbox, for the command line and for a scheduled flow alike: take in, process, count.

Which thread works on which document is the caller's: Prefect's task runner, or the plain pool of ``run_direct``.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pipeline.desk import Desk, StoreBusy
from pipeline.errors import DenialsError
from pipeline.sandbox import Sandbox
from pipeline.settings import Settings
from pipeline.values.task import BatchSummary

_LOG = logging.getLogger(__name__)
_TRIES = 4
_PAUSES = (1.0, 5.0, 20.0)


class Batch:
    """A batch that is open. Its methods may be called from several threads; ids go in, codes come out.

    ``faults`` are the codes of unexpected errors, by document id: such a document is left to a later batch.
    """

    def __init__(
        self, desk: Desk, *, inbox: Path, received: date, stop: threading.Event, show: Callable[[int, int], None]
    ) -> None:
        self._desk = desk
        self._batch_id = desk.start_batch(inbox, received=received)
        self._stop = stop
        self._show = show
        self._counting = threading.Lock()
        self._done = self._total = 0
        self.faults: dict[str, str] = {}
        self.summary: BatchSummary | None = None

    def take_in(self) -> Sequence[str]:
        """Take in every file of the inbox that is ready; the ids of all documents that wait, of earlier batches too."""
        self._desk.take_in(self._batch_id, stop=self._stop)
        waiting = self._desk.queued()
        self._total = len(waiting)
        return waiting

    def process(self, document_id: str) -> str:
        """Work on one document; the code of how it ended. After a stop a document stays where it is.

        Raises:
            StoreBusy: the store was locked; nothing was changed, and the same call may work in a moment.
            DenialsError: no document can be worked on (a tool is missing, a setting is wrong).
        """
        if self._stop.is_set():
            return "left"
        try:
            code = self._desk.process(document_id, batch_id=self._batch_id)
        except DenialsError as problem:
            if not isinstance(problem, StoreBusy):
                self._stop.set()
            raise
        with self._counting:
            self._done += 1
            self._show(self._done, self._total)
        return code
