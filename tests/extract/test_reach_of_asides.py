"""An aside reaches no farther than its clause; a rule that was kept by its numbers gives no reason."""

import pytest

from tests.extract.plain_letter import HEAD, letter

BODY = (
    "Re: Ann Roe, member ID EL7712040\n\nDear Dr. Roe:\n\nWe have denied the request.\n\n{}\n\nSincerely,\nThe Plan\n"
)


def reasons(told: str):
    return {one.category.value for one in letter(HEAD + BODY.format(told)).denial_reasons}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (
            "It could have been paid had the clinic been in network, but the clinic is out of network.",
            "network_referral",
        ),
        ("The visit would have been paid had there been a referral, and there was none.", "network_referral"),
        ("We did not rely on that note, and the operative report was not received.", "insufficient_documentation"),
        ("The panel did not rely on that article because the pump is investigational.", "experimental"),
        ("Had you called first we would have reviewed it; no approval was on file when it was done.", "no_prior_auth"),
        ("No advance notice was given, and the scan was done without prior authorization.", "no_prior_auth"),
        ("Extra help in your home is denied: home aides are excluded under your plan.", "excluded_benefit"),
        ("Another patient was denied by mistake; your own claim was filed after the limit.", "timely_filing"),
        (
            "It does not count toward your out-of-pocket maximum because it is not a covered benefit.",
            "excluded_benefit",
        ),
        (
            "We never reviewed whether the stay was needed, since it was not authorized before admission.",
            "no_prior_auth",
        ),
        ("Without reaching the question whether it was needed, we deny it for lack of authorization.", "no_prior_auth"),
        ("Although we agree that you are in pain, the drug is excluded under your plan.", "excluded_benefit"),
        ("Medical need was not considered: the claim came in after the filing limit.", "timely_filing"),
    ],
)
def test_another_clause_than_that_of_an_aside_gives_the_reason(told, reason):
    assert reasons(told) == {reason}


@pytest.mark.parametrize(
    "aside",
    [
        "Had the stay been covered, the benefit maximum would have been reached.",
        "Had no referral been given, we would have denied it as out of network.",
        "The panel did not rely on the missing notes, and it did not rely on the late filing.",
        "One reviewer thought the dose was above the limit, but the panel did not rely on that.",
        "Another patient was denied because her claim was filed after the limit.",
        "Extra Help from Medicare may lower what you pay for covered drugs.",
        "We never reviewed whether the stay was authorized before admission.",
        "Our nurse did not look at whether other pills were tried or whether notes were missing.",
    ],
)
def test_an_aside_takes_what_belongs_to_it(aside):
    assert reasons(f"The device is investigational. {aside}") == {"experimental"}


@pytest.mark.parametrize(
    "kept",
    [
        "The guideline asks for a score of at least 20, and the score was 24.",
        "Your score was 24. The guideline asks for a score of 20 or more.",
        "A BMI of 35 or more is required. The BMI is 41.",
        "Our policy requires 15 headache days or more; the diary shows 18.",
        "The criterion is an ejection fraction of 35 percent or less. Yours is 30 percent.",
        "A hemoglobin below 10 is required; it was 8.9.",
        "You used 4 of the 12 visits that the plan allows each year.",
        "The benefit allows twenty visits each year, and the member has used nine.",
        "The policy allows 200 units, and 155 units were asked for.",
        "The claim came 60 days after the visit; the limit is 120 days.",
        "The interval has to be 12 weeks, and 13 weeks have passed.",
        "The policy requires two triptans; three were tried.",
    ],
)
def test_a_rule_that_was_kept_gives_no_reason(kept):
    assert reasons(f"The device is investigational. {kept}") == {"experimental"}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("The guideline asks for a score of at least 20, and the score was 14.", "criteria_not_met"),
        ("A BMI of 35 or more is required. The BMI is 31.", "criteria_not_met"),
        ("You have used 12 of 12 allowed visits.", "benefit_maximum"),
        ("The policy allows 200 units, and 300 units were asked for.", "quantity_limit"),
        ("The policy requires two triptans; one was tried.", "step_therapy"),
        (
            "A BMI of 35 or more and a diet program are required. The BMI is 41. No diet program is shown.",
            "criteria_not_met",
        ),
        (
            "The guideline asks for a score of at least 20; it was 24 but not taken by a neurologist.",
            "criteria_not_met",
        ),
    ],
)
def test_a_rule_that_was_not_kept_gives_one(told, reason):
    assert reasons(told) == {reason}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        # The number counts from the bound.
        ("Bills have to reach us within 60 days. This claim came in 20 days late.", "timely_filing"),
        ("The claim arrived 110 days late; the limit is 200 days.", "timely_filing"),
        ("The filing limit is 150 days, and your claim was received 40 days after the limit.", "timely_filing"),
        ("The claim came 40 days past the deadline; the limit is 90 days.", "timely_filing"),
        ("The clinic's bills are due within 60 days. Ours arrived 20 days beyond the window.", "timely_filing"),
        ("The policy allows 200 units, and 40 additional units were asked for.", "quantity_limit"),
        ("The guideline asks for a score of at least 20. Yours was 24 points below it.", "criteria_not_met"),
        # The numbers are of two things.
        (
            "Renewal requires a 30 percent reduction in headache days. The log shows 40 percent of days with headache.",
            "continuation_no_benefit",
        ),
        (
            "Continued use requires a decrease of 40 percent. Her notes list pain on 45 percent of mornings.",
            "continuation_no_benefit",
        ),
        ("The guideline asks for a reading of at least 20. The BMI is 24.", "criteria_not_met"),
        # Months of age beside years.
        ("Patients must be at least 12. This patient was found to be 14 months old.", "criteria_not_met"),
        ("Patients must be at least 6 years old. She was found to be 20 months old.", "criteria_not_met"),
    ],
)
def test_numbers_that_cannot_be_compared_leave_the_reason(told, reason):
    assert reasons(told) == {reason}


@pytest.mark.parametrize(
    "kept",
    [
        "The claim came 60 days after the date of service; the limit is 120 days.",
        "Renewal requires a 30 percent reduction in headache days. The log shows a reduction of 40 percent.",
        "Renewal requires a 30 percent reduction in headache days. Yours was 40 percent.",
        "The drug is for patients at least 12 years old. He is 14.",
        "Patients must be at least 12. The patient was found to be 14 years old.",
        "The policy requires three preventives; four drugs were tried.",
    ],
)
def test_numbers_of_the_same_thing_still_tell_that_a_rule_was_kept(kept):
    assert reasons(f"The device is investigational. {kept}") == {"experimental"}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("The scan was denied for the same reason as the visit, because no referral was on file.", "network_referral"),
        ("The tray was refused on the same ground since no prior authorization was obtained.", "no_prior_auth"),
        ("The second unit was refused on the same ground, as no prior authorization was on file.", "no_prior_auth"),
        ("The drug was denied for the same reason since it is excluded under your plan.", "excluded_benefit"),
        (
            "Visits 1 to 4 remain approved, since from the fifth on skilled therapy is not medically necessary.",
            "medical_necessity",
        ),
        (
            "Nights 1 and 2 stand as approved, because on the third night a lower level of care was enough for you.",
            "level_of_care",
        ),
    ],
)
def test_a_ground_that_takes_an_aside_back_is_told(told, reason):
    assert reasons(told) == {reason}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("Do not refile the claim, it is a duplicate of one paid in May.", "duplicate"),
        ("Do not refile the claim, the claim is a duplicate of one paid in May.", "duplicate"),
        ("Please don't send this bill again, we denied it as a duplicate.", "duplicate"),
        ("Do not mail the bill again, it was received after the filing limit.", "timely_filing"),
        ("Do not mail the form again - the filing limit was missed by a month.", "timely_filing"),
        ("The scan was denied for the same reason, no prior authorization was on file.", "no_prior_auth"),
    ],
)
def test_a_bare_comma_before_a_subject_with_its_verb_ends_an_aside(told, reason):
    assert reasons(told) == {reason}


@pytest.mark.parametrize(
    "aside",
    [
        "If you have sent it before, please do not resubmit the claim, which would be a duplicate.",
        "Had you asked first, it could have been denied for lack of a referral.",
        "When a claim is denied as late, we do not rely on it.",
        "Do not send duplicate claims, duplicate records or bills that are late.",
    ],
)
def test_a_comma_within_an_aside_does_not_end_it(aside):
    assert reasons(f"The device is investigational. {aside}") == {"experimental"}


@pytest.mark.parametrize(
    "told",
    [
        "The visit of May 1 is approved. We did not reject the visit, we denied the pump because it is experimental.",
        "We have approved the visit. The visit was not denied, the pump was denied because it is experimental.",
    ],
)
def test_what_was_not_refused_ends_at_a_comma_before_what_was(told):
    read = letter(f"{HEAD}Re: Ann Roe, member ID EL7712040\n\nDear Dr. Roe:\n\n{told}\n\nSincerely,\nThe Plan\n")
    assert read.kind.value.endswith("denial")
    assert {one.category.value for one in read.denial_reasons} == {"experimental"}
