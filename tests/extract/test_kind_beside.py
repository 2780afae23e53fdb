"""What only sounds like a decision beside an approval, and approvals of a part told in numbers."""

import pytest

from pipeline.extract.kind.shares import shared
from tests.extract.plain_letter import HEAD, letter

BODY = "Re: Ann Roe, member ID EL7712040\n\nDear Dr. Roe:\n\n{}\n\nSincerely,\nThe Plan\n"
RIGHTS = "\n\nYou may appeal within 180 days of this letter."


def kind(told: str) -> str:
    return letter(HEAD + BODY.format(told)).kind.value


@pytest.mark.parametrize(
    "told",
    [
        "We approved the injection of 155 units. Two units are not paid separately.",
        "The scan is approved under number 4471. Extra views are not reimbursed on their own.",
        "Your knee brace is approved. An additional charge for fitting is not payable.",
        "We have authorized ten sessions. A further session is not covered without a new referral.",
        "The stay is certified from May 3 to May 5. Days after that are not covered unless a new request is made.",
        "Your request is approved for 100 units. Approval is no guarantee; claims filed late are denied.",
        "We approve the pump. It is not covered at hospitals that do not work with us.",
        "Your therapy is approved. Your first request remains denied, as it was for another therapist.",
        "The request was not denied. It was approved on May 1.",
        "We did not deny your request; we approved it.",
        "Your doctor requested 10 visits. We have approved 10 visits.",
    ],
)
def test_an_approval_stays_one(told):
    read = letter(HEAD + BODY.format(told))
    assert (read.kind.value, read.denial_reasons) == ("approval", ())


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("We approve days 1 to 3. Days 4 and 5 are not approved, since she was stable." + RIGHTS, "partial_denial"),
        ("The injection is approved and the guidance is denied as part of it.", "partial_denial"),
        ("The claim for guidance is not paid separately." + RIGHTS, "denial"),
        ("Your claim was filed late and is denied." + RIGHTS, "denial"),
        ("Your appeal was reviewed. Your first request stays denied." + RIGHTS, "appeal_upheld"),
        ("We have denied the request. An earlier claim stays denied." + RIGHTS, "denial"),
    ],
)
def test_the_same_words_decide_elsewhere(told, expected):
    assert kind(told) == expected


@pytest.mark.parametrize(
    "told",
    [
        ["Six of the twelve visits are approved; progress after the sixth was not shown."],
        ["We can cover two of the four vials."],
        ["Of the ten days you asked for we authorize seven."],
        ["Of your thirty sessions, fifteen are covered."],
        ["Three days of the five-day stay are certified."],
        ["Your doctor requested 24 visits.", "We have approved 10 visits."],
        ["Ten hours a week were asked for.", "Six hours a week are authorized."],
        ["3 of 5 nights approved"],
    ],
)
def test_a_part_that_is_approved(told):
    assert shared(told)


@pytest.mark.parametrize(
    "told",
    [
        ["All four of the four vials are approved."],
        ["Two of the twelve visits may be covered by video."],
        ["Last year six of the twelve visits were approved."],
        ["Six of the 12 approved visits were used."],
        ["We approved 4 treatments of 155 units."],
        ["Nine of ten requests are approved within two days."],
        ["Two of the four vials are not approved."],
        ["You asked for 30 visits, and the plan pays for 20 in a year."],
        ["We asked for 3 items.", "2 items came."],
        ["Your doctor requested 10 visits.", "We have approved 10 visits."],
    ],
)
def test_what_is_no_part_that_is_approved(told):
    assert not shared(told)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("On May 5, 2026 we denied this request." + RIGHTS, "denial"),
        ("As of May 2026 the request is approved.", "approval"),
    ],
)
def test_the_month_of_may_is_no_possibility(told, expected):
    assert kind(told) == expected
