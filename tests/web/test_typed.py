"""What people type: brought to the contract's form, or told in words what is wrong."""

import pytest

from pipeline.values.letter import Finding, Letter, LetterKind
from pipeline.web.typed import Mistyped, entry, scalar

DATED = Letter(
    letter_id="d-1", pages=(2,), kind=LetterKind.DENIAL, kind_confidence=1.0,
    letter_date=Finding(value="2026-03-01", text="", page=2, boxes=(), confidence=1, rule="r"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("letter_date", "3/5/2026", "2026-03-05"),
        ("letter_date", "March 5, 2026", "2026-03-05"),
        ("date_of_birth", "1980-12-31", "1980-12-31"),
        ("denied_amount", "$1,284", "1284.00"),
        ("provider_npi", "1234 567 893", "1234567893"),
        ("claim_number", "AB 12 3", "AB123"),
        ("payer", "  Example   Health ", "Example Health"),
    ],
)
def test_a_value_is_brought_to_its_form(field, typed, value):
    assert scalar(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("letter_date", "13/13/2026"), ("letter_date", ""), ("denied_amount", "a lot"), ("denied_amount", "NaN"),
        ("denied_amount", "1e999"), ("provider_npi", "123"), ("payer", " \x00 "), ("payer", "x" * 600),
    ],
)  # fmt: skip
def test_what_is_no_value_is_told(field, typed):
    with pytest.raises(Mistyped):
        scalar(field, typed)


@pytest.mark.parametrize(
    ("field", "typed", "made"),
    [
        ("denial_reasons", {"category": "step_therapy"}, {"category": "step_therapy", "value": "step_therapy"}),
        (
            "contacts", {"purpose": "appeal", "channel": "fax", "value": "1 (555) 010-2345"},
            {"value": "5550102345", "purpose": "appeal"},
        ),
        ("carc", {"value": "co-50"}, {"value": "50", "group": "CO"}),
        ("procedure_codes", {"value": "j0585"}, {"value": "J0585"}),
        ("dates_of_service", {"value": "1/2/2026"}, {"value": "2026-01-02"}),
        (
            "clocks", {"kind": "internal_appeal", "amount": "180", "unit": "day", "anchor": "letter_date"},
            {"due": "2026-08-28", "basis": "stated"},
        ),
        ("clocks", {"kind": "internal_appeal", "due": "5/1/2026"}, {"due": "2026-05-01", "basis": "stated_date"}),
        (
            "clocks", {"kind": "peer_to_peer", "amount": "14", "unit": "day", "anchor": "decision_date"},
            {"due": None, "anchor": "decision_date"},
        ),
        ("policy_citations", {"kind": "lcd", "value": "L35170"}, {"number": "L35170", "title": None}),
    ],
)  # fmt: skip
def test_an_entry_is_made_of_what_was_typed(field, typed, made):
    found = entry(field, typed, DATED)
    assert {key: found[key] for key in made} == made
    assert (found["page"], found["sure"]) == (2, True)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("denial_reasons", {"category": "because"}),
        ("contacts", {"purpose": "appeal", "channel": "fax", "value": "1"}),
        ("clocks", {"kind": "internal_appeal", "amount": "0", "unit": "day", "anchor": "letter_date"}),
        ("carc", {"value": "fifty"}), ("procedure_codes", {"value": " "}), ("authorizations", {"value": "A"}),
    ],
)  # fmt: skip
def test_an_entry_that_makes_no_sense_is_told(field, typed):
    with pytest.raises(Mistyped):
        entry(field, typed, DATED)
