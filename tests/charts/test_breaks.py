"""Line breaks made on purpose part statements; wraps do not."""

import pytest

from pipeline.charts.statements import statements_of
from pipeline.read.plain import plain_pages
from tests.charts.test_chart_files import clinical


def said(text: str) -> list[str]:
    return [s.text for s in statements_of(clinical().language.reading(plain_pages(text)), clinical())]


def test_a_line_for_each_finding_is_a_statement_each():
    lines = [
        "Frequency: 24 of 30 days with a headache, 14 of them severe",
        "Misses about three days of work every month",
        "Topiramate 100 mg daily was stopped for paresthesia in May",
        "Propranolol 80 mg daily has been continued",
    ]
    assert said("\n".join(lines)) == lines


def test_a_wrapped_sentence_stays_whole():
    text = (
        "She has had migraine since her teens and was tried on several medicines, among them\n"
        "Topiramate, which she could not tolerate because of a tingling in both hands and trouble\n"
        "finding words at work."
    )
    assert len(said(text)) == 1


def test_a_line_that_had_room_for_the_next_word_was_ended_on_purpose():
    text = (
        "She was seen today for chronic migraine, which has not improved over the last twelve\n"
        "months in spite of two preventive medicines that were given for three months each.\n"
        "Nadolol 40 mg daily failed\n"
        "Candesartan is taken now\n"
    )
    assert said(text)[-2:] == ["Nadolol 40 mg daily failed", "Candesartan is taken now"]


@pytest.mark.parametrize(
    "line",
    [
        "[Carried forward from 03/02/2025]", "Copied forward from note of 03/02/2025", "-- Carried forward --",
        "Copied from previous note:", "** Imported from ED note **",
    ],
)  # fmt: skip
def test_a_line_that_says_copied_opens_an_old_note(line):
    """However it is set off; until a heading of today's own, or the signature."""
    text = f"HPI\n{line}\n22 headache days a month.\nInterval history: HIT-6 score 67.\n"
    sections = {s.text: s.section for s in statements_of(clinical().language.reading(plain_pages(text)), clinical())}
    assert sections["22 headache days a month."] == "copied"
    assert sections["Interval history: HIT-6 score 67."] != "copied"


def test_a_sentence_that_speaks_of_copies_opens_nothing():
    text = "HPI\nCopies of the diary were brought.\n22 headache days a month.\n"
    sections = [s.section for s in statements_of(clinical().language.reading(plain_pages(text)), clinical())]
    assert "copied" not in sections
