"""What a person is asked about a letter, and what not."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from pipeline.checking import ORDER, FieldState, fields_of, whole_letter_notes
from pipeline.overlay import DECIDABLE, lay_over
from pipeline.values.decision import Act, Decided
from pipeline.values.letter import Finding, Letter, LetterKind, Reason, ReviewNote
from pipeline.values.vocabulary import Category

TODAY = date(2026, 11, 27)


def found(value: str, *, sure: bool = True, confidence: float = 0.9) -> Finding:
    return Finding(value=value, text=value, page=1, boxes=(), confidence=confidence, rule="r", sure=sure)


def reason(confidence: float = 0.9) -> Reason:
    return Reason(
        value="cosmetic", category=Category.COSMETIC, text="t", page=1, boxes=(), confidence=confidence, rule="r"
    )


def letter(**more: object) -> Letter:
    known = {
        "payer": found("A"), "letter_date": found("2026-03-01"), "member_name": found("P"), "claim_number": found("1"),
        "denial_reasons": (reason(),),
    }  # fmt: skip
    return Letter(letter_id="d-1", pages=(1,), kind=LetterKind.DENIAL, kind_confidence=0.98, **{**known, **more})


def asked(read: Letter, *said: Decided) -> dict[str, FieldState]:
    return {f.name: f.state for f in fields_of(lay_over(read, said), said, today=TODAY) if f.flagged}


def test_of_a_clean_letter_nothing_is_asked():
    assert asked(letter()) == {}


@pytest.mark.parametrize(
    ("change", "field", "state"),
    [
        ({"claim_number": found("1", sure=False)}, "claim_number", FieldState.CHECK),
        ({"denied_amount": found("10.00", sure=False)}, "denied_amount", FieldState.CHECK),
        ({"payer": None}, "payer", FieldState.MISSING),
        ({"letter_date": None}, "letter_date", FieldState.MISSING),
        ({"denial_reasons": ()}, "denial_reasons", FieldState.MISSING),
        ({"claim_number": None}, "claim_number", FieldState.MISSING),
        ({"denial_reasons": (reason(0.5),)}, "denial_reasons", FieldState.CHECK),
        ({"letter_date": found("2027-01-01")}, "letter_date", FieldState.FAILED),
        ({"received_date": found("2026-02-01")}, "received_date", FieldState.FAILED),
        ({"date_of_birth": found("2026-03-02")}, "date_of_birth", FieldState.FAILED),
        (
            {"billed_amount": found("5.00"), "denied_amount": found("6.00")},
            "denied_amount", FieldState.FAILED,
        ),
        ({"needs_review": (ReviewNote(field="tin", why="look"),)}, "tin", FieldState.MISSING),
        ({"kind_confidence": 0.4}, "kind", FieldState.CHECK),
    ],
)  # fmt: skip
def test_what_is_asked(change, field, state):
    read = letter(**{k: v for k, v in change.items() if k != "kind_confidence"})
    if "kind_confidence" in change:
        read = replace(read, kind_confidence=change["kind_confidence"])
    assert asked(read) == {field: state}


def test_an_unsure_value_that_names_nothing_is_shown_and_not_asked():
    read = letter(service_description=found("Botox", sure=False), group_number=found("G", sure=False))
    assert asked(read) == {}
    states = {f.name: f.state for f in fields_of(read, (), today=TODAY)}
    assert states["service_description"] is FieldState.CHECK


def test_a_reference_stands_for_a_missing_claim_number():
    assert asked(letter(claim_number=None, reference_number=found("R"))) == {}


def test_who_spoke_is_not_asked_again_unless_the_reading_changed():
    read = letter(claim_number=found("l", sure=False))
    said = Decided(
        letter_id="d-1", field="claim_number", value="1", by="dana", at=datetime(2026, 3, 1), act=Act.SET, machine="l"
    )
    assert asked(read, said) == {}
    assert asked(letter(claim_number=found("7")), said) == {"claim_number": FieldState.CHECK}


def test_a_letter_that_asks_nothing_of_us_is_not_asked_about():
    thanks = replace(letter(payer=None, letter_date=None), kind=LetterKind.ACKNOWLEDGEMENT)
    assert asked(thanks) == {}


def test_every_decidable_field_is_on_the_screen_once():
    shown = [name for names in ORDER.values() for name in names]
    assert sorted(shown) == sorted(set(shown))
    assert DECIDABLE - set(shown) == {"subtype"}


def test_notes_on_no_field_are_shown_for_the_letter():
    read = letter(needs_review=(ReviewNote(field="pages", why="page 2 is missing"), ReviewNote(field="payer", why="x")))
    assert whole_letter_notes(read) == ("page 2 is missing",)
