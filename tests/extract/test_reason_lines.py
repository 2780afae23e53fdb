"""Which service lines a reason is about."""

import pytest

from pipeline.extract.reason_lines import tied
from pipeline.knowledge import load_knowledge
from pipeline.values.letter import Adjustment, ClaimEntry, Reason, ServiceLine
from pipeline.values.vocabulary import Category

CODES = load_knowledge().codes


def reason(text: str, category: Category = Category.BUNDLING) -> Reason:
    return Reason(
        value=category.value, text=text, page=1, boxes=(), confidence=0.9, rule="test", category=category
    )  # fmt: skip


def line(code: str, carc: str | None = None, *, outcome: str = "denied", rarc: tuple[str, ...] = ()) -> ServiceLine:
    adjustments = (Adjustment(group="CO", carc=carc, amount=None),) if carc else ()
    return ServiceLine(code=code, adjustments=adjustments, rarc=rarc, outcome=outcome, page=1)


TWO_CLAIMS = (
    ClaimEntry(lines=(line("99213", "45", outcome="paid"), line("17110", "97"))),
    ClaimEntry(lines=(line("J3301", "16", rarc=("M119",)),)),
)


@pytest.mark.parametrize(
    ("text", "category", "lines"),
    [
        ("17110 is part of the visit.", Category.BUNDLING, (1,)),
        ("Lines 1 and 3 are included in another service.", Category.BUNDLING, (0, 2)),
        ("Line 7 is included in another service.", Category.BUNDLING, (1,)),
        ("It is included in another service.", Category.BUNDLING, (1,)),
        ("The package number is missing.", Category.CODING_MODIFIER_NDC_UNITS, (2,)),
        ("You were not covered on that day.", Category.ELIGIBILITY, ()),
    ],
)
def test_a_reason_is_tied_to_the_lines_it_names_or_whose_code_says_it(text, category, lines):
    (found,) = tied([reason(text, category)], TWO_CLAIMS, CODES)
    assert found.lines == lines


def test_of_one_line_alone_a_reason_is_about_it_and_without_lines_about_none():
    one = (ClaimEntry(lines=(line("99213"),)),)
    assert tied([reason("You were not covered.", Category.ELIGIBILITY)], one, CODES)[0].lines == (0,)
    assert tied([reason("You were not covered.", Category.ELIGIBILITY)], (), CODES)[0].lines == ()
