"""What a letter says of reasons and does not give as its own: history, arguments, lists of rules, what was met."""

import pytest

from pipeline.extract import extract
from pipeline.extract.reasons.asides import told_before
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())
LETTER = (
    "Alder Health Plan\n\nMay 4, 2026\n\nRe: Ann Roe, member ID AH7712040, case 551020\n\nDear Dr. Roe:\n\n{}\n\n"
    "You may appeal within 180 days.\n\nSincerely,\nThe Plan\n"
)


def extracted(content):
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    return extract(Text(content=content, pages=(page,)), letter_id="d1-1", language=LANGUAGE, practice=Practice())


def reasons(body):
    return {reason.category.value for reason in extracted(LETTER.format(body)).denial_reasons}


def test_what_a_rule_lists_is_no_reason():
    body = (
        "We cannot approve the drug.\n\nOur policy requires:\n- two preventive drugs tried\n"
        "- no other biologic at the same time\n- an order by a neurologist\n\n"
        "The diary shows six headache days a month, and the policy requires eight."
    )
    assert reasons(body) == {"criteria_not_met"}


def test_a_list_of_what_is_missing_gives_reasons():
    body = "We cannot approve the drug. These requirements were not met:\n- two preventive drugs tried first"
    assert reasons(body) == {"step_therapy"}


@pytest.mark.parametrize(
    "aside",
    [
        "Step therapy was met with two drugs.",
        "The referral requirement is also met.",
        "Your plan has a yearly limit, but neither the limit nor the network is the reason.",
        "You told us that the drug was tried together with another biologic.",
        "On January 9 we denied the pump because the office notes were missing.",
    ],
)
def test_asides_are_no_reasons(aside):
    body = f"We cannot approve the pump. {aside} The pump is considered experimental."
    assert reasons(body) == {"experimental"}


def test_what_is_met_takes_nothing_from_what_is_not():
    body = "We cannot approve the drug. The age rule is met, but no other preventive drug was tried first."
    assert reasons(body) == {"step_therapy"}
    assert reasons("We cannot certify the stay. None of the criteria of the guideline was met.") == {"criteria_not_met"}


def test_why_it_was_denied_before_counts_where_nothing_else_is_told():
    body = "We uphold our decision.\n\nOn January 9 we denied the pump because it is experimental."
    assert reasons(body) == {"experimental"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On May 3 we denied the drug because no notes came.", True),
        ("It was originally denied for missing notes.", True),
        ("We denied the drug because no notes came.", False),
        ("The first step was not tried.", False),
    ],
)
def test_a_denial_of_an_earlier_day(text, expected):
    assert told_before(text) is expected


def test_the_second_opinion_comes_before_a_rule_in_a_part_that_gives_no_reasons():
    body = (
        "We cannot approve the pump. By the third day the shots alone kept her sugar where it should be, and nothing "
        "more would be gained by a pump.\n\nYour rights\n\n"
        "Services that are investigational can be reviewed outside the plan."
    )
    assert reasons(body) == {"medical_necessity"}


def test_a_paragraph_in_one_line_is_not_all_about_rights():
    body = (
        "We cannot approve the pump. The pump is considered experimental. You may appeal this decision within 180 days."
    )
    assert reasons(body) == {"experimental"}


def test_a_demand_of_money_has_reasons_that_only_the_second_opinion_sees():
    told = extracted(
        LETTER.format(
            "We paid this claim in error. On the day of the visit another insurer stood before us in line, as we now "
            "know. Please refund $305.00 within 60 days."
        )
    )
    assert told.kind.value == "overpayment_demand"
    assert {reason.category.value for reason in told.denial_reasons} == {"cob_other_payer"}


def test_what_was_denied_on_an_earlier_day_and_is_approved_now_was_overturned():
    told = extracted(
        LETTER.format(
            "On January 9 we said no to the pump. You sent us more notes with your appeal. "
            "We have now approved the pump."
        )
    )
    assert told.kind.value == "appeal_overturned"


def test_a_model_letter_that_nobody_filled_in_decides_nothing():
    told = extracted(
        "Model letter\n\n[Plan name]\n[Letter date]\n\nDear [Provider name]:\n\n"
        "We have denied your request because the service is not medically necessary.\n"
    )
    assert (told.kind.value, told.subtype) == ("other", "template")


def test_a_statement_of_the_practice_denies_nothing():
    told = extracted(
        "PATIENT STATEMENT\nElm Pain Clinic\nPatient: Ann Roe   Account: 55120\n\n"
        "04/01/2026 Office visit   210.00\n04/11/2026 Denied by insurance: deductible\nYou owe 210.00\n"
    )
    assert told.kind.value == "other"


def test_a_letter_that_calls_itself_no_denial_asks():
    told = extracted(
        "Alder Comp\n\nMay 4, 2026\nClaim no. WC-2001277 / Ann Roe\n\nThe form is not complete: the signature and the "
        "report are missing. This is not a denial.\n"
    )
    assert told.kind.value == "information_request"


def test_an_appeal_that_came_is_acknowledged():
    told = extracted(
        LETTER.format("Your appeal of our denial of January 9 came in on May 1. A doctor will look at it.")
    )
    assert told.kind.value == "acknowledgement"


def test_general_words_behind_an_offer_of_an_appeal_give_no_reason():
    body = (
        "We cannot approve the pump. The pump is considered experimental.\n\n"
        "You may ask for an appeal within 180 days.\n\n"
        "More to know\n\nPrior authorization was not obtained for many services that we see. The clinic was not in our "
        "network when this page was printed.\n\nReasons for the decision\n\nThe dose is above the limit of the plan."
    )
    assert reasons(body) == {"experimental", "quantity_limit"}


def test_a_reason_behind_the_offer_counts_where_none_stands_before_it():
    body = "We cannot approve the pump.\n\nYou may appeal within 180 days.\n\nThe pump is considered experimental."
    assert reasons(body) == {"experimental"}


def test_of_two_reasons_read_from_the_same_words_the_probable_one_is_meant():
    body = "We cannot approve the pill. Your plan does not cover drugs used to treat hair loss."
    assert reasons(body) == {"excluded_benefit"}


def test_what_sums_up_adds_no_reason():
    body = (
        "We cannot approve the drug.\n\nThe rule asks for two kinds of pills before the shots, and only one was tried. "
        "For this reason the request does not follow our policy."
    )
    assert reasons(body) == {"step_therapy"}


def test_an_invitation_is_none_where_it_gives_the_ground():
    body = (
        "We cannot pay for 30 hours. Because you can wash and dress by yourself again, 30 hours are more than you need."
    )
    assert reasons(body) == {"medical_necessity"}


def test_why_an_appeal_was_dismissed_is_one_of_two_grounds():
    told = extracted(
        "Alder Health Plan\n\nMay 4, 2026\n\nRe: Ann Roe, member ID AH7712040\n\nDear Dr. Roe:\n\n"
        "We have dismissed the appeal. Half a year is given for it. The last day was March 2, and your letter came on "
        "May 1.\n\nSincerely,\nThe Plan\n"
    )
    assert told.kind.value == "dismissal"
    assert {reason.category.value for reason in told.denial_reasons} == {"appeal_untimely"}


def test_a_drug_to_be_given_later_is_denied_now():
    told = extracted(LETTER.format("The drug to be given on May 30 was looked at and is DENIED."))
    assert told.kind.value == "denial"


def test_an_outcome_behind_a_dash_is_one():
    told = extracted(
        "Alder Dental\n\nClaim AD-5510201, member ID AH7712040\n\nD6010 implant, tooth 4, May 2 - not paid.\n"
    )
    assert told.kind.value == "denial"


def test_a_notice_of_action_that_says_that_an_appeal_came_is_a_receipt():
    told = extracted(
        "Alder Medicaid\nNotice of Action\n\nMay 4, 2026\n\nMember ID: AH7712040\n\nDear Ann Roe:\n\n"
        "We received your appeal about the pump on May 1. You will hear from us by June 1.\n"
    )
    assert told.kind.value == "acknowledgement"
