"""A charge that is refused whole, and authorizations in the rows of a table; with what looks alike and gives none."""

import pytest

from pipeline.extract.amounts import find_amounts
from pipeline.extract.authorizations import find_authorizations
from pipeline.extract.claims import find_claims
from pipeline.extract.labels import labelled
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.text import Method, Page, Text

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)


def laid_open(content):
    content = f"Harborview Mutual\n\n{content}\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    return reading, labelled(reading, KNOWLEDGE)


def denied(content):
    reading, labels = laid_open(content)
    tables = find_claims(reading, LANGUAGE, labels)
    found = find_amounts(reading, labels, totals=tables.totals, rows=tables.rows).denied_amount
    return (found.value, found.confidence) if found else None


BILL = "Patient: Ada Poe\nDate of service: 03/04/2026\nCharge: $412.00\n\n"


@pytest.mark.parametrize(
    "told",
    [
        "The full charge is denied. The office sent no chart.",
        "The entire amount has been disallowed, because the code is retired.",
        "We will pay nothing for this infusion, which your plan leaves out.",
        "None of the charge can be paid.",
        "This bill is refused in full: the limit came and went.",
        "No part of this claim is payable.",
        "We therefore made no payment on this claim.",
        "We can pay none of the crown charge.",
        "Nothing is payable on this claim.",
        "For these reasons no payment can be made toward this bill.",
        "So the whole 412.00 is denied.",
        "We allowed $0.00 of it, and the claim was denied in its entirety.",
    ],
)
def test_a_bill_refused_whole_is_what_was_denied(told):
    found = denied(BILL + told)
    assert found is not None
    assert found[0] == "412.00"
    assert found[1] < 0.7


@pytest.mark.parametrize(
    "told",
    [
        "If the plan finds an error, the full charge may be denied.",
        "You will owe nothing for this claim.",
        "A claim sent late will be denied in full.",
        "The first line was denied; the rest of the charge was paid.",
        "We paid the whole charge. Nothing is left to pay on this claim.",
        "The whole charge was applied to your deductible, and no payment is made on this claim until it is met.",
        "The full charge is not denied. We wait for the chart.",
        "No payment has been made on this claim yet; we wait for your answer.",
        "Until we have it, no payment can be made.",
        "Last year the whole charge for another visit was denied.",
        "We paid $200.00 and the entire remaining balance is denied.",
        "The discount takes the whole charge away; nothing is denied.",
    ],
)
def test_talk_of_a_whole_bill_is_no_refusal_of_this_one(told):
    assert denied(BILL + told) is None


def test_of_two_bills_neither_is_the_one_refused():
    assert denied("Charge: $412.00\nSecond charge billed at $90.00\n\nThe full charge is denied.") is None


def approvals(content):
    return [
        (one.number, one.codes, one.units or one.visits, one.from_, one.to)
        for one in find_authorizations(*laid_open(content))
    ]


TABLES = [
    """The following were approved:

Auth No.       Code     Units   From         To
PC-440181      J0585    200     01/05/2026   07/04/2026
PC-440182      64615    2       01/05/2026   04/04/2026
""",
    """## Authorizations on file

| Auth # | CPT | Units | Start date | End date |
|---|---|---|---|---|
| PC-440181 | J0585 | 200 | 01/05/2026 | 07/04/2026 |
| PC-440182 | 64615 | 2 | 01/05/2026 | 04/04/2026 |
""",
    """What is authorized

Code     Approved   Effective    Expires      Authorization number
J0585    200        01/05/2026   07/04/2026   PC-440181
64615    2          01/05/2026   04/04/2026   PC-440182
""",
    """| Service | Visits approved | Valid from | Valid through | Certification no. |
|---|---|---|---|---|
| Botulinum toxin J0585 | 200 | Jan 5, 2026 | July 4, 2026 | PC-440181 |
| Injection 64615 | 2 | Jan 5, 2026 | April 4, 2026 | PC-440182 |
""",
    """We granted these:

Approval No.   Procedure   Qty   Dates
PC-440181      J0585       200   01/05/2026 - 07/04/2026
PC-440182      64615       2     01/05/2026 - 04/04/2026
""",
]


@pytest.mark.parametrize("table", TABLES)
def test_every_row_is_an_authorization_with_its_own_units_and_days(table):
    assert approvals(table) == [
        ("PC-440181", ("J0585",), 200, "2026-01-05", "2026-07-04"),
        ("PC-440182", ("64615",), 2, "2026-01-05", "2026-04-04"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "Auth No.    Code    Units   From         To           Decision\n"
        "PC-440181   J0585   200     01/05/2026   07/04/2026   Denied\n",
        "| Auth # | Code | Units requested | From | To |\n|---|---|---|---|---|\n"
        "| PC-440181 | J0585 | 200 | 01/05/2026 | 07/04/2026 |\n\nThe request was denied.\n",
        "Auth No.    Date        Code    Billed    Paid\nPC-440181   03/04/2026  J0585   $80.00   $0.00\n"
        "\nThe claim was denied.\n",
        "Auth No.    Code    Units   From         To\nnone        J0585   200     01/05/2026   07/04/2026\n",
    ],
)
def test_rows_that_were_not_approved_are_none(content):
    assert approvals(content) == []


@pytest.mark.parametrize(
    "content",
    [
        "The first visit was approved (no. PC-440181) and the second was not.",
        "On May 2 we approved it (number PC-440181).",
        "The injection was authorized (auth no. PC-440181) in spring.",
        "You were certified for this care (certification # PC-440181).",
        "She says there is a precert, number PC-440181, in the file.",
        "Our file shows a preauthorization, no. PC-440181, from April 1, 2026.",
        "## Prior Authorization - APPROVED\n\n| Member | Ada Poe |\n| Authorization # | PC-440181 |\n",
        "Authorization status: Approved\nAuthorization number: PC-440181\n",
    ],
)
def test_a_number_in_brackets_or_behind_a_comma(content):
    assert [one[0] for one in approvals(content)] == ["PC-440181"]


@pytest.mark.parametrize(
    "content",
    [
        "The request was not approved (no. PC-440181).",
        "The request was denied (no. PC-440181).",
        "There is no precert, number PC-440181 is that of the request.",
        "A form that was approved (OMB no. 0938-1181) is enclosed.",
        "Authorization status: Denied\nAuthorization number: PC-440181\n",
    ],
)
def test_a_number_of_what_was_not_approved(content):
    assert approvals(content) == []
