"""The light tasks of a batch: each is handed an id and gives back a code. What they work on is beside Prefect.

Prefect keeps parameters, states and messages in its database, so a document is its id here, an outcome a code, and no
exception carries a text.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

from pipeline.batch import Batch
from pipeline.desk import StoreBusy

_batch: ContextVar[Batch | None] = ContextVar("batch", default=None)
"""Prefect's thread runner hands the context on to its threads."""


def current_batch() -> Batch | None:
    """The batch that this process works on, if it was opened here."""
    return _batch.get()


def _working() -> Batch:
    batch = _batch.get()
    if batch is None:
        raise RuntimeError("a task outside of a batch")
    return batch


@contextmanager
def working_on(batch: Batch) -> Iterator[None]:
    """The tasks inside work on this batch."""
    token = _batch.set(batch)
    try:
        yield
    finally:
        _batch.reset(token)


def _transient(_task: object, _run: object, state: State[Any]) -> bool:
    """Only a locked store is worth another try; how a document ends is a result."""
    try:
        state.result()
    except StoreBusy:
        return True
    except Exception:
        return False
    return False


@task(name="take-in", cache_policy=NO_CACHE, persist_result=False, log_prints=False)
def take_in() -> list[str]:
    """Take in what is ready in the inbox; the ids of the documents to work on."""
    return list(_working().take_in())


@task(
    name="process-document",
    cache_policy=NO_CACHE,
    persist_result=False,
    log_prints=False,
    retries=3,
    retry_delay_seconds=[1, 5, 20],
    retry_condition_fn=_transient,
)
def process_document(document_id: str) -> str:
    """Work on one document in its own child process; the code of how it ended."""
    return _working().process(document_id)
