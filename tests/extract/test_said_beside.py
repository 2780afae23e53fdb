"""What stands beside a reason, an appeal or a policy and is none: and the true one that is not to be lost by it."""

import pytest

from tests.extract.plain_letter import HEAD, letter

_REF = "Re: Ann Roe, member ID EL7712040\n\nDear Dr. Roe:\n\n"
_BODY = _REF + "We have denied your claim.\n\n{}\n\nSincerely,\nThe Plan\n"


def _reasons(told: str) -> set[str]:
    return {one.category.value for one in letter(HEAD + _BODY.format(told)).denial_reasons}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("The pills asked for are not within the quantity limit.", "quantity_limit"),
        ("Your claim did not arrive within the limit.", "timely_filing"),
        ("The amount was not within the yearly limit.", "benefit_maximum"),
        ("The number of pills is over the limit and the rules for an exception were not met.", "quantity_limit"),
        ("Your auto carrier is responsible for the cost of this care.", "cob_other_payer"),
        ("Because Medicare is primary, it is responsible for the payment.", "cob_other_payer"),
        ("You are responsible for this charge because acupuncture is excluded from your plan.", "excluded_benefit"),
        ("It is clear to us that the drug is experimental.", "experimental"),
        ("You did not ask for a new authorization when the first one ended.", "no_prior_auth"),
        ("The authorization was for medical day care, not for the residential care you billed.", "auth_mismatch"),
        ("The approval did not extend to March, the month of this visit.", "auth_mismatch"),
        ("X-rays are not sent with the request, so we cannot decide.", "insufficient_documentation"),
    ],
)
def test_a_reason_is_not_taken_for_an_aside(told, reason):
    assert reason in _reasons(told)


def _faxes(told: str) -> set[str]:
    found = letter(HEAD + _BODY.format(f"The test is not medically necessary. {told}")).contacts
    return {f"{one.purpose.value} {one.value}" for one in found if one.channel.value == "fax"}


@pytest.mark.parametrize(
    "told",
    [
        "You may appeal within 180 days. Your office's fax on file is 555-555-0101.",
        "You may appeal within 180 days. We have your fax as 555-555-0101.",
        "You may appeal within 180 days. The fax number we have for you: 555-555-0101.",
        "Appeal within 60 days by mail. This notice was faxed to 555-555-0107 on May 4, 2026.",
        "Appeal within 60 days by mail. This notice went by fax to 555-555-0107.",
        "Appeal within 60 days by mail. We faxed this notice to 555-555-0107.",
        "Appeals cannot be faxed. Fax new requests to 555-555-0106.",
        "Appeals go to PO Box 1, Dover, DE 19901. Prior authorization requests go to fax 555-555-0110.",
        "To appeal write us within 90 days. New prior authorization requests: fax 555-555-0110.",
    ],
)
def test_a_fax_of_the_reader_or_of_new_requests_is_not_that_of_appeals(told):
    assert _faxes(told) == set()


@pytest.mark.parametrize(
    "told",
    [
        "Appeals may be sent by fax to 555-555-0120.",
        "You may appeal in writing. Put your fax number on it and fax it to 555-555-0120.",
        "You may appeal within 60 days. New facts may be faxed to 555-555-0120.",
        "Appeals and new requests: fax 555-555-0120.",
    ],
)
def test_the_fax_of_appeals_stays(told):
    assert _faxes(told) == {"appeal 5555550120"}


@pytest.mark.parametrize(
    "told",
    [
        "Insurance policy BLX-114 was issued to you in 2020.",
        "POLICY ABC-1234 HOLDER ANN VALE",
        "Policy: ELM-20931 Group: 4471. Policyholder: Ann Vale.",
        "Your group policy GRP-114 was renewed.",
        "Individual policy QR-2231 is with another company.",
    ],
)
def test_the_number_of_an_insurance_is_no_citation(told):
    assert [one.value for one in letter(HEAD + _BODY.format(told)).policy_citations] == []


def test_the_number_of_a_rule_is_one():
    for told in ("Policy: ELM-20931, Knee Imaging", "Our medical policy BLX-114 asks for two trials."):
        assert letter(HEAD + _BODY.format(told)).policy_citations


@pytest.mark.parametrize(
    ("told", "due"),
    [
        (
            "Not happy with the service? Complain within 365 days. An appeal must come within 60 days of this letter.",
            60,
        ),
        ("Under the old plan you could appeal within 365 days. Appeal within 30 days of this notice.", 30),
        ("Under your plan you may appeal within 60 days of this notice.", 60),
        ("Appeal within 60 days of the day you get this letter, which we take to be 5 days after its date.", 60),
        ("You may appeal within 60 days of receipt. Receipt is counted as being 3 days after the date of this.", 60),
    ],
)
def test_only_the_limit_of_this_appeal_is_one(told, due):
    found = letter(HEAD + _BODY.format(f"The test is not medically necessary. {told}")).clocks
    assert [one.amount for one in found if one.kind.value == "internal_appeal"] == [due]


def test_a_bill_that_stays_unpaid_upholds_nothing():
    told = "We approved the drug. The bill remains unpaid by you until you send your copay."
    assert letter(HEAD + _REF + told).kind.value == "approval"
