"""Two days or two numbers beside each other tell a reason only where the one is not within the other."""

import pytest

from tests.extract.plain_letter import HEAD, letter

BODY = "Re: Ann Roe, member ID EL7712040\n\nDear Dr. Roe:\n\nWe have {}.\n\n{}\n\nSincerely,\nThe Plan\n"


def counted(told: str, *, what: str = "denied your claim"):
    found = letter(HEAD + BODY.format(what, told)).denial_reasons
    return {one.category.value for one in found if one.rule.startswith("compared.")}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("The claim came in on August 19. The clinic saw her on January 7, and you had 120 days.", "timely_filing"),
        ("Day of service 02/03/2025; receipt 04/22/2026. Filing limit: 365 days.", "timely_filing"),
        ("The new bill had to be here by March 30. It came on April 8.", "timely_filing"),
        ("The case was approved for March 1 to March 31. The infusion was given on April 6.", "auth_mismatch"),
        ("The last shot was on January 20, 2026. You ask for March 30. It is given once in 84 days.", "quantity_limit"),
        ("The policy spaces the shots every twelve weeks. Only nine weeks have gone by.", "quantity_limit"),
        ("The plan supplies 30 pads a month; the order is for 60.", "quantity_limit"),
        ("The order is for 60 pads a month: the plan supplies 30.", "quantity_limit"),
        ("The order is for 60 pads so we looked again: the plan supplies 30 pads.", "quantity_limit"),
        ("His card with us ran through March 31. The visit was on April 24.", "eligibility"),
        ("The patient turned 15 in March. The policy begins at age 18.", "criteria_not_met"),
    ],
)  # fmt: skip
def test_what_counting_tells(told, reason):
    assert counted(told) == {reason}


@pytest.mark.parametrize(
    "told",
    [
        "The claim came in on April 19. The clinic saw her on January 7, and the contract gives 120 days.",
        "The new bill had to be here by April 30. It came on April 8.",
        "The case was approved for March 1 to March 31. The infusion was given on March 6.",
        "Last year's approval ran from 1/1/2025 to 12/31/2025. You ask to continue from 02/01/2026.",
        "The last shot was on January 5, 2026. You asked for April 20, 2026. It is given once in any 84 days.",
        "The plan supplies 60 pads a month; the order is for 30.",
        "The order is for 30 pads a month: the plan supplies 60.",
        "Her coverage began on January 1. The visit was on March 24.",
        "The patient turned 45 in March. The policy begins at age 18.",
        "Ask for a call within 5 business days; appeals are taken for 180 days from May 4, 2026.",
        "The claim came on April 22, 2026. The scan was on 02/03/2025. The rule allows six months between the two.",
        "02/17/2026 - 02/20/2026 Acute inpatient Not approved, 4 days",
        "The stay was told to us on March 12, 2026, three days after admission; you must notify us within 1 day.",
    ],
)
def test_what_is_within_its_limit_tells_nothing(told):
    assert counted(told) == set()


def test_why_an_appeal_was_not_heard():
    told = "Your letter is dated April 2. The denial went out on March 3, 2025, and you had 180 days."
    assert counted(told, what="dismissed your appeal") == {"appeal_untimely"}
    told = "Your letter is dated April 2. The denial went out on March 3, and you had 180 days."
    assert counted(told, what="dismissed your appeal") == set()
