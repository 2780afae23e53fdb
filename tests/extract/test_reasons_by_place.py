"""Reasons told by the shape of the letter: entries of a list of grounds, rule and finding, earlier decisions."""

import pytest

from tests.extract.plain_letter import letter

LETTER = (
    "Alder Health Plan\n\nMay 4, 2026\n\nRe: Ann Roe, member ID AH7712040, case 551020\n\nDear Dr. Roe:\n\n{}\n\n"
    "You may appeal within 180 days.\n\nSincerely,\nThe Plan\n"
)


def reasons(body):
    return {reason.category.value for reason in letter(LETTER.format(body)).denial_reasons}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "We cannot approve the drug for these reasons:\n\n"
            "1. The plan pays for two pens in 28 days. You ask for four.\n"
            "2. The rule asks for two kinds of pills first. The chart tells of one.\n",
            {"quantity_limit", "step_therapy"},
        ),
        (
            "Basis for the decision\n\na) The surgeon does not belong to the network of the plan.\n"
            "b) Approval must be given before the operation. Nobody asked for it.\n",
            {"network_referral", "no_prior_auth"},
        ),
        (
            "We denied both lines because:\n\n- The first came in after the time for filing had run out.\n"
            "- For the second the box for the rendering provider was empty.\n",
            {"timely_filing", "admin_missing_claim_data"},
        ),
    ],
)
def test_every_entry_of_a_list_of_grounds_gives_its_reason(body, expected):
    assert reasons(body) == expected


def test_a_list_of_what_may_be_sent_gives_none():
    body = (
        "We cannot approve the pump. The pump is considered experimental.\n\nFor a review, include these points:\n\n"
        "1. Which pills were tried.\n2. Why the dose is so high.\n"
    )
    assert reasons(body) == {"experimental"}


def test_a_rule_with_its_condition_and_what_was_found_tell_why_together():
    body = (
        "We cannot pay for the crown. A crown is paid for when the old one is older than seven years. "
        "The old one was placed in 2023."
    )
    assert reasons(body) == {"quantity_limit"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "Your first request of March 3 was turned down because no chart notes came with it. "
            "The notes are here now. The dose you ask for is above the limit of the plan.",
            {"quantity_limit"},
        ),
        (
            "We cannot pay the claim. It was rejected on April 9 because the modifier was missing. "
            "The new claim has the modifier, but it reached us after the time limit for filing claims.",
            {"timely_filing"},
        ),
        (
            "In our letter of January 9 we said that the pump is experimental. We no longer say so. "
            "We cannot approve it because your plan excludes pumps.",
            {"excluded_benefit"},
        ),
        (
            "We cannot approve the pump. In February we wrote that no referral was on file. That was mended. "
            "The pump is considered experimental.",
            {"experimental"},
        ),
    ],
)
def test_why_it_was_denied_before_is_no_reason_of_this_decision(body, expected):
    assert reasons(body) == expected


def test_a_reason_of_the_rules_stays_that_the_second_opinion_reads_in_another_sentence():
    body = (
        "We cannot approve the inpatient admission. She was home after a day, needed no drip and no oxygen. "
        "All of it could have been done in observation as an outpatient."
    )
    assert "level_of_care" in reasons(body)


@pytest.mark.parametrize(
    "section",
    [
        "Who is responsible for the bill\n\nThe provider is. No advance notice was given to the patient.",
        "How to read this notice\n\nServices outside the network and services to improve looks are often left out.",
    ],
)
def test_sections_on_liability_and_on_words_give_none(section):
    body = f"We cannot approve the pump. The pump is considered experimental.\n\n{section}"
    assert reasons(body) == {"experimental"}


@pytest.mark.parametrize(
    "remedy",
    [
        "An order may be sent again as often as needed.",
        "A new request should carry the number of this one and the days with pain before and after.",
        "Where a name cannot be read, add a log of signatures.",
        "The clinic is responsible for the cost, because no advance notice was given to the patient.",
        "No ABN was on file.",
    ],
)
def test_what_may_be_done_now_and_who_has_to_pay_add_no_reason(remedy):
    assert reasons(f"We cannot approve the pump. The pump is considered experimental. {remedy}") == {"experimental"}


def test_why_an_appeal_was_not_heard_is_told_entry_by_entry():
    body = (
        "We dismissed the appeal. The claim was denied on March 3, 2026, as the modifier was missing. We do not look "
        "into that, for these reasons:\n\n1. Half a year is given to ask for a review. That time ended on March 9.\n"
        "2. You write for the member. We have no paper on which he signed that you may.\n"
    )
    assert reasons(body) == {"appeal_untimely", "standing_defect"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "The claim goes back unpaid. The rendering provider's NPI was blank and the place of service was invalid.",
            {"admin_missing_claim_data"},
        ),
        (
            "We cannot process the claim. The date of birth is missing and the place of service code is not valid.",
            {"admin_missing_claim_data"},
        ),
        (
            "We cannot pay for the lift. Your plan excludes lifts. Medical need was not considered.",
            {"excluded_benefit"},
        ),
    ],
)
def test_fields_left_blank_and_what_was_not_looked_at(body, expected):
    assert reasons(body) == expected


def test_the_bare_decision_gives_no_reason():
    assert reasons("We are not able to pay this one.") == set()
