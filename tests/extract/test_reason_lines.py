"""Which service lines a reason is about."""

import pytest

from pipeline.extract.reasons.lines import tied
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
        ("Lines 1 through 3 were filed late.", Category.TIMELY_FILING, (0, 1, 2)),
        ("Claim lines 1, 2 and 3 were filed late.", Category.TIMELY_FILING, (0, 1, 2)),
        ("All lines except line 3 were filed late.", Category.TIMELY_FILING, (1,)),
        ("J3301 is bundled into 17110.", Category.BUNDLING, (2,)),
        ("Line 3 is included in the payment for line 2.", Category.BUNDLING, (2,)),
        ("Payment for 99213 and of line 3 was denied.", Category.DUPLICATE, (0, 2)),
    ],
)
def test_a_reason_is_tied_to_the_lines_it_names_or_whose_code_says_it(text, category, lines):
    (found,) = tied([reason(text, category)], TWO_CLAIMS, CODES)
    assert found.lines == lines


def test_of_one_line_alone_a_reason_is_about_it_and_without_lines_about_none():
    one = (ClaimEntry(lines=(line("99213"),)),)
    assert tied([reason("You were not covered.", Category.ELIGIBILITY)], one, CODES)[0].lines == (0,)
    assert tied([reason("You were not covered.", Category.ELIGIBILITY)], (), CODES)[0].lines == ()


TWO_PATIENTS = (
    ClaimEntry(claim_number="TB-1", member_name="Lena Orr", lines=(line("J0585"), line("64615"))),
    ClaimEntry(claim_number="TB-2", member_name="Sam Pell", lines=(line("J0585"), line("99213", outcome="paid"))),
)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Claim TB-1 was filed late.", (0, 1)),
        ("For Sam Pell the plan had ended.", (2,)),
        ("J0585 of claim TB-2 was filed late.", (2,)),
        ("Line 2 of claim TB-1 was filed late.", (1,)),
        ("It was filed late.", ()),
    ],
)
def test_of_several_claims_a_reason_is_about_the_one_it_names(text, lines):
    (found,) = tied([reason(text, Category.TIMELY_FILING)], TWO_PATIENTS, CODES)
    assert found.lines == lines


@pytest.mark.parametrize(
    ("head", "lines"),
    [("Line 2 (17110)\n", (1,)), ("J3301\n\n", (2,)), ("17110\n\n\n", ()), ("Lines are numbered from 1.\n", ())],
)
def test_a_heading_above_a_reason_names_its_line(head, lines):
    said = "You were not covered on that day."
    content = f"Line 1\nIt was paid.\n\nOther words.\n\n{head}{said}\n"
    (found,) = tied([reason(said, Category.ELIGIBILITY)], TWO_CLAIMS, CODES, content=content)
    assert found.lines == lines
