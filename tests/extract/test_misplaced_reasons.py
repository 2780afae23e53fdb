"""A reason that stands under a heading of general words, where the letter gives none elsewhere."""

import pytest

from tests.extract.plain_letter import HEAD, letter

BODY = (
    "Re: Ann Roe, member ID EL7712040\n\nDear Dr. Roe:\n\nWe have denied the request for the infusion.\n\n{}\n{}\n\n"
    "Sincerely,\nThe Plan\n"
)


def reasons(heading: str, told: str):
    return {one.category.value for one in letter(HEAD + BODY.format(heading, told)).denial_reasons}


@pytest.mark.parametrize(
    ("heading", "told", "reason"),
    [
        ("Financial responsibility", "We cannot pay because the drug is excluded under your plan.", "excluded_benefit"),
        ("Confidential", "The request was denied. The office notes were not received.", "insufficient_documentation"),
        ("Disclaimer", "We denied this request because no prior authorization was obtained.", "no_prior_auth"),
        ("Terms and conditions", "It was not approved because the drug is experimental.", "experimental"),
        ("Nondiscrimination", "This claim is denied as a duplicate of claim 551 paid on May 1.", "duplicate"),
    ],
)
def test_a_decision_under_general_words_says_why(heading, told, reason):
    assert reasons(heading, told) == {reason}


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("Disclaimer", "Claims may be denied when coverage has ended or when the service is excluded."),
        ("Financial responsibility", "You may have to pay when no prior authorization was obtained."),
        ("Confidential", "If this letter was sent to you in error, call us. Late claims are denied."),
        ("Disclaimer", "Do not send duplicate claims."),
    ],
)
def test_general_words_give_none(heading, told):
    assert reasons(heading, told) == set()


def test_what_stands_there_is_asked_last():
    told = "It was not paid because the claim was filed after the limit."
    assert reasons("The pump is experimental.\n\nDisclaimer", told) == {"experimental"}
