"""A batch that is open: what is asked of it from several threads, and what of that is told to nobody outside."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from pipeline.desk import Desk, StoreBusy
from pipeline.ending import log_unexpected
from pipeline.errors import DenialsError, MissingToolError
from pipeline.values.task import BatchSummary


class Batch:
    """A batch that is open. Its methods may be called from several threads; ids go in, codes come out.

    What they raise would be written down by Prefect, so they raise nothing but ``StoreBusy``, which holds no text of a
    letter: a problem that ends the whole batch is kept in ``problem`` and raised by ``settled``. ``faults`` are the
    codes of unexpected errors, by document id: such a document is left to a later batch.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        start: Callable[[], str] | None,
        stop: threading.Event,
        show: Callable[[int, int], None],
        charts: Callable[[Desk], object] | None = None,
    ) -> None:
        self.desk = desk
        self.faults: dict[str, str] = {}
        self.problem: DenialsError | None = None
        self.summary: BatchSummary | None = None
        self._start = start
        self._charts = charts
        self._batch_id: str | None = None
        self._stop = stop
        self._show = show
        self._counting = threading.Lock()
        self._done = self._total = 0
        self._tried: set[str] = set()
        self._unreached: dict[str, StoreBusy] = {}

    def take_in(self) -> Sequence[str]:
        """Take in every file of the inbox that is ready; the ids of all documents that wait, of earlier batches too."""
        with self._guard("take in"):
            if self._charts is not None:
                self._charts(self.desk)
            if self._start is not None:
                self._batch_id = self._start()
                self.desk.take_in(self._batch_id, stop=self._stop)
            return self._next()
        return ()

    def further(self) -> Sequence[str]:
        """The ids of documents that wait since the last were handed out: what lay in mails and archives."""
        with self._guard("look for further documents"):
            return () if self._stop.is_set() else self._next()
        return ()

    def _next(self) -> Sequence[str]:
        waiting = [document_id for document_id in self.desk.queued() if document_id not in self._tried]
        self._tried.update(waiting)
        self._total += len(waiting)
        return waiting

    def process(self, document_id: str) -> str:
        """Work on one document; the code of how it ended. After a stop a document stays where it is.

        Raises:
            StoreBusy: the store was locked; nothing was changed, and the same call may work in a moment.
        """
        code = "left"
        if self._stop.is_set():
            return code
        with self._guard("document", document_id=document_id):
            try:
                code = self.desk.process(document_id, batch_id=self._batch_id)
            except StoreBusy as busy:
                self._unreached[document_id] = busy
                raise
            self._unreached.pop(document_id, None)
        with self._counting:
            self._done += 1
            self._show(self._done, self._total)
        return self.faults.get(document_id, code)

    def finish(self) -> BatchSummary | None:
        """Close the batch and count; None where it never began or something ended it."""
        with self._guard("finish"):
            if self._batch_id is not None:
                self.summary = self.desk.finish_batch(self._batch_id)
        return self.summary

    def settled(self) -> None:
        """Raises what ended the batch before its time, or what kept a document from being worked on to the last."""
        if self.problem is not None:
            raise self.problem
        for busy in self._unreached.values():
            raise busy

    @contextmanager
    def _guard(self, act: str, *, document_id: str = "") -> Iterator[None]:
        try:
            yield
        except StoreBusy:
            raise
        except DenialsError as problem:
            self.problem = problem
            self._stop.set()  # every other document would end the same way
        except Exception as error:
            code = log_unexpected(error, where=f"{act} {document_id[:16]}")
            if document_id:
                self.faults[document_id] = code
            else:
                self.problem = _unexpected(act, code)
                self._stop.set()


def _unexpected(act: str, code: str) -> DenialsError:
    return MissingToolError(
        f"the batch could not {act}", why=f"unexpected problem {code}", advice="Nothing is lost; run denials doctor."
    )
