"""What the letter calls unmet is tied to the payer's criterion, where one says the same."""

from dataclasses import replace

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.knowledge.policies import load_policies
from pipeline.match import unmet_of
from pipeline.match.unmet import best_fit
from pipeline.values.letter import Category, Finding, Letter, LetterKind, Reason, UnmetCriterion

KNOWLEDGE, POLICIES = load_knowledge(), load_policies()
MIGRAINE = [POLICIES.criteria[c] for c in POLICIES.general.criteria["migraine"]]


def found(value: str) -> Finding:
    return Finding(value=value, text=value, page=1, boxes=(), confidence=0.9, rule="test")


def statement(value: str, category: Category = Category.CRITERIA_NOT_MET) -> UnmetCriterion:
    return UnmetCriterion(
        value=value, text=value, page=1, boxes=(), confidence=0.8, rule="test", category=category,
        evidence=("ev.visit_note",),
    )  # fmt: skip


def letter(*unmet: UnmetCriterion) -> Letter:
    return Letter(
        letter_id="x-1", pages=(1,), kind=LetterKind.DENIAL, kind_confidence=0.9, letter_date=found("2026-03-09"),
        procedure_codes=(found("J0585"),), diagnosis_codes=(found("G43.709"),), unmet_criteria=unmet,
    )  # fmt: skip


def tied(one: Letter) -> list[str | None]:
    return [u.criterion_id for u in unmet_of([one], knowledge=KNOWLEDGE, policies=POLICIES)]


@pytest.mark.parametrize(
    ("said", "stem"),
    [
        ("At least fifteen headache days each month", "cm.hdays"),
        ("Headaches last four hours or more a day untreated", "cm.hours"),
        ("Two preventive medicines of different classes were not tried for two months each", "cm.trial"),
        ("not prescribed by a neurologist or a headache specialist", "cm.specialist"),
        ("The wheelchair was not delivered", None),
        ("The migraine treatment is new", None),
    ],
)
def test_a_criterion_fits_whose_telling_words_a_statement_shares(said, stem):
    fit = best_fit(said, MIGRAINE)
    assert (fit.stem if fit else None) == stem


def test_the_criterion_says_what_would_show_it():
    days = statement("At least 15 headache days a month")
    (one,) = unmet_of([letter(days)], knowledge=KNOWLEDGE, policies=POLICIES)
    assert one.criterion_id == "cm.hdays"
    assert one.evidence[0] == "ev.headache_diary"


def test_a_reason_with_one_criterion_ties_words_that_fit_none():
    assert tied(letter(statement("You did not try others first", Category.STEP_THERAPY))) == [None]
    said = letter(statement("You did not try others first", Category.STEP_THERAPY))
    reason = replace(statement("x", Category.STEP_THERAPY))
    told = replace(said, denial_reasons=(_reason(reason),))
    assert tied(told) == ["cm.trial"]


def _reason(of: UnmetCriterion) -> Reason:
    return Reason(
        value=of.category.value, text=of.text, page=1, boxes=(), confidence=0.9, rule="test", category=of.category
    )


def test_without_a_certain_illness_or_a_day_nothing_is_tied():
    days = statement("At least 15 headache days a month")
    assert tied(replace(letter(days), diagnosis_codes=())) == [None]
    assert tied(replace(letter(days), letter_date=None)) == [None]


def test_what_two_letters_of_a_level_say_alike_is_one():
    days = statement("At least 15 headache days a month")
    assert len(unmet_of([letter(days), letter(days)], knowledge=KNOWLEDGE, policies=POLICIES)) == 1
