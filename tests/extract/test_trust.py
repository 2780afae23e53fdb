"""What is accepted unseen because it was measured to be right, and what is not. The letter is invented."""

import pytest

from pipeline.extract.trust import with_trust
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.trust import PRECISION, Trusted, mechanism_of
from pipeline.values.letter import RIVAL, Finding, Letter, Rejected
from pipeline.values.text import Method, Page, Text
from tests.kept import read_text

LETTER = b"""Example Health Plan
A Medicare Advantage plan

March 2, 2026

Member Name: Jane Q. Doe
Claim Number: 20260307781

We denied this claim because the service is not covered.
"""
PLAN = (Trusted(mechanism="plan", rules=("plan.part_d",), least=0.9, right=400, every=400),)


def printed(method: Method = Method.TEXT) -> Text:
    return Text(content="", pages=(Page(1, method, None, None, 0, 1.0, 0, 0, ()),))


def letter_with(found: Finding) -> Letter:
    (letter,) = read_text(LETTER).letters
    return Letter(letter_id="x", pages=letter.pages, kind=letter.kind, kind_confidence=1.0, plan_type=found)


@pytest.mark.parametrize(
    ("confidence", "rejected", "sure"),
    [
        (0.95, (), True),
        (0.89, (), False),
        (0.95, (Rejected(value="medicaid", text="Medicaid", page=1, why=RIVAL),), False),
        (0.95, (Rejected(value="medicaid", text="Medicaid", page=1, why="weaker"),), True),
    ],
)
def test_sure_from_the_measured_confidence_on_and_without_a_rival(
    confidence: float, rejected: tuple[Rejected, ...], sure: bool
) -> None:
    found = Finding(
        value="part_d", text="Part D", page=1, boxes=(), confidence=confidence, rule="plan.part_d", rejected=rejected
    )
    trusted = with_trust(letter_with(found), PLAN, text=printed()).plan_type
    assert trusted is not None and trusted.sure is sure


def test_what_was_earned_on_text_is_not_trusted_on_a_scan() -> None:
    found = Finding(value="part_d", text="Part D", page=1, boxes=(), confidence=0.99, rule="plan.part_d")
    assert with_trust(letter_with(found), PLAN, text=printed(Method.OCR)).plan_type == found


def test_what_was_not_measured_is_not_trusted() -> None:
    found = Finding(value="insured", text="insured", page=1, boxes=(), confidence=0.99, rule="funding.insured")
    assert with_trust(letter_with(found), PLAN, text=printed()).plan_type == found


def test_a_rule_of_a_mechanism_that_gave_no_answers_is_not_trusted() -> None:
    found = Finding(value="workers_comp", text="injury", page=1, boxes=(), confidence=0.99, rule="plan.workers_comp")
    assert with_trust(letter_with(found), PLAN, text=printed()).plan_type == found


def test_a_plan_type_that_a_letter_names_is_sure() -> None:
    (letter,) = read_text(LETTER).letters
    assert letter.plan_type and letter.plan_type.value == "medicare_advantage" and letter.plan_type.sure


def test_the_table_trusts_only_what_it_shows() -> None:
    table = load_knowledge().trust.trusted
    assert table
    for one in table:
        assert one.every >= 200 and one.right >= PRECISION * one.every, one.mechanism
        assert mechanism_of(one.mechanism) == one.mechanism
