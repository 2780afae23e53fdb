"""What people see and do at the review desk, over a desk, its pictures and a worker that reads what they send through.

Every look at a letter or a task and every change is an audit row; a change and its row are one transaction.
"""

import queue
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.checking import Field, fields_of, whole_letter_notes
from pipeline.desk import Desk, StoreBusy
from pipeline.ending import log_unexpected
from pipeline.errors import DenialsError, UsageError
from pipeline.overlay import DECIDABLE, read_value
from pipeline.pictures import NotShown, Pictures
from pipeline.store import Act, Opened, RemarkKind
from pipeline.values import decision
from pipeline.values.contract import to_json
from pipeline.values.letter import Letter
from pipeline.values.task import FollowUpAct, StatusCounts, Task, TaskState

__all__ = ["NotShown", "OpenLetter", "OpenTask", "Review", "Worker"]

_FOLLOWED = {TaskState.SENT: FollowUpAct.SENT, TaskState.AWAITING_DECISION: FollowUpAct.ARRIVED}
_COUNTS_SECONDS = 5.0
_CHOICES_SECONDS = 60.0
"""What is counted over every file or task is shown again within this time, unless somebody here changed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The patient folder of a letter (None: none), why, and the folders to choose from."""

    folder: str | None
    why: str
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLetter:
    """A letter on the screen: as decided, with the state of its fields, and the tasks that come of it."""

    opened: Opened
    letter: Letter
    fields: tuple[Field, ...]
    notes: tuple[str, ...]
    tasks: tuple[Task, ...]
    patient: Linked

    @property
    def flagged(self) -> tuple[str, ...]:
        """The fields that a person must say something about, in order."""
        return tuple(field.name for field in self.fields if field.flagged)

    @property
    def turns(self) -> tuple[int, ...]:
        """How far each page of the document was turned to stand upright, in degrees clockwise."""
        return tuple(page.rotation for page in self.opened.pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """A task on the screen, with its version, what was said on it, and the letters of its case by day."""

    task: Task
    version: int
    remarks: tuple[store.Said, ...]
    letters: tuple[tuple[Letter, date], ...]
    siblings: tuple[Task, ...]


class Worker:
    """Reads, one after the other, the documents that people sent through again. A thread of the serving process."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: queue.Queue[str | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, name="reader", daemon=True)

    def __enter__(self) -> "Worker":
        """Starts the thread."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Finishes what is in hand and ends the thread."""
        self._waiting.put(None)
        self._thread.join(timeout=180)

    def send(self, document_id: str) -> None:
        """Have a queued document read as soon as those before it are."""
        self._waiting.put(document_id)

    def _work(self) -> None:
        while (document_id := self._waiting.get()) is not None:
            try:
                self._desk.process(document_id)
                for inner in self._desk.queued():  # what lay in a container that was opened
                    self._desk.process(inner)
            except StoreBusy:
                time.sleep(1)
                self._waiting.put(document_id)
            except DenialsError:
                continue  # it is queued again; the next run says what is missing
            except Exception as error:
                log_unexpected(error, where=f"document {document_id[:16]}")
        store.hang_up()


class Review:
    """The desk's door for the pages. Safe to use from several threads."""

    def __init__(self, desk: Desk, *, pictures: Pictures, worker: Worker) -> None:
        self.desk = desk
        self._pictures = pictures
        self._worker = worker
        self._kept: dict[str, tuple[float, Any]] = {}

    # What is shown

    def today(self) -> date:
        """The day that days left are counted from."""
        return self.desk.today()

    def status(self) -> StatusCounts:
        """The conservation law, counted a moment ago at most."""
        counts: StatusCounts = self._lately("status", _COUNTS_SECONDS, self.desk.status)
        return counts

    def sums(self) -> store.Sums:
        """The sums over tasks, counted a moment ago at most."""
        sums: store.Sums = self._lately("sums", _COUNTS_SECONDS, lambda: store.sums(today=self.today()))
        return sums

    def payers(self) -> tuple[str, ...]:
        """The payers to choose from, the most frequent first."""
        payers: tuple[str, ...] = self._lately("payers", _CHOICES_SECONDS, lambda: store.choices("payer"))
        return payers

    def letter(self, letter_id: str) -> OpenLetter | None:
        """A letter as decided; None where there is none such."""
        opened = store.opened(letter_id)
        if opened is None:
            return None
        letter = self.desk.working.lay(opened.letter, opened.said)
        return OpenLetter(
            opened=opened, letter=letter, fields=fields_of(letter, opened.said, today=self.today()),
            notes=whole_letter_notes(letter), tasks=store.tasks_of(opened.case_ids),
            patient=self._linked(letter, opened),
        )  # fmt: skip

    def task(self, task_id: str) -> OpenTask | None:
        """A task with its case; None where there is none such."""
        found = store.one_task(task_id)
        if found is None:
            return None
        task, version = found
        letters = [
            (self.desk.working.lay(letter, said), day) for letter, day, said in store.letters_of_case(task.case_id)
        ]
        letters.sort(key=lambda held: (held[0].letter_date.value or "" if held[0].letter_date else "", held[1]))
        siblings = tuple(one for one in store.tasks_of([task.case_id]) if one.task_id != task_id)
        return OpenTask(
            task=task, version=version, remarks=store.remarks(case_id=task.case_id), letters=tuple(letters),
            siblings=siblings,
        )  # fmt: skip

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
        self, letter_id: str, *, field: str, act: decision.Act, value: object, by: str, version: int, **more: Any
    ) -> int:
        """A person's word on a field, with what is read there kept beside it; the letter's new version.

        Raises:
            Conflict: somebody decided on the letter since ``version``.
            UsageError: there is no such letter.
        """
        opened = self._opened(letter_id)
        machine = read_value(opened.letter, field) if field in DECIDABLE else None
        self._kept.clear()
        return self.desk.decide(
            letter_id, field=field, value=value, by=by, version=version, act=act, machine=machine, **more
        )

    def accept(self, letter_id: str, *, by: str, version: int) -> int:
        """Call a letter checked: the review notes that stand on it are settled. Raises as ``decide``."""
        opened = self._opened(letter_id)
        laid = self.desk.working.lay(opened.letter, opened.said)
        self._kept.clear()
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
        self._kept.clear()
        self.desk.decide(
            letter_id, field=last.field, value=None, by=by, version=version, act=decision.Act.UNDO, undoes=last.number
        )
        return last.field

    def divide(self, document_id: str, parts: Sequence[Sequence[int]], *, by: str, reason: str) -> None:
        """Divide a document into letters by hand; it is read again so. Raises ``UsageError`` where it is in work."""
        self.desk.decide(document_id, field=decision.PAGES, value=[list(part) for part in parts], by=by, reason=reason)
        self._kept.clear()
        for queued in self.desk.reprocess(letters=[document_id]):
            self._worker.send(queued)

    def retry(self, document_id: str, *, by: str, password: str | None = None) -> None:
        """Send a quarantined document through again; the password is kept in memory until then, and used once."""
        self.desk.retry(document_id, who=by, password=password)
        if password is not None:
            self._pictures.make(document_id, turns=(), password=password)
        self._kept.clear()
        self._worker.send(document_id)

    def change_task(
        self, task_id: str, *, by: str, version: int, state: TaskState | None, assignee: str | None, reason: str
    ) -> int:
        """Move or assign a task; to be sent, or to have arrived, starts the payer's time today.

        Raises ``Conflict``, ``UsageError``.
        """
        self._kept.clear()
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
        self._kept.clear()
        return self.desk.follow_up(task_id, said, by=by, version=version)

    def assign(self, task_ids: Collection[str], *, by: str, assignee: str) -> int:
        """Give many tasks to one person; how many."""
        self._kept.clear()
        return store.assign(task_ids, by=by, now=self.desk.clock.now(), assignee=assignee)

    def remark(self, task_id: str, *, kind: RemarkKind, text: str, by: str, details: Mapping[str, str]) -> None:
        """Write a note or a call on a task."""
        store.remark(task_id, kind=kind, text=text, by=by, now=self.desk.clock.now(), details=details)

    def _linked(self, letter: Letter, opened: Opened) -> Linked:
        shelf = self.desk.working.shelf
        shelf.forget()
        names = tuple(folder.name for folder in shelf.folders())
        said = decision.standing(opened.said).get(decision.PATIENT)
        if said is not None:
            return Linked(folder=said.value if said.value in names else None, why=f"{said.by} said so", folders=names)
        link = shelf.link(letter)
        return Linked(folder=link.folder.name if link.folder else None, why=link.why, folders=names)

    def _lately(self, name: str, seconds: float, count: Callable[[], Any]) -> Any:
        then, value = self._kept.get(name, (-seconds, None))
        now = time.monotonic()
        if now - then >= seconds:
            value = count()
            self._kept[name] = (now, value)
        return value

    def _opened(self, letter_id: str) -> Opened:
        opened = store.opened(letter_id)
        if opened is None:
            raise UsageError(f"letter {letter_id[:80]}", why="it is not there (any more)", advice="Open the worklist.")
        return opened
