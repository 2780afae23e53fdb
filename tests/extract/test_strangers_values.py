"""Codes, sums and days of service as strangers print them: by mechanism, several members each, in invented words."""

import pytest

from tests.extract.plain_letter import letter, value

HEAD = """Some Health Plan
12 Quarry Road, Dover, DE 19901

August 3, 2026

Member: Jane Roe
Member ID: QQ1203344
Claim no.: WC-2071-33

"""


def whole(told: str) -> str:
    return f"{HEAD}{told}\n\nSincerely,\nSome Health Plan\n"


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        ("Adjustment: (CO) 45/1", {"45", "1"}),
        ("CAS*CO*97*210.00~", {"97"}),
        ("ADJ|PR|31|patient cannot be identified", {"31"}),
        ("ADJ: CO~29~120.00", {"29"}),
        ("[CO] 197", {"197"}),
        ("CO_197", {"197"}),
        ("CO-P12 state fee schedule", {"P12"}),
        ('"adjustments": [{"group": "CO", "code": "197", "amount": 120.00}]', {"197"}),
        ('"adjustments": [{"group_code": "OA", "reason_code": "18", "amount": 120.00}]', {"18"}),
        ("group CO code 197", {"197"}),
        ("adj reason 96 remark N30", {"96"}),
        ("ANSI 22", {"22"}),
        ("DOS         CPT    Billed   Paid   Reason\n07/01/2026  64615  412.00   0.00   197\n"
         "07/01/2026  J0585  1560.00  0.00   50", {"197", "50"}),
        ("DOS         CPT    Billed   Paid   Reason\n07/01/2026  64615  412.00   0.00   1\n"
         "07/01/2026  J0585  1560.00  0.00   2", set()),
        ("Denver, CO 12/31 and PR 1/2", set()),
        ("The PR-2 that came with the RFA bears no signature.", set()),
        ("PR-2 coinsurance", {"2"}),
    ],
)  # fmt: skip
def test_adjustment_codes_of_exports_and_tables(told: str, codes: set[str]) -> None:
    assert {one.value for one in letter(whole(told)).carc} == codes


@pytest.mark.parametrize(
    ("told", "denied"),
    [
        ("The maximum has been reached, so the remaining $928.00 of the crown is not payable.", "928.00"),
        ("Units above those authorized are not payable and the whole line of $1,312.00 is denied.", "1312.00"),
        ("We will not pay $4,900.00 for the test.", "4900.00"),
        ("You billed $900.00. We did not pay $310.50 of it.", "310.50"),
        ("The charge of $640.00 cannot be paid because the plan had ended.", "640.00"),
        ("We allowed $200.00. The other $120.00 is not covered.", "120.00"),
        ("We are denying $75.00 for the tray and $20.00 for the drape.", None),
        ("The first $500.00 of care each year is not covered until the deductible is met.", None),
        ("Services above $1,500.00 a year are not covered.", None),
    ],
)
def test_what_a_sentence_says_is_not_paid(told: str, denied: str | None) -> None:
    assert value(whole(f"Dear Doctor,\n\n{told}"), "denied_amount") == denied


@pytest.mark.parametrize(
    "above", ["Provider   Hill Dermatology", "Paid to    Hill Dermatology", "Plan       Hill Dental"]
)
@pytest.mark.parametrize("code", ["11102", "D0274"])
def test_a_line_right_above_a_heading_is_no_part_of_it(above: str, code: str) -> None:
    table = (
        f"{above}\nService date  Code    Billed    Paid   You owe\n07/01/2026    {code}   $310.00   $0.00  $310.00\n"
    )
    assert value(whole(f"{table}Total                 $310.00   $0.00  $310.00"), "billed_amount") == "310.00"


def test_a_bill_of_nothing_is_none() -> None:
    told = "Subject: Claim 26300 finalized - $0.00\n\nThe claim of $186.00 was denied."
    assert value(whole(told), "billed_amount") == "186.00"


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("The request for Botox is denied. She began treatment on April 2, 2025 with 19 headache days.", set()),
        ("We keep our denial. What we looked at:\n- Notes of physical therapy from March 2 to March 20, 2026", set()),
        ("It is not certified.\n\nRecords reviewed: MRI of January 8, 2025; discharge summary of May 30, 2025.", set()),
        ("We read the operative report of an injection of February 20, 2026.", set()),
        ("We got your appeal about the gene test on July 10, 2026.", set()),
        ("We received your grievance about the bill for therapy on July 10, 2026.", set()),
        ("From April 1, 2026, J0585 and J0586 need prior authorization.", set()),
        ("We read your letter of July 1 and our first denial of June 14, 2026, for the visit.", set()),
        ("The claim for your visit of July 10, 2026 is denied.", {"2026-07-10"}),
        ("We denied payment for the test you had on July 10, 2026.", {"2026-07-10"}),
    ],
)
def test_days_of_papers_history_and_receipt_are_not_of_the_service(told: str, days: set[str]) -> None:
    assert {one.value for one in letter(whole(f"Dear Doctor,\n\n{told}")).dates_of_service} == days


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("DOS: 20260710", {"2026-07-10"}),
        ("DOS: 07102026", {"2026-07-10"}),
        ("DOS: 20260710-20260712", {"2026-07-10", "2026-07-12"}),
        ("SVC DT: 07/10/26", {"2026-07-10"}),
        ('"servicedDate": "2026-07-10"', {"2026-07-10"}),
        ("Days in question: 07/10/2026 - 07/12/2026", {"2026-07-10", "2026-07-12"}),
        ("When: 07/20/2026 2:40pm, rep Tanya\nDOS: 7/10/26", {"2026-07-10"}),
    ],
)
def test_days_of_service_behind_labels_of_exports(told: str, days: set[str]) -> None:
    assert {one.value for one in letter(whole(told)).dates_of_service} == days
