"""What is no reason of this decision though it sounds like one, and what two sentences or clauses say together."""

import pytest

from tests.extract.plain_letter import HEAD, letter

BODY = (
    "Re: Ann Roe, member ID EL7712040\n\nDear Dr. Roe:\n\nWe have denied the request.\n\n{}\n\nSincerely,\nThe Plan\n"
)


def reasons(told: str):
    return {one.category.value for one in letter(HEAD + BODY.format(told)).denial_reasons}


@pytest.mark.parametrize(
    "beside",
    [
        "We did not look at whether other pills were tried.",
        "Our pharmacist never got to the question whether the dose is too high.",
        "Had you been covered, a yearly limit of ten visits would have applied.",
        "One reviewer would have wanted a trial of a beta blocker, but the panel did not rely on that.",
        "Your note on another patient, whose claim was denied as a duplicate, was sent on.",
        "An approval of an exam is not an approval of a scan.",
        "The first four days stand as approved under authorization 4471-B.",
        "The plan of another employer excludes this surgery; yours does not.",
        "Some makers run assistance programs; what they pay does not count toward your yearly out-of-pocket limit.",
        "Claim 4410 itself had been denied for lack of records and was later paid.",
        "This charge is not eligible for payment.",
    ],
)
def test_what_is_said_in_passing_gives_no_second_reason(beside):
    assert reasons(f"The device is investigational. {beside}") == {"experimental"}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "You need to take Corlanor or Entresto first. We looked at your fills and did not see either.",
            "step_therapy",
        ),
        ("You have to use a nasal spray first, or tell us why you cannot. Your record lists neither.", "step_therapy"),
        ("We had not approved the implant ahead of time.", "no_prior_auth"),
        ("Diagnosis S93.401 (ankle sprain) does not support procedure 73110.", "coding_mismatch"),
        ("Polishing counts as part of the cleaning, and no extra fee is payable.", "bundling"),
        ("We pay for it in people with lupus. The diagnosis on the order is not one of those.", "off_label_dx"),
        (
            "Strength and reflexes are full and no nerve root is touched. Guideline SP-4 requires weakness.",
            "criteria_not_met",
        ),
    ],
)
def test_a_reason_by_its_class(told, expected):
    assert reasons(told) == {expected}


def test_two_clauses_that_each_say_no_give_two_reasons():
    told = (
        "The notes do not tell us how many headache days a month you have, and do not show that two kinds of "
        "preventive medicine were tried."
    )
    assert reasons(told) == {"criteria_not_met", "step_therapy"}


@pytest.mark.parametrize("heading", ["Workers' Compensation Utilization Review", "Guideline CR-112 (insulin pumps)"])
def test_a_heading_and_the_number_of_a_guideline_are_no_reason(heading):
    assert reasons(f"{heading}\n\nThe device is investigational.") == {"experimental"}


def test_an_outcome_is_no_authorization_that_differs():
    assert "auth_mismatch" not in reasons(
        "Day treatment, 20 days - not authorized. The care is not medically necessary."
    )


def test_of_a_dismissal_only_its_ground_counts():
    text = (
        "Re: Ann Roe, member ID EL7712040\n\nDismissal of your appeal\n\nDear Clinic:\n\n"
        "We have not received the waiver. You are not a proper party to the appeal without it. "
        "We are dismissing your appeal.\n\nSincerely,\nThe Plan\n"
    )
    assert {one.category.value for one in letter(HEAD + text).denial_reasons} == {"standing_defect"}
