"""Two columns of sentences are read one below the other, on a page and in plain text; tables keep their rows."""

import pytest

from pipeline.read.plain import plain_pages
from tests.read.test_sidebars import lines, placed

LEFT = [
    "Standard way. You get our answer in",
    "thirty days after the form has",
    "come to us. Write to the address",
    "of this page.",
]
RIGHT = [
    "Fast way. You get our answer within",
    "three days. Ask for it when your",
    "health could be harmed by a wait",
    "for the other way.",
]


def printed(left, right, gutter=44):
    return "\n".join(f"{a:<{gutter}}{b}".rstrip() for a, b in zip(left, right, strict=True))


def read(content):
    return [line for line in plain_pages(content).content.split("\n") if line]


def test_columns_of_sentences_in_plain_text_come_one_below_the_other():
    assert read(f"ELM PLAN\n\n{printed(LEFT, RIGHT)}\n\nSincerely") == ["ELM PLAN", *LEFT, *RIGHT, "Sincerely"]


def test_headings_stay_over_their_column_and_one_column_may_be_longer():
    left, right = ["IF YOU CAN WAIT", *LEFT, "Fax: 555-310-2200"], ["IF YOU CANNOT", *RIGHT, ""]
    assert read(printed(left, right)) == [*left, *right[:-1]]


@pytest.mark.parametrize(
    "table",
    [
        "Member name:            Ada Example\nMember number:          W837\nClaim number:           88-100\n"
        "Provider:               Bo Sample",
        "Day          Code     Charge     What we say of it\n01/02/2026   64615    120.00     it is not needed\n"
        "01/02/2026   J0585    900.00     it is not needed\n02/02/2026   64615    120.00     it is not needed",
        "Elm State Health Plan             May 4, 2026\n12 Quarry Road                    Member: Ada Example\n"
        "Dover, DE 19901                   Number: W8370\nAttention of the billing office   Claim: 88-100",
        "Requirement                      Finding\nFifteen days a month             not shown\n"
        "Two medicines tried              one shown\nSeen by a neurologist            shown",
    ],
)
def test_tables_in_plain_text_keep_their_rows(table):
    assert plain_pages(table).content == table


def test_few_lines_of_sentences_on_a_page_are_columns_too():
    words = placed("There are two ways to ask us again", 50, 60)
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        words += placed(left, 50, 100 + 13 * number) + placed(right, 300, 100 + 13 * number)
    words += placed("Fax: 555-310-2200", 50, 152)
    words += placed("What happens next is said here in a line that goes across both of them.", 50, 200)
    head, *between, foot = lines(words)
    assert between == [*LEFT, "Fax: 555-310-2200", *RIGHT]
    assert (head[:5], foot[:4]) == ("There", "What")
