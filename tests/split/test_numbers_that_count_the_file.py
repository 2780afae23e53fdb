"""Page numbers that count the sheets of a print job or a fax, against those that count the pages of one letter."""

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.split import split
from tests.split.test_boundary_signs import text_of

LANGUAGE = load_language(load_knowledge())


def letters(*pages):
    return [[page.number for page in part.text.pages] for part in split(text_of(*pages), LANGUAGE).letters]


def _sheet(count, name, number):
    return (
        f"FOXGLOVE HEALTH   Run 81   {count}\n05/04/2026\nMember: {name}   ID: {number}   Ref: 90-{number}\n"
        f"Dear {name}, we cannot approve the home oxygen. It is not needed. You can appeal within 60 days.\n"
    )


def _request(number, said, *, count, day="June 2, 2026"):
    return (
        f"BRIAR MUTUAL\n{day}\nBriar Mutual, Utilization Review\nMember: Nell Abara, BM 7741-20\nRequest: {number}\n"
        f"Provider: Sorrel Nerve Center\n{said}\nProvider desk: 555-310-4471.\n{count}\n"
    )


def _memo(count, day, name, case):
    return (
        f"Teasel Health Plan     {count}\n{day}\n\nRe: {name}\nMember ID: TH{case}91\nCase number: RF-{case}\n"
        "We have decided about the request for Botox injections.\nSincerely,\nUtilization Management\n"
    )


@pytest.mark.parametrize(
    "pages",
    [
        (_sheet("Sheet 1 of 2", "Ann Reyes", "A1"), _sheet("Sheet 2 of 2", "Bob Tran", "A2")),
        (_sheet("Page 4 of 9", "Ann Reyes", "A1"), _sheet("Page 5 of 9", "Bob Tran", "A2")),
        (_sheet("P.001/002", "Ann Reyes", "A1"), _sheet("P.002/002", "Bob Tran", "A2")),
        (
            _request("RQ-118", "APPROVED. Four sessions.", count="Page 1"),
            _request("RQ-119", "NOT APPROVED. No score of drooling was recorded.", count="Page 2"),
        ),
        (
            _request("RQ-118", "NOT APPROVED. No score was recorded.", count="Page 1 of 2"),
            _request("RQ-121", "APPROVED. Four sessions.", count="Page 2 of 2", day="June 9, 2026"),
        ),
        (_memo("Page 1 of 2", "May 2, 2026", "Dan Ode", 7702), _memo("Page 2 of 2", "May 9, 2026", "Lea Ruz", 7719)),
    ],
)
def test_a_form_filled_in_anew_is_another_letter_whatever_the_sheets_count(pages):
    assert letters(*pages) == [[1], [2]]


@pytest.mark.parametrize(
    "second",
    [
        "BRIAR MUTUAL\nJune 2, 2026\nMember: Nell Abara, BM 7741-20\nRequest: RQ-118\nYour right to appeal\n"
        "You have 180 days.\nPage 2 of 2\n",
        "Page 2 of 2\nWhat we looked at\nOffice note of May 6, 2026\nYour fax of May 11, 2026\n",
        "BRIAR MUTUAL\nJune 2, 2026\nBriar Mutual, Utilization Review\nMember: Nell Abara, BM 7741-20\n"
        "Request: RQ-118\nProvider: Sorrel Nerve Center\nAlso decided here: RQ-119, not approved.\nPage 2 of 2\n",
        "BRIAR MUTUAL   Nell Abara   RQ-118   June 2, 2026   Page 2 of 2\nAppeals of request RQ-104 are closed.\n",
    ],
)
def test_a_head_that_comes_again_on_the_next_page_goes_on_with_the_letter(second):
    first = _request("RQ-118", "NOT APPROVED. No score was recorded.", count="Page 1 of 2")
    assert letters(first, second) == [[1, 2]]
