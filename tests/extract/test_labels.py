"""Labels announce values beside, below and behind them, also where a line wrap or a scan comes between."""

import pytest

from pipeline.extract.labels import labelled
from pipeline.extract.labels.labelled import How
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.text import Method, Page, Text

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)


def hits(content, field):
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    found = labelled(LANGUAGE.reading(Text(content=content, pages=(page,))), KNOWLEDGE)
    return [(hit.how, content[hit.start : hit.end]) for hit in found.get(field, ())]


@pytest.mark.parametrize(
    ("content", "field", "expected"),
    [
        ("Claim Number: AB-1", "claim_number", (How.COLON, "AB-1")),
        ("Claim No. .: AB-1", "claim_number", (How.COLON, "AB-1")),
        ("Claim number ........ AB-1", "claim_number", (How.COLON, "AB-1")),
        ("CLAIM NO - AB-1", "claim_number", (How.COLON, "AB-1")),
        ("C1aim nurnber: AB-1", "claim_number", (How.COLON, "AB-1")),
        ("Rnember ID: AB-1", "member_id", (How.COLON, "AB-1")),
        ("Enrollee's ID: AB-1", "member_id", (How.COLON, "AB-1")),
        ("Health Plan 1D: AB-1", "member_id", (How.COLON, "AB-1")),
        ("Member {D Number: AB-1", "member_id", (How.COLON, "AB-1")),
        ("!D Number: AB-1", "member_id", (How.COLON, "AB-1")),
        ("Claim Ib: AB-1", "claim_number", (How.COLON, "AB-1")),
        ("Claim ft: AB-1", "claim_number", (How.COLON, "AB-1")),
        ("Subscriber ID; W167452436", "member_id", (How.COLON, "W167452436")),
        ("i Claim number      AB-1", "claim_number", (How.NEXT_CELL, "AB-1")),
        ("! Claim number:     AB-1", "claim_number", (How.NEXT_CELL, "AB-1")),
        ("Patient Account     Number: AB-1", "patient_account_number", (How.NEXT_CELL, "AB-1")),
        ("* **Claim ID:** AB-1", "claim_number", (How.COLON, "AB-1")),
        ("Claim number\nAB-1", "claim_number", (How.BELOW, "AB-1")),
        ("Your member number\nLMO 7740", "member_id", (How.BELOW, "LMO 7740")),
        ("Claim number      AB-1", "claim_number", (How.NEXT_CELL, "AB-1")),
        ("Claim number|AB-1", "claim_number", (How.NEXT_CELL, "AB-1")),
        ("Claim number     Member ID\nAB-1             CD-2", "claim_number", (How.BELOW, "AB-1")),
        ("Claim number     Member ID\nAB-1             CD-2", "member_id", (How.BELOW, "CD-2")),
        ("Northbank case number: AB-1", "reference_number", (How.COLON, "AB-1")),
        ("Member ID: AB-1; Claim: CD-2; Group: EF-3", "claim_number", (How.COLON, "CD-2")),
        ("Member ID / Group: AB-1 / EF-3", "member_id", (How.COLON, "AB-1")),
        ("Member ID / Group: AB-1 / EF-3", "group_number", (How.COLON, "EF-3")),
        (
            "Re: the services of your patient; Provider NPI 1; Claim\nNumber AB-1; Member ID CD-2.",
            "claim_number",
            (How.INLINE, "AB-1"),
        ),
        (
            "Re: the services that you gave your patient; Claim Number\nAB-1; Member ID CD-2.",
            "claim_number",
            (How.INLINE, "AB-1"),
        ),
    ],
)
def test_where_the_value_stands(content, field, expected):
    assert expected in hits(content, field)


def test_a_value_ends_before_the_next_label():
    assert hits("Member ID: AB-1  Group: EF-3", "member_id")[0] == (How.COLON, "AB-1")


def test_a_label_that_wraps_in_its_cell_is_one_label():
    content = "Requesting       Silvan Roe, MD\nProvider:        Fen Clinic"
    assert hits(content, "provider_name") == [(How.NEXT_CELL, "Silvan Roe, MD")]


def test_two_blanks_part_the_columns_of_a_table():
    content = "Pat. name        Pat. acct     Our claim #\nRoe, Jane  DC-1           C-77"
    assert (How.BELOW, "Roe, Jane") in hits(content, "member_name")
    assert (How.BELOW, "C-77") in hits(content, "claim_number")


def test_an_ending_makes_a_label_one_of_an_identifier_only():
    assert hits("Member ID: AB-1", "member_name") == []


@pytest.mark.parametrize("content", ["the claimant said", "disclaimer: none", "Camp Hill, PA 17089"])
def test_words_that_only_look_like_labels(content):
    assert hits(content, "claim_number") == []


def test_rules_and_empty_rows_part_nothing():
    content = "Claim number    Member ID\n-------------------------\nAB-1            CD-2"
    assert (How.BELOW, "CD-2") in hits(content, "member_id")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("SUBMITTER: Alder Foot Clinic", "provider_name"),
        ("FROM/TO: 2026-02-03 / 2026-02-05", "dates_of_service"),
        ("PROC|99213|CHG 114.00|PAID 0.00", "billed_amount"),
    ],
)
def test_labels_of_a_clearinghouse_report(line, field):
    assert hits(f"CLAIM STATUS  DENIED\n{line}\n", field)
