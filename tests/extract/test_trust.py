"""What is accepted unseen because it was measured to be right, and what is not. The letter is invented."""

from dataclasses import replace

import pytest

from pipeline.extract.signs import signs_of
from pipeline.extract.trust import with_trust
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.trust import PRECISION, Sign, Trusted, field_of, mechanism_of
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


SIGNED = (
    Trusted(
        mechanism="field.member_name",
        rules=("field.member_name.below",),
        signs=(Sign.AGAIN,),
        least=0.8,
        right=400,
        every=400,
    ),
)
BLOCK = "Member: Jane Doe\nMember ID: 4471-00982\nCase: 71-00412\n"


@pytest.mark.parametrize(
    ("content", "confidence", "sure"),
    [
        (f"{BLOCK}We looked at the request for Jane Doe.\n", 0.84, True),
        (f"{BLOCK}We looked at the request for Jane Doe.\n", 0.79, False),
        (f"{BLOCK}We looked at the request.\n", 0.84, False),
    ],
)
def test_what_is_trusted_with_a_sign_is_sure_with_it_alone(content: str, confidence: float, sure: bool) -> None:
    found = Finding(
        value="Jane Doe", text="Jane Doe", page=1, boxes=(), confidence=confidence, rule="field.member_name.below"
    )
    letter = replace(letter_with(found), plan_type=None, member_name=found)
    text = Text(content=content, pages=(Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ()),))
    marked = with_trust(letter, SIGNED, text=text).member_name
    assert marked is not None and marked.sure is sure


@pytest.mark.parametrize(
    ("field", "value", "content", "expected"),
    [
        ("provider_name", "Ada Roe", "Your claim was reviewed by Ada Roe.", {Sign.ALONE}),
        ("provider_name", "Ada Roe", "Ada Roe asked for it. ... ADA ROE", {Sign.ALONE, Sign.AGAIN}),
        ("member_id", "4471-0098", "ID 4471-0098, and 44710098 on the card", {Sign.ALONE, Sign.AGAIN, Sign.FITS}),
        ("member_id", "447", "ID 447", {Sign.ALONE}),
        ("provider_npi", "1999929032", "NPI 1999929032", {Sign.ALONE}),
        ("provider_npi", "1234567893", "NPI 1234567893", {Sign.ALONE, Sign.FITS}),
        ("denied_amount", "80.00", "billed $90.00, refused $80.00 ($80.00)", {Sign.ALONE, Sign.AGAIN}),
        ("denied_amount", "90.00", "billed and refused 90.00", {Sign.ALONE}),
        ("plan_type", "medicaid", "Medicaid", {Sign.ALONE}),
    ],
)
def test_signs_that_speak_for_a_value(field: str, value: str, content: str, expected: set[Sign]) -> None:
    found = Finding(value=value, text=value, page=1, boxes=(), confidence=0.9, rule="x")
    letter = replace(letter_with(found), **{"plan_type": None, field: found})
    text = Text(content=content, pages=(Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ()),))
    assert signs_of(letter, text, field=field) == expected


def test_a_sum_that_is_more_than_was_billed_does_not_fit() -> None:
    def told(value: str) -> Finding:
        return Finding(value=value, text=value, page=1, boxes=(), confidence=0.9, rule="x")

    letter = replace(
        letter_with(told("80.00")), plan_type=None, billed_amount=told("80.00"), denied_amount=told("90.00")
    )
    assert Sign.FITS not in signs_of(letter, printed(), field="denied_amount")
    assert Sign.FITS in signs_of(replace(letter, denied_amount=told("70.00")), printed(), field="denied_amount")


def test_the_table_trusts_only_what_it_shows() -> None:
    table = load_knowledge().trust.trusted
    assert table
    for one in table:
        assert one.every >= 200 and one.right >= PRECISION * one.every, one.mechanism
        assert one.signs or mechanism_of(one.mechanism) == one.mechanism
        assert not one.signs or (field_of(one.mechanism) == one.mechanism and one.right == one.every)
