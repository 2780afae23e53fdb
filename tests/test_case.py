"""Letters of one case become tasks: which letters join, in any order, and what later letters change."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.case import CaseLetter, cases_of, work_out
from pipeline.values.contract import from_json, to_json
from pipeline.values.letter import Adjustment, ClaimEntry, Letter, ServiceLine
from pipeline.values.practice import Practice
from pipeline.values.task import Action, Task, TaskState
from pipeline.values.vocabulary import LetterKind
from tests.plan.letters import KNOWLEDGE, a_letter, clock, found, reason, tasks_of, the_task

TODAY = date(2026, 3, 5)


def case_id(letter: Letter) -> str:
    (ref,) = cases_of(letter)
    return ref.home


@pytest.mark.parametrize("kind", ["other", "approval", "acknowledgement", "appeal_overturned", "remittance"])
def test_what_denies_nothing_makes_no_task(kind: str) -> None:
    letter = a_letter(kind=kind, reasons=())
    for ref in cases_of(letter):
        assert (
            work_out(
                [CaseLetter(letter=letter, received=TODAY)],
                case_id=ref.home,
                today=TODAY,
                knowledge=KNOWLEDGE,
                practice=Practice(),
            )
            == ()
        )
    assert cases_of(a_letter(kind="other")) == ()


@pytest.mark.parametrize(
    "kind",
    ["denial", "partial_denial", "appeal_upheld", "dismissal", "information_request", "overpayment_demand"],
)
def test_what_carries_a_duty_makes_one_task_even_without_any_number(kind: str) -> None:
    bare = a_letter(kind=kind, reasons=(), payer=None, claim_number=None, member_id=None, member_name=None)
    task = the_task(bare)
    assert task.due is not None
    assert task.steps


def test_a_remittance_makes_work_only_for_a_denied_line() -> None:
    assert tasks_of(a_letter(kind="remittance", reasons=("not_a_denial",))) == ()
    assert len(tasks_of(a_letter(kind="remittance", reasons=("coding_mismatch",)))) == 1


def test_the_case_is_payer_claim_and_person_however_they_are_printed() -> None:
    one = a_letter("a-1", payer="The Example Health Plan, Inc.", claim_number="CLM 0001", member_id="w-123456789")
    assert case_id(one) == case_id(a_letter("b-1"))


@pytest.mark.parametrize(
    "other",
    [
        {"payer": "Another Payer"},
        {"claim_number": "CLM-0002"},
        {"member_id": "W999999999"},
        {"member_id": None, "member_name": None},
    ],
)
def test_a_claim_number_alone_never_joins(other: dict[str, Any]) -> None:
    assert case_id(a_letter("b-1", **other)) != case_id(a_letter("a-1"))


def test_without_a_claim_the_reference_joins_and_without_both_the_letter_stands_alone() -> None:
    by_reference = {"claim_number": None, "reference_number": "REF-77"}
    assert case_id(a_letter("a-1", **by_reference)) == case_id(a_letter("b-1", **by_reference))
    alone = {"claim_number": None, "reference_number": None}
    assert case_id(a_letter("a-1", **alone)) != case_id(a_letter("b-1", **alone))
    assert case_id(a_letter("a-1", **alone)) == case_id(a_letter("a-1", **alone))


def test_ids_name_nobody() -> None:
    task = the_task(a_letter())
    for secret in ("DOE", "JANE", "W123456789", "CLM"):
        assert secret not in task.task_id
    assert task.task_id == f"{task.case_id}-L1"


def test_a_second_scan_of_a_letter_is_the_same_task() -> None:
    first, scan = a_letter("a-1"), a_letter("b-1")
    task = the_task(first, scan)
    assert task.letter_ids == ("a-1", "b-1")
    assert task.task_id == the_task(first).task_id


def _story() -> list[CaseLetter]:
    denial = a_letter("a-1", clocks=(clock("internal_appeal", 180),))
    copy = a_letter("b-1", clocks=(clock("internal_appeal", 180),))
    upheld = a_letter("c-1", kind="appeal_upheld", letter_date="2026-06-01", clocks=(clock("second_level", 60),))
    overturned = a_letter("d-1", kind="appeal_overturned", reasons=(), letter_date="2026-09-01")
    days = [date(2026, 3, 4), date(2026, 3, 9), date(2026, 6, 5), date(2026, 9, 4)]
    letters = [denial, copy, upheld, overturned]
    return [CaseLetter(letter=letter, received=day) for letter, day in zip(letters, days, strict=True)]


def _work_out(letters: list[CaseLetter], today: date = date(2026, 9, 10)) -> tuple[Task, ...]:
    return work_out(letters, case_id=case_id(letters[0].letter), today=today, knowledge=KNOWLEDGE, practice=Practice())


def test_a_story_ends_the_same_in_any_order_of_arrival() -> None:
    results = {repr(_work_out(list(order))) for order in permutations(_story())}
    assert len(results) == 1
    first, second = _work_out(_story())
    assert (first.level, first.state, first.letter_ids) == (1, TaskState.UPHELD, ("a-1", "b-1"))
    assert (second.level, second.state, second.action) == (2, TaskState.AWAITING_PAYMENT, Action.WATCH_PAYMENT)
    assert second.waiting_on == "payer"
    assert second.letter_ids == ("c-1", "d-1")


def test_the_story_step_by_step() -> None:
    told = _story()
    (open_task,) = _work_out(told[:2], today=date(2026, 3, 10))
    assert (open_task.state, open_task.due) == (TaskState.NEEDS_EVIDENCE, "2026-08-28")
    first, second = _work_out(told[:3], today=date(2026, 6, 6))
    assert (first.state, first.due) == (TaskState.UPHELD, None)
    assert (second.action, second.due) == (Action.SECOND_LEVEL_APPEAL, "2026-07-31")
    assert first.task_id == open_task.task_id


def test_a_payment_closes_what_was_won() -> None:
    paid = a_letter("e-1", kind="remittance", reasons=(), letter_date="2026-09-20")
    last = _work_out([*_story(), CaseLetter(letter=paid, received=date(2026, 9, 22))], today=date(2026, 9, 23))[-1]
    assert last.state is TaskState.CLOSED


def test_an_approval_of_a_request_is_scheduled() -> None:
    numbers = {"claim_number": None, "reference_number": "REF-77", "service_timing": "pre_service"}
    denial = a_letter("a-1", **numbers)
    approval = a_letter("b-1", kind="approval", reasons=(), letter_date="2026-04-01", **numbers)
    task = the_task(approval, denial, today=date(2026, 4, 2))
    assert (task.action, task.state) == (Action.SCHEDULE_SERVICE, TaskState.OVERTURNED)
    assert the_task(denial, replace(approval, letter_date=found("2026-02-01"))).state is TaskState.NEEDS_EVIDENCE


def test_part_of_a_win_stays_open() -> None:
    part = a_letter("b-1", kind="appeal_overturned", letter_date="2026-05-01", subtype="partial")
    task = the_task(a_letter("a-1", clocks=(clock("internal_appeal", 180),)), part, today=date(2026, 5, 2))
    assert (task.state, task.due) == (TaskState.PARTIALLY_OVERTURNED, "2026-08-28")


def test_an_acknowledgement_is_looked_at_and_hides_no_deadline() -> None:
    receipt = a_letter("b-1", kind="acknowledgement", reasons=(), letter_date="2026-03-20")
    task = the_task(a_letter("a-1", clocks=(clock("internal_appeal", 180),)), receipt, today=date(2026, 3, 21))
    assert (task.due, task.state, task.waiting_on) == ("2026-04-19", TaskState.AWAITING_DECISION, "payer")
    assert "the appeal itself was due 2026-08-28" in task.due_why
    assert "2026-08-28" in {c.due for c in task.clocks}
    assert "confirmed an appeal" in task.steps[0].do
    soon = the_task(a_letter("a-1", clocks=(clock("internal_appeal", 30),)), receipt, today=date(2026, 3, 21))
    assert soon.due == "2026-03-31"  # our own day comes before the payer's


def test_a_decision_ends_the_request_for_records() -> None:
    asked = a_letter("a-1", kind="information_request", reasons=(), letter_date="2026-02-01")
    records, denial = tasks_of(asked, a_letter("b-1"), today=TODAY)
    assert (records.level, records.state) == (0, TaskState.CLOSED)
    assert (denial.level, denial.state) == (1, TaskState.NEEDS_EVIDENCE)


def test_a_demand_for_money_is_a_task_of_its_own() -> None:
    demand = a_letter("b-1", kind="overpayment_demand", reasons=(), letter_date="2026-03-02")
    ids = {task.task_id.rsplit("-", 1)[1] for task in tasks_of(a_letter("a-1"), demand)}
    assert ids == {"L1", "R1"}


def _of_two_claims() -> Letter:
    lines = [
        ServiceLine(
            page=1, code="J0585", billed="1000.00", adjustments=(Adjustment(group="CO", carc="50", amount="800"),)
        ),
        ServiceLine(
            page=1, code="64615", billed="200.00", adjustments=(Adjustment(group="CO", carc="45", amount="50"),)
        ),
    ]
    entries = (
        ClaimEntry(claim_number="CLM-0001", member_id="W1", member_name="DOE, JANE", lines=(lines[0],)),
        ClaimEntry(claim_number="CLM-0002", member_id="W2", member_name="ROE, RICHARD", lines=(lines[1],)),
    )
    return a_letter(
        kind="remittance",
        claims=entries,
        claim_number=None,
        member_id=None,
        member_name=None,
        denial_reasons=(reason("medical_necessity", lines=(0,)), reason("not_a_denial", lines=(1,))),
    )


def test_each_denied_claim_of_a_letter_is_a_task_with_its_own_people_and_money() -> None:
    letter = _of_two_claims()
    refs = cases_of(letter)
    assert [ref.claim_index for ref in refs] == [0, 1]
    tasks = [
        work_out(
            [CaseLetter(letter=letter, received=TODAY, claim_index=ref.claim_index)],
            case_id=ref.home,
            today=TODAY,
            knowledge=KNOWLEDGE,
            practice=Practice(),
        )
        for ref in refs
    ]
    assert [len(found_tasks) for found_tasks in tasks] == [1, 0]
    (task,) = tasks[0]
    assert (task.claim_number, task.member_id, task.member_name) == ("CLM-0001", "W1", "DOE, JANE")
    assert (task.amount_at_risk, task.amount_basis) == ("800.00", "denied")
    assert [r.category.value for r in task.denial_reasons] == ["medical_necessity"]


def test_a_later_letter_about_one_of_the_claims_joins_it() -> None:
    first = cases_of(_of_two_claims())[0]
    assert case_id(a_letter("b-1", claim_number="CLM-0001", member_id="W1")) == first.home


def test_tasks_survive_the_way_through_json() -> None:
    task = the_task(a_letter(clocks=(clock("internal_appeal", 180),), denied_amount="10.00"))
    assert from_json(Task, to_json(task)) == task


_KINDS = st.sampled_from([kind for kind in LetterKind])
_DATES = st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2026, 12, 31)).map(date.isoformat))
_CATEGORIES = st.lists(st.sampled_from(["medical_necessity", "coding_mismatch", "timely_filing"]), max_size=2)
_CLOCKS = st.lists(
    st.tuples(
        st.sampled_from(["internal_appeal", "second_level", "peer_to_peer", "records_due", "corrected_claim"]),
        st.integers(1, 400),
        st.sampled_from(["day", "business_day", "month"]),
        st.sampled_from(["member", "provider", "either"]),
    ).filter(lambda limit: limit[2] != "month" or limit[1] <= 24),
    max_size=3,
)
_LETTERS = st.lists(st.tuples(_KINDS, _DATES, _CATEGORIES, _CLOCKS, st.integers(0, 600)), min_size=1, max_size=5)


@settings(deadline=None)
@given(drawn=_LETTERS, turn=st.randoms(use_true_random=False), after=st.integers(0, 900))
def test_whatever_the_letters_the_tasks_are_the_same_in_any_order(drawn: Any, turn: Any, after: int) -> None:
    letters = [
        CaseLetter(
            letter=a_letter(
                f"x-{number}",
                kind=kind,
                letter_date=day,
                reasons=tuple(categories),
                clocks=tuple(clock(k, amount, unit, party=party) for k, amount, unit, party in clocks),
            ),
            received=date.fromordinal(date(2025, 1, 1).toordinal() + late),
        )
        for number, (kind, day, categories, clocks, late) in enumerate(drawn)
    ]
    today = date.fromordinal(date(2025, 1, 1).toordinal() + after)

    def out(given_letters: list[CaseLetter]) -> tuple[Task, ...]:
        return work_out(given_letters, case_id="case-1", today=today, knowledge=KNOWLEDGE, practice=Practice())

    tasks = out(letters)
    shuffled = list(letters)
    turn.shuffle(shuffled)
    assert out(shuffled) == tasks
    assert out([*letters, letters[0]]) == tasks
    assert len({task.task_id for task in tasks}) == len(tasks)
    for task in tasks:
        assert 0 <= task.priority <= 100
        assert all(step.by is None or step.by >= today.isoformat() for step in task.steps)
        # A member's limit alone never makes a provider's day: those letters are all of a claim after the service.
        # A peer-to-peer talk is a clinician's whatever the letter says of members.
        stated = [c for c in task.clocks if c.due == task.due and c.rule == "test" and c.kind.value != "peer_to_peer"]
        assert (
            not stated
            or any(c.for_.value != "member" for c in stated)
            or any(c.due == task.due and c.rule != "test" for c in task.clocks)
        )
