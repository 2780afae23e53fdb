"""Stated time limits: what they are for, how long, from when, and the earliest safe day."""

import pytest

from pipeline.extract.clocks import find_clocks
from pipeline.extract.clocks.durations import durations, printed_days
from pipeline.extract.dates import Dates
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.letter import ClockBasis, Finding
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())
HEAD = (
    "Some Health Plan\nP.O. Box 1\nTown, OH 43210\n\nMarch 2, 2026\n\nDear Provider:\n\nYour request has been "
    "denied because the records do not show a trial.\n\nYour Appeal Rights\n"
)


def dated(value):
    return Finding(value=value, text=value, page=1, boxes=(), confidence=1.0, rule="given")


DATES = Dates(letter_date=dated("2026-03-02"), dates_of_service=(dated("2026-01-10"),))


def clocks(body, *, head=HEAD, dates=DATES):
    content = f"{head}{body}\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    return find_clocks(LANGUAGE.reading(Text(content=content, pages=(page,))), LANGUAGE, dates=dates)


def said(found):
    return [(c.kind.value, c.amount, c.unit.value if c.unit else None, c.anchor.value, c.due) for c in found]


IA, P2P, PD = "internal_appeal", "peer_to_peer", "payer_decision"
SENTENCES = [
    (
        "You have 60 days from the date of this notice to file an appeal.",
        [(IA, 60, "day", "letter_date", "2026-05-01")],
    ),
    (
        "You must file your appeal within 65 calendar days of the date on this letter.",
        [(IA, 65, "day", "letter_date", "2026-05-06")],
    ),
    (
        "Within one hundred eighty (180) days after receipt of this notice, you may submit a written appeal.",
        [(IA, 180, "day", "receipt", "2026-08-29")],
    ),
    ("Appeals must be postmarked no later than August 29, 2026.", [(IA, None, None, "unstated", "2026-08-29")]),
    ("Your appeal must be received by 08/31/2026.", [(IA, None, None, "unstated", "2026-08-31")]),
    ("If you disagree, you may file an appeal within 90 days.", [(IA, 90, "day", "unstated", "2026-05-31")]),
    (
        "The appeal must be filed within 6 months from the date of our decision.",
        [(IA, 6, "month", "letter_date", "2026-09-02")],
    ),
    (
        "To ask for a redetermination, write to us within 120 days of the date you receive this notice.",
        [(IA, 120, "day", "receipt", "2026-06-30")],
    ),
    (
        "The physician may call to schedule a peer-to-peer discussion within 14 calendar days of the denial.",
        [(P2P, 14, "day", "letter_date", "2026-03-16")],
    ),
    (
        "Providers have 2 business days from notification to request a P2P.",
        [(P2P, 2, "business_day", "letter_date", "2026-03-04")],
    ),
    (
        "A peer-to-peer must be requested within 48 HOURS of this notice.",
        [(P2P, 48, "hour", "letter_date", "2026-03-04")],
    ),
    ("Expedited appeals are decided within seventy-two (72) hours.", [(PD, 72, "hour", "unstated", None)]),
    (
        "An expedited appeal must be requested within 10 days of receipt of this notice.",
        [("expedited_appeal", 10, "day", "receipt", "2026-03-12")],
    ),
    ("We will give you a decision within 30 days after we get your appeal.", [(PD, 30, "day", "receipt", None)]),
    (
        "We will review your appeal and send you a written decision by June 27, 2026.",
        [(PD, None, None, "unstated", "2026-06-27")],
    ),
    (
        "You may ask for an Independent Medical Review within 6 months of the date of this letter.",
        [("external_review", 6, "month", "letter_date", "2026-09-02")],
    ),
    (
        "You have four (4) months from the date you receive our final internal adverse benefit determination to "
        "request an external review.",
        [("external_review", 4, "month", "decision_date", None)],
    ),
    (
        "If your appeal is denied, you may request an external review within four months.",
        [("external_review", 4, "month", "decision_date", None)],
    ),
    (
        "You may request a State Fair Hearing no later than 120 days from the date of the notice of resolution of "
        "your appeal.",
        [("fair_hearing", 120, "day", "decision_date", None)],
    ),
    (
        "Your benefits will continue if you ask us to continue them within 10 days of the date of this notice.",
        [("continuation_of_benefits", 10, "day", "letter_date", "2026-03-12")],
    ),
    (
        "If you want to keep getting services while we decide on your appeal, you must ask for an appeal within 10 "
        "days from the date on this letter.",
        [("continuation_of_benefits", 10, "day", "letter_date", "2026-03-12")],
    ),
    (
        "Providers may file a claim payment dispute within one year of the date of the remittance advice.",
        [("provider_dispute", 1, "year", "remittance_date", "2027-03-02")],
    ),
    (
        "Corrected claims must be received within 12 months of the date of service.",
        [("corrected_claim", 12, "month", "date_of_service", "2027-01-10")],
    ),
    (
        "You may resubmit the corrected claim within ninety (90) days of this letter.",
        [("corrected_claim", 90, "day", "letter_date", "2026-05-31")],
    ),
    (
        "A retrospective authorization may be requested within two weeks of the date of this letter.",
        [("retro_authorization", 14, "day", "letter_date", "2026-03-16")],
    ),
    (
        "Please send the requested records within 45 days of the date of this letter.",
        [("records_due", 45, "day", "letter_date", "2026-04-16")],
    ),
    (
        "You can ask for a Level 2 appeal within 60 days of this notice.",
        [("second_level", 60, "day", "letter_date", "2026-05-01")],
    ),
    (
        "Please refund the overpayment within 30 days of this letter.",
        [("overpayment_response", 30, "day", "letter_date", "2026-04-01")],
    ),
    (
        "If you file an appeal within 30 days from the date of this letter, we will not begin to recoup the money.",
        [("recoupment_hold", 30, "day", "letter_date", "2026-04-01")],
    ),
    (
        "If you do not refund the overpayment within 30 days of this letter, we will recoup the amount from future "
        "payments.",
        [("overpayment_response", 30, "day", "letter_date", "2026-04-01")],
    ),
    (
        "You may ask us to reopen the claim within one year from the date of this notice.",
        [("reopening", 1, "year", "letter_date", "2027-03-02")],
    ),
    (
        "You may ask for a claim reconsideration within 60 days from the date of this letter, and you may appeal "
        "within 180 days of this letter.",
        [("reconsideration", 60, "day", "letter_date", "2026-05-01"), (IA, 180, "day", "letter_date", "2026-08-29")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[f"s{n}" for n in range(len(SENTENCES))])
def test_a_sentence_states_its_limit(sentence, expected):
    assert said(clocks(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Our office is open 24 hours a day, 7 days a week.",
        "You must try methotrexate for at least 3 months.",
        "A headache diary of the past 3 months is needed for the appeal.",
        "Your authorization is valid until June 1, 2026.",
        "Ask for a fast appeal if waiting up to 30 days could harm you.",
        "We assume you received this notice five days after the date of the letter.",
        "We will begin recouping this amount 41 days from the date of this letter.",
        "Botox may be given once every 12 weeks.",
    ],
)
def test_what_limits_nobody(sentence):
    assert clocks(sentence) == ()


def test_look_back_of_a_criterion_is_no_limit():
    head = HEAD.replace("Your Appeal Rights\n", "Rationale\n")
    assert clocks("The policy requires a score obtained within ninety (90) days of the request.", head=head) == ()


def test_timely_filing_as_a_reason_is_no_limit():
    head = HEAD.replace("Your Appeal Rights\n", "Reason for Denial\n")
    assert (
        clocks("Claims must be filed within 90 days of service; this submission exceeded that window.", head=head) == ()
    )


def test_presumed_receipt_gives_the_outer_day():
    found = clocks(
        "You have 60 days from receipt to ask for a redetermination. You are presumed to receive this notice 5 "
        "days after its date."
    )
    assert [(c.due, c.due_latest) for c in found] == [("2026-05-01", "2026-05-06")]


def test_printed_day_and_number_that_agree_are_one_limit():
    found = clocks(
        "You have 24 hours from receipt of this notice to request a peer-to-peer review. Peer-to-peer must be "
        "requested by 03/03/2026 17:00 PST."
    )
    assert said(found) == [("peer_to_peer", 24, "hour", "receipt", "2026-03-03")]
    assert found[0].due_at == "2026-03-03 17:00 PST"


def test_printed_day_and_number_that_differ_are_both_kept():
    found = clocks("Your appeal must be filed within 180 days of this notice. Appeal deadline: May 1, 2026.")
    assert sorted(c.due for c in found) == ["2026-05-01", "2026-08-29"]
    assert all("the letter also gives" in c.working for c in found)


def test_a_printed_day_before_the_letter_is_no_due_date():
    found = clocks("Your appeal must be received by January 5, 2026.")
    assert [(c.due, c.basis) for c in found] == [(None, ClockBasis.CONFIRM)]


def test_words_and_figures_that_differ_give_the_shorter():
    found = clocks("You may appeal within ninety (60) days of this notice.")
    assert [c.amount for c in found] == [60]
    assert found[0].confidence < 0.7


def test_repeats_are_one_limit():
    found = clocks(
        "You may appeal within 180 days.\n\nFiling an appeal\nYour appeal must be filed within 180 days of the "
        "date of this letter."
    )
    assert said(found) == [(IA, 180, "day", "letter_date", "2026-08-29")]


def test_without_a_letter_date_nothing_is_due():
    found = clocks("You may appeal within 180 days of this notice.", dates=Dates())
    assert [c.due for c in found] == [None]
    assert "letter date was not found" in found[0].working


def test_after_an_appeal_the_next_appeal_is_the_second_level():
    head = HEAD.replace(
        "Your request has been denied because the records do not show a trial.",
        "We are upholding our original decision to deny coverage.",
    )
    assert said(clocks("You may appeal this decision within 60 days of this notice.", head=head)) == [
        ("second_level", 60, "day", "letter_date", "2026-05-01")
    ]


def test_table_of_limits():
    found = clocks(
        "Appeal filing deadline\t180 days from receipt\nPeer-to-peer window\t10 business days from letter date"
    )
    assert said(found) == [
        (IA, 180, "day", "receipt", "2026-08-29"),
        ("peer_to_peer", 10, "business_day", "letter_date", "2026-03-16"),
    ]


def test_durations_of_a_text():
    spans = [
        (d.amount, d.unit.value)
        for d in durations(
            "in 180-day, one hundred and twenty (120) calendar days, 3 weeks, 10 working days, twelve months"
        )
    ]
    assert spans == [(180, "day"), (120, "day"), (21, "day"), (10, "business_day"), (12, "month")]


@pytest.mark.parametrize("text", ["ICD-10 days after you receive", "form CMS-20 days", "call 800-555-0110 days"])
def test_the_end_of_a_name_or_number_is_no_amount(text):
    assert durations(text) == ()


def test_printed_days_of_a_text():
    days = [
        p.day.isoformat()
        for p in printed_days("January 24, 2027; 1/5/27; 2027-02-03; 5 May 2027; Feb 30, 2027; 13/40/2027")
    ]
    assert days == ["2027-01-24", "2027-01-05", "2027-02-03", "2027-05-05"]


def test_a_quoted_limit_is_another_letters():
    assert clocks('Your letter quotes our notice: "You have 180 days to appeal."') == ()


def test_a_suit_is_no_step_of_the_payer():
    assert clocks("You may bring a civil action within one year of this letter.") == ()


@pytest.mark.parametrize(
    ("sentence", "amount", "unit"),
    [
        ("We decide appeals in 30 days.", 30, "day"),
        ("Decision in 30 days.", 30, "day"),
        ("A fast track appeal takes 72 hours.", 72, "hour"),
        ("You will get an answer within 72 hours.", 72, "hour"),
    ],
)
def test_the_payers_own_time_is_never_due(sentence, amount, unit):
    assert [(c.kind.value, c.amount, c.unit.value, c.due) for c in clocks(sentence)] == [
        ("payer_decision", amount, unit, None)
    ]


def test_the_tail_of_a_figure_is_no_amount():
    assert durations("$2,634.75 calendar days, 555-0143 days, 1/5/26 days") == ()
