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
from pipeline.values.evidence import EvidenceTable
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
    opened: dict[int, Filed] = {}

    def filed_of(found: OnFile) -> Filed:
        """The facts of a chart, filed once for all that its tasks ask."""
        if id(found.chart) not in opened:
            opened[id(found.chart)] = filed(found.chart, knowledge.evidence)
        return opened[id(found.chart)]

    def required(level_letters: tuple[Letter, ...]) -> tuple[Requirement, ...]:
        asked = requirements_of(level_letters, knowledge=knowledge)
        found = on_file(level_letters[0])
        if found is None:
            return asked
        return with_chart(
            asked,
            level_letters[0],
            found,
            filed=filed_of(found),
            knowledge=knowledge,
            policies=load_policies(),
            as_of=today,
        )

    def shown(letter: Letter) -> EvidenceTable | None:
        found = on_file(letter)
        if found is None:
            return None
        return evidence_of(
            letter,
            filed_of(found),
            knowledge=knowledge,
            policies=load_policies(),
            clinical=load_clinical_knowledge(),
            as_of=today,
        )

    def ordered(letter: Letter) -> float | None:
        found = on_file(letter)
        return ordered_units(found) if found is not None else None

    def worked(level: Level) -> Task:
        task = task_of(
            level, case_id=case_id, today=today, knowledge=knowledge, practice=practice, required=required,
            ordered=ordered,
        )  # fmt: skip
        unmet = unmet_of([one.letter for one in level.letters], knowledge=knowledge, policies=load_policies())
        task = replace(task, unmet_criteria=unmet)
        if on_file(level.base.letter) is None:
            return task
        # Facts of a chart age and criteria change by the day: what rests on one holds for a day.
        tomorrow = (today + timedelta(days=1)).isoformat()
        return replace(task, evidence_table=shown(level.base.letter), holds_until=tomorrow)

    return tuple(worked(level) for level in levels(letters))
