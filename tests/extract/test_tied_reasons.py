"""A letter that hedges: what is in order, granted, not asked for or said by others is no reason of the denial."""

import pytest

from pipeline.extract.reasons.ties import falls_out
from tests.extract.plain_letter import HEAD, letter

BODY = (
    "Re: Ann Roe, member ID EL7712040\n\nDear Dr. Roe:\n\n{}\n\nYou may appeal within 180 days of this notice.\n\n"
    "Sincerely,\nThe Plan\n"
)


def reasons(told: str):
    return {one.category.value for one in letter(HEAD + BODY.format(told)).denial_reasons}


@pytest.mark.parametrize(
    "aside",
    [
        "The clinic is contracted with us.",
        "The code and the diagnosis agree.",
        "Your coverage was active on the day of the visit.",
        "The claim arrived within the filing limit.",
        "Other treatments, such as splints, are covered and need no prior authorization.",
        "Massage may start without a referral.",
        "We did not ask for office notes, and none are needed.",
        "We have asked the surgeon not to send the films again.",
        "We approved it last year because her doctor showed that two other drugs had failed.",
        "We have no quarrel with the surgeon or with where it was to be done.",
        "You had visits left in the year.",
        "The bill arrived well within the time for filing.",
        "No other drug has to come first.",
        "The visit would not have needed an authorization.",
        "Nothing in this notice says that the pump was not needed.",
        "Your surgeon argues that the pump is medically necessary.",
        "Your benefits were not exhausted, and nothing was missing from the chart.",
        "Please bill the other plan first, not later than 12 months after the visit.",
    ],
)
def test_what_is_in_order_or_not_asked_for_gives_no_reason(aside):
    told = "We have denied the pump. The pump is investigational for your condition."
    assert reasons(f"{told} {aside}") == {"experimental"}
    assert reasons(f"{aside} {told}") == {"experimental"}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("The clinic is not contracted with us, and no referral was made.", "network_referral"),
        ("The code and the diagnosis do not agree.", "coding_mismatch"),
        ("Your coverage was active until March 3, and the visit was on March 9.", "eligibility"),
        ("The claim did not arrive within the filing limit.", "timely_filing"),
        ("The scan was done without prior authorization.", "no_prior_auth"),
        ("We asked for the office notes and they were not sent.", "insufficient_documentation"),
    ],
)
def test_the_same_words_with_a_no_give_it(told, reason):
    assert reasons(f"We have denied the claim. {told}") == {reason}


@pytest.mark.parametrize(
    "before",
    [
        "Your appeal came in after the time limit. We accepted it all the same.",
        "Your appeal was received nine days past the deadline. We reviewed it nonetheless.",
    ],
)
def test_a_late_appeal_that_was_heard_is_not_upheld_as_late(before):
    told = "We uphold the denial. The lamp is not medically necessary for you."
    assert reasons(f"{before} {told}") == {"medical_necessity"}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("It was not paid since the lab does not take part in your network, and no exception was asked for.",
         "network_referral"),
        ("Aromatherapy is left out of your plan, and the handbook knows no exception.", "excluded_benefit"),
        ("Oxygen is not needed, because your levels stay good at rest and when you walk.", "medical_necessity"),
        ("Your hearing aids: the plan that your employer picked leaves these out.", "excluded_benefit"),
    ],
)  # fmt: skip
def test_what_takes_the_force_of_one_clause_leaves_the_other(told, reason):
    assert reasons(f"We have denied the request. {told}") == {reason}


def test_what_is_said_of_the_whole_sentence_holds_for_its_parts():
    told = "The lamp is described at length, and we do not question that you have a right to an appeal."
    assert reasons(f"We have denied the pump. {told} The pump is investigational.") == {"experimental"}


def test_what_is_not_the_reason_is_named_before_it():
    aside = "Your plan has a yearly limit, but neither the limit nor the network is the reason."
    assert reasons(f"We have denied the pump. {aside} The pump is investigational.") == {"experimental"}


@pytest.mark.parametrize("line", ["PAYER: Hill Mutual Comp Fund (workers comp)", "Pre-treatment request no. 26-PT-88"])
def test_a_line_that_names_or_numbers_gives_none(line):
    told = f"Date: May 4, 2026\n{line}\n\nDear Dr. Roe:\n\nWe have denied the pump. The pump is investigational."
    assert {one.category.value for one in letter(HEAD + told).denial_reasons} == {"experimental"}


def test_words_by_which_something_falls_out_against_the_request():
    assert falls_out("No notes came.")
    assert falls_out("It exceeds what the plan allows.")
    assert not falls_out("The doctor is contracted.")


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("The lamp is denied because splints were not tried first. We waived your copay.", "step_therapy"),
        ("The lamp is experimental. We reviewed the papers, even though they came late.", "experimental"),
        ("The lamp is experimental. We extended our review by ten days.", "experimental"),
        ("Your claim was sent late and is denied. We allow more time only where there is good cause for it.",
         "timely_filing"),
        ("Your claim was filed after the deadline. We waived the deadline for claims of March only.", "timely_filing"),
        ("The treatment may not begin without prior authorization, and none was given.", "no_prior_auth"),
        ("The visit could not be paid without a referral.", "network_referral"),
        ("There is no doubt that the lift is cosmetic.", "cosmetic"),
        ("Her Medicare coverage is active and has to pay first.", "cob_other_payer"),
        ("The date and the code match a claim that we paid on May 2.", "duplicate"),
        ("The chart is adequate to show that the lift is cosmetic.", "cosmetic"),
        ("Last year we told you not to count on payment for cosmetic care.", "cosmetic"),
        ("We approved code 70551 and the center billed code 70553.", "auth_mismatch"),
    ],
)  # fmt: skip
def test_what_looks_like_an_aside_and_tells_why_is_a_reason(told, reason):
    assert reason in reasons(f"We have denied the request. {told}")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Provider: out of network", "network_referral"),
        ("Group: coverage ended 02/28/2026", "eligibility"),
        ("Facility: non-participating", "network_referral"),
    ],
)
def test_a_label_with_a_finding_behind_it_is_a_reason(line, reason):
    assert reason in reasons(f"We have denied the claim.\n\n{line}")
