"""Identifiers by role: what a label says they are, and nothing for a number without one."""

import pytest

from pipeline.extract.candidates import Candidate
from pipeline.extract.identifiers import find_identifiers
from pipeline.extract.labels import labelled
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.letter import ClaimEntry
from pipeline.values.text import Box, Method, Page, Text, Word

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)


def found(content, *, method=Method.TEXT, **more):
    words = ()
    if method is Method.OCR:
        words = (Word(0, len(content), Box(0, 0, 100, 10), 0.95),)
    page = Page(1, method, 612, 792, 0, 1.0, 0, len(content), words)
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    return find_identifiers(reading, labelled(reading, KNOWLEDGE), **more)


@pytest.mark.parametrize(
    ("content", "field", "value"),
    [
        ("Member ID: OVH 771 20 9981", "member_id", "OVH771209981"),
        ("Member ID# ........: OVH-7", "member_id", "OVH-7"),
        ("Claimant no. 20-77310-1", "member_id", "20-77310-1"),
        ("Medicare number: 1EG4-TE5-MK73", "member_id", "1EG4-TE5-MK73"),
        ("GROUP NAME/NO: City of Nampa / 77-0021", "group_number", "77-0021"),
        ("Plan / Group:   PPO Gold / 0071-882", "group_number", "0071-882"),
        ("Claim Number (ICN): 0925133004410", "claim_number", "0925133004410"),
        ("Subject: claim 25-231-R-004180 - partly denied", "claim_number", "25-231-R-004180"),
        ("Case no. PKP-UM-771204", "reference_number", "PKP-UM-771204"),
        ("Northbank case number:       NL7719-40335", "reference_number", "NL7719-40335"),
        ("Our ref. HB-AP2-004417  /  Fund ID no. Q88-3310-5", "reference_number", "HB-AP2-004417"),
        ("Auth req : UM-25-336-0914", "reference_number", "UM-25-336-0914"),
        ("NPI: 1234567893", "provider_npi", "1234567893"),
        ("Billing NPI / TIN ..... 1417962250 / 47-0199823", "provider_npi", "1417962250"),
        ("Billing NPI / TIN ..... 1417962250 / 47-0199823", "tin", "470199823"),
        ("Acct OPSC/2217", "patient_account_number", "OPSC/2217"),
    ],
)
def test_role(content, field, value):
    one = getattr(found(content), field)
    assert one is not None
    assert one.value == value


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ("The reviewer applied Medical Policy MED.0417, Botulinum Toxin.", "member_id"),
        ("Camp Hill, PA 17089", "reference_number"),
        ("an appeal 180 days after", "reference_number"),
        ("Previous claim number: 5519-1", "claim_number"),
        ("Policy number BTX-22 applies", "claim_number"),
        ("Member Services: 800-555-0100", "member_id"),
        ("Authorization was not obtained for J0585.", "reference_number"),
    ],
)
def test_no_role(content, field):
    assert getattr(found(content), field) is None


def test_two_claim_numbers_leave_the_scalar_empty():
    assert found("Claim number: 5519-220-1\nClaim number: 5519-231-9\n").claim_number is None
    assert found("Claim number: 5519-220-1\nClaim number: 5519 220 1\n").claim_number.value == "5519-220-1"


def test_two_members_leave_the_scalar_empty():
    claims = (ClaimEntry(member_id="A-1"), ClaimEntry(member_id="B-2"))
    assert found("Member ID: A-1", claims=claims).member_id is None


def test_two_rivals_are_not_sure_and_the_loser_is_kept():
    one = found("Reference number: AB-771\nReference number: CD-882\n").reference_number
    assert not one.sure
    assert [r.value for r in one.rejected] == ["CD-882"]


def test_the_number_of_an_authorization_given_is_no_reference():
    content = "Reference: 2025-349-7704\nAuthorization number  JR-9930417\n"
    one = found(content, given=["JR-9930417"]).reference_number
    assert one.value == "2025-349-7704"
    assert one.rejected[0].why == "it is the number of an authorization that was given"


def test_the_stroke_of_a_rule_beside_a_number_is_no_part_of_it():
    assert found("Reference number      i A93487680", method=Method.OCR).reference_number.value == "A93487680"
    assert found("Reference number      i A93487680").reference_number is None  # a text layer has no strokes


def test_the_check_digit_mends_the_first_digit_of_an_npi():
    one = found("NPI: 4234567893", method=Method.OCR).provider_npi
    assert (one.value, one.sure) == ("1234567893", False)


def test_a_scanned_npi_that_cannot_be_one_is_none():
    assert found("NPI: 4999908400", method=Method.OCR).provider_npi is None
    assert found("NPI: 4999908400").provider_npi.value == "4999908400"
    assert not found("NPI: 1234567890", method=Method.OCR).provider_npi.sure
    assert found("NPI: 1234567893", method=Method.OCR).provider_npi.sure


def test_a_scanned_beneficiary_identifier_is_mended_but_not_sure():
    one = found("Medicare number: 1EGI-TE5-MK73", method=Method.OCR).member_id
    assert (one.value, one.sure) == ("1EG1-TE5-MK73", False)
    # Its last place is no digit, whatever a scan did: not that form.
    assert found("Medicare number: 1EGI-TE5-MK7E", method=Method.OCR).member_id.value == "1EGI-TE5-MK7E"


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("NPI: > 234567893", "1234567893"),
        ("NPI: 12345678}3", None),
        ("NPI: 1234567]93", None),
        ("NPI: 123456789}", None),
    ],
)
def test_an_npi_that_lost_its_first_digit_is_mended_where_its_check_digit_is_right(content, value):
    one = found(content, method=Method.OCR).provider_npi
    assert (one and (one.value, one.sure)) == (value and (value, False))


def test_a_text_layer_loses_no_digit():
    assert found("NPI: 234567893").provider_npi is None


def test_a_claim_number_without_a_label_is_known_by_its_letters_on_a_scan():
    one = found("| CLM-2026-037938", method=Method.OCR).claim_number
    assert (one.value, one.sure) == ("CLM-2026-037938", False)
    assert found("CLM-2026-037938").claim_number is None
    assert found("CLM-2026-037938\nCLM-2026-037939", method=Method.OCR).claim_number is None


@pytest.mark.parametrize("number", ["PA-2026-40417", "REF4408117", "REF-4408117"])
def test_a_reference_without_a_label_is_known_by_its_letters_on_a_scan(number):
    one = found(f"Reforones # :\n{number}", method=Method.OCR).reference_number
    assert (one.value, one.sure) == (number, False)
    assert found(f"Reforones # :\n{number}").reference_number is None
    assert found(f"{number}, {number}1", method=Method.OCR).reference_number is None
    assert found(f"Authorization {number}", method=Method.OCR, given=[number]).reference_number is None


def test_the_number_of_a_claim_is_no_members_whoever_is_named_beside_it():
    beside = Candidate(value="CLM-2026-037938", start=0, end=15, support=0.84, rule="field.member_id.prose")
    assert found("CLM-2026-037938", extra=[("member_id", beside)]).member_id is None


def test_a_blank_behind_a_hyphen_parts_no_number():
    assert found("Group #: G- 14633", method=Method.OCR).group_number.value == "G-14633"
