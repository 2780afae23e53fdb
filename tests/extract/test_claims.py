"""Service lines of remittances, explanations of benefits and letters, and the totals and identities around them."""

from decimal import Decimal

import pytest

from pipeline.extract.amounts import find_amounts
from pipeline.extract.claims import find_claims
from pipeline.extract.labels import labelled
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.letter import Adjustment
from pipeline.values.text import Method, Page, Text

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)


def read(content):
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    labels = labelled(reading, KNOWLEDGE)
    tables = find_claims(reading, LANGUAGE, labels)
    amounts = find_amounts(reading, labels, totals=tables.totals, rows=tables.rows)
    return tables, amounts


def lines(content):
    return [line for claim in read(content)[0].claims for line in claim.lines]


REMITTANCE = """\
PATIENT: BEAU, THALIA R        HIC/ID: SFP77120048-01    ACNT: GSN4402
ICN: 26059SF004417             ASG: Y
REND-PROV   SERV DATE      POS NOS  PROC  MODS   BILLED  ALLOWED  DEDUCT  COINS   GRP/RC-AMT       PROV PD
1740981256  0223 022326    11    1  99214 25     210.00   121.40    0.00  24.28   CO-45    88.60      97.12
1740981256  0223 022326    11  155  J0585       1860.00     0.00    0.00   0.00   CO-50  1860.00       0.00
REM: N115  N1
PT RESP    24.28     CLAIM TOTALS               2070.00   121.40    0.00  24.28           1948.60     97.12
"""


def test_a_remittance_line_by_line():
    visit, drug = lines(REMITTANCE)
    assert (visit.from_, visit.to, visit.code, visit.modifiers, visit.units) == (
        "2026-02-23", "2026-02-23", "99214", ("25",), "1",
    )  # fmt: skip
    assert (visit.billed, visit.allowed, visit.paid, visit.outcome) == ("210.00", "121.40", "97.12", "paid")
    assert visit.adjustments == (Adjustment(group="CO", carc="45", amount="88.60"),)
    assert (drug.code, drug.units, drug.billed, drug.paid, drug.outcome) == (
        "J0585",
        "155",
        "1860.00",
        "0.00",
        "denied",
    )
    assert drug.rarc == ("N115", "N1")


def test_the_identity_of_a_claim_stands_before_its_lines():
    (claim,) = read(REMITTANCE)[0].claims
    assert (claim.claim_number, claim.member_id) == ("26059SF004417", "SFP77120048-01")
    assert (claim.patient_account_number, claim.member_name) == ("GSN4402", "BEAU, THALIA R")


def test_the_totals_row_is_the_total_and_a_paid_line_leaves_the_denied_amount_open():
    amounts = read(REMITTANCE)[1]
    assert amounts.billed_amount.value == "2070.00"
    assert amounts.denied_amount is None


TWO_CLAIMS = """\
PATIENT ADA QUICK MEMBER ID W54026335 ICN CLM-2026-270032
SERV DATE   PROC/MOD  UNITS  BILLED     PROV PD  GRP/RC  REM
07/01/2026  J0585     200    $2,200.00  $0.00    CO-252  M127
07/01/2026  64615     1      $390.25    $0.00    CO-252  M127
PATIENT LEE G. VANT MEMBER ID W58024876 ICN 26536948694
SERV DATE   PROC/MOD  UNITS  BILLED     PROV PD  GRP/RC  REM
06/08/2026  J0585 JZ  200    $2,200.00  $0.00    CO 252  M127
"""


def test_two_claims_of_two_patients():
    tables, amounts = read(TWO_CLAIMS)
    first, second = tables.claims
    assert (first.member_name, first.claim_number, len(first.lines)) == ("ADA QUICK", "CLM-2026-270032", 2)
    assert (second.member_name, second.claim_number, len(second.lines)) == ("LEE G. VANT", "26536948694", 1)
    assert second.lines[0].modifiers == ("JZ",)
    assert {day[0] for day in tables.days} == {"2026-07-01", "2026-06-08"}
    # Nothing printed says what both claims come to.
    assert amounts.billed_amount is None


def test_one_heading_over_several_claims():
    content = (
        "SERV DATE   PROC    BILLED   ALLOWED   PROV PD   GRP/RC\n"
        "NAME: ROE, ADA      ICN 4711-1\n010226      64615   420.00      0.00      0.00   CO-50\n"
        "NAME: POE, LEE      ICN 4711-2\n010326      64616   510.00      0.00      0.00   CO-97\n"
    )
    claims = read(content)[0].claims
    assert [(c.claim_number, c.lines[0].from_) for c in claims] == [("4711-1", "2026-01-02"), ("4711-2", "2026-01-03")]


def test_a_heading_on_two_lines():
    content = (
        "Date of    Description       Code    Amount     Plan       Plan     Not       See\n"
        "service                              billed     discount   paid     payable   note\n"
        "----------------------------------------------------------------------------------\n"
        "10/20/25   Allergy testing   95004    864.00      0.00     0.00     864.00    A\n"
        "10/20/25   Office visit      99204    312.00      0.00     0.00     312.00    B\n"
        "Totals                              1,176.00      0.00     0.00   1,176.00\n"
    )
    (first, second), amounts = lines(content), read(content)[1]
    assert (first.code, first.billed, first.paid, first.outcome) == ("95004", "864.00", "0.00", "denied")
    assert second.billed == "312.00"
    assert (amounts.billed_amount.value, amounts.denied_amount.value) == ("1176.00", "1176.00")


@pytest.mark.parametrize("bar", ["|", "│"])
def test_a_drawn_table(bar):
    content = (
        "+------------+-------+-----+-------+----------+--------+--------+\n"
        "| DOS        | CPT   | MOD | UNITS | CHARGE   | PAID   | ADJ CODE |\n"
        "+------------+-------+-----+-------+----------+--------+--------+\n"
        "| 01/12/2026 | 64616 | 50  | 1     | 640.00   | 0.00   | CO-197 N20 |\n"
        "| TOTAL                            | 640.00   | 0.00   |        |\n"
    ).replace("|", bar)
    (line,) = lines(content)
    assert (line.code, line.modifiers, line.units, line.billed, line.rarc) == (
        "64616",
        ("50",),
        "1",
        "640.00",
        ("N20",),
    )
    assert read(content)[1].denied_amount.value == "640.00"


def test_separate_columns_of_group_and_code():
    content = (
        " LN  PROC    MOD   UNITS   CHARGE      NOT ALLOWED   GRP  CARC   REMARK\n"
        " 01  J0585   JZ      155   1,550.00       1,550.00   CO   16     M119\n"
        " 02  64615             1     362.50         362.50   CO   107    N349\n"
    )
    first, second = lines(content)
    assert first.adjustments == (Adjustment(group="CO", carc="16", amount=None),)
    assert second.adjustments == (Adjustment(group="CO", carc="107", amount=None),)
    amounts = read(content)[1]
    assert Decimal(amounts.denied_amount.value) == Decimal("1912.50")
    assert not amounts.denied_amount.sure  # a sum of ours is nothing the letter prints


def test_lines_listed_without_a_heading():
    content = (
        "Claim 0526-1\nLine 1  J0585 x 50    disallowed  800.00   PR-96  N383\n"
        "Line 2  64612-RT      disallowed  590.00   PR-96  N383\n"
    )
    first, second = lines(content)
    assert (first.units, first.billed, first.outcome) == ("50", "800.00", "denied")
    assert second.modifiers == ("RT",)


@pytest.mark.parametrize(
    "content",
    [
        "We paid J0585 $1,200.00 on 03/04/2026 and will pay no more.",
        "Contact    By     Number or address\nAppeals    Fax    877-555-0172\n",
        "Date   Time   Room\n03/04/2026  10:00  64615\n",
    ],
)
def test_no_table(content):
    assert lines(content) == []


def test_what_is_not_paid_without_a_reason_is_not_called_denied():
    content = "Date        Code   Units  Charge     Paid\n07/15/2026  J0585  100    $1,100.00  $0.00\n"
    assert read(content)[1].denied_amount is None


def test_a_scan_put_letters_for_digits():
    content = (
        "Date        Code   Units  Charge     Paid    Adj. code\n07/15/2026  JO585  100    $1,1OO.OO  $0.00   CO-50\n"
    )
    (line,) = lines(content)
    assert (line.code, line.billed) == ("J0585", "1100.00")


@pytest.mark.parametrize(
    ("content", "field", "expected"),
    [
        ("Total Charges: $2,610.25", "billed_amount", "2610.25"),
        ("Claimed .......... USD 1,390.00", "billed_amount", "1390.00"),
        ("services (00790-QZ), billed at $1,890.00. We dismiss it.", "billed_amount", "1890.00"),
        ("is $1,000.00 out of $4,610.00 billed in total.", "billed_amount", "4610.00"),
        ("Not Covered: $2,610.25", "denied_amount", "2610.25"),
        ("Denied: not medically necessary. $5.00", "denied_amount", None),
        ("Charges may apply after 30 days.", "billed_amount", None),
        ("Patient Responsibility: $180.00", "patient_responsibility", "180.00"),
    ],
)
def test_amounts(content, field, expected):
    found = getattr(read(f"Harborview Mutual\n\n{content}\n")[1], field)
    assert (found.value if found else None) == expected
