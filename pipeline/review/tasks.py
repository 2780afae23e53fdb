"""Tasks: where they stand, who has them, what was sent, and what people wrote on them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from pipeline import store
from pipeline.desk import Desk
from pipeline.review.letters import Letters
from pipeline.review.opened import OpenTask, written_on
from pipeline.review.patients import Patients
from pipeline.store import RemarkKind, Within
from pipeline.values import decision
from pipeline.values.task import FollowUpAct, TaskState

_FOLLOWED = {TaskState.SENT: FollowUpAct.SENT, TaskState.AWAITING_DECISION: FollowUpAct.ARRIVED}
"""Moves that say something of the payer's time: they are written down as what was sent or heard."""


class Tasks:
    """Tasks and what people do with them. ``version`` is the one that a person had before them."""

    def __init__(self, desk: Desk, *, letters: Letters, patients: Patients) -> None:
        self._desk = desk
        self._letters = letters
        self._patients = patients

    def opened(self, task_id: str, *, within: Within = None) -> OpenTask | None:
        """A task with its case; None where there is none such."""
        found = store.one_task(task_id)
        if found is None:
            return None
        task, version = found
        lay = self._desk.working.lay
        letters = [(lay(letter, said), day) for letter, day, said in store.letters_of_case(task.case_id)]
        letters.sort(key=lambda held: (written_on(held[0]), held[1]))
        siblings = tuple(one for one in store.tasks_of([task.case_id]) if one.task_id != task_id)
        patient, papers = self._patients.of_letter(task.letter_id, within=within)
        return OpenTask(
            task=task, version=version, remarks=store.remarks(case_id=task.case_id), letters=tuple(letters),
            siblings=siblings, patient=patient, papers=papers, kept=store.papers_of(task.letter_ids),
        )  # fmt: skip

    def change(
        self, task_id: str, *, by: str, version: int, state: TaskState | None, assignee: str | None, reason: str
    ) -> int:
        """Move a task, give it to somebody, or both for one ``reason``, as one act; the new version.

        ``None`` leaves as it is, an ``assignee`` of "" takes it off everybody; where nothing is to change, nothing is
        written. Raises ``Conflict``, ``UsageError``.
        """
        self._desk.working.load()  # takes a moment, and is not to be waited for inside a transaction
        with store.together():
            if state in _FOLLOWED:
                version = self._goes_out(task_id, _FOLLOWED[state], by=by, version=version, note=reason)
                state = None
            if state is None and assignee is None:
                return version
            return store.change_task(
                task_id, by=by, now=self._desk.clock.now(), version=version, state=state, assignee=assignee,
                reason=reason,
            )  # fmt: skip

    def _goes_out(self, task_id: str, act: FollowUpAct, *, by: str, version: int, note: str) -> int:
        """Said by moving a task alone: it was sent, or it arrived, today. The payer's time runs from then on."""
        said = store.Followed(act=act, day=self._desk.today(), note=note)
        return self.follow_up(task_id, said, by=by, version=version)

    def follow_up(self, task_id: str, said: store.Followed, *, by: str, version: int) -> int:
        """Write down what was sent with its proof, that it arrived, or a reminder; the new version.

        Raises ``Conflict``, ``UsageError``.
        """
        return self._desk.follow_up(task_id, said, by=by, version=version)

    def assign(self, task_ids: Collection[str], *, by: str, assignee: str) -> int:
        """Give many tasks to one person; how many."""
        return store.assign(task_ids, by=by, now=self._desk.clock.now(), assignee=assignee)

    def move_many(self, task_ids: Collection[str], *, state: TaskState, reason: str, by: str) -> store.MovedMany:
        """Move tasks of one payer and reason to one state, for one reason. Raises ``UsageError``."""
        return store.move_many(task_ids, state=state, reason=reason, by=by, now=self._desk.clock.now())

    def undo_moves(self, at: datetime, *, by: str) -> int:
        """Put back what somebody moved together at that moment; how many. Raises ``UsageError`` if it is long ago."""
        return store.undo_moves(at, by=by, now=self._desk.clock.now())

    def remark(self, task_id: str, *, kind: RemarkKind, text: str, by: str, details: Mapping[str, str]) -> None:
        """Write a note or a call on a task. Raises ``UsageError`` where there is none such."""
        store.remark(task_id, kind=kind, text=text, by=by, now=self._desk.clock.now(), details=details)

    def remark_many(
        self, task_ids: Collection[str], *, kind: RemarkKind, text: str, by: str, details: Mapping[str, str]
    ) -> int:
        """Write the same note or call on many tasks: one call to a payer is often about several; on how many."""
        return store.remark_many(task_ids, kind=kind, text=text, by=by, now=self._desk.clock.now(), details=details)

    def locate(self, opened: OpenTask, location: str | None, *, by: str) -> None:
        """Say which of our locations a task's case belongs to; None: what is found. Raises ``Conflict``."""
        letter = self._letters.stored(opened.task.letter_id)
        self._letters.decide(letter, field=decision.LOCATION, value=location, by=by, version=letter.version)
