"""Values in columns of labels, in records, under programmes and beside refusals; all names and numbers are invented."""

import pytest

from tests.extract.plain_letter import HEAD, letter, value

COLUMN = """ELM COMPENSATION FUND

Decided on             05/04/2026
Injured worker         Osric Vane
Employer               Larch Nurseries
Requesting physician   Ilse Marrow, M.D.
RFA Arrived            04/29/2026
UR reference           UR-26-44718
"""
RECORD = """{
  "payer": "Elm Benefit Fund",
  "claim": {"number": "2026044718", "from": "2026-03-02", "to": "2026-03-04"},
  "service": {"from": "2026-03-02", "to": "2026-03-04"}
}
"""
PAIRS = """[
 {"k":"date","v":"05/04/2026"},
 {"k":"plan","v":"Elm Mutual Health Plan"},
 {"k":"subscriber_id","v":"QXA440017"},
 {"k":"patient","v":"Osric Vane"}
]
"""
FAX = "MEMBER=Osric Vane\nMEMBERID=QXB0044718\nCLAIMNO=2026044718\nSVCFROM=03/02/2026\nSVCTO=03/04/2026\n"


def test_in_a_column_of_labels_the_label_below_is_no_value() -> None:
    found = letter(COLUMN).provider_name
    assert found is not None and found.value == "Ilse Marrow, M.D."
    assert found.sure and not found.rejected


@pytest.mark.parametrize(
    ("content", "field", "expected"),
    [
        (
            "Utah Medicaid\nElm Bridge Health Plan\n3 Canal St, Provo, UT 84601\n\n05/04/2026\n",
            "payer",
            "Elm Bridge Health Plan",
        ),
        ("Utah Medicaid\n3 Canal Street, Provo, UT 84601\n\n05/04/2026\n", "payer", "Utah Medicaid"),
        (
            "Elm Dental of Utah\nP.O. Box 8, Provo, UT 84601\n05/04/2026\n\nWrite to Elm Dental Appeals, P.O. Box 9.\n",
            "payer",
            "Elm Dental of Utah",
        ),
        (
            "From: Anthem Blue Cross (secure message)\n05/04/2026\n\nHello.\n\nAnthem Provider Services\n",
            "payer",
            "Anthem Blue Cross",
        ),
        (f"{HEAD}Member ID (Medicaid)     440017009\n", "member_id", "440017009"),
        (f"{HEAD}RXGRP ......... RX4408\n", "group_number", "RX4408"),
        (f"{HEAD}Member: Osric Hallström\nDear Osric Hallström,\n", "member_name", "Osric Hallström"),
        (
            f"{HEAD}Dentist: Larch Endodontics · Printed 05/02/2026 · Claim 2026044718\n",
            "provider_name",
            "Larch Endodontics",
        ),
        (f"{HEAD}Larch Pain Physicians wrote on April 2, 2026 to appeal.\n", "provider_name", "Larch Pain Physicians"),
        (f"{HEAD}Our answer stays no. Dr. Ilse Marrow, a urologist, read your papers.\n", "provider_name", None),
        (f"{HEAD}PRESCRIBER ....... ILSE MARROW CNP   NPI 1999929031\n", "provider_name", "ILSE MARROW CNP"),
        (f"{HEAD}The rule is in National Coverage Determination 30.4.1 of the manual.\n", "reference_number", None),
        (f"{HEAD}Next review 11/2026\n", "reference_number", None),
        (
            f"{HEAD}Re: Claim 2026044718\n\nWe already paid the same visit on claim 2026033102.\n",
            "claim_number",
            "2026044718",
        ),
        (
            f"{HEAD}Done 05/01/2026, charge 465.00 - not paid. The year's limit was used up.\n",
            "denied_amount",
            "465.00",
        ),
        (f"{HEAD}Line 2 **denied**, $95.00, for want of a code.\n", "denied_amount", "95.00"),
        (
            f"{HEAD}The first visit, charge 40.00 - not paid. The second, charge 60.00 - not paid.\n",
            "denied_amount",
            None,
        ),
        (
            "ELM PLAN\n\nWe have a crown on this tooth dated 10/05/2021.\nPrinted 05/04/2026\n",
            "letter_date",
            "2026-05-04",
        ),
        (RECORD, "claim_number", "2026044718"),
        (PAIRS, "letter_date", "2026-05-04"),
        (PAIRS, "member_id", "QXA440017"),
        (PAIRS, "member_name", "Osric Vane"),
        (PAIRS, "payer", "Elm Mutual Health Plan"),
        (FAX, "member_id", "QXB0044718"),
        (FAX, "claim_number", "2026044718"),
    ],
)
def test_values_beside_what_they_belong_to(content: str, field: str, expected: str | None) -> None:
    assert value(content, field) == expected


@pytest.mark.parametrize("content", [RECORD, FAX])
def test_both_ends_of_a_range_that_two_keys_give(content: str) -> None:
    assert [day.value for day in letter(content).dates_of_service] == ["2026-03-02", "2026-03-04"]


def test_an_insured_commercial_plan_is_insured() -> None:
    assert value(f"{HEAD}Your coverage is an insured commercial plan.\n", "funding") == "insured"


BLOCK = """{head}Basalt holder: {first}
Member ID: QXA440017009
Date of Birth: 03/02/1971
Basalt number: {number}
Provider: Larch Pain Physicians

We looked at the request{further}.
"""


def block(*, first: str = "Osric Vane", number: str = "44-7180922", further: str = " for Osric Vane") -> str:
    return BLOCK.format(head=HEAD, first=first, number=number, further=further)


@pytest.mark.parametrize("further", [" for Osric Vane", ""])
def test_the_only_person_of_the_block_is_the_patient(further: str) -> None:
    found = letter(block(further=further).replace("Basalt holder", "Basalt life")).member_name
    assert found is not None and found.value == "Osric Vane" and not found.sure


@pytest.mark.parametrize(
    "content",
    [
        block(first="Ilse Marrow, MD"),
        block(first="Osric Vane").replace("Basalt holder", "Prepared by"),
        block(first="Basalt Vane"),
        f"{HEAD}Basalt life: Osric Vane\n\nWe looked at the request for Osric Vane.\n",
    ],
)
def test_nobody_else_of_a_block_is_taken_for_the_patient(content: str) -> None:
    assert value(content, "member_name") is None


def test_the_one_number_that_is_left_in_the_block_is_that_of_the_case() -> None:
    found = letter(block()).reference_number
    assert found is not None and found.value == "44-7180922" and not found.sure


@pytest.mark.parametrize(
    "content",
    [
        block().replace("Provider:", "Kiln number: 33-0091822\nProvider:"),
        block().replace("Basalt number", "Employer account number"),
        block(number="4471"),
        block().replace("Basalt number", "Basalt rate"),
        f"{HEAD}Basalt number: 44-7180922\n",
    ],
)
def test_a_number_that_may_be_anything_is_no_reference(content: str) -> None:
    assert value(content, "reference_number") is None
