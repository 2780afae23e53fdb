"""Which day a task is due, from what it is counted, and what is shown when things disagree."""

from datetime import date

import pytest

from pipeline.knowledge.clocks import ClockPath
from pipeline.values.practice import ContractTerms, Practice
from pipeline.values.task import Action, TaskState
from pipeline.values.vocabulary import ClockBasis, ClockKind
from tests.plan.letters import KNOWLEDGE, a_letter, citation, clock, the_task

PRE = {"service_timing": "pre_service", "claim_number": None, "reference_number": "REF-77"}


@pytest.mark.parametrize(
    ("amount", "unit", "letter_date", "due"),
    [
        (180, "day", "2026-03-01", "2026-08-28"),
        (180, "day", "2023-09-03", "2024-03-01"),
        (60, "day", "2024-02-28", "2024-04-28"),
        (6, "month", "2026-08-31", "2027-02-28"),
        (4, "month", "2026-10-31", "2027-02-28"),
        (1, "year", "2024-02-29", "2025-02-28"),
        (30, "business_day", "2026-11-02", "2026-12-14"),
    ],
)
def test_a_stated_limit_is_counted_from_the_letter(amount: int, unit: str, letter_date: str, due: str) -> None:
    letter = a_letter(letter_date=letter_date, clocks=(clock("internal_appeal", amount, unit),))
    day = date.fromisoformat(letter_date)
    task = the_task(letter, today=day, received=day)
    assert task.due == due
    assert letter_date in task.due_why
    assert "stated in the letter" in task.due_why


def test_the_working_is_in_plain_words() -> None:
    task = the_task(a_letter(clocks=(clock("internal_appeal", 180),)))
    expected = "180 calendar days from the letter date 2026-03-01 (day 1 = 2026-03-02); stated in the letter"
    assert task.due_why == expected


def test_a_printed_day_later_than_the_number_is_shown_and_the_earlier_worked_to() -> None:
    task = the_task(a_letter(clocks=(clock("internal_appeal", 180, due="2026-09-28"),)))
    assert task.due == "2026-08-28"
    assert "the letter prints 2026-09-28" in task.due_why
    assert task.clocks[0].due_latest == "2026-09-28"


def test_a_printed_day_earlier_than_the_number_holds() -> None:
    printed = clock("internal_appeal", due="2026-06-01")
    counted = clock("internal_appeal", 180)
    assert the_task(a_letter(clocks=(counted, printed))).due == "2026-06-01"


def test_a_day_before_the_letter_is_not_used_and_a_person_looks() -> None:
    wrong = clock("internal_appeal", due="2025-08-28")
    task = the_task(a_letter(clocks=(wrong, clock("internal_appeal", 90))))
    assert task.due == "2026-05-30"
    assert "2025-08-28 lies before the letter" in task.due_why
    assert task.state is TaskState.NEEDS_REVIEW


def test_without_a_letter_date_it_counts_from_before_the_receipt_to_be_confirmed() -> None:
    letter = a_letter(letter_date=None, clocks=(clock("internal_appeal", 60),))
    task = the_task(letter, received=date(2026, 3, 10))
    assert task.due == "2026-05-04"  # 60 days from 2026-03-05, five days of mail before the receipt
    assert task.clocks[0].basis is ClockBasis.CONFIRM
    assert task.steps[0].do.startswith("Ask the payer for the last day")


def test_a_letter_dated_after_its_receipt_is_not_trusted() -> None:
    letter = a_letter(letter_date="2028-03-01", clocks=(clock("internal_appeal", 60, due="2028-04-30"),))
    task = the_task(letter, received=date(2026, 3, 10))
    assert task.due == "2026-05-04"  # 60 days from 2026-03-05: when it was written is not known
    assert "to be confirmed" in task.due_why


def test_a_members_limit_never_sets_a_providers_day() -> None:
    letter = a_letter(clocks=(clock("internal_appeal", 180, party="member"),))
    task = the_task(letter)
    assert task.due == "2026-04-30"  # the shortest dispute window that occurs, to be confirmed
    assert task.clocks[0].due == "2026-08-28"  # the member's own limit is shown
    assert "to be confirmed" in task.due_why


def test_a_members_limit_counts_when_we_act_for_the_member() -> None:
    letter = a_letter(**PRE, clocks=(clock("internal_appeal", 180, party="member"),))
    task = the_task(letter)
    assert (task.due, task.filer) == ("2026-08-28", "member")
    assert [paper.have for paper in task.standing] == [False]


@pytest.mark.parametrize(
    ("plan_type", "due", "latest", "basis"),
    [
        ("medicare_advantage", "2026-04-30", "2026-05-05", ClockBasis.RULE),
        ("part_d", "2026-04-30", "2026-05-05", ClockBasis.RULE),
        ("original_medicare", "2026-06-29", "2026-07-04", ClockBasis.RULE),
        ("medicaid", "2026-04-30", None, ClockBasis.RULE),
        ("fehb", "2026-09-01", None, ClockBasis.RULE),
        ("tricare", "2026-05-30", None, ClockBasis.CONFIRM),
        ("marketplace", "2026-08-28", None, ClockBasis.RULE),
        ("commercial", "2026-08-28", None, ClockBasis.RULE),
        (None, "2026-04-30", None, ClockBasis.CONFIRM),
    ],
)
def test_a_letter_that_states_nothing_gets_the_laws_limit(
    plan_type: str | None, due: str, latest: str | None, basis: ClockBasis
) -> None:
    """60 days of Medicare Advantage from a receipt presumed five days after the letter: safe 60, outer limit 65."""
    task = the_task(a_letter(**PRE, plan_type=plan_type))
    chosen = next(c for c in task.clocks if c.due == task.due)
    assert (task.due, chosen.basis) == (due, basis)
    if plan_type is not None:
        assert chosen.due_latest == latest
        assert (chosen.rule_cite or "") in task.due_why


def test_a_letter_that_allows_longer_than_the_law_is_worked_to_the_law() -> None:
    task = the_task(a_letter(**PRE, plan_type="medicaid", clocks=(clock("internal_appeal", 120),)))
    assert task.due == "2026-04-30"
    assert "the earlier day is worked to" in task.due_why
    assert task.state is TaskState.NEEDS_REVIEW


def test_medicare_advantage_printing_65_days_is_no_disagreement() -> None:
    task = the_task(a_letter(**PRE, plan_type="medicare_advantage", clocks=(clock("internal_appeal", 65),)))
    assert task.due == "2026-05-05"
    assert task.state is not TaskState.NEEDS_REVIEW


def test_a_longer_limit_than_a_legal_floor_is_the_letters() -> None:
    task = the_task(a_letter(**PRE, plan_type="commercial", clocks=(clock("internal_appeal", 365),)))
    assert task.due == "2027-03-01"


def test_our_contract_sets_the_dispute_window() -> None:
    terms = ContractTerms(payer="Example Health Plan", participating=True, dispute_days=120, expected_allowed={})
    task = the_task(a_letter(), practice=Practice(contracts=(terms,)))
    assert (task.due, task.action) == ("2026-06-29", Action.PROVIDER_DISPUTE)
    assert "our contract" in task.due_why


@pytest.mark.parametrize(
    ("payer", "due"),
    [("Aetna Better Plan", "2026-08-28"), ("UnitedHealthcare", "2026-05-05"), ("Some Other Payer", "2026-04-30")],
)
def test_provider_windows_by_payer_are_only_to_be_confirmed(payer: str, due: str) -> None:
    task = the_task(a_letter(payer=payer))
    assert task.due == due
    assert any(step.do.startswith("Ask the payer for the last day") for step in task.steps)


def test_a_window_for_a_talk_comes_first_while_it_is_open() -> None:
    clocks = (clock("internal_appeal", 180), clock("peer_to_peer", 10, "business_day"))
    letter = a_letter(**PRE, clocks=clocks)
    early, late = the_task(letter, today=date(2026, 3, 5)), the_task(letter, today=date(2026, 3, 14))
    assert (early.action, early.due) == (Action.PEER_TO_PEER, "2026-03-13")
    assert (late.action, late.due) == (Action.APPEAL, "2026-08-28")
    assert early.task_id == late.task_id


def test_the_next_levels_limit_does_not_bind_the_first() -> None:
    clocks = (clock("internal_appeal", 180), clock("external_review", 4, "month"), clock("payer_decision", 72, "hour"))
    assert the_task(a_letter(clocks=clocks)).due == "2026-08-28"


def test_the_earliest_limit_still_ahead_counts_then_the_last_that_passed() -> None:
    letter = a_letter(clocks=(clock("internal_appeal", 30), clock("reconsideration", 60)))
    assert the_task(letter, today=date(2026, 3, 5)).due == "2026-03-31"
    assert the_task(letter, today=date(2026, 4, 5)).due == "2026-04-30"
    over = the_task(letter, today=date(2026, 6, 1))
    assert over.due == "2026-04-30"
    assert "this day has passed" in over.due_why
    assert any("good cause" in step.do for step in over.steps)


def test_a_second_copy_with_a_later_date_starts_no_new_time() -> None:
    first = a_letter("a-1", clocks=(clock("internal_appeal", 60),))
    again = a_letter("b-1", letter_date="2026-03-20", clocks=(clock("internal_appeal", 60),))
    task = the_task(again, first, received=date(2026, 3, 25), today=date(2026, 3, 25))
    assert task.due == "2026-04-30"
    assert task.letter_ids == ("a-1", "b-1")


def test_records_asked_for_have_their_day() -> None:
    letter = a_letter(kind="information_request", reasons=(), clocks=(clock("records_due", 45),))
    task = the_task(letter)
    assert (task.action, task.level, task.due) == (Action.RESUBMIT_WITH_RECORDS, 0, "2026-04-15")
    silent = the_task(a_letter(kind="information_request", reasons=()))
    assert silent.due == "2026-03-15"  # 14 days: the shortest that occurs


def test_a_demand_of_medicare_is_worked_to_day_30() -> None:
    task = the_task(a_letter(kind="overpayment_demand", reasons=(), plan_type="original_medicare"))
    assert (task.action, task.due) == (Action.DISPUTE_RECOUPMENT, "2026-03-31")
    assert "42 CFR 405.379" in task.due_why


def test_the_track_shows_in_the_law_that_is_cited() -> None:
    law = citation("federal_regulation", "42 C.F.R. § 422.582(b)", role="rights")
    task = the_task(a_letter(**PRE, policy_citations=(law,)))
    assert (task.track, task.due) == ("medicare_advantage", "2026-04-30")


def test_nothing_that_is_only_known_decides_alone() -> None:
    """What no source was read for, and what contracts vary, is never given as a rule."""
    for plan_type in ("tricare", None):
        task = the_task(a_letter(**PRE, plan_type=plan_type))
        assert "to be confirmed" in task.due_why
    contract_rules = [rule for rule in KNOWLEDGE.clocks if rule.contract]
    assert contract_rules
    assert all(rule.path in (None, ClockPath.PROVIDER) for rule in contract_rules)


def test_every_rule_has_its_law_and_its_clock_kind() -> None:
    kinds = {rule.kind for rule in KNOWLEDGE.clocks}
    assert {ClockKind.INTERNAL_APPEAL, ClockKind.EXTERNAL_REVIEW, ClockKind.PROVIDER_DISPUTE} <= kinds
    assert all(rule.cite for rule in KNOWLEDGE.clocks)
