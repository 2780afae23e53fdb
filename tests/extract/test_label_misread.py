"""A label that a scan misread is the listed one it is nearest to; what is near to none, or to two, is no label."""

import pytest

from pipeline.extract.label_misread import misread_before, misread_beside, nearest
from pipeline.extract.label_words import label_pattern
from pipeline.knowledge import load_knowledge

KNOWN = label_pattern(load_knowledge().fields)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Subseriber ID", "member_id"),
        ("Meinber [D Number", "member_id"),
        ("Patlent Acount Nunber", "patient_account_number"),
        ("Payer Ciaim Control", "claim_number"),
        ("Reference +", "reference_number"),
        ("Grcup No.", "group_number"),
    ],
)
def test_a_misread_label_announces_the_number_beside_it(label: str, field: str) -> None:
    assert {one.field for one in misread_beside(label, "PA-2026-30582", KNOWN)} == {field}
    assert {one.field for one, _ in misread_before(f"{label}: PA-2026-30582", KNOWN)} == {field}


@pytest.mark.parametrize(
    "label", ["Invoice Number", "Phone Number", "Fax Nunber", "Check Number", "Dear Doctor", "Tax ID"]
)
def test_other_labels_are_not_taken_for_listed_ones(label: str) -> None:
    assert nearest(label, KNOWN.owners) == ()


@pytest.mark.parametrize("value", ["Ada Example", "10/12", "see page 2 of 4"])
def test_it_announces_numbers_only(value: str) -> None:
    assert not misread_beside("Subseriber ID", value, KNOWN)
    assert not list(misread_before(f"Subseriber ID: {value}", KNOWN))
