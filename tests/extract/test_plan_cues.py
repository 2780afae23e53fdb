"""Plan type and funding only where the letter says so."""

import pytest

from pipeline.extract.plan import find_plan
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())


def plan_of(body):
    content = f"Some Health Plan\n\nMarch 2, 2026\n\nDear Dr. Roe:\n\n{body}\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    found = find_plan(LANGUAGE.reading(Text(content=content, pages=(page,))), LANGUAGE)
    return tuple(f.value if f else None for f in (found.plan_type, found.funding))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Plan Type: Medicare Advantage plan", ("medicare_advantage", None)),
        ("We denied payment under your Medicare Part D benefit for the drug.", ("part_d", None)),
        ("You can ask for a State Fair Hearing within 120 days.", ("medicaid", None)),
        ("This plan is part of the Federal Employees Health Benefits (FEHB) Program.", ("fehb", None)),
        ("Your plan is self-funded by your employer.", ("commercial", "self_funded")),
        ("This is a self-funded plan.", ("commercial", "self_funded")),
        ("Plan: Larch Quarry Staff Plan (self-funded)", ("commercial", "self_funded")),
        ("Plan: Larch Quarry Welfare Plan", ("commercial", None)),
        ("We work for the Oak Foundry Employee Benefit Plan.", ("commercial", None)),
        ("The benefit is that of the Quarry Workers Health Trust.", ("commercial", None)),
        ("NATIONAL GOVERNMENT SERVICES\nPart B overpayments", ("original_medicare", None)),
        ("You may ask a Qualified Independent Contractor to look again.", ("original_medicare", None)),
        ("Injured worker  Bill no.  Received\nAda Finch  BR-77  05/11/2026", ("workers_comp", None)),
        ("This redetermination is about your Medicare Part D coverage.", ("part_d", None)),
        ("The plan pays for administrative services only.", (None, "self_funded")),
        ("You have the right to bring a civil action under section 502(a) of ERISA.", (None, None)),
        ("If your plan is self-funded, other rules apply.", (None, None)),
        ("Medicaid: Not Enrolled", (None, None)),
        ("We follow Medicare or Medicaid rules where they apply.", (None, None)),
        ("You may appeal within 180 days.", (None, None)),
    ],
)
def test_plan_and_funding(body, expected):
    assert plan_of(body) == expected
