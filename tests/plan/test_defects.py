"""What a notice lacks is said only where nothing can excuse it."""

from dataclasses import replace
from typing import Any

import pytest

from pipeline.plan.defects import notice_defects
from pipeline.read import Tesseract, read
from pipeline.values.letter import Addressee, NoticeDefect, ReviewNote
from pipeline.values.limits import Limits
from pipeline.values.text import Text
from tests.plan.letters import KNOWLEDGE, a_letter, the_task

WHOLE = """We denied this because it is not medically necessary under our medical policy.
You may appeal within 180 days. You can have copies of the file free of charge. You may ask for an expedited appeal.
After the appeal you may bring a civil action under section 502(a) or ask for an external review.
Your benefits can continue during the appeal."""
BARE = "We denied this because it is not medically necessary under our medical policy. You may appeal."
PRE: dict[str, Any] = {"service_timing": "pre_service", "claim_number": None, "reference_number": "REF-1"}
PLANS = {
    "erisa": {"plan_type": "commercial", "funding": "self_funded"},
    "marketplace": {"plan_type": "marketplace"},
    "medicare_advantage": {"plan_type": "medicare_advantage"},
    "medicaid": {"plan_type": "medicaid"},
}


def _text(content: str) -> Text:
    return read(content.encode(), ocr=Tesseract(seconds=1), limits=Limits())


def _codes(content: str, **more: Any) -> set[str]:
    letter = a_letter(**PRE | {"addressee": Addressee.MEMBER} | more)
    return {defect.code for defect in notice_defects(letter, _text(content), knowledge=KNOWLEDGE)}


@pytest.mark.parametrize(
    ("track", "missing"),
    [
        ("erisa", {"notice.copies", "notice.court"}),
        ("marketplace", {"notice.copies", "notice.external"}),
        ("medicare_advantage", {"notice.expedited"}),
        ("medicaid", {"notice.copies", "notice.expedited", "notice.continuation"}),
    ],
)
def test_what_each_law_asks_for(track: str, missing: set[str]) -> None:
    assert _codes(BARE, **PLANS[track]) == missing
    assert _codes(WHOLE, **PLANS[track]) == set()


@pytest.mark.parametrize(
    "excuse",
    [
        {"addressee": Addressee.PROVIDER},
        {"addressee": Addressee.UNKNOWN},
        {"plan_type": None, "funding": None},
        {"kind": "remittance"},
        {"kind": "information_request"},
        {"boundary_confidence": 0.7},
        {"needs_review": (ReviewNote(field="pages", why="page 2 is not there"),)},
    ],
)
def test_nothing_is_asserted_where_something_excuses_it(excuse: dict[str, Any]) -> None:
    assert _codes(BARE, **PLANS["erisa"] | excuse) == set()


def test_a_reason_that_was_read_is_given_whatever_its_words() -> None:
    odd = "The provider is outside this network. You may appeal. Copies of the file are free of charge. Go to court."
    assert "notice.reason" not in _codes(odd, **PLANS["erisa"])
    assert "notice.reason" in _codes("We said no. You may appeal.", **PLANS["erisa"] | {"reasons": ()})


def test_a_page_that_was_read_badly_excuses_it() -> None:
    text = _text(BARE)
    blurred = replace(text, pages=tuple(replace(page, quality=0.6) for page in text.pages))
    letter = a_letter(**PRE | PLANS["erisa"] | {"addressee": Addressee.MEMBER})
    assert notice_defects(letter, text, knowledge=KNOWLEDGE)
    assert notice_defects(letter, blurred, knowledge=KNOWLEDGE) == ()


def test_a_defect_is_an_argument_and_asks_for_the_file() -> None:
    defect = NoticeDefect(code="notice.court", rule="29 CFR 2560.503-1(g)(1)(iv)", message="The notice lacks this.")
    task = the_task(a_letter(**PRE, notice_defects=(defect,)))
    step = next(step for step in task.steps if "claim file" in step.do)
    assert "29 CFR 2560.503-1(g)(1)(iv)" in step.do
