"""Limits that run from another day than the letter's: never worked to a later day than the true one.

Each start is told in words, with how many days before the letter its day truly lies; the letter prints that day or not.
"""

from datetime import date, timedelta

import pytest

from pipeline.case import CaseLetter, work_out
from pipeline.values.letter import Anchor, ClockBasis
from pipeline.values.practice import Practice
from tests.plan.letters import KNOWLEDGE, a_letter, clock
from tests.plan.read_letters import claim_denial, task_of_letter

DAY, SERVICE = date(2026, 3, 20), date(2026, 2, 18)
PRINTED = date(2026, 3, 2)


@pytest.mark.parametrize(
    "start",
    [
        "from March 2, 2026", "from 03/02/2026", "of our original decision dated March 2, 2026",
        "from the date of the first notice, March 2, 2026", "after 2026-03-02",
    ],
)  # fmt: skip
def test_a_day_printed_as_the_start_counts(start: str) -> None:
    letter = claim_denial(f"You may appeal this decision within 180 days {start}.", day=DAY, service=SERVICE)
    assert [c.due for c in letter.clocks] == ["2026-08-29"]
    assert task_of_letter(letter, received=DAY).due == "2026-08-29"


def test_a_start_that_lies_ahead_makes_no_later_day() -> None:
    letter = claim_denial("You may appeal within 180 days from April 20, 2026.", day=DAY, service=SERVICE)
    assert task_of_letter(letter, received=DAY).due == "2026-09-16"  # from the letter: never too late


@pytest.mark.parametrize(
    "start",
    [
        "of the last date of treatment", "from the admission date", "of the oral notification",
        "after the day of the telephone call", "from the date the treatment plan was signed",
    ],
)  # fmt: skip
def test_a_start_that_is_not_known_is_asked_for_and_the_shortest_window_is_worked_to(start: str) -> None:
    letter = claim_denial(f"You may appeal this decision within 365 days {start}.", day=DAY, service=SERVICE)
    (limit,) = letter.clocks
    assert limit.runs_from is not None
    assert limit.runs_from in start
    assert limit.due is None  # the letter's own day would be too late
    task = task_of_letter(letter, received=DAY)
    # Sixty days are the shortest window of a dispute that occurs; the letter's own would be a year.
    assert task.due == "2026-05-19"
    assert task.steps[0].do.startswith("Ask the payer for the last day")
    assert {c.basis for c in task.clocks if c.amount == 365} == {ClockBasis.CONFIRM}


@pytest.mark.parametrize("start", ["of the specimen collection date", "from the day the sample was collected"])
def test_a_laboratory_counts_from_the_day_of_the_collection(start: str) -> None:
    letter = claim_denial(f"You may appeal this decision within 180 days {start}.", day=DAY, service=SERVICE)
    assert [c.anchor for c in letter.clocks] == [Anchor.DATE_OF_SERVICE]


@pytest.mark.parametrize(
    "start",
    ["of the date of this letter", "after you receive this notice", "from the date of the remittance advice", ""],
)
def test_a_start_that_is_known_is_not_asked_for(start: str) -> None:
    letter = claim_denial(f"You may appeal this decision within 180 days {start}.", day=DAY, service=SERVICE)
    (limit,) = letter.clocks
    assert limit.runs_from is None
    assert task_of_letter(letter, received=DAY).due == "2026-09-16"


@pytest.mark.parametrize(
    "words",
    ["the claim was processed", "the claim finalization date", "the check date", "the claim's original adjudication"],
)
def test_the_day_a_claim_was_paid_has_many_names(words: str) -> None:
    letter = claim_denial(f"You may appeal within 180 days from the date of {words}.", day=DAY, service=SERVICE)
    assert [c.anchor for c in letter.clocks] == [Anchor.REMITTANCE_DATE]


def test_a_limit_from_the_service_may_have_ended_before_the_letter() -> None:
    letter = claim_denial("You may appeal within 60 days from the date of service.", day=DAY, service=date(2026, 1, 5))
    task = task_of_letter(letter, received=DAY)
    assert task.due == "2026-03-06"
    assert "lies before the letter" in " ".join(step.do for step in task.steps)
    assert any("late filing with good cause" in step.do for step in task.steps)


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("by Friday, June 5", "2026-06-05"),
        ("no later than June 5th at 5:00 PM", "2026-06-05"),
        ("on or before April 3", "2026-04-03"),
        ("by November 30", "2026-11-30"),
    ],
)
def test_a_last_day_without_a_year_is_the_next_one(phrase: str, due: str) -> None:
    letter = claim_denial(f"You may appeal this decision {phrase}.", day=DAY, service=SERVICE)
    assert [c.due for c in letter.clocks] == [due]
    assert task_of_letter(letter, received=DAY).due == due


def test_a_last_day_without_a_year_that_has_just_passed_is_not_a_year_ahead() -> None:
    letter = claim_denial("You may appeal this decision by March 4.", day=DAY, service=SERVICE)
    assert [(c.due, c.basis) for c in letter.clocks] in ([(None, ClockBasis.CONFIRM)], [])
    task = task_of_letter(letter, received=DAY)
    assert task.due == "2026-05-19"
    assert task.steps[0].do.startswith("Ask the payer for the last day")


def test_after_an_appeal_a_window_from_the_remittance_runs_from_the_first_letter() -> None:
    """UnitedHealthcare's guides: reconsideration and appeal lie within twelve months of the remittance together."""
    first = a_letter("a-1", letter_date="2026-01-05", kind="remittance")
    upheld = a_letter(
        "b-1", letter_date="2026-06-01", kind="appeal_upheld",
        clocks=(clock("second_level", 12, "month", anchor="remittance_date"),),
    )  # fmt: skip

    def due(*letters):
        told = [CaseLetter(letter=one, received=date(2026, 6, 3)) for one in letters]
        return work_out(told, case_id="c", today=date(2026, 6, 3), knowledge=KNOWLEDGE, practice=Practice())[-1]

    assert due(first, upheld).due == "2027-01-05"
    alone = due(upheld)
    assert alone.steps[0].do.startswith("Ask the payer for the last day")
    assert alone.due is not None
    assert alone.due <= "2027-06-01"


@pytest.mark.parametrize("anchor", ["primary_eob_date", "request_date", "date_of_service"])
def test_a_limit_whose_first_day_is_not_in_the_letter_is_looked_for(anchor: str) -> None:
    letter = a_letter(clocks=(clock("internal_appeal", 180), clock("provider_dispute", 90, anchor=anchor)))
    told = [CaseLetter(letter=letter, received=date(2026, 3, 4))]
    task = work_out(told, case_id="c", today=date(2026, 3, 4), knowledge=KNOWLEDGE, practice=Practice())[-1]
    assert any("a day that is not in it: find that day" in step.do for step in task.steps)
    assert date.fromisoformat(task.steps[0].by or "9999") <= date(2026, 3, 4) + timedelta(days=4)
