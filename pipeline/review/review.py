"""What people see and do at the review desk, over a desk, its pictures and a worker that reads what they send through.

Every look at a letter or a task and every change is an audit row; a change and its row are one transaction.
"""

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.checking import fields_of, whole_letter_notes
from pipeline.desk import Desk, StoreBusy
from pipeline.errors import DenialsError, UsageError
from pipeline.overlay import DECIDABLE, read_value
from pipeline.packing import pack
from pipeline.pictures import Drawer, Pictures
from pipeline.plan.places import place_of_folder
from pipeline.review.counted import Counted
from pipeline.review.opened import CaseMail, DecidedLetter, Linked, OpenCase, OpenLetter, OpenTask
from pipeline.review.worker import Worker
from pipeline.sandbox.folders import locked_folder
from pipeline.store import Act, Opened, RemarkKind, Within
from pipeline.values import decision
from pipeline.values.chart import ChartDocument
from pipeline.values.contract import to_json
from pipeline.values.letter import Letter
from pipeline.values.packet import Packed
from pipeline.values.task import FollowUpAct, TaskState

_FOLLOWED = {TaskState.SENT: FollowUpAct.SENT, TaskState.AWAITING_DECISION: FollowUpAct.ARRIVED}


class Review:
    """The desk's door for the pages. Safe to use from several threads."""

    def __init__(self, desk: Desk, *, pictures: Pictures, worker: Worker, charts: Path | None = None) -> None:
        self.desk = desk
        self.charts = charts
        self._pictures = pictures
        self._worker = worker
        self.counted = Counted(desk)

    # What is shown

    @property
    def drawer(self) -> Drawer:
        """What reads and draws pages for the desk, in children."""
        return self._pictures.drawer

    def today(self) -> date:
        """The day that days left are counted from."""
        return self.desk.today()

    def decided(self, letter_id: str) -> DecidedLetter | None:
        """A letter as decided, without what comes of it; None where there is none such."""
        opened = store.opened(letter_id)
        if opened is None:
            return None
        letter = self.desk.working.lay(opened.letter, opened.said)
        return DecidedLetter(opened=opened, letter=letter, fields=fields_of(letter, opened.said, today=self.today()))

    def letter(self, letter_id: str, *, within: Within = None) -> OpenLetter | None:
        """A letter as decided, with what comes of it for who sees ``within``; None where there is none such."""
        read = self.decided(letter_id)
        if read is None:
            return None
        seen = store.pages_within(read.opened.document_id, within)
        cases = tuple(one for one in read.opened.case_ids if store.case_lies_within(one, within))
        said = tuple(_without_place(one, within) for one in read.opened.said)
        return OpenLetter(
            opened=replace(read.opened, case_ids=cases, said=said), letter=read.letter, fields=read.fields,
            notes=whole_letter_notes(read.letter),
            pages=tuple(page for page in read.opened.pages if seen is None or page.number in seen),
            tasks=store.tasks_of(cases, within=within),
            patient=self._linked(read.letter, read.opened, within),
        )  # fmt: skip

    def task(self, task_id: str, *, within: Within = None) -> OpenTask | None:
        """A task with its case; None where there is none such."""
        found = store.one_task(task_id)
        if found is None:
            return None
        task, version = found
        letters = [
            (self.desk.working.lay(letter, said), day) for letter, day, said in store.letters_of_case(task.case_id)
        ]
        letters.sort(key=lambda held: (_written(held[0]), held[1]))
        siblings = tuple(one for one in store.tasks_of([task.case_id]) if one.task_id != task_id)
        patient, papers = self._patient(task.letter_id, within)
        return OpenTask(
            task=task, version=version, remarks=store.remarks(case_id=task.case_id), letters=tuple(letters),
            siblings=siblings, patient=patient, papers=papers, kept=store.papers_of(task.letter_ids),
        )  # fmt: skip

    def case(self, case_id: str, *, within: Within = None) -> OpenCase | None:
        """A case with its letters, and those of ``within`` it may be one with; None where there is none such."""
        letters = self._mail(case_id)
        if not letters:
            return None
        tasks = store.tasks_of([case_id])
        proposed = {proposal.case_id: proposal for task in tasks for proposal in task.proposals}
        seen = [pair for pair in sorted(proposed.items()) if store.case_lies_within(pair[0], within)]
        pairs = [(proposal, self._mail(other)) for other, proposal in seen]
        return OpenCase(
            case_id=case_id, letters=letters, tasks=tasks, proposals=tuple(pair for pair in pairs if pair[1])
        )

    def page(self, document_id: str, number: int, *, turns: Sequence[int]) -> Path:
        """The picture of a page. Raises ``NotShown``."""
        return self._pictures.page(document_id, number, turns=turns)

    def words(self, document_id: str, *, turns: Sequence[int]) -> list[list[list[object]]]:
        """The words of a document's pages with their places. Raises ``NotShown``."""
        return self._pictures.words(document_id, turns=turns)

    def original(self, document_id: str) -> Path:
        """The file as it came, for a download."""
        return self.desk.original(document_id)

    def draw_ahead(self, letter_id: str) -> None:
        """Have the pages of a letter drawn that will be asked for next, without waiting for it."""

        def draw() -> None:
            try:
                opened = store.opened(letter_id)
                if opened is not None:
                    self._pictures.make(opened.document_id, turns=[page.rotation for page in opened.pages])
            except (StoreBusy, OSError, DenialsError):
                return  # it will be drawn when it is asked for
            finally:
                store.hang_up()

        threading.Thread(target=draw, name="draw-ahead", daemon=True).start()

    # What people do

    def looked(self, subject: str, *, by: str, act: Act = Act.VIEWED, code: str = "") -> None:
        """Record a look."""
        store.looked(subject, by=by, now=self.desk.clock.now(), act=act, code=code)

    def decide(
        self, opened: Opened, *, field: str, act: decision.Act, value: object, by: str, version: int, **more: Any
    ) -> int:
        """A person's word on a field, with what is read there kept beside it; the letter's new version.

        Raises ``Conflict`` where somebody decided on the letter since ``version``.
        """
        machine = read_value(opened.letter, field) if field in DECIDABLE else None
        self.counted.forget()
        return self.desk.decide(
            opened.letter.letter_id, field=field, value=value, by=by, version=version, act=act, machine=machine, **more
        )

    def accept(self, letter_id: str, *, by: str, version: int) -> int:
        """Call a letter checked: the review notes that stand on it are settled. Raises as ``decide``."""
        opened = self._opened(letter_id)
        laid = self.desk.working.lay(opened.letter, opened.said)
        self.counted.forget()
        return self.desk.decide(
            letter_id, field=decision.LETTER, value=True, by=by, version=version, act=decision.Act.ACCEPT,
            machine=to_json(laid.needs_review),
        )  # fmt: skip

    def undo(self, letter_id: str, *, by: str, version: int) -> str | None:
        """Take back the last decision on a letter that stands; its field, or None where there is none."""
        opened = self._opened(letter_id)
        last = max(decision.standing(opened.said).values(), key=lambda said: said.number, default=None)
        if last is None:
            return None
        self.counted.forget()
        self.desk.decide(
            letter_id, field=last.field, value=None, by=by, version=version, act=decision.Act.UNDO, undoes=last.number
        )
        return last.field

    def divide(self, document_id: str, parts: Sequence[Sequence[int]], *, by: str, reason: str) -> None:
        """Divide a document into letters by hand; it is read again so. Raises ``UsageError`` where it is in work."""
        self.desk.decide(document_id, field=decision.PAGES, value=[list(part) for part in parts], by=by, reason=reason)
        self.counted.forget()
        for queued in self.desk.reprocess(letters=[document_id]):
            self._worker.read(queued)

    def retry(self, document_id: str, *, by: str, password: str | None = None) -> None:
        """Send a quarantined document through again; the password is kept in memory until then, and used once."""
        self.desk.retry(document_id, who=by, password=password)
        if password is not None:
            self._pictures.make(document_id, turns=(), password=password)
        self.counted.forget()
        self._worker.read(document_id)

    def change_task(
        self, task_id: str, *, by: str, version: int, state: TaskState | None, assignee: str | None, reason: str
    ) -> int:
        """Move or assign a task; to be sent, or to have arrived, starts the payer's time today.

        Raises ``Conflict``, ``UsageError``.
        """
        self.counted.forget()
        if state in _FOLLOWED:
            said = store.Followed(act=_FOLLOWED[state], day=self.today(), note=reason)
            version, state = self.follow_up(task_id, said, by=by, version=version), None
        return store.change_task(
            task_id, by=by, now=self.desk.clock.now(), version=version, state=state, assignee=assignee, reason=reason
        )

    def follow_up(self, task_id: str, said: store.Followed, *, by: str, version: int) -> int:
        """Write down what was sent with its proof, that it arrived, or a reminder.

        Raises ``Conflict``, ``UsageError``.
        """
        self.counted.forget()
        return self.desk.follow_up(task_id, said, by=by, version=version)

    @contextmanager
    def packed(self, task_id: str, *, kept_by: str | None = None) -> Iterator[Packed]:
        """The packet of a task (see ``packing.pack``), its files there as long as this is open; nothing is sent.

        ``kept_by``: who takes it, and then it is kept with the case.
        """
        with locked_folder(self.desk.data / "tmp") as folder:
            packed = pack(self.desk, task_id, out=folder / "packet", drawer=self._pictures.drawer, charts=self.charts)
            if kept_by is not None:
                self.desk.keep_papers(task_id, [Path(path) for path in packed.files], kind=packed.kind, by=kept_by)
            yield packed

    def keep_proofs(self, task_id: str, files: Iterable[tuple[str, Iterable[bytes]]], *, by: str) -> int:
        """Keep files that prove a sending with a task's letter; how many. Raises ``UsageError``: none is kept then."""
        return self.desk.keep_proofs(task_id, files, by=by)

    def assign(self, task_ids: Collection[str], *, by: str, assignee: str) -> int:
        """Give many tasks to one person; how many."""
        self.counted.forget()
        return store.assign(task_ids, by=by, now=self.desk.clock.now(), assignee=assignee)

    def move_many(self, task_ids: Collection[str], *, state: TaskState, reason: str, by: str) -> store.MovedMany:
        """Move tasks of one payer and reason to one state, for one reason. Raises ``UsageError``."""
        self.counted.forget()
        return store.move_many(task_ids, state=state, reason=reason, by=by, now=self.desk.clock.now())

    def undo_moves(self, at: datetime, *, by: str) -> int:
        """Put back what somebody moved together at that moment; how many. Raises ``UsageError`` if it is long ago."""
        self.counted.forget()
        return store.undo_moves(at, by=by, now=self.desk.clock.now())

    def remark(self, task_id: str, *, kind: RemarkKind, text: str, by: str, details: Mapping[str, str]) -> None:
        """Write a note or a call on a task."""
        store.remark(task_id, kind=kind, text=text, by=by, now=self.desk.clock.now(), details=details)

    def remark_many(
        self, task_ids: Collection[str], *, kind: RemarkKind, text: str, by: str, details: Mapping[str, str]
    ) -> int:
        """Write the same note or call on many tasks: one call to a payer is often about several; on how many."""
        return store.remark_many(task_ids, kind=kind, text=text, by=by, now=self.desk.clock.now(), details=details)

    def put_in_case(self, letters: Mapping[str, int], *, case_id: str, by: str) -> None:
        """Put letters (id to version) into a case, or each into one of its own (``decision.APART``).

        Raises:
            Conflict: somebody decided on one of them since; those before it are moved.
            UsageError: one of them is not there, or concerns several claims, which are cases of their own.
        """
        opened = [self._opened(letter_id) for letter_id in letters]
        for one in opened:
            if len(one.case_ids) > 1:
                raise UsageError(
                    "the letter", why="it concerns several claims, each a case of its own",
                    advice="Correct the claims on the letter.",
                )  # fmt: skip
        for one, version in zip(opened, letters.values(), strict=True):
            self.decide(one, field=decision.CASE, act=decision.Act.SET, value=case_id, by=by, version=version)

    def locate(self, opened: OpenTask, location: str | None, *, by: str) -> None:
        """Say which of our locations a task's case belongs to; None: what is found. Raises ``Conflict``."""
        letter = self._opened(opened.task.letter_id)
        self.decide(
            letter, field=decision.LOCATION, act=decision.Act.SET, value=location, by=by, version=letter.version
        )

    def rework(self, case_ids: Collection[str]) -> None:
        """Work cases out anew, where another one changed what is proposed on them."""
        self.counted.forget()
        self.desk.rework(tuple(case_ids))

    def coming(self) -> int:
        """How many files are queued, being read, or waiting among the uploads."""
        return sum(store.in_work().values()) + self.desk.waiting_uploads()

    def add_letters(self, files: Iterable[tuple[str, Iterable[bytes]]], *, by: str) -> int:
        """Take letters in that somebody sends over the desk; how many. Raises ``UsageError`` at the first unfit one."""
        count = 0
        try:
            for name, content in files:
                self.desk.add_letter(name, content, by=by)
                count += 1
        finally:
            self.counted.forget()
            if count:
                self._worker.take_in()
        return count

    def add_paper(
        self, opened: OpenTask, *, folder: str, files: Iterable[tuple[str, Iterable[bytes]]], by: str
    ) -> tuple[str, ...]:
        """Put documents into a patient's folder, link the task's letters to it, and have it read; their names there.

        ``folder`` is one that is known, or empty for a new one.

        Raises:
            Conflict: somebody decided on a letter of the task meanwhile; the documents are kept.
            UsageError: no charts folder is named, there is no such patient folder, or a file is not fit.
        """
        task, target = opened.task, folder or opened.task.case_id
        if folder and folder not in opened.patient.folders:
            raise UsageError("documents", why="there is no such patient folder", advice="Choose one of the list.")
        names = self.desk.add_papers(self.charts, target, files, by=by)
        for letter_id in task.letter_ids if opened.patient.folder != target else ():
            letter = self._opened(letter_id)
            self.decide(
                letter, field=decision.PATIENT, act=decision.Act.SET, value=target, by=by, version=letter.version
            )
        for name in names:
            self.remark(task.task_id, kind=RemarkKind.PAPER, text=name, by=by, details={})
        self._worker.charts(task.case_id)
        return names

    def _mail(self, case_id: str) -> tuple[CaseMail, ...]:
        found = [
            CaseMail(
                letter=self.desk.working.lay(letter, said), received=day, version=said[-1].number if said else 0,
                by_hand=decision.CASE in decision.standing(said), claims=len(letter.claims),
            )
            for letter, day, said in store.letters_of_case(case_id)
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda mail: (_written(mail.letter), mail.received)))

    def _patient(self, letter_id: str, within: Within) -> tuple[Linked, tuple[ChartDocument, ...]]:
        """The folder of a letter's patient, and the documents in it."""
        opened = store.opened(letter_id)
        if opened is None:
            return Linked(folder=None, why="the letter is not there any more", folders=()), ()
        linked = self._linked(self.desk.working.lay(opened.letter, opened.said), opened, within)
        on_file = self.desk.working.shelf.folder(linked.folder) if linked.folder else None
        return linked, on_file.chart.documents if on_file is not None else ()

    def _linked(self, letter: Letter, opened: Opened, within: Within) -> Linked:
        shelf = self.desk.working.shelf
        shelf.forget()
        names = tuple(folder.name for folder in shelf.folders())
        said = decision.standing(opened.said).get(decision.PATIENT)
        if said is not None:
            folder, why = said.value if said.value in names else None, f"{said.by} said so"
        else:
            link = shelf.link(letter)
            folder, why = link.folder.name if link.folder else None, link.why
        seen = tuple(name for name in names if name == folder or self._sees_folder(name, within))
        return Linked(folder=folder, why=why, folders=seen)

    def _sees_folder(self, name: str, within: Within) -> bool:
        return within is None or (place_of_folder(name, self.desk.working.practice.places) or store.NOWHERE) in within

    def _opened(self, letter_id: str) -> Opened:
        opened = store.opened(letter_id)
        if opened is None:
            raise UsageError(f"letter {letter_id[:80]}", why="it is not there (any more)", advice="Open the worklist.")
        return opened


def _without_place(said: decision.Decided, within: Within) -> decision.Decided:
    """A decision as who looks may know it: not the id of a case that lies elsewhere, into which the letter was put."""
    case = said.value if said.field == decision.CASE and isinstance(said.value, str) else ""
    hidden = case.startswith("case-") and not store.case_lies_within(case, within)
    return replace(said, value=None) if hidden else said


def _written(letter: Letter) -> str:
    return letter.letter_date.value or "" if letter.letter_date else ""
