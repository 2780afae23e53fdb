"""Tables of strokes are laid straight; other text is kept to the letter."""

import pytest

from pipeline.read.strokes import straightened


def test_ragged_cells_stand_under_their_headings():
    laid = straightened("Code | Paid | Note\n99213-25 | 0.00 | x\nJ0585 | 1,200.00 | y")
    rows = laid.split("\n")
    assert {row.index("|") for row in rows} == {rows[0].index("|")}
    assert [row.split("|")[1].strip() for row in rows] == ["Paid", "0.00", "1,200.00"]
    assert laid.replace(" ", "") == "Code|Paid|Note\n99213-25|0.00|x\nJ0585|1,200.00|y"


@pytest.mark.parametrize(
    "content",
    [
        "one | two\nthree | four | five",
        "a | b | c",
        "| a | b |\n| c | d |",
        "Dear Ms. Doe:\n\nWe looked at it.",
        "x | y | z\n\fa | bb | c",
    ],
)
def test_what_is_no_ragged_table_is_kept(content):
    assert straightened(content) == content
