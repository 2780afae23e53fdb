"""A column beside the text is read by itself; tables and letters of one column keep their lines."""

from pipeline.read.page import Placed
from pipeline.read.sidebars import in_reading_order
from pipeline.values.text import Box

_WIDE = 5.0
"""Points a letter, of the made-up print."""


def placed(text: str, x: float, y: float) -> list[Placed]:
    """The words of a line, ten points high, that begins at a place."""
    words = []
    for word in text.split():
        words.append(Placed(word, Box(x, y, x + _WIDE * len(word), y + 10)))
        x += _WIDE * (len(word) + 1)
    return words


def lines(words: list[Placed]) -> list[str]:
    return [" ".join(w.text for w in line) for line in in_reading_order(words)]


SIDE = ["Member", "Ada Example", "Member ID", "W83752524", "Case Number", "PA-2026-30582", "Provider", "Bo Sample, MD"]
TEXT = [
    "The injections that were asked for meet the",
    "coverage criteria of the plan and are approved.",
    "Payment may still be denied when the member",
    "is not eligible on the day of the service.",
    "If the treatment plan changes, tell us about",
    "it before the visit takes place, in writing.",
]


def test_a_sidebar_does_not_cut_through_sentences() -> None:
    words = placed("Meadow Valley Health Plan", 50, 40)
    for number, line in enumerate(2 * SIDE):
        words += placed(line, 50, 100 + 13 * number)
    for number, line in enumerate(2 * TEXT):
        words += placed(line, 200, 104 + 17 * number)
    words += placed("Made-up letter, page one of one page in all", 50, 360)
    first, *between, last = lines(words)
    assert (first, last) == ("Meadow Valley Health Plan", "Made-up letter, page one of one page in all")
    assert between == [*(2 * SIDE), *(2 * TEXT)]


def test_a_table_whose_cells_hold_sentences_keeps_its_lines() -> None:
    words = []
    for number, line in enumerate(TEXT):
        words += placed(SIDE[number], 50, 100 + 17 * number)
        words += placed(line, 200, 100 + 17 * number)
    assert lines(words) == [f"{a} {b}" for a, b in zip(SIDE, TEXT, strict=False)]


def test_two_columns_of_labels_and_values_keep_their_lines() -> None:
    words = []
    for number, line in enumerate(SIDE):
        words += placed(line, 50, 100 + 17 * number) + placed(line[::-1], 200, 103.5 + 17 * number)
    assert len(lines(words)) == len(SIDE)


def test_a_table_whose_labels_lie_a_little_higher_keeps_its_lines() -> None:
    """As on a page that is a little askew, or whose column of labels is shaded."""
    words = []
    for number, line in enumerate(TEXT):
        words += placed(SIDE[number], 50, 100 + 24 * number)
        words += placed(line, 200, 103.5 + 24 * number)
    assert lines(words) == [f"{a} {b}" for a, b in zip(SIDE, TEXT, strict=False)]


LEFT = [
    "Your doctor wrote to us that you need this",
    "brace for the left knee. We looked at what",
    "she sent and found that the plan pays for a",
    "plain brace, which you have had since May.",
]
RIGHT = [
    "You may write to us within ninety days from",
    "the day on which this came to your house, or",
    "ask somebody else to do so in your name if",
    "you tell us first that they speak for you.",
]


def test_two_columns_of_sentences_on_one_grid_are_read_one_after_the_other() -> None:
    words = placed("Member", 50, 60) + placed("Claim", 300, 60)
    words += placed("Ada Example", 50, 75) + placed("C-100", 300, 75)
    for number, (left, right) in enumerate(zip(2 * LEFT, 2 * RIGHT, strict=True)):
        words += placed(left, 50, 100 + 13 * number) + placed(right, 300, 100 + 13 * number)
    words += placed("A line that runs over the whole width of the page parts what stands above", 50, 230)
    for number, (left, right) in enumerate(zip(2 * RIGHT, 2 * LEFT, strict=True)):
        words += placed(left, 50, 250 + 13 * number) + placed(right, 300, 250 + 13 * number)
    labels, middle = ["Member Claim", "Ada Example C-100"], lines(words)[18]
    assert middle.startswith("A line that runs over")
    assert lines(words) == [*labels, *(2 * LEFT), *(2 * RIGHT), middle, *(2 * RIGHT), *(2 * LEFT)]


def test_two_kinds_of_appeals_side_by_side_are_read_one_by_one() -> None:
    left = ["Standard appeal", "You hear from us within 30", "days of the day we get it.", "Fax: 480-555-0167"]
    right = ["Fast appeal", "You hear from us in 72 hours.", "Call 800-555-0121", "Fax: 480-555-0168"]
    words = placed("There are two kinds of appeals, and you may choose either of them", 50, 80)
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        words += placed(one, 50, 100 + 13 * number) + placed(other, 250, 100 + 13 * number)
    words += placed("Whichever you choose, say why you think that we should pay for it", 50, 160)
    _, *between, _ = lines(words)
    assert between == [*left, *right]


def test_a_table_of_kinds_of_appeals_by_row_keeps_its_lines() -> None:
    rows = [("Kind", "Time", "Fax"), ("Standard", "30 days", "480-555-0167"), ("Fast", "72 hours", "480-555-0168")]
    words = []
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            words += placed(cell, 50 + 120 * place, 100 + 13 * number)
    assert lines(words) == [" ".join(row) for row in rows]
