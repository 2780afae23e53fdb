"""Recipe 2: the letters of one case become tasks. Pure and fast: run again after a new letter or new knowledge."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipeline.knowledge import Knowledge
from pipeline.knowledge.clinical import load_clinical_knowledge
from pipeline.knowledge.policies import load_policies
from pipeline.match import Filed, evidence_of, filed, ordered_units, requirements_of, unmet_of, with_chart
from pipeline.plan import CaseLetter, Level, cases_of, levels, narrowed, own_case, task_of
from pipeline.values.chart import OnFile
from pipeline.values.letter import Letter
from pipeline.values.practice import Practice
from pipeline.values.task import Requirement, Task

__all__ = ["CaseLetter", "cases_of", "narrowed", "own_case", "work_out"]


def no_chart(letter: Letter) -> OnFile | None:
    """Where no charts folder is named, nothing is on file."""
    return None


def work_out(
    letters: Sequence[CaseLetter],
    *,
    case_id: str,
    today: date,
    knowledge: Knowledge,
    practice: Practice,
    on_file: Callable[[Letter], OnFile | None] = no_chart,
) -> tuple[Task, ...]:
    """One task a level of the case (and one for a demand of the payer), lowest level first.

    ``letters`` are all letters of the case in any order: the same letters give the same tasks. A letter that refuses
    nothing makes no task; it only changes those of the letters before it. ``on_file`` is the chart of a letter's
    patient, where one is linked.
    """
    charts = _Charts(on_file, knowledge=knowledge, today=today)

    def worked(level: Level) -> Task:
        task = task_of(
            level, case_id=case_id, today=today, knowledge=knowledge, practice=practice, required=charts.required,
            ordered=charts.ordered,
        )  # fmt: skip
        unmet = unmet_of([one.letter for one in level.letters], knowledge=knowledge, policies=load_policies())
        return charts.shown_on(replace(task, unmet_criteria=unmet), level.base.letter)

    return tuple(worked(level) for level in levels(letters))


class _Charts:
    """The charts of a case's letters beside the payer's criteria; each is filed once for all that the tasks ask."""

    def __init__(self, on_file: Callable[[Letter], OnFile | None], *, knowledge: Knowledge, today: date) -> None:
        self._on_file = on_file
        self._knowledge = knowledge
        self._today = today
        self._filed: dict[int, Filed] = {}

    def required(self, letters: tuple[Letter, ...]) -> tuple[Requirement, ...]:
        """What must be shown for the letters of a level, and how it stands against the chart where there is one."""
        asked = requirements_of(letters, knowledge=self._knowledge)
        found = self._on_file(letters[0])
        if found is None:
            return asked
        return with_chart(
            asked, letters[0], found, filed=self._filed_of(found), knowledge=self._knowledge, policies=load_policies(),
            as_of=self._today,
        )  # fmt: skip

    def ordered(self, letter: Letter) -> float | None:
        """The units that the chart's order asks for."""
        found = self._on_file(letter)
        return ordered_units(found) if found is not None else None

    def shown_on(self, task: Task, letter: Letter) -> Task:
        """A task with the evidence table of its letter's chart; what rests on one holds for a day, as its facts age."""
        found = self._on_file(letter)
        if found is None:
            return task
        table = evidence_of(
            letter, self._filed_of(found), knowledge=self._knowledge, policies=load_policies(),
            clinical=load_clinical_knowledge(), as_of=self._today,
        )  # fmt: skip
        tomorrow = (self._today + timedelta(days=1)).isoformat()
        return replace(task, evidence_table=table, holds_until=tomorrow)

    def _filed_of(self, found: OnFile) -> Filed:
        # What is filed holds its chart, so that no other can come to have the same id.
        if id(found.chart) not in self._filed:
            self._filed[id(found.chart)] = filed(found.chart, self._knowledge.evidence)
        return self._filed[id(found.chart)]
