"""Recipe 2: the letters of one case become tasks. Pure and fast: run again after a new letter or new knowledge."""

from collections.abc import Sequence
from datetime import date

from pipeline.knowledge import Knowledge
from pipeline.match import requirements_of
from pipeline.plan import CaseLetter, CaseRef, cases_of, levels, own_case, task_of
from pipeline.values.letter import Letter
from pipeline.values.practice import Practice
from pipeline.values.task import Requirement, Task

__all__ = ["CaseLetter", "CaseRef", "cases_of", "own_case", "work_out"]


def work_out(
    letters: Sequence[CaseLetter], *, case_id: str, today: date, knowledge: Knowledge, practice: Practice
) -> tuple[Task, ...]:
    """One task a level of the case (and one for a demand of the payer), lowest level first.

    ``letters`` are all letters of the case in any order: the same letters give the same tasks. A letter that refuses
    nothing makes no task; it only changes those of the letters before it.
    """

    def required(level_letters: tuple[Letter, ...]) -> tuple[Requirement, ...]:
        return requirements_of(level_letters, knowledge=knowledge)

    return tuple(
        task_of(level, case_id=case_id, today=today, knowledge=knowledge, practice=practice, required=required)
        for level in levels(letters)
    )
