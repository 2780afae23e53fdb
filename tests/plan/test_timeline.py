"""Copies, our own mail and doubts among the letters of a case."""

from datetime import date

from pipeline.case import CaseLetter, work_out
from pipeline.plan.timeline import Stage, levels
from pipeline.values.practice import Practice
from pipeline.values.task import Direction, Task
from tests.plan.letters import KNOWLEDGE, a_letter, clock, the_task

PRINT, FAXED = "ffff0000ffff0000", "ffff0000ffff0007"


def _tasks(*letters: CaseLetter, today: date = date(2026, 10, 1)) -> tuple[Task, ...]:
    return work_out(letters, case_id="case-1", today=today, knowledge=KNOWLEDGE, practice=Practice())


def test_a_copy_without_a_date_opens_no_level_and_keeps_none_open() -> None:
    denial = CaseLetter(letter=a_letter("a-1", fingerprint=PRINT), received=date(2026, 3, 4))
    upheld = a_letter("b-1", kind="appeal_upheld", letter_date="2026-06-01", fingerprint="0f0f0f0f0f0f0f0f")
    again = a_letter("c-1", kind="appeal_upheld", letter_date=None, fingerprint="0f0f0f0f0f0f0f0e")
    late = a_letter("d-1", letter_date=None, fingerprint=FAXED)
    won = a_letter("e-1", kind="appeal_overturned", reasons=(), letter_date="2026-08-01")
    told = [denial]
    told += [CaseLetter(letter=one, received=date(2026, 9, 20)) for one in (upheld, again, late, won)]
    first, second = levels(told)
    assert (first.stage, [c.letter.letter_id for c in first.letters]) == (Stage.DENIAL, ["a-1", "d-1"])
    assert [c.letter.letter_id for c in second.letters] == ["b-1", "c-1"]
    assert second.outcome == "overturned"


def test_a_second_decision_of_another_day_is_no_copy() -> None:
    one = a_letter("b-1", kind="appeal_upheld", letter_date="2026-06-01", fingerprint=PRINT)
    two = a_letter("c-1", kind="appeal_upheld", letter_date="2026-09-01", fingerprint=FAXED)
    found = levels([CaseLetter(letter=letter, received=date(2026, 9, 5)) for letter in (one, two)])
    assert [level.number for level in found] == [2, 3]


def test_our_own_appeal_joins_as_sent_and_hides_no_deadline() -> None:
    denial = a_letter("a-1", clocks=(clock("internal_appeal", 180),))
    ours = a_letter("b-1", kind="other", subtype="own_outgoing", reasons=(), letter_date="2026-04-02")
    task = the_task(denial, ours, today=date(2026, 4, 10))
    assert task.due == "2026-08-28"
    assert [(m.letter_id, m.direction) for m in task.letters] == [("a-1", Direction.RECEIVED), ("b-1", Direction.SENT)]
    assert any("appeal of 2026-04-02 lies on file" in step.do for step in task.steps)


def test_our_first_appeal_is_not_taken_for_the_second() -> None:
    ours = a_letter("b-1", kind="other", subtype="own_outgoing", reasons=(), letter_date="2026-04-02")
    upheld = a_letter("c-1", kind="appeal_upheld", letter_date="2026-06-01")
    told = [CaseLetter(letter=letter, received=date(2026, 6, 5)) for letter in (a_letter("a-1"), ours, upheld)]
    first, second = levels(told)
    assert (first.sent is not None, second.sent) == (True, None)


def test_a_case_that_may_be_the_same_is_proposed() -> None:
    doubted = CaseLetter(letter=a_letter(), received=date(2026, 3, 4), doubts=(("case-2", "it has the same number"),))
    (task,) = _tasks(doubted, today=date(2026, 3, 5))
    assert [(p.case_id, p.why) for p in task.proposals] == [("case-2", "it has the same number")]
    assert any("belongs with case-2" in step.do for step in task.steps)
