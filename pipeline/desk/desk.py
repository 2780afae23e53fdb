"""What a desk is asked: take in, process, count, decide, keep house. Effects happen here and in ``processing``."""

import contextlib
import secrets
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.desk import papers
from pipeline.desk.clock import Clock
from pipeline.desk.processing import Processing
from pipeline.desk.retention import Forgotten, forget
from pipeline.desk.uploads import UPLOADS, put
from pipeline.errors import UsageError
from pipeline.inbox import Intake, scan, waiting_in
from pipeline.lists import read_list
from pipeline.sandbox import ChartReader
from pipeline.sandbox.folders import locked_folder, sweep
from pipeline.values.decision import Decided
from pipeline.values.letter import Document
from pipeline.values.limits import Limits
from pipeline.values.task import BatchSummary, StatusCounts, Task, TaskState
from pipeline.values.worklist import ListReport
from pipeline.working import Working

_CASES_AT_ONCE = 50


class Desk:
    """Made by ``open_desk``. Its methods may be called from several threads, and by several processes at once."""

    def __init__(
        self, data: Path, *, processing: Processing, working: Working, limits: Limits, settle_seconds: float,
        free_space_floor: int, clock: Clock,
    ) -> None:  # fmt: skip
        self.data = data
        self.clock = clock
        self.working = working
        self._processing = processing
        self._limits = limits
        self._settle_seconds = settle_seconds
        self._floor = free_space_floor
        self._blobs = store.Blobs(data / "store")
        self._practice = working.practice

    @property
    def uploads(self) -> Path:
        """The inbox of what comes over the desk; the one inbox inside the data folder."""
        return self.data / UPLOADS

    # A batch

    def start_batch(self, folder: Path, *, received: date) -> str:
        """Begin a batch over an inbox; its id. ``received``: the day its new letters count as received.

        Raises ``UsageError`` where the inbox is no folder, may not be read, or lies in the data folder or around it.
        """
        if folder == self.uploads:
            self.uploads.mkdir(mode=0o700, exist_ok=True)
        else:
            self.check_inbox(folder)
        scan(folder)
        return store.start_batch(folder.absolute(), received=received, now=self.clock.now())

    def check_inbox(self, folder: Path) -> None:
        """Raise ``UsageError`` where an inbox lies in the data folder or around it."""
        real, data = folder.resolve(), self.data.resolve()
        if real.is_relative_to(data) or data.is_relative_to(real):
            raise UsageError(
                f"inbox {folder}", why="it lies in the data folder or around it", advice="Name a folder of its own."
            )

    def read_charts(self, folder: Path, *, reader: Callable[[], AbstractContextManager[ChartReader]]) -> int:
        """Read anew the patient folders that changed, and work out the cases that they change; how many were read.

        ``reader`` is opened only where something changed. Raises ``UsageError`` where the folder may not be read.
        """
        names = self.working.shelf.changed(folder)
        if names:
            with reader() as opened:
                touched = self.working.shelf.refresh(folder, names, reader=opened, now=self.clock.now())
            self.rework(touched)
            self.working.shelf.settle()
        return len(names)

    def take_in(self, batch_id: str, *, stop: threading.Event | None = None) -> tuple[str, ...]:
        """Take in every file that has settled; the ids of the documents that are new.

        Waits for the files it found to settle, a minute at most; what has not by then stays in the inbox. Each file is
        copied, hashed and registered, and moved only after that is on disk. Below the floor of free space nothing
        more is taken in (``problems["disk_full"]`` of the summary counts what stays).
        """
        inbox = store.inbox_of(batch_id)
        settle = 0.0 if inbox == self.uploads else self._settle_seconds  # an upload has its name once it is whole
        before = frozenset(store.queued())
        book = store.Ledger(batch_id, blobs=self._blobs, now=self.clock.now)
        with store.alone(self.data, "intake.lock"):
            Intake(
                inbox, book, temp=self.data / "tmp", max_bytes=self._limits.max_bytes,
                space_floor=self._floor, settle_seconds=settle, monotonic=self.clock.monotonic,
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
        return self._processing.run(document_id, batch_id=batch_id)

    def finish_batch(self, batch_id: str) -> BatchSummary:
        """Close a batch, work out anew the cases that a new day changes, and count."""
        self._follow_the_day()
        return store.end_batch(batch_id, now=self.clock.now(), worked_with=self.working.made_with)

    def add_letter(self, name: str, content: Iterable[bytes], *, by: str) -> None:
        """Put a file among the uploads, to be taken in by a batch over them. Raises ``UsageError`` (see ``put``)."""
        folder = self.uploads / secrets.token_hex(8)
        try:
            self._put(folder, name, content, by=by, code="letter")
        except UsageError:
            with contextlib.suppress(OSError):
                folder.rmdir()
            raise

    def add_papers(
        self, charts: Path | None, folder: str, files: Iterable[tuple[str, Iterable[bytes]]], *, by: str
    ) -> tuple[str, ...]:
        """Put documents into a patient's folder of ``charts``, made if it is missing; their names there.

        Raises ``UsageError`` where there is no charts folder, the patient folder is none of it, or a file is not fit.
        """
        if charts is None:
            raise UsageError("documents", why="no charts folder is named", advice="Name one as charts in denials.toml.")
        target = charts / folder
        if Path(folder).name != folder or folder.startswith(".") or target.is_symlink():
            raise UsageError("documents", why="there is no such patient folder", advice="Choose one of the list.")
        return tuple(self._put(target, name, content, by=by, code="chart") for name, content in files)

    def _put(self, folder: Path, name: str, content: Iterable[bytes], *, by: str, code: str) -> str:
        def note(digest: str) -> None:
            self.looked(digest, by=by, act=store.Act.ADDED, code=code)

        kept = put(folder, name, content, max_bytes=self._limits.max_bytes, space_floor=self._floor, note=note)
        store.changed()  # a file is there from now on, after the row that tells of it
        return kept

    def looked(self, subject: str, *, by: str, act: store.Act = store.Act.VIEWED, code: str = "") -> None:
        """Write into the audit that somebody looked at something, took a copy of it, or signed in."""
        store.looked(subject, by=by, now=self.clock.now(), act=act, code=code)

    # Questions

    def today(self) -> date:
        """The day that everything is worked out for."""
        return self.working.today()

    def status(self) -> StatusCounts:
        """The conservation law, over files, with those that wait in every inbox known."""
        waiting = sum(waiting_in(folder, store.left_in(folder)) for folder in store.known_inboxes())
        return store.counts(self._blobs, in_inbox=waiting)

    def waiting_uploads(self) -> int:
        """How many uploads are not taken in yet."""
        return waiting_in(self.uploads, store.left_in(self.uploads))

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

    def paper(self, digest: str) -> Path:
        """A kept file of a packet or a proof, by its SHA-256."""
        return papers.papers(self.data).path(digest)

    # Changes that a person asks for

    def keep_papers(self, task_id: str, files: Sequence[Path], *, kind: str, by: str) -> bool:
        """Keep files of a packet (``kind`` of letter) or of a ``proof`` with a task's letter (see ``papers.keep``)."""
        return papers.keep(self.data, task_id, files, kind=kind, by=by, now=self.clock.now())

    def keep_proofs(self, task_id: str, files: Iterable[tuple[str, Iterable[bytes]]], *, by: str) -> int:
        """Keep files that prove a sending with a task's letter; how many.

        Raises ``UsageError`` at the first that is not fit, and then none is kept.
        """
        with locked_folder(self.data / "tmp") as folder:
            names = [self._put(folder, name, content, by=by, code="proof") for name, content in files]
            self.keep_papers(task_id, [folder / name for name in names], kind=papers.PROOF, by=by)
        return len(names)

    def retry(self, document_id: str, *, who: str = "system", password: str | None = None) -> None:
        """Queue a quarantined document again. Raises ``UsageError`` where there is none such.

        ``password`` opens it the next time that this desk processes it; it is kept in memory alone and used once.
        """
        store.retry(document_id, now=self.clock.now(), who=who)
        if password is not None:
            self._processing.password(document_id, password)

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

    def follow_up(self, task_id: str, said: store.Followed, *, by: str, version: int | None = None) -> int:
        """Write down what was sent, that it arrived, or a reminder (see ``store.follow_up``); the new version."""
        self.working.load()
        return store.follow_up(
            task_id, said, by=by, work_out=self.working.work_out, today=self.today(), now=self.clock.now(),
            version=version,
        )  # fmt: skip

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
        self.working.load()
        self.working.forget()  # a desk is served for weeks, and charts and lists are read by others
        said = Decided(
            letter_id=letter_id, field=field, value=value, by=by, at=self.clock.now(), reason=reason, **more
        )  # fmt: skip
        work = self.working
        return store.decide(
            said, cases_of=work.cases_of, work_out=work.work_out, lay=work.lay, today=self.today(),
            now=self.clock.now(), version=version,
        )  # fmt: skip

    def read_worklist(
        self, data: bytes, *, said: Mapping[str, str], sheet: str | None = None, name: str | None = None,
        keep: bool = True, by: str = "system",
    ) -> ListReport:  # fmt: skip
        """Read one of our own worklists (see ``lists.read_list``) and work out anew the cases with work to do.

        Raises ``UsageError`` where it cannot be read.
        """
        found = read_list(data, said=said, now=self.clock.now(), sheet=sheet, name=name, keep=keep, who=by)
        if not keep:
            return found
        self.working.forget()
        cases = store.open_cases()
        self.rework(cases)
        return replace(found, cases=len(cases))

    def backup(self, target: Path) -> None:
        """Write one consistent copy of database, documents and decisions to ``target``, while work goes on.

        Raises ``UsageError`` where the file is there already or cannot be written.
        """
        store.back_up(self.data, target, blobs=self._blobs, now=self.clock.now())

    # Housekeeping

    def forget(
        self, *, before: date, case_ids: Collection[str] | None = None, dry_run: bool, by: str = "system"
    ) -> Forgotten:
        """Forget what was finished before a day, or these cases if they are finished (see ``retention``)."""
        # Nothing comes in meanwhile, and no backup names bytes that are taken away before it has them.
        with store.alone(self.data, "intake.lock"), store.alone(self.data, store.BACKUP_LOCK):
            return forget(
                self.data, self._blobs, before=before, case_ids=case_ids, dry_run=dry_run, now=self.clock.now(), by=by
            )

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

    def _follow_the_day(self) -> None:
        """Work out anew what a new day changes, or all that is open after an upgrade; show the rest as of today."""
        changed = store.worked_with() not in (None, self.working.made_with)
        self.rework(store.stale_cases(self.today(), every=changed))
        store.bring_to(self.today())

    def follow_practice(self) -> int:
        """Work out the open cases anew if who we are changed since this was last asked or the desk opened; how many."""
        now = self.working.practice
        if now == self._practice:
            return 0
        cases = store.stale_cases(self.today(), every=True)
        self.rework(cases)
        self._practice = now  # last: where the store was busy, it is tried again
        return len(cases)

    def rework(self, case_ids: Sequence[str]) -> None:
        """Work cases out anew, some at a time."""
        for start in range(0, len(case_ids), _CASES_AT_ONCE):
            part = case_ids[start : start + _CASES_AT_ONCE]
            self.working.load()
            store.rework(part, work_out=self.working.work_out, today=self.today(), now=self.clock.now())
