"""The words in which letters set limits: of one thing in many forms, each with what it is for and how long it is."""

from dataclasses import replace

import pytest

from pipeline.extract.clocks import find_clocks
from pipeline.extract.dates import Dates
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.letter import Anchor, Finding
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())
HEAD = "Some Health Plan\n\nAugust 3, 2026\n\nDear Ms. Roe:\n\nWe did not approve a scan.\n\nWHAT YOU CAN DO\n\n"
DATES = Dates(
    letter_date=Finding(value="2026-08-03", text="August 3, 2026", page=1, boxes=(), confidence=1.0, rule="given")
)


def limits(text):
    content = f"{HEAD}{text}\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    found = find_clocks(LANGUAGE.reading(Text(content=content, pages=(page,))), LANGUAGE, dates=DATES)
    return {f"{c.kind.value} {c.amount} {c.unit.value}" if c.amount else f"{c.kind.value} {c.due}" for c in found}


FORMS = [
    (
        "You may appeal this decision by Friday, September 4.",
        "internal_appeal 2026-09-04",
    ),
    (
        "The last day to appeal is September 4th.",
        "internal_appeal 2026-09-04",
    ),
    (
        "You have 65 calendar days from the date of this notice to ask for an appeal.",
        "internal_appeal 65 day",
    ),
    (
        "Appeals: 60 days, fax 614-555-0161.",
        "internal_appeal 60 day",
    ),
    (
        "Appeal window: 180 days from receipt.",
        "internal_appeal 180 day",
    ),
    (
        "An appeal may be filed not later than the 180th day after the date this notice is received.",
        "internal_appeal 180 day",
    ),
    (
        "You must appeal by the 60th calendar day after the date of this letter.",
        "internal_appeal 60 day",
    ),
    (
        "If you do not agree, tell us so within six months.",
        "internal_appeal 6 month",
    ),
    (
        "We must hear from you no later than 60 days from the date on this letter to start an appeal.",
        "internal_appeal 60 day",
    ),
    (
        "The last day to appeal is November 13, 2026.",
        "internal_appeal 2026-11-13",
    ),
    (
        "Your appeal has to be in our hands by November 13, 2026.",
        "internal_appeal 2026-11-13",
    ),
    (
        "Appeal deadline: 11/13/2026",
        "internal_appeal 2026-11-13",
    ),
    (
        "Appeal by: 13 November 2026",
        "internal_appeal 2026-11-13",
    ),
    (
        "You have until November 13, 2026 to appeal.",
        "internal_appeal 2026-11-13",
    ),
    (
        "You have four months from the day you get this letter to ask for an independent outside review.",
        "external_review 4 month",
    ),
    (
        "You can now ask for an independent outside review. You have four months from the day you get this letter.",
        "external_review 4 month",
    ),
    (
        "An outside group can look at it again. Ask for this outside review within 120 days of this letter.",
        "external_review 120 day",
    ),
    (
        "The worker may ask for independent medical review within 30 days of service of this decision.",
        "external_review 30 day",
    ),
    (
        "Application for IMR (form enclosed) must be postmarked within thirty (30) calendar days of this notice.",
        "external_review 30 day",
    ),
    (
        "To keep getting these services while you appeal, ask within 10 days of this letter.",
        "continuation_of_benefits 10 day",
    ),
    (
        "Do you want your care to go on while we look again? Ask us on or before October 1, 2026.",
        "continuation_of_benefits 2026-10-01",
    ),
    (
        "If we say no again, you can ask for a State Fair Hearing. You have 120 days after you get our appeal letter.",
        "fair_hearing 120 day",
    ),
    (
        "You can ask the State for a fair hearing within 90 days of this letter.",
        "fair_hearing 90 day",
    ),
    (
        "A judge can hear your case: ask for a hearing with the State within 120 days.",
        "fair_hearing 120 day",
    ),
    (
        "We will tell you our answer in 30 days.",
        "payer_decision 30 day",
    ),
    (
        "We decide fast appeals in 3 days.",
        "payer_decision 3 day",
    ),
    (
        "A fast answer comes in 72 hours.",
        "payer_decision 72 hour",
    ),
    (
        "Expedited appeals: answer within 72 hours.",
        "payer_decision 72 hour",
    ),
    (
        "To talk with our pharmacist before you appeal, call 913-555-2266 in the next 14 days.",
        "peer_to_peer 14 day",
    ),
    (
        "You may discuss this with our medical director within five (5) business days.",
        "peer_to_peer 5 business_day",
    ),
    (
        "Please send, within 45 calendar days of this notice: office notes.",
        "records_due 45 day",
    ),
    (
        "Send the missing papers within 14 days from the date of this letter.",
        "records_due 14 day",
    ),
    (
        "Send the bill again with both filled in within 90 days of this mailing.",
        "corrected_claim 90 day",
    ),
    (
        "A corrected bill can be sent until December 31, 2026.",
        "corrected_claim 2026-12-31",
    ),
    (
        "You have 12 months from the remittance date to send a corrected claim.",
        "corrected_claim 12 month",
    ),
    (
        "Write to us within 6 months of the date of this decision and ask us to reconsider.",
        "internal_appeal 6 month",
    ),
    (
        "Ask us in writing to reconsider our initial decision within 6 months from the date of this notice.",
        "internal_appeal 6 month",
    ),
    (
        "If we do not change our mind you have 90 days after the date of our letter to ask OPM to look at it.",
        "second_level 90 day",
    ),
    (
        "A provider may ask for reconsideration of these lines within 12 months of the run date.",
        "reconsideration 12 month",
    ),
    (
        "Provider disputes: up to 90 days following the date on this notice.",
        "provider_dispute 90 day",
    ),
    (
        "To dispute this, write within 30 days of receipt of this letter.",
        "provider_dispute 30 day",
    ),
    (
        "Please send a check within 45 days of this letter.",
        "overpayment_response 45 day",
    ),
    (
        "Pay us back within 30 days of this letter.",
        "overpayment_response 30 day",
    ),
    (
        "A retrospective authorization may be asked for within 2 business days of the service.",
        "retro_authorization 2 business_day",
    ),
    (
        "An appeal must be in within sixty days of the date above.",
        "internal_appeal 60 day",
    ),
    (
        "You may contest this within sixty days of the date above.",
        "internal_appeal 60 day",
    ),
    (
        "To object, write us no more than 180 days from the day you receive this letter.",
        "internal_appeal 180 day",
    ),
    (
        "Reviews of this decision may be asked for in the 180 days that follow it.",
        "internal_appeal 180 day",
    ),
    (
        "The plan gives you 180 days to appeal.",
        "internal_appeal 180 day",
    ),
    (
        "You've got 180 days to appeal.",
        "internal_appeal 180 day",
    ),
    (
        "180 days to appeal from this letter's date.",
        "internal_appeal 180 day",
    ),
    (
        "Second look: within 180 days you may appeal.",
        "internal_appeal 180 day",
    ),
    (
        "Level 1 appeal: 180 days. Level 2 appeal: 60 days.",
        "internal_appeal 180 day|second_level 60 day",
    ),
    (
        "Appeal rights expire on March 3, 2027.",
        "internal_appeal 2027-03-03",
    ),
    (
        "REDETERMINATION REQUESTS MUST BE RECEIVED WITHIN 120 DAYS OF THIS NOTICE.",
        "internal_appeal 120 day",
    ),
    (
        "File your appeal with the clerk not more than 20 days after mailing of this order.",
        "internal_appeal 20 day",
    ),
    (
        "You have 1 year from today to appeal.",
        "internal_appeal 1 year",
    ),
    (
        "A request for appeal received later than 60 days from this notice will be dismissed.",
        "internal_appeal 60 day",
    ),
    (
        "You can ask to reopen the claim for up to one year.",
        "reopening 1 year",
    ),
    (
        "You may submit the operative report within 30 days; if we do not have it then, the claim stays denied.",
        "records_due 30 day",
    ),
    (
        "You will get an answer no later than September 1, 2026.",
        "payer_decision 2026-09-01",
    ),
    (
        "The attending may call 614-555-0150 before noon on 8/12/2026 for a peer to peer.",
        "peer_to_peer 2026-08-12",
    ),
    (
        "The records must reach us by September 17, 2026.",
        "records_due 2026-09-17",
    ),
    (
        "Inside ten days your surgeon can request a reconsideration or a peer-to-peer talk.",
        "reconsideration 10 day|peer_to_peer 10 day",
    ),
    (
        "An appeal must be filed within 45 days of this notice; that does not extend the IMR period.",
        "internal_appeal 45 day",
    ),
    (
        "The ruling on your appeal is mailed within 40 days.",
        "payer_decision 40 day",
    ),
    (
        "We answer an appeal about a stay within 21 days."
        " If it concerns a bill that you have paid already, the time is 50 days.",
        "payer_decision 21 day|payer_decision 50 day",
    ),
    (
        "Ask a second-level contractor to look. It usually decides within 75 days.",
        "payer_decision 75 day",
    ),
    (
        "Your surgeon may talk to one of our medical directors."
        " This has to be done within 8 days of this letter, before any appeal is lodged.",
        "peer_to_peer 8 day",
    ),
    (
        "You can ask us to reconsider this within 95 days of this letter.",
        "internal_appeal 95 day",
    ),
    (
        "You have until October 3, 2026 to send us a corrected one of the claim that you billed.",
        "corrected_claim 2026-10-03",
    ),
    (
        "To keep your 12 hours of home care during the appeal, ask us by August 20, 2026.",
        "continuation_of_benefits 2026-08-20",
    ),
    (
        '{"appealWindowDays": 150, "next": "none"}',
        "internal_appeal 150 day",
    ),
    (
        "Send office notes for the six months before the injection.",
        "",
    ),
    (
        "The plan pays for 20 visits in 12 months.",
        "",
    ),
]


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_a_limit_in_its_form(text, expected):
    assert limits(text) == {one for one in expected.split("|") if one}


def test_service_of_a_notice_is_no_day_of_service():
    """The treatment was earlier: from there the limit would end too early by months."""
    content = f"{HEAD}A request for external review must be here within 20 days of the service of this decision.\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    day = Finding(value="2026-02-02", text="February 2, 2026", page=1, boxes=(), confidence=1.0, rule="given")
    dates = replace(DATES, dates_of_service=(day,))
    found = find_clocks(LANGUAGE.reading(Text(content=content, pages=(page,))), LANGUAGE, dates=dates)
    assert [(c.anchor, c.due) for c in found] == [(Anchor.LETTER_DATE, "2026-08-23")]
