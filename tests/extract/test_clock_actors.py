"""Whose time a span is: the reader's, the payer's or nobody's; and what a limit without an act of its own is for."""

import pytest

from tests.extract.test_clock_forms import limits

PAYERS = [
    ("Once the papers are here we will finish within 15 days.", {"payer_decision 15 day"}),
    ("Ordinary answers take up to 30 days; urgent ones 72 hours.", {"payer_decision 30 day", "payer_decision 72 hour"}),
    ("Write URGENT on the first page for a 72-hour answer.", {"payer_decision 72 hour"}),
    ("The agent shall resolve the grievance not later than the 30th day after its receipt.", {"payer_decision 30 day"}),
    ("The outside entity decides standard requests in 7 days.", {"payer_decision 7 day"}),
    (
        "We decide within 30 days after we get your appeal. If your appeal is about a drug that you have, 7 days.",
        {"payer_decision 30 day", "payer_decision 7 day"},
    ),
    (
        "There are two kinds. Expedited (72 hours). Standard (7 days).",
        {"payer_decision 72 hour", "payer_decision 7 day"},
    ),
    ("You may appeal. We begin to take the money back within 41 days of this letter.", set()),
    ("Decisions on appeals about care already given are made in 30 days.", {"payer_decision 30 day"}),
    (
        "An outside reviewer can decide whether it was right; you have 4 months from the day you get our final reply.",
        {"external_review 4 month"},
    ),
    (
        "External review. For decisions that involve judgment, within 4 months after you receive the Level 2 decision.",
        {"external_review 4 month"},
    ),
    ("Fast appeal - we answer within 72 hours when waiting may harm your health.", {"payer_decision 72 hour"}),
]
NOBODYS = [
    "Two drugs were tried, each for no less than eight weeks, without result.",
    "You may appeal. To go above it the practitioner must have examined the patient within six months.",
    "She had about nine weeks of physical therapy.",
    "The infusion is given every six months.",
]
TOPICS = [
    ("HOW DO I APPEAL?\n\nYou have 180 days from the date you got this letter.", "internal_appeal 180 day"),
    ("You can ask for an appeal.\n\nYou must ask within 60 calendar days of the date on this notice.",
     "internal_appeal 60 day"),
    ("You have until December 27, 2026. Tap Appeal in the app.", "internal_appeal 2026-12-27"),
    ("Do you disagree? Write to us within 180 days of the day you get this.", "internal_appeal 180 day"),
    ("Our medical director will take a call at 800-555-0162 until August 15, 2026.", "peer_to_peer 2026-08-15"),
    ("A rheumatologist is available to speak with the prescriber until 5 p.m. on 19 August 2026.",
     "peer_to_peer 2026-08-19"),
    ("Refund the sum within 60 days of this notice or the amount will be offset.", "overpayment_response 60 day"),
    ("Please send the signed plan of care. We close the request on December 17, 2026 if it is not here.",
     "records_due 2026-12-17"),
    ("KEEPING YOUR SERVICES\n\nIf you want it to go on during the appeal, ask us within 10 days of this letter.",
     "continuation_of_benefits 10 day"),
    ('"appeal": {"window": "90 days from the date of this letter", "fax": "312-555-0177"}', "internal_appeal 90 day"),
    ("The hospital may speak with Dr. Castellane within 5 business days of this letter.",
     "peer_to_peer 5 business_day"),
    ("Please remit within 45 days of this letter, or write to us why you disagree.", "overpayment_response 45 day"),
    ("| Step | Last day |\n|---|---|\n| First appeal, fax 800-555-0142 | 7 April 2027 |", "internal_appeal 2027-04-07"),
    ('"appeal": {"deadline_days": 180, "counted_from": "date of this letter"}', "internal_appeal 180 day"),
    ("appeal_deadline: 2026-12-01\nappeal_fax: 800-555-0103\npeer_to_peer_deadline: 2026-06-15",
     "internal_appeal 2026-12-01"),
    ("Records not received within 30 days of this request will result in denial.", "records_due 30 day"),
    ("Please give us the notes within 45 days of this letter. If they are not here by the 46th day we deny the claim.",
     "records_due 45 day"),
    ("Answer by fax within 48 hours so that we can finish on time. Please send the notes within 48 hours.",
     "records_due 48 hour"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PAYERS)
def test_the_payers_own_time_is_no_limit_of_the_reader(text: str, expected: set[str]) -> None:
    assert limits(text) == expected


@pytest.mark.parametrize("text", NOBODYS)
def test_how_long_something_went_on_limits_nobody(text: str) -> None:
    assert limits(text) == set()


@pytest.mark.parametrize(("text", "expected"), TOPICS)
def test_a_limit_is_for_what_is_spoken_of(text: str, expected: str) -> None:
    assert expected in limits(text)


def test_what_stands_first_in_a_sentence_is_the_start_of_all_its_limits() -> None:
    text = "After you get the notice of appeal resolution you have 6 months to ask for an independent medical review"
    found = limits(f"{text} and 120 days to ask for a State hearing.")
    assert found == {"external_review 6 month", "fair_hearing 120 day"}


def test_a_number_of_days_behind_a_printed_day_is_the_same_limit() -> None:
    assert "records_due 45 day" in limits("We must have your records by September 17, 2026 (45 days).")
