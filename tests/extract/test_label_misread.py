"""A label that a scan misread is the listed one it is nearest to; what is near to none, or to two, is no label."""

import pytest

from pipeline.extract.labels.misread import misread_before, misread_beside, nearest
from pipeline.extract.labels.words import label_pattern
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
        ("Group No,", "group_number"),
        ("Member JD", "member_id"),
        ("Member,", "member_id"),
        ("Heaith Pian !D", "member_id"),
        ("Subseriber [>", "member_id"),
        ("4 Grcup No.", "group_number"),
        (": Patlent Acount #", "patient_account_number"),
        ("Member 11)", "member_id"),
        ("REFRRENCE NUMBER", "reference_number"),
        ("REFERENCE #4", "reference_number"),
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


@pytest.mark.parametrize(
    "label",
    [
        "IO Number",
        "{1D Number",
        "'D Number",
        "iL Number",
        "IB Number",
        "10 Nurnber",
        "1b NUMRF?",
        "11) Number",
        ") ID Number 7",
    ],
)
def test_the_label_id_number_is_known_by_its_strokes(label: str) -> None:
    assert {one.field for one in misread_beside(label, "U312416678", KNOWN)} == {"member_id"}


@pytest.mark.parametrize("label", ["Bed Number", "Oil Number", "D Number", "Number", "To Number"])
def test_other_short_labels_are_not(label: str) -> None:
    assert not misread_beside(label, "U312416678", KNOWN)


@pytest.mark.parametrize(
    "value",
    [
        "~W619321",
        "© PT-598992",
        "° A41605857 —",
        "CC=1699-1201",
        "[.1841991001",
        "29714-4650]",
        "PA-2026 33090",
        "OO3117 O59",
        "wW53452587",
    ],
)
def test_signs_that_a_fax_puts_into_a_number_leave_it_one(value: str) -> None:
    assert misread_beside("Health Flan ID", value, KNOWN)


@pytest.mark.parametrize("value", ["Ada Example", "10/12", "see page 2 of 4", "APRIL 2026", "AUG 12 2026"])
def test_it_announces_numbers_only(value: str) -> None:
    assert not misread_beside("Subseriber ID", value, KNOWN)
    assert not list(misread_before(f"Subseriber ID: {value}", KNOWN))


@pytest.mark.parametrize("leader", ["....:", ".-.:", "...+", "..;"])
def test_a_dot_leader_is_known_as_it_is_read(leader: str) -> None:
    found = [(one.field, start) for one, start in misread_before(f"Patlent Acount Nunber{leader} PT-598992", KNOWN)]
    assert found == [("patient_account_number", len("Patlent Acount Nunber") + len(leader) + 1)]


@pytest.mark.parametrize("label", ["NPT", "Provider NP!", "NPl:"])
def test_the_label_npi_is_known_before_a_number_of_its_length(label: str) -> None:
    assert {one.field for one in misread_beside(label, "999968476", KNOWN)} == {"provider_npi"}
    assert not misread_beside(label, "12345678", KNOWN)
    assert not misread_beside("NPA", "999968476", KNOWN)
