"""What a letter decides in words that no rule has."""

import pytest

from pipeline.extract.codes import find_codes
from pipeline.extract.kind import decide_kind
from pipeline.extract.kind.opinion import told_kinds
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.letter import LetterKind
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())
LETTER = """Harborview Health Plan

May 4, 2026

Dear Ms. Doe:

{body}

Sincerely,
Harborview Health Plan
"""


def reading(body: str):
    content = LETTER.format(body=body)
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    return LANGUAGE.reading(Text(content=content, pages=(page,)))


def kind(body: str):
    laid_open = reading(body)
    return decide_kind(
        laid_open, LANGUAGE, reasons=(), codes=find_codes(laid_open, LANGUAGE), claims=(), practice=Practice()
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The grievance you sent us is with a nurse, who has begun to look at it.", LetterKind.ACKNOWLEDGEMENT),
        (
            "Please let us have the growth chart, without which the review cannot be finished.",
            LetterKind.INFORMATION_REQUEST,
        ),
        ("The money we sent for this visit has to come back to the plan.", LetterKind.OVERPAYMENT_DEMAND),
    ],
)
def test_words_that_no_rule_has_decide_with_little_confidence(body, expected):
    found = kind(body)
    assert found.kind is expected
    assert found.confidence < 0.6


def test_what_may_come_to_any_claim_tells_no_kind():
    body = "An approval number is no promise: claims can be denied when the coverage has ended."
    assert max(told_kinds(reading(body), LANGUAGE).values(), default=0) == 0


def test_a_sentence_behind_a_colon_is_no_label_with_its_value():
    found = told_kinds(reading("Good news: the pump that you asked us about can go ahead."), LANGUAGE)
    assert found[LetterKind.APPROVAL] > 0.6
    assert not told_kinds(reading("Service: pump for insulin, with its tubing and cartridges."), LANGUAGE)


def test_a_message_of_one_paragraph_is_no_letterhead():
    message = (
        "Hello Dr. Roe, the review for Ann Lee (AH7712040) is done. The pump is good to go from May 1. The sensors are "
        "not going to be covered, since the old ones still work. Alder Care Team"
    )
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(message), ())
    laid_open = LANGUAGE.reading(Text(content=message, pages=(page,)))
    assert told_kinds(laid_open, LANGUAGE)


def test_what_is_only_offered_or_told_of_tells_no_kind():
    for body in (
        "If you disagree with us you may send an appeal to the address below.",
        "Our office is closed on holidays, and the nurse line is open all day.",
    ):
        assert max(told_kinds(reading(body), LANGUAGE).values(), default=0) < 0.6
        assert kind(body).kind is LetterKind.OTHER


def test_a_denial_that_is_told_as_the_end_of_an_appeal_is_an_appeal_upheld():
    found = kind("The claim was denied. Nothing in your appeal changes our answer, and the first answer was right.")
    assert found.kind is LetterKind.APPEAL_UPHELD
