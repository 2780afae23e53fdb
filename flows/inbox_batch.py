"""The flow: one run a batch, one light task a document. Counts go into an artifact; nothing else is told to Prefect."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.futures import wait
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.tasks import current_batch, process_document, take_in, working_on
from pipeline.batch import Batch, open_batch
from pipeline.ending import start_log
from pipeline.errors import DenialsError
from pipeline.settings import load
from pipeline.values.contract import to_json
from pipeline.values.task import BatchSummary

ARTIFACT = "inbox-batch"
_THREADS: TaskRunner[Any] = ThreadPoolTaskRunner()
"""As many threads as ``jobs`` of the settings, through Prefect's own setting (``environment``)."""


@flow(name="inbox-batch", task_runner=_THREADS, persist_result=False, log_prints=False)
def inbox_batch() -> None:
    """One batch over the inbox: the one that this process works on, or one of the settings where it was scheduled.

    It has no parameters, so Prefect can keep none.
    """
    with _this_batch() as batch, working_on(batch):
        waiting = take_in()
        while waiting:
            wait([process_document.submit(document_id) for document_id in waiting])
            waiting = list(batch.further())
        if summary := batch.finish():
            report(summary)


def report(summary: BatchSummary) -> None:
    """The counts of a batch as an artifact on Prefect's page."""
    counts = to_json(summary)
    problems = counts.pop("problems")
    rows = [{"count": name.replace("_", " "), "value": value} for name, value in counts.items()]
    rows += [{"count": f"told: {code}", "value": value} for code, value in problems.items()]
    create_table_artifact(key=ARTIFACT, table=rows, description="Counts of one batch; ids and codes only.")


class BatchCutShortError(Exception):
    """A scheduled batch that could not do all of its work; what waits is worked on by the next."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"the batch ended before its time ({kind}); run it by hand to be told why: denials run")


@contextmanager
def _this_batch() -> Iterator[Batch]:
    batch = current_batch()
    if batch is not None:
        yield batch
        return
    settings = load({}, os.environ)
    start_log(settings.data, level=settings.log_level)
    today = datetime.now(ZoneInfo(settings.timezone)).date()
    with open_batch(settings, today=today, received=today) as own:
        yield own
        try:
            own.settled()
        except DenialsError as problem:
            # A run that did not do its work must not look done; Prefect keeps what is raised, so no path goes in.
            raise BatchCutShortError(type(problem).__name__) from None
