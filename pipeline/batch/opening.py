"""Desks and batches as the settings say: with the sandbox that reads, the charts, and who we are."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.batch.batch import Batch
from pipeline.desk import Desk, Reader, open_desk
from pipeline.errors import UsageError
from pipeline.knowledge.practice import load_practice
from pipeline.knowledge.practice_file import PracticeFile
from pipeline.pictures import Pictures
from pipeline.review import Review, Worker, review_of
from pipeline.sandbox import LateSandbox, Sandbox
from pipeline.settings import Settings
from pipeline.values.practice import Practice

_NAME_INBOX = "Name the folder with --inbox, or as inbox in denials.toml."


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
        desk.check_inbox(inbox)  # before Prefect is started for nothing
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
    practice: Callable[[], Practice] | None = None,
) -> Iterator[Desk]:
    """A desk over the data folder of the settings; without a reader it answers questions and processes nothing.

    ``options`` are Django's, for the review page. ``practice`` tells who we are, from time to time anew; None: what the
    file of the settings says now.
    """
    path = settings.practice_file
    with open_desk(
        settings.data,
        today=today,
        reader=reader,
        practice=practice or (load_practice(path) if path else None),
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
    practice = PracticeFile(settings.practice_file) if settings.practice_file else None
    with (
        LateSandbox(limits=settings.limits, temp=temp, jobs=1) as reader,
        Sandbox(limits=settings.limits, temp=temp, jobs=2, entry="pipeline.viewing") as drawer,
        desk_of(settings, today=today, reader=reader, options=options, practice=practice) as desk,
        Worker(desk, read_charts=partial(_read_charts, desk, settings=settings)) as worker,
    ):
        yield review_of(
            desk, pictures=Pictures(settings.data, drawer=drawer), worker=worker, charts=settings.charts,
            practice=practice,
        )  # fmt: skip
