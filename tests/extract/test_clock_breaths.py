"""Limits as many strangers word them: by mechanism, each with several members in invented words."""

import pytest

from tests.extract.plain_letter import letter

HEAD = """Some Health Plan
12 Quarry Road, Dover, DE 19901

August 3, 2026

Re: Jane Roe, Member ID QQ1203344

Dear Ms. Roe:

We did not approve the scan because it is not medically necessary.

"""
APPEAL = "You may appeal within 60 days of this letter. "
OF_APPEAL = "internal_appeal 60 day 2026-10-02"


def limits(told: str, *, head: str = HEAD) -> set[str]:
    found = letter(f"{head}{told}\n\nSincerely,\nSome Health Plan\n").clocks
    return {
        f"{c.kind.value} {c.amount} {c.unit.value} {c.due}" if c.amount and c.unit else f"{c.kind.value} {c.due}"
        for c in found
    }


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ("You may appeal within 60 days of issue date.", "2026-10-02"),
        ("Appeal within 60 days of the date posted, fax 555-222-0101.", "2026-10-02"),
        ("Appeals are taken for 60 days after posting.", "2026-10-02"),
        ("An appeal has to be sent within 60 days of the day this was put in the mail.", "2026-10-02"),
        ("Appeal within 60 days of the date of this screen.", "2026-10-02"),
        ("Appeal within 60 days from the date it was issued.", "2026-10-02"),
        ("Appeal within 60 days from the date on which this determination was served.", "2026-10-02"),
        ('"what_next": "appeal within 60 days of notice_date"', "2026-10-02"),
        ("You may appeal within 60 days of the last treatment.", "None"),
        ("You may appeal within 60 days of this treatment.", "None"),
    ],
)
def test_a_limit_from_the_day_of_the_paper_whatever_it_calls_itself(told: str, due: str) -> None:
    assert limits(told) == {f"internal_appeal 60 day {due}"}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("You may ask for a reconsideration by August 20, 2026, or appeal within 180 days from receipt of this letter.",
         {"reconsideration 2026-08-20", "internal_appeal 180 day 2027-01-30"}),
        ("A reconsideration may be requested by August 20, 2026, or an appeal filed in 180 days of receipt of this "
         "letter.",
         {"reconsideration 2026-08-20", "internal_appeal 180 day 2027-01-30"}),
        ("Request a peer-to-peer within 10 days of this letter or file an appeal within 60 days of this letter.",
         {"peer_to_peer 10 day 2026-08-13", OF_APPEAL}),
        ("Send a corrected claim by 09/30/2026, otherwise dispute the payment within 60 days of this notice.",
         {"corrected_claim 2026-09-30", "provider_dispute 60 day 2026-10-02"}),
        ("Item 1 may be billed again as a corrected claim within 90 days of this notice. For items 2 and 3 you may ask "
         "for a review within 180 days of this notice.",
         {"corrected_claim 90 day 2026-11-01", "internal_appeal 180 day 2027-01-30"}),
        ("You have 90 days from this notice to ask for a reconsideration, and 60 days after the reconsideration answer "
         "to appeal.", {"reconsideration 90 day 2026-11-01", "internal_appeal 60 day None"}),
    ],
)  # fmt: skip
def test_two_limits_in_one_breath_have_an_act_each(told: str, expected: set[str]) -> None:
    assert limits(told) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (APPEAL + "We will write to you within 30 days if you have not had the care and within 60 days if you have.",
         {OF_APPEAL, "payer_decision 30 day None", "payer_decision 60 day None"}),
        (APPEAL + "We decide within 30 days, or within 72 hours (24 hours for some drugs) where it is urgent.",
         {OF_APPEAL, "payer_decision 30 day None", "payer_decision 72 hour None", "payer_decision 24 hour None"}),
        (APPEAL + "We reply within 30 days.", {OF_APPEAL, "payer_decision 30 day None"}),
        (APPEAL + "Expect word from us in 15 days, or 3 days when it cannot wait.",
         {OF_APPEAL, "payer_decision 15 day None", "payer_decision 3 day None"}),
        ("We will read it and write to you with our decision by September 9, 2026.", {"payer_decision 2026-09-09"}),
        ("We are looking at your appeal and will get back to you with an answer by September 9, 2026.",
         {"payer_decision 2026-09-09"}),
    ],
)  # fmt: skip
def test_the_payers_time_for_two_sorts_of_cases(told: str, expected: set[str]) -> None:
    assert limits(told) == expected


@pytest.mark.parametrize(
    "told",
    [
        "Your appeal about the 12 hours of nursing that we cut on July 3 is here.",
        "A request for the notes on July 1 was not answered within 5 business days.",
        "The records we asked for were not returned within 10 days.",
        "Your agency did not reply within 14 days.",
        "We read your appeal. The diary has 14 days before treatment and 12 days after the second cycle.",
    ],
)
def test_what_was_asked_for_and_what_was_missed_limits_nobody(told: str) -> None:
    assert limits(told) == set()


def test_days_that_are_appealed_are_no_limit() -> None:
    assert limits("You may appeal the 3 days of the stay within 60 days of this letter.") == {OF_APPEAL}


@pytest.mark.parametrize(
    "told",
    [
        "If the notes are not here within 10 days of this letter we will deny the claim.",
        "If you do not send the notes within 10 days of this letter we will close the file.",
    ],
)
def test_what_must_not_be_missed_yet_is_a_limit(told: str) -> None:
    assert {one.rpartition(" ")[0] for one in limits(told)} == {"records_due 10 day"}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Your doctor can speak with me or another surgeon: 555-222-0146, Monday to Friday, within 3 business days of "
         "this letter.", "peer_to_peer 3 business_day 2026-08-06"),
        ("PEER TO PEER\n555-222-0181 ext 4. Please call by 2026-08-10.", "peer_to_peer 2026-08-10"),
        ("Want to talk it over with our doctor? Call 555-222-0145 by 08/13/2026.", "peer_to_peer 2026-08-13"),
        ("Peer discussion: 555-222-0171 weekdays 8-5, ten business days from the notice.",
         "peer_to_peer 10 business_day 2026-08-17"),
    ],
)  # fmt: skip
def test_a_talk_with_the_reviewer_beside_hours_and_numbers(told: str, expected: str) -> None:
    assert limits(told) == {expected}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("  appeal_days ...... 120 (from date of letter)\n  appeal_fax ....... 504-555-0191",
         "internal_appeal 120 day 2026-12-01"),
        ("  dispute_window_days : 60\n  dispute_fax : 504-555-0191", "provider_dispute 60 day 2026-10-02"),
        ('"appeal": {"days_from_notice": 60, "fax": "504-555-0191"}', OF_APPEAL),
        ("appeal_by ........ 2026-10-02\nfax .... 504-555-0191", "internal_appeal 2026-10-02"),
        ("  p2p_deadline: 2026-08-10\n", "peer_to_peer 2026-08-10"),
    ],
)  # fmt: skip
def test_limits_of_records_that_others_export(told: str, expected: str) -> None:
    assert limits(told) == {expected}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("To keep your therapy while we decide. Ask for an appeal by August 13, 2026 and tell us to leave the "
         "visits as they are.", "continuation_of_benefits 2026-08-13"),
        ("If you want your hours to stay the same\nAsk for the appeal within 10 calendar days of the date on this "
         "notice, and say that the hours should not change.", "continuation_of_benefits 10 day 2026-08-13"),
        ("To keep the 20 hours while we look again, ask within 15 calendar days of the date on this notice.",
         "continuation_of_benefits 15 day 2026-08-18"),
        ("Keeping your aide: file the appeal no later than August 13, 2026 and ask that the aide go on coming.",
         "continuation_of_benefits 2026-08-13"),
        ("How to stop us from taking the money\nWe will not start if your request for redetermination gets here within "
         "30 days of the date of this letter.", "recoupment_hold 30 day 2026-09-02"),
        ("Recoupment starts on day 41. It will not if your redetermination request is here within 30 days of the date "
         "of this letter.", "recoupment_hold 30 day 2026-09-02"),
        ("Stopping the offset. You may appeal within 120 days of this letter.", "internal_appeal 120 day 2026-12-01"),
    ],
)  # fmt: skip
def test_an_appeal_in_time_for_what_follows_from_it(told: str, expected: str) -> None:
    assert limits(told) == {expected}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("This is an estimate and not a promise to pay. Disagree? Write to us within 180 days of the date above: "
         "Appeals, P.O. Box 9120, Eagan, MN 55121.", {"internal_appeal 180 day 2027-01-30"}),
        ("Payment is subject to eligibility on the date of service. You may appeal within 90 days of this notice.",
         {"internal_appeal 90 day 2026-11-01"}),
        ("Clinical criteria\nThe policy asks for a trial of 6 months within the last 12 months. The trial must be "
         "within 90 days of the request.", set()),
    ],
)  # fmt: skip
def test_a_limit_among_small_print_that_runs_from_this_letter(told: str, expected: set[str]) -> None:
    assert limits(told) == expected


def test_a_telephone_number_leads_to_a_span_in_a_block_of_labels() -> None:
    told = "P2P: 603-555-0171, 10 DAYS FROM DATE OF THIS NOTICE\nAPPEAL: 60 DAYS FROM DATE OF THIS NOTICE"
    head = "FAX NOTICE\nFROM: SOME HEALTH PLAN UM\nTO: DR AMES\nDATE: 08-03-2026\nPT: ROE, JANE\nSTATUS: DENIED\n"
    assert limits(told, head=head) == {"peer_to_peer 10 day 2026-08-13", OF_APPEAL}
