"""Batches without Prefect: a plain pool of threads over the inbox, over stored documents, over one that was locked."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from datetime import date

from pipeline.batch.batch import Batch
from pipeline.batch.opening import reading_desk
from pipeline.desk import StoreBusy
from pipeline.settings import Settings
from pipeline.values.letter import Document
from pipeline.values.task import BatchSummary, Task
from pipeline.values.text import Method

_PAUSES = (1.0, 5.0, 20.0)
"""Seconds before each further try where the store was locked; the flow's tasks wait as long."""


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
    summary = _counted(documents, before=before, after=after, seconds=time.monotonic() - start)
    return replace(summary, seen=len(chosen)), len(batch.faults)


def _counted(
    documents: Sequence[Document], *, before: Mapping[str, Task], after: Mapping[str, Task], seconds: float
) -> BatchSummary:
    """What became of documents that were read again; ``before`` and ``after`` are all tasks then and now, by id."""
    codes = Counter(d.problem.code.value for d in documents if d.problem)
    pages = [page for document in documents for page in document.pages]
    return BatchSummary(
        seen=len(documents),
        new=0,
        duplicates=0,
        letters=sum(len(document.letters) for document in documents),
        tasks_created=len(after.keys() - before.keys()),
        tasks_updated=sum(before[key] != task for key, task in after.items() if key in before),
        needs_review=sum(any(letter.needs_review for letter in d.letters) for d in documents),
        quarantined=codes.total(),
        seconds=round(seconds, 3),
        pages=len(pages),
        ocr_pages=sum(page.method is not Method.TEXT for page in pages),
        problems=dict(codes),
    )


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
