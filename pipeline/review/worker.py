"""Does, one after the other, what nobody should wait for: what people sent through, what a changed practice changes.

A thread of the serving process.
"""

import queue
import threading
import time
from collections.abc import Callable

from pipeline import store
from pipeline.desk import Desk, StoreBusy
from pipeline.ending import log_unexpected
from pipeline.errors import DenialsError

_PATIENCE_SECONDS = 180
_LOOK_SECONDS = 20
"""How often it is looked whether who we are changed, while nothing waits."""


class Worker:
    """Reads documents again, takes uploads in, reads patient folders. A context manager.

    ``read_charts`` reads the folders that changed; None where no charts folder is named.
    """

    def __init__(self, desk: Desk, *, read_charts: Callable[[], object] | None = None) -> None:
        self._desk = desk
        self._read_charts = read_charts
        self._waiting: queue.Queue[tuple[str, Callable[[], object]] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, name="reader", daemon=True)

    def __enter__(self) -> "Worker":
        """Starts the thread."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Finishes what is in hand and ends the thread."""
        self._waiting.put(None)
        self._thread.join(timeout=_PATIENCE_SECONDS)

    def read(self, document_id: str) -> None:
        """Have a queued document read as soon as those before it are."""
        self._waiting.put((f"document {document_id[:16]}", lambda: self._read(document_id)))

    def take_in(self) -> None:
        """Have the uploads taken in, as an inbox is, and read."""
        self._waiting.put(("uploads", self._take_in))

    def charts(self, case_id: str) -> None:
        """Have the patient folders that changed read anew, and this case worked out with them."""
        self._waiting.put(("charts", lambda: self._chart(case_id)))

    def _read(self, document_id: str, batch_id: str | None = None) -> None:
        self._desk.process(document_id, batch_id=batch_id)
        for inner in self._desk.queued():  # what lay in a container that was opened
            self._desk.process(inner, batch_id=batch_id)

    def _take_in(self) -> None:
        batch_id = self._desk.start_batch(self._desk.uploads, received=self._desk.today())
        for document_id in self._desk.take_in(batch_id):
            self._read(document_id, batch_id)
        self._desk.finish_batch(batch_id)

    def _chart(self, case_id: str) -> None:
        if self._read_charts is not None:
            self._read_charts()
        self._desk.rework([case_id])

    def _next(self) -> tuple[str, Callable[[], object]] | None:
        try:
            return self._waiting.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            return "practice", self._desk.follow_practice

    def _work(self) -> None:
        while (waiting := self._next()) is not None:
            where, act = waiting
            try:
                act()
            except StoreBusy:
                time.sleep(1)
                self._waiting.put(waiting)
            except DenialsError:
                continue  # what is in hand is queued again; the next run says what is missing
            except Exception as error:
                log_unexpected(error, where=where)
        store.hang_up()
