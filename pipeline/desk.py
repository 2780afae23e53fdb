"""The desk: the one place where effects happen, in order. Take in, process, save; everything else is asked of it.

A batch, for the command line and for a flow alike, whatever thread works on which document:

>>> def batch(desk, inbox, day):
...     batch_id = desk.start_batch(inbox, received=day)
...     desk.take_in(batch_id)
...     for document_id in desk.queued():
...         desk.process(document_id, batch_id=batch_id)
...     return desk.finish_batch(batch_id)

Always true, whenever it is killed: files seen = queued + working + needs review + done + quarantined + in the inbox.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.errors import DenialsError, UsageError
from pipeline.inbox import Intake, scan, waiting_in
from pipeline.knowledge import Knowledge
from pipeline.sandbox import ChartReader, Reader
from pipeline.sandbox.folders import locked_folder, sweep
from pipeline.store import Conflict, LeaseLost, StoreBusy
from pipeline.values.decision import PAGES, Decided, standing
from pipeline.values.letter import Document, Member
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from pipeline.values.task import BatchSummary, StatusCounts, Task, TaskState
from pipeline.working import Today, Working

__all__ = ["Clock", "Conflict", "Desk", "Reader", "StoreBusy", "open_desk", "restore"]

_LOG = logging.getLogger(__name__)
_CASES_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The times the desk goes by: ``now`` for what is written down, ``monotonic`` for waiting."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep


@contextmanager
def open_desk(
    data: Path,
    *,
    today: date | Today,
    reader: Reader | None = None,
    practice: Practice | None = None,
    practice_path: Path | None = None,
    knowledge: Knowledge | None = None,
    limits: Limits | None = None,
    database_url: str | None = None,
    settle_seconds: float = 2.0,
    free_space_floor: int = 0,
    options: Mapping[str, Any] | None = None,
    clock: Clock | None = None,
) -> Iterator["Desk"]:
    """A desk over a data folder, swept and ready; the database is made or brought up to date first.

    Args:
        data: the data folder; made if missing.
        today: the day that deadlines and priorities are worked out for; a function where a desk is open for weeks.
        reader: what reads documents (a ``Sandbox``); needed for ``process`` alone.
        practice: who we are.
        practice_path: the file of ``practice``, for the documents' child processes.
        knowledge: what the pipeline knows; ``models/`` where None.
        limits: of one document; the desk goes by ``max_bytes``.
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
        day = today if callable(today) else lambda: today
        desk = Desk(
            data, owner_id=owner_id, today=day, reader=reader, practice=practice or Practice(),
            practice_path=practice_path, knowledge=knowledge, limits=limits or Limits(),
            settle_seconds=settle_seconds, free_space_floor=free_space_floor, clock=clock or Clock(),
        )  # fmt: skip
        desk.sweep()
        try:
            yield desk
        finally:
            with contextlib.suppress(
                StoreBusy
            ):  # what is in hand still belongs to a process that ends; else the next sweep
                store.take_back(frozenset({owner_id}), now=desk.clock.now(), killed=False)


def restore(source: Path, *, data: Path, database_url: str | None = None, replace: bool = False) -> None:
    """Put a backup in place, every byte of it checked first (see ``store.restore``)."""
    store.restore(source, data=data, database_url=database_url, replace=replace, now=Clock().now())


class Desk:
    """Made by ``open_desk``. Its methods may be called from several threads, and by several processes at once."""

    def __init__(
        self, data: Path, *, owner_id: str, today: Today, reader: Reader | None, practice: Practice,
        practice_path: Path | None, knowledge: Knowledge | None, limits: Limits, settle_seconds: float,
        free_space_floor: int, clock: Clock,
    ) -> None:  # fmt: skip
        self.data = data
        self._owner_id = owner_id
        self._today = today
        self._reader = reader
        self._practice_path = practice_path
        self.working = Working(today=today, practice=practice, knowledge=knowledge)
        self._limits = limits
        self._settle_seconds = settle_seconds
        self._floor = free_space_floor
        self.clock = clock
        self._blobs = store.Blobs(data / "store")
        self._passwords: dict[str, str] = {}
        self._working: set[str] = set()
        self._guard = threading.Lock()

    # A batch

    def start_batch(self, folder: Path, *, received: date) -> str:
        """Begin a batch over an inbox; its id. ``received``: the day its new letters count as received.

        Raises ``UsageError`` where the inbox is no folder, may not be read, or lies in the data folder or around it.
        """
        real, data = folder.resolve(), self.data.resolve()
        if real.is_relative_to(data) or data.is_relative_to(real):
            raise UsageError(
                f"inbox {folder}", why="it lies in the data folder or around it", advice="Name a folder of its own."
            )
        scan(folder)
        return store.start_batch(folder.absolute(), received=received, now=self.clock.now())

    def read_charts(self, folder: Path, *, reader: Callable[[], AbstractContextManager[ChartReader]]) -> int:
        """Read anew the patient folders that changed, and work out the cases that they change; how many were read.

        ``reader`` is opened only where something changed. Raises ``UsageError`` where the folder may not be read.
        """
        names = self.working.shelf.changed(folder)
        if names:
            with reader() as opened:
                touched = self.working.shelf.refresh(folder, names, reader=opened, now=self.clock.now())
            self._rework(touched)
        return len(names)

    def take_in(self, batch_id: str, *, stop: threading.Event | None = None) -> tuple[str, ...]:
        """Take in every file that has settled; the ids of the documents that are new.

        Waits for the files it found to settle, a minute at most; what has not by then stays in the inbox. Each file is
        copied, hashed and registered, and moved only after that is on disk. Below the floor of free space nothing
        more is taken in (``problems["disk_full"]`` of the summary counts what stays).
        """
        before = frozenset(store.queued())
        book = store.Ledger(batch_id, blobs=self._blobs, now=self.clock.now)
        with store.alone(self.data, "intake.lock"):
            Intake(
                store.inbox_of(batch_id), book, temp=self.data / "tmp", max_bytes=self._limits.max_bytes,
                space_floor=self._floor, settle_seconds=self._settle_seconds, monotonic=self.clock.monotonic,
                sleep=self.clock.sleep, stop=stop or threading.Event(),
            ).run()  # fmt: skip
        return tuple(document_id for document_id in store.queued() if document_id not in before)

    def queued(self) -> tuple[str, ...]:
        """The documents that wait, of earlier batches too; oldest first, those that were in hand at a kill last."""
        return store.queued()

    def process(self, document_id: str, *, batch_id: str | None = None) -> str:
        """Read a queued document, work out its cases and save it all; the code of how it ended.

        ``done``, ``needs_review`` or ``quarantined``; ``skipped`` where somebody else has it or it waits no more;
        ``lease_lost`` where somebody else took it over meanwhile, and then nothing of this call is kept.

        Raises:
            StoreBusy: the database did not answer; nothing was changed, and the same call may work in a moment.
            DenialsError: no document can be read (a tool is missing, a setting is broken); it is queued again.
        """
        if self._reader is None:
            raise RuntimeError("this desk was opened without a reader")
        with self._in_hand(document_id) as free:
            token = self._claim(document_id) if free else None
            return "skipped" if token is None else self._process(self._reader, document_id, token, batch_id)

    def _claim(self, document_id: str) -> int | None:
        now = self.clock.now()
        return store.claim(document_id, owner_id=self._owner_id, now=now)

    def _process(self, reader: Reader, document_id: str, token: int, batch_id: str | None) -> str:
        try:
            self._ready()
            with store.held(document_id, token, now=self.clock.now), self._unpacking(document_id) as unpack:
                document = reader.run(
                    self._blobs.path(document_id),
                    file_name=store.file_name(document_id),
                    practice_path=self._practice_path,
                    unpack=unpack,
                    password=self._passwords.pop(document_id, None),
                    **_by_hand(document_id),
                )
                members = tuple(self._kept(member, unpack) for member in document.members if unpack)
            return self._save(document, token, batch_id, members)
        except LeaseLost:
            _LOG.warning("document %s: lease lost, result dropped", document_id[:16])
            return "lease_lost"
        except BaseException as error:
            # Blame is for what only this document does; a busy store, a missing tool and Ctrl-C hit every document.
            blame = isinstance(error, Exception) and not isinstance(error, (DenialsError, OSError))
            with contextlib.suppress(StoreBusy):
                store.release(document_id, token, now=self.clock.now(), blame=blame)
            raise

    def finish_batch(self, batch_id: str) -> BatchSummary:
        """Close a batch, work out anew the cases that a new day changes, and count."""
        self._follow_the_day()
        return store.end_batch(batch_id, now=self.clock.now())

    # Questions

    def today(self) -> date:
        """The day that everything is worked out for."""
        return self._today()

    def status(self) -> StatusCounts:
        """The conservation law, over files, with those that wait in every inbox known."""
        waiting = sum(waiting_in(folder, store.left_in(folder)) for folder in store.known_inboxes())
        return store.counts(self._blobs, in_inbox=waiting)

    def tasks(self, *, finished: bool = False) -> tuple[Task, ...]:
        """The queue by due day, then priority, then id; tasks that are closed or written off only if wanted."""
        return store.tasks(finished=finished)

    def documents(self) -> tuple[Document, ...]:
        """Every document that was worked on, with its letters as decided, in the shape of the contract."""
        said = store.decisions_of(None)
        return tuple(
            replace(
                document, letters=tuple(self.working.lay(one, said.get(one.letter_id, ())) for one in document.letters)
            )
            for document in store.documents()
        )

    def checked(self) -> frozenset[str]:
        """The documents all of whose letters a person checked."""
        return store.checked_documents()

    def original(self, document_id: str) -> Path:
        """The file of a document as it came."""
        return self._blobs.path(document_id)

    # Changes that a person asks for

    def retry(self, document_id: str, *, who: str = "system", password: str | None = None) -> None:
        """Queue a quarantined document again. Raises ``UsageError`` where there is none such.

        ``password`` opens it the next time that this desk processes it; it is kept in memory alone and used once.
        """
        store.retry(document_id, now=self.clock.now(), who=who)
        if password is not None:
            self._passwords[document_id] = password

    def reprocess(self, *, letters: Collection[str] | None = None, since: date | None = None) -> tuple[str, ...]:
        """Queue documents that were worked on already, to be read with today's knowledge; their ids.

        ``letters``: ids of letters or documents, all where None; ``since``: only what was received on or after that
        day. ``process`` then does the work, in a batch like any other. Decisions, and what people did with tasks, stay.
        """
        return store.reprocess(letters=letters, since=since, now=self.clock.now())

    def change_task(
        self, task_id: str, *, by: str, version: int, state: TaskState | None = None, assignee: str | None = None
    ) -> int:
        """Move or assign a task (see ``store.change_task``); its new version. Raises ``Conflict``, ``UsageError``."""
        return store.change_task(task_id, by=by, now=self.clock.now(), version=version, state=state, assignee=assignee)

    def decide(
        self,
        letter_id: str,
        *,
        field: str,
        value: object,
        by: str,
        reason: str = "",
        version: int | None = None,
        **more: Any,
    ) -> int:
        """Record a person's word on a field of a letter, and work out its cases anew; the letter's new version.

        ``more`` is the rest of ``Decided``. Raises ``Conflict`` where somebody decided since ``version``.
        """
        self._ready()
        self.working.shelf.forget()  # a desk is served for weeks, and charts are read by others
        said = Decided(
            letter_id=letter_id, field=field, value=value, by=by, at=self.clock.now(), reason=reason, **more
        )  # fmt: skip
        work = self.working
        return store.decide(
            said, cases_of=work.cases_of, work_out=work.work_out, lay=work.lay, today=self.today(),
            now=self.clock.now(), version=version,
        )  # fmt: skip

    def backup(self, target: Path) -> None:
        """Write one consistent copy of database, documents and decisions to ``target``, while work goes on.

        Raises ``UsageError`` where the file is there already or cannot be written.
        """
        store.back_up(self.data, target, blobs=self._blobs, now=self.clock.now())

    # Housekeeping

    def sweep(self) -> None:
        """Queue again what dead or lapsed workers had in hand, and clear what a killed intake left half-copied."""
        dead = store.dead_owners(self.data)
        store.take_back(frozenset(path.name for path in dead), now=self.clock.now())
        for path in dead:
            path.unlink(missing_ok=True)
        with contextlib.suppress(BlockingIOError), store.alone(self.data, "intake.lock", wait=False):
            for left in (self.data / "tmp").glob("intake-*"):
                left.unlink(missing_ok=True)
        sweep(self.data / "tmp")
        store.sweep_copies(self.data)

    @contextmanager
    def _unpacking(self, document_id: str) -> Iterator[Path | None]:
        """A private folder for the documents of a container; None for one that stands too deep in others."""
        if store.depth(document_id) >= self._limits.max_depth:
            yield None
            return
        with locked_folder(self.data / "tmp") as folder:
            yield folder

    def _kept(self, member: Member, folder: Path) -> store.MemberKept:
        """A document of a container with its bytes in the store, by their own hash whatever the child said."""
        digest, size, problem = None, 0, member.problem.code.value if member.problem else ""
        if member.document_id:
            digest, size = self._blobs.take(folder / str(member.place))
        return store.MemberKept(place=member.place, name=member.name, size=size, document_id=digest, problem=problem)

    def _save(self, document: Document, token: int, batch_id: str | None, members: Sequence[store.MemberKept]) -> str:
        saved = store.save(
            document,
            token=token,
            batch_id=batch_id,
            cases_of=self.working.cases_of,
            work_out=self.working.work_out,
            lay=self.working.lay,
            today=self.today(),
            now=self.clock.now(),
            members=members,
        )
        _LOG.info("document %s: %s %s", saved.document_id[:16], saved.state, saved.problem)
        return saved.state.value

    def _ready(self) -> Knowledge:
        """Loads the knowledge, which takes a moment, before a transaction begins."""
        return self.working.knowledge

    def _follow_the_day(self) -> None:
        """Work out anew what was last worked out for an earlier day: priorities and steps depend on it."""
        self._rework(store.stale_cases(self.today()))

    def _rework(self, case_ids: Sequence[str]) -> None:
        for start in range(0, len(case_ids), _CASES_AT_ONCE):
            part = case_ids[start : start + _CASES_AT_ONCE]
            self._ready()
            store.rework(part, work_out=self.working.work_out, today=self.today(), now=self.clock.now())

    @contextmanager
    def _in_hand(self, document_id: str) -> Iterator[bool]:
        """Whether no other thread here has this document; then what this process left half-done with it is its own."""
        with self._guard:
            free = document_id not in self._working
            self._working.add(document_id)
        try:
            yield free
        finally:
            if free:
                self._working.discard(document_id)


def _by_hand(document_id: str) -> dict[str, Any]:
    """How a person divided the document into letters, if anybody did."""
    said = standing(store.decisions(document_id)).get(PAGES)
    return {} if said is None else {"parts": said.value}
