"""Points, money and odds, and that public counts never lower a claim."""

from typing import Any

import pytest

from pipeline.knowledge.routes import Fixability
from pipeline.plan.priority import weight_of
from pipeline.plan.route import Route
from pipeline.values.letter import Adjustment, ClaimEntry, ServiceLine
from pipeline.values.practice import ContractTerms, Practice
from pipeline.values.task import Action, Task
from tests.plan.letters import KNOWLEDGE, a_letter, the_task

PRE: dict[str, Any] = {"service_timing": "pre_service", "claim_number": None, "reference_number": "REF-77120"}


def _upheld(*codes: str, reasons: tuple[str, ...] = ("medical_necessity",)) -> Task:
    letter = a_letter(kind="appeal_upheld", plan_type="marketplace", procedure_codes=codes, reasons=reasons, **PRE)
    return the_task(letter)


def test_the_counts_are_those_of_the_public_file() -> None:
    found = {odds.id: (odds.overturned, odds.cases) for odds in KNOWLEDGE.odds if odds.cases}
    assert found["imr.medical_necessity.botox"] == (52, 88)
    assert found["imr.experimental.botox"] == (130, 246)
    assert found["imr.medical_necessity"][1] == 13572
    assert found["imr.experimental"][1] == 5166


def test_an_external_review_tells_the_odds_and_what_they_rest_on() -> None:
    botox, other = _upheld("J0585"), _upheld("70553")
    assert (botox.action, other.action) == (Action.EXTERNAL_REVIEW, Action.EXTERNAL_REVIEW)
    assert "52 of 88 overturned" in botox.priority_why
    assert "6187 of 13572 overturned" in other.priority_why


def test_a_first_appeal_says_nothing_of_external_reviews() -> None:
    task = the_task(a_letter(procedure_codes=("J0585",), **PRE))
    assert "overturned" not in task.priority_why
    advantage = the_task(a_letter(plan_type="medicare_advantage", **PRE))
    assert "81 % overturned (published figure, no counts)" in advantage.priority_why


@pytest.mark.parametrize("fixability", list(Fixability))
def test_odds_never_lower_a_claim(fixability: Fixability) -> None:
    route = Route(actions=(Action.EXTERNAL_REVIEW,), orders=("",), fixability=fixability)
    bare, _ = weight_of(route, amount=None, basis=None)
    for odds in KNOWLEDGE.odds:
        assert weight_of(route, amount=None, basis=None, odds=odds)[0] >= bare


def test_the_amount_is_what_we_may_expect_where_every_line_is_priced() -> None:
    lines = (
        ServiceLine(code="J0585", units="155", billed="3000.00", page=1, boxes=(), adjustments=_denied("3000.00")),
        ServiceLine(code="64615", units="1", billed="500.00", page=1, boxes=(), adjustments=_denied("500.00")),
    )
    letter = a_letter(claims=(ClaimEntry(claim_number="CLM-0001", lines=lines),))
    terms = ContractTerms(payer="Example Health Plan", expected_allowed={"J0585": "6.50", "64615": "155.00"})
    known = the_task(letter, practice=Practice(contracts=(terms,)))
    assert (known.amount_at_risk, known.amount_basis) == ("1162.50", "expected_allowed")
    partly = ContractTerms(payer="Example Health Plan", expected_allowed={"J0585": "6.50"})
    assert the_task(letter, practice=Practice(contracts=(partly,))).amount_basis == "denied"
    assert (the_task(letter).amount_at_risk, the_task(letter).amount_basis) == ("3500.00", "denied")


def _denied(amount: str) -> tuple[Adjustment, ...]:
    return (Adjustment(group="CO", carc="50", amount=amount),)


def test_a_demand_is_about_what_it_asks_back_and_not_about_what_was_billed() -> None:
    demand = {"kind": "overpayment_demand", "service_timing": "post_payment", "billed_amount": "4786.75"}
    known = the_task(a_letter(**demand, demanded_amount="1226.40"))
    assert (known.amount_at_risk, known.amount_basis) == ("1226.40", "demanded")
    unknown = the_task(a_letter(**demand))
    assert (unknown.amount_at_risk, unknown.amount_basis) == (None, None)
