"""Time limits by class of wording: who acts, what is done, from which day; and days that limit nobody."""

import pytest

from tests.extract.plain_letter import HEAD, letter

_BODY = "Dear {}:\n\nWe denied the request for Botox (J0585) because it is not medically necessary.\n\n{}\n"
_MEMBER, _DOCTOR = "Ann Vale", "Dr. Roe"


def _told(reader: str, text: str) -> set[str]:
    """The limits as ``kind amount unit due``; ``-`` where the letter says none. The letter is of May 4, 2026."""
    found = letter(HEAD + _BODY.format(reader, text)).clocks
    return {f"{c.kind.value} {c.amount or '-'} {c.unit.value if c.unit else '-'} {c.value or '-'}" for c in found}


@pytest.mark.parametrize(
    ("reader", "text", "told"),
    [
        (
            _DOCTOR,
            "Should you see it otherwise, your written dispute has to be here within 30 days of "
            "the date of this letter.",
            {"provider_dispute 30 day 2026-06-03"},
        ),
        (
            _DOCTOR,
            "When there was no peer-to-peer, the hospital may send a provider dispute within 90 "
            "calendar days of the date of this letter.",
            {"provider_dispute 90 day 2026-08-02"},
        ),
        (
            _DOCTOR,
            "For a correction of the approval after the fact, phone 800-555-0101 within 10 "
            "business days of this notice.",
            {"retro_authorization 10 business_day 2026-05-18"},
        ),
        (
            _MEMBER,
            "If she has these visits now and you want them to carry on as before, you must appeal "
            "and say so within 15 calendar days of the date of this notice.",
            {"continuation_of_benefits 15 day 2026-05-19"},
        ),
        (
            _MEMBER,
            "If your aide comes now and you wish her to continue until the appeal is decided, your "
            "request must be here within 10 days of the date of this notice.",
            {"continuation_of_benefits 10 day 2026-05-14"},
        ),
        (
            _DOCTOR,
            "Wanted: chart of the visit\nChart due within 90 days from this notice",
            {"records_due 90 day 2026-08-02"},
        ),
        (
            _MEMBER,
            "Your dentist can appeal for you. We will write to her with our decision within 15 "
            "calendar days. A rush appeal takes 72 hours.",
            {"payer_decision 15 day -", "payer_decision 72 hour -"},
        ),
        (
            _MEMBER,
            "Where waiting is a danger to you we decide within 72 hours.",
            {"payer_decision 72 hour -"},
        ),
        (
            _MEMBER,
            "The internal appeal has to be asked for within 10 days of receipt of this decision.",
            {"internal_appeal 10 day 2026-05-14"},
        ),
        (
            _DOCTOR,
            "Our rules take a late request up to 5 business days after the test. Yours was sent on April 16, 2026.",
            set(),
        ),
        (
            _DOCTOR,
            "Please send the chart by May 20, 2026. If nothing comes, the claim stays denied.",
            {"records_due - - 2026-05-20"},
        ),
        (
            _DOCTOR,
            "Send a corrected claim (frequency 7) no later than 8/23/2026.",
            {"corrected_claim - - 2026-08-23"},
        ),
        (
            _DOCTOR,
            "Corrected claims are taken for 180 days from the date of service.",
            {"corrected_claim 180 day -"},
        ),
        (
            _MEMBER,
            "You have four months from the day you get our final answer to ask for an external review.",
            {"external_review 4 month -"},
        ),
        (
            _MEMBER,
            "You have until July 6, 2026 to appeal.",
            {"internal_appeal - - 2026-07-06"},
        ),
        (
            _MEMBER,
            "Appeal: 90 days from the date of this letter.",
            {"internal_appeal 90 day 2026-08-02"},
        ),
        (
            _MEMBER,
            "A member who is not satisfied may write to us. The letter has to be in our hands no "
            "more than 60 days after this notice was mailed.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _MEMBER,
            "Ask for a State Fair Hearing within 120 days after our appeal decision.",
            {"fair_hearing 120 day -"},
        ),
        (
            _MEMBER,
            "Keep your services while you appeal: ask by May 14, 2026.",
            {"continuation_of_benefits - - 2026-05-14"},
        ),
        (
            _DOCTOR,
            "The plan will take back the money from future payments unless it is refunded within "
            "45 days of this letter.",
            {"overpayment_response 45 day 2026-06-18"},
        ),
        (
            _DOCTOR,
            "Peer discussion is open for five business days after the date above; after that only "
            "an appeal is possible.",
            {"peer_to_peer 5 business_day 2026-05-11"},
        ),
        (
            _DOCTOR,
            "A second review may be had by asking within 30 days of the first appeal's answer.",
            {"second_level 30 day -"},
        ),
        (
            _DOCTOR,
            "He completed 10 days of antibiotics. The appeal window is 180 days.",
            {"internal_appeal 180 day 2026-10-31"},
        ),
        (
            _MEMBER,
            "We decide within 30 days of the day we get your appeal; within 72 hours if it is urgent.",
            {"payer_decision 30 day -", "payer_decision 72 hour -"},
        ),
        (
            _MEMBER,
            "Your appeal must be in our office by the 60th day after the date on this notice.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "Timely appeals: 12 months from the date of this remittance.",
            {"internal_appeal 12 month 2027-05-04"},
        ),
        (
            _DOCTOR,
            "To dispute, use the portal no later than 365 days from the date of the remittance.",
            {"provider_dispute 365 day 2027-05-04"},
        ),
        (
            _DOCTOR,
            "Reconsideration with new clinical information: 14 days from this notice. Formal "
            "appeal: 180 days from this notice.",
            {"internal_appeal 180 day 2026-10-31", "reconsideration 14 day 2026-05-18"},
        ),
        (
            _MEMBER,
            "You can take this to the Independent Review Entity within 60 days of our appeal answer.",
            {"second_level 60 day -"},
        ),
        (
            _DOCTOR,
            "You have 14 days to give us the missing diary.",
            {"records_due 14 day 2026-05-18"},
        ),
        (
            _DOCTOR,
            "Claims must reach us within 180 days of the date of service. We got yours after 212 "
            "days. You may appeal within 60 days.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "This approval lasts 90 days. The rest is denied; ask for an appeal in 60 days.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _MEMBER,
            "Tell us within two weeks of getting this letter if you want your care to go on during the appeal.",
            {"continuation_of_benefits 14 day 2026-05-18"},
        ),
        (
            _MEMBER,
            "To keep your nurse during the appeal\nAsk for the appeal within 10 calendar days of "
            "the date on this notice, and say that you want her visits to go on.",
            {"continuation_of_benefits 10 day 2026-05-14"},
        ),
        (
            _MEMBER,
            "To keep your aide during the appeal, do this within 10 days of this notice.\n\nTo "
            "appeal\nWrite to us within 60 days of this notice.",
            {"continuation_of_benefits 10 day 2026-05-14", "internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "We need those by June 19, 2026. Without them we will decide on what is here.",
            {"records_due - - 2026-06-19"},
        ),
        (
            _DOCTOR,
            "You may add papers. Please get them to us by June 6, 2026.",
            {"records_due - - 2026-06-06"},
        ),
        (
            _MEMBER,
            "You may appeal within 180 days of this notice. A second appeal may be made within 90 "
            "days after you get the first ruling.",
            {"internal_appeal 180 day 2026-10-31", "second_level 90 day -"},
        ),
        (
            _MEMBER,
            "After that you may ask for an external review within four months after you get the result.",
            {"external_review 4 month -"},
        ),
        (
            _MEMBER,
            "The first review was upheld. You have 30 days from the answer to go to the second level.",
            {"second_level 30 day -"},
        ),
        (
            _DOCTOR,
            "We would like your answer no later than May 29, 2026.",
            {"records_due - - 2026-05-29"},
        ),
        (
            _MEMBER,
            "Your hearing request has to reach the State by 5 p.m. on June 30, 2026.",
            {"fair_hearing - - 2026-06-30"},
        ),
        (
            _DOCTOR,
            "The authorization runs from May 1, 2026 to July 31, 2026. Appeal the rest by July 6, 2026.",
            {"internal_appeal - - 2026-07-06"},
        ),
        (
            _DOCTOR,
            "Peer-to-peer must be asked for before the patient leaves or within 2 business days of "
            "this notice, whichever comes first.",
            {"peer_to_peer 2 business_day 2026-05-06"},
        ),
        (
            _MEMBER,
            "You lose the right to appeal if we do not hear from you in 180 days.",
            {"internal_appeal 180 day 2026-10-31"},
        ),
        (
            _DOCTOR,
            "A claim may be reopened for a clerical error for one year after it was first paid.",
            {"reopening 1 year -"},
        ),
        (
            _DOCTOR,
            "Late requests for authorization are accepted up to two business days after emergency care.",
            {"retro_authorization 2 business_day -"},
        ),
        (
            _DOCTOR,
            "Submit the rebuttal inside 15 days; recoupment begins on day 41 unless an appeal is on file by day 30.",
            {"overpayment_response 15 day 2026-05-19", "recoupment_hold 30 day 2026-06-03"},
        ),
        (
            _DOCTOR,
            "You have 60 days to submit a redetermination or 120 days to file a formal grievance.",
            {"internal_appeal 120 day 2026-09-01", "internal_appeal 60 day 2026-07-03"},
        ),
        (
            _MEMBER,
            "If we say no again, an outside doctor may look at it. Ask within 4 months of that no.",
            {"external_review 4 month -"},
        ),
        (
            _MEMBER,
            "Ask for a State hearing. You can do this once the appeal is over. You have 90 days from the date "
            "on our appeal letter.",
            {"fair_hearing 90 day -"},
        ),
        (
            _MEMBER,
            "If you want the 60 hours to stay in place while you appeal, ask us by May 14, 2026.",
            {"continuation_of_benefits - - 2026-05-14"},
        ),
        (
            _MEMBER,
            "If our ruling is negative, you may ask for a second review within 45 days after receipt of that ruling.",
            {"second_level 45 day -"},
        ),
        (_MEMBER, "A review can be requested within 90 days of this letter.", {"internal_appeal 90 day 2026-08-02"}),
        (
            _DOCTOR,
            "REVIEWER CALL ........ within 3 business days of this notice\nAPPEAL ........ 120 days from receipt",
            {"peer_to_peer 3 business_day 2026-05-07", "internal_appeal 120 day 2026-09-01"},
        ),
    ],
)
def test_limit_is_told_by_its_words(reader: str, text: str, told: set[str]) -> None:
    assert _told(reader, text) == told
