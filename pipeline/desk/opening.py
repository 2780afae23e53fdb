"""A desk over a data folder, swept and ready; and a backup put in its place."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.desk.clock import Clock
from pipeline.desk.desk import Desk
from pipeline.desk.processing import Processing
from pipeline.knowledge import Knowledge
from pipeline.sandbox import Reader
from pipeline.store import StoreBusy
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from pipeline.working import Today, Working


@contextmanager
def open_desk(
    data: Path,
    *,
    today: date | Today,
    reader: Reader | None = None,
    practice: Practice | Callable[[], Practice] | None = None,
    practice_path: Path | None = None,
    knowledge: Knowledge | None = None,
    limits: Limits | None = None,
    database_url: str | None = None,
    settle_seconds: float = 2.0,
    free_space_floor: int = 0,
    options: Mapping[str, Any] | None = None,
    clock: Clock | None = None,
) -> Iterator[Desk]:
    """A desk over a data folder, swept and ready; the database is made or brought up to date first.

    Args:
        data: the data folder; made if missing.
        today: the day that deadlines and priorities are worked out for; a function where a desk is open for weeks.
        reader: what reads documents (a ``Sandbox``); needed for ``process`` alone.
        practice: who we are; a function where a desk is open for weeks.
        practice_path: the file of ``practice``, for the documents' child processes.
        knowledge: what the pipeline knows; ``models/`` where None.
        limits: of one document.
        database_url: ``postgresql://...``, or None for SQLite in the data folder.
        settle_seconds: a file is taken when it has not changed for so long.
        free_space_floor: bytes that must stay free on the disk of the data folder; intake stops below.
        options: more of Django's settings, for the review page (see ``store.configure``).
        clock: the clocks; tests bring their own.

    Raises:
        UsageError: the data folder or the database cannot be used.
        StoreBusy: the database does not answer.
    """
    store.configure(data, database_url=database_url, options=options)
    with store.owner(data) as owner_id:
        clock, limits = clock or Clock(), limits or Limits()
        we = practice or Practice()
        working = Working(
            today=today if callable(today) else lambda: today, knowledge=knowledge,
            practice=we if callable(we) else lambda: we,
        )  # fmt: skip
        processing = Processing(
            data, owner_id=owner_id, reader=reader, practice_path=practice_path, working=working,
            max_depth=limits.max_depth, clock=clock,
        )  # fmt: skip
        desk = Desk(
            data, processing=processing, working=working, limits=limits, settle_seconds=settle_seconds,
            free_space_floor=free_space_floor, clock=clock,
        )  # fmt: skip
        desk.sweep()
        try:
            yield desk
        finally:
            # What is in hand still belongs to a process that ends; where the store is busy, the next sweep sees to it.
            with contextlib.suppress(StoreBusy):
                store.take_back(frozenset({owner_id}), now=clock.now(), killed=False)


def restore(source: Path, *, data: Path, database_url: str | None = None, replace: bool = False) -> None:
    """Put a backup in place, every byte of it checked first (see ``store.restore``)."""
    store.restore(source, data=data, database_url=database_url, replace=replace, now=Clock().now())
