"""A label that no list has is understood from its words and the shape of its value."""

import pytest

from pipeline.extract.labels.meaning import meant, meant_beside
from pipeline.knowledge import load_knowledge

ROLES = load_knowledge().label_roles


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Person this is about: Delphine Arceneaux", "member_name"),
        ("Employee or patient .... Harriet Boone", "member_name"),
        ("Who asked: Bayou Behavioral Health", "provider_name"),
        ("Their Medicaid ID: 4410992", "member_id"),
        ("Letter generated: 02/02/2026", "letter_date"),
        ("Day of your visit - March 3, 2026", "dates_of_service"),
        ("We got it: 03/02/2026", "request_received_date"),
        ("Amount we refused: $120.00", "denied_amount"),
        ("Pt.............NADIA BERESFORD", "member_name"),
        ("Rx ID ..... 44-1029-77", "member_id"),
        ("Billed by: Roe Imaging", "provider_name"),
        ("Review | UR-2026-3391", None),
        ("Case: UR-2026-3391", "reference_number"),
        ("Coverage through: Basalt Fund", "payer"),
        ("You might owe: $20.00", "patient_responsibility"),
    ],
)
def test_words_and_shape_say_what_a_label_means(text, field):
    assert [one.field for one in meant(text, ROLES)] == ([field] if field else [])


@pytest.mark.parametrize(
    "text",
    [
        "Appeal deadline: 04/01/2026",
        "Previous claim number: 77120",
        "Reviewing physician: Alan Poe, MD",
        "Patient relationship: Child",
        "Date of injury: 11/03/2025",
        "Member phone: 800-555-0100",
        "You may appeal: write to us",
    ],
)
def test_a_label_of_something_else_means_no_field(text):
    assert list(meant(text, ROLES)) == []


def test_a_value_in_the_cell_beside():
    assert [one.field for one in meant_beside("Employee/patient", "Harriet Boone", ROLES)] == ["member_name"]
    assert list(meant_beside("Director of appeals", "Harriet Boone", ROLES)) == []
