"""One batch over the inbox, for the command line and for a scheduled flow alike: take in, process, count.

Which thread works on which document is the caller's: Prefect's task runner, or the plain pool of ``run_direct``.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.desk import Desk, Reader, StoreBusy, open_desk
from pipeline.ending import log_unexpected
from pipeline.errors import DenialsError, MissingToolError, UsageError
from pipeline.knowledge.practice import load_practice
from pipeline.pictures import Pictures
from pipeline.review import Review, Worker
from pipeline.sandbox import LateSandbox, Sandbox
from pipeline.settings import Settings
from pipeline.values.task import BatchSummary
from pipeline.values.text import Method

_NAME_INBOX = "Name the folder with --inbox, or as inbox in denials.toml."
_PAUSES = (1.0, 5.0, 20.0)
"""Seconds before each further try where the store was locked; the flow's tasks wait as long."""


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


@contextmanager
def open_batch(
    settings: Settings,
    *,
    today: date,
    received: date,
    stop: threading.Event | None = None,
    show: Callable[[int, int], None] | None = None,
) -> Iterator[Batch]:
    """A batch over the inbox of the settings, with its desk and its sandbox.

    Args:
        settings: of this call.
        today: the day that due dates are worked out for.
        received: the day that new letters count as received.
        stop: when it is set, what is in hand is finished and the rest stays queued.
        show: told how many documents are done, and of how many; from several threads.

    Raises:
        UsageError: there is no inbox, or a file of settings is wrong.
    """
    inbox = inbox_of(settings)
    with reading_desk(settings, today=today) as desk:
        yield Batch(
            desk,
            start=partial(desk.start_batch, inbox, received=received),
            stop=stop or threading.Event(),
            show=show or (lambda done, total: None),
            charts=partial(_read_charts, settings=settings) if settings.charts is not None else None,
        )


def _read_charts(desk: Desk, *, settings: Settings) -> None:
    """Read the patient folders that changed since the last batch, each document in a child process."""
    if settings.charts is not None:
        desk.read_charts(
            settings.charts,
            reader=lambda: Sandbox(
                limits=settings.limits, temp=settings.data / "tmp", jobs=settings.jobs, entry="pipeline.chart"
            ),
        )


def inbox_of(settings: Settings) -> Path:
    """The inbox of the settings; raises ``UsageError`` where none is named or it is no folder."""
    if settings.inbox is None:
        raise UsageError("the inbox", why="none is named", advice=_NAME_INBOX)
    if not settings.inbox.is_dir():
        raise UsageError(f"inbox {settings.inbox}", why="there is no such folder", advice=_NAME_INBOX)
    return settings.inbox


@contextmanager
def reading_desk(settings: Settings, *, today: date) -> Iterator[Desk]:
    """A desk that can process: with a sandbox, and with who we are."""
    temp = settings.data / "tmp"
    with (
        Sandbox(limits=settings.limits, temp=temp, jobs=settings.jobs) as sandbox,
        desk_of(settings, today=today, reader=sandbox) as desk,
    ):
        yield desk


@contextmanager
def desk_of(
    settings: Settings,
    *,
    today: date | Callable[[], date],
    reader: Reader | None = None,
    options: Mapping[str, Any] | None = None,
) -> Iterator[Desk]:
    """A desk over the data folder of the settings; without a reader it answers questions and processes nothing.

    ``options`` are Django's, for the review page.
    """
    path = settings.practice_file
    with open_desk(
        settings.data,
        today=today,
        reader=reader,
        practice=load_practice(path) if path else None,
        practice_path=path,
        limits=settings.limits,
        database_url=settings.database_url,
        settle_seconds=settings.settle_seconds,
        free_space_floor=settings.free_space_floor_mb * 1_000_000,
        options=options,
    ) as desk:
        yield desk


@contextmanager
def reviewing(
    settings: Settings, *, today: Callable[[], date], options: Mapping[str, Any] | None = None
) -> Iterator[Review]:
    """What the review desk is served from: a desk that reads what people send through again, and pictures of pages."""
    temp = settings.data / "tmp"
    with (
        LateSandbox(limits=settings.limits, temp=temp, jobs=1) as reader,
        Sandbox(limits=settings.limits, temp=temp, jobs=2, entry="pipeline.viewing") as drawer,
        desk_of(settings, today=today, reader=reader, options=options) as desk,
        Worker(desk, read_charts=partial(_read_charts, desk, settings=settings)) as worker,
    ):
        yield Review(desk, pictures=Pictures(settings.data, drawer=drawer), worker=worker, charts=settings.charts)


def run_direct(batch: Batch, *, jobs: int) -> None:
    """Work the batch through with a plain pool of threads and no Prefect.

    Raises:
        DenialsError: nothing can be worked on (a tool is missing, a setting is wrong); it stays queued.
    """
    waiting = batch.take_in()
    while waiting:
        work_through(batch, waiting, jobs=jobs)
        waiting = batch.further()
    batch.finish()
    batch.settled()


def work_through(batch: Batch, document_ids: Sequence[str], *, jobs: int) -> None:
    """Process these documents, ``jobs`` at a time.

    Raises:
        StoreBusy: the store stayed locked; what was not begun by then is not tried, as it would wait as long for it.
    """
    locked = threading.Event()
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        waiting = [pool.submit(_patiently, batch, document_id, locked=locked) for document_id in document_ids]
        try:
            for future in as_completed(waiting):
                future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _patiently(batch: Batch, document_id: str, *, locked: threading.Event) -> str:
    """Try a document until the store is free; ``locked`` is set where it stayed locked, and then nothing is tried."""
    if locked.is_set():
        return "left"
    for pause in _PAUSES:
        try:
            return batch.process(document_id)
        except StoreBusy:
            time.sleep(pause)
    try:
        return batch.process(document_id)
    except StoreBusy:
        locked.set()
        raise


def reprocess_direct(
    settings: Settings,
    *,
    today: date,
    letters: Sequence[str] | None,
    since: date | None,
    stop: threading.Event,
    show: Callable[[int, int], None],
) -> tuple[BatchSummary, int]:
    """Read stored documents again and work out their cases anew; the counts, and how many could not be worked on.

    Args:
        settings: of this call.
        today: the day that due dates are worked out for.
        letters: ids of letters or documents; all where None.
        since: only what was received then or later.
        stop: when it is set, what is in hand is finished and the rest stays queued.
        show: told how many documents are done, and of how many.

    Raises:
        DenialsError: as ``run_direct``.
    """
    start = time.monotonic()
    with reading_desk(settings, today=today) as desk:
        before = {task.task_id: task for task in desk.tasks(finished=True)}
        chosen = desk.reprocess(letters=letters, since=since)
        batch = Batch(desk, start=None, stop=stop, show=show)
        work_through(batch, chosen, jobs=settings.jobs)
        batch.settled()
        after = {task.task_id: task for task in desk.tasks(finished=True)}
        documents = [document for document in desk.documents() if document.document_id in set(chosen)]
    codes = Counter(d.problem.code.value for d in documents if d.problem)
    pages = [page for document in documents for page in document.pages]
    summary = BatchSummary(
        seen=len(chosen),
        new=0,
        duplicates=0,
        letters=sum(len(document.letters) for document in documents),
        tasks_created=len(after.keys() - before.keys()),
        tasks_updated=sum(before[key] != task for key, task in after.items() if key in before),
        needs_review=sum(any(letter.needs_review for letter in d.letters) for d in documents),
        quarantined=codes.total(),
        seconds=round(time.monotonic() - start, 3),
        pages=len(pages),
        ocr_pages=sum(page.method is not Method.TEXT for page in pages),
        problems=dict(codes),
    )
    return summary, len(batch.faults)


def open_locked(settings: Settings, document_id: str, *, password: str, today: date) -> str:
    """Work on a document that was set aside because it is locked, and on what is in it; the code of how it ended.

    Raises:
        UsageError: there is no such document, or it is not set aside.
    """
    with reading_desk(settings, today=today) as desk:
        desk.retry(document_id, password=password)
        before = set(desk.queued())
        code = desk.process(document_id)
        batch = Batch(desk, start=None, stop=threading.Event(), show=lambda done, total: None)
        work_through(batch, [found for found in desk.queued() if found not in before], jobs=settings.jobs)
        batch.settled()
    return code
