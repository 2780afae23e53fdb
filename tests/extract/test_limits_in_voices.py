"""Limits in many voices and layouts, told by kind, length and last day; and what only looks like one."""

import pytest

from tests.extract.plain_letter import letter

HEAD = (
    "CEDAR COAST BENEFIT TRUST\n700 Harbor Way, Portland, OR 97201\n\nMarch 2, 2026\n\nDear Dr. Amsel:\n\n"
    "Coverage of erenumab for Ravi Thorne was reviewed. We deny the request since no headache diary was sent.\n\n"
)
RECORD = "CEDAR COAST BENEFIT TRUST\n700 Harbor Way, Portland, OR 97201\n\n"


def told(text: str) -> set[str]:
    clocks = [clock for clock in letter(text).clocks if clock.basis.value not in ("rule", "confirm")]
    return {f"{c.kind.value} {c.amount or '-'} {c.unit.value if c.unit else '-'} {c.due or '-'}" for c in clocks}


SAID = [
    ("Retro requests are not taken within 30 days of the end of a plan year.", set()),
    ("Requests made after the fact are not accepted more than 14 days past the date of service.", set()),
    (
        "If we uphold the denial, the member may go to a state hearing; the time for that is 120 days"
        " from the day your appeal is decided. Your own appeal has to be here 60 days after this noti"
        "ce.",
        {"fair_hearing 120 day -", "internal_appeal 60 day 2026-05-01"},
    ),
    (
        "You may appeal within 90 days of this notice. The same period applies to reconsideration.",
        {"internal_appeal 90 day 2026-05-31", "reconsideration 90 day 2026-05-31"},
    ),
    (
        "A reconsideration may be asked for within 30 days of the date above. A formal appeal has the same deadline.",
        {"internal_appeal 30 day 2026-04-01", "reconsideration 30 day 2026-04-01"},
    ),
    (
        "Who is responsible for the bill\nThe patient may not be billed for this service.\n\nHow to appe"
        "al\nSend a letter within 180 days of the date of this notice. We answer in 60 days.\n\nWhat to "
        "include in your request\nThe claim number and chart notes.\n",
        {"internal_appeal 180 day 2026-08-29", "payer_decision 60 day -"},
    ),
    (
        "Your rights and protections\nFederal law forbids discrimination.\n\nDisputing this decision\nA d"
        "ispute is filed within 60 days of this letter; a ruling follows within 45 days of receipt.\n",
        {"payer_decision 45 day -", "provider_dispute 60 day 2026-05-01"},
    ),
    ("Records received after March 31, 2026 will not be considered.", {"records_due - - 2026-03-31"}),
    ("Appeals received after May 1, 2026 are returned unread.", {"internal_appeal - - 2026-05-01"}),
    (
        "Send the missing operative note so that it reaches us at least 5 days before April 20, 2026.",
        {"records_due - - 2026-04-15"},
    ),
    (
        "Spoke w/ Marisol at plan. Per rep: 60 days from letter for appeal, 30 days turnaround.",
        {"internal_appeal 60 day 2026-05-01", "payer_decision 30 day -"},
    ),
    (
        "| Step | Who | Time limit |\n|---|---|---|\n| Peer-to-peer | Physician | 10 business days from"
        " notice |\n| First appeal | Member or provider | 180 days from notice |\n| Second appeal | Mem"
        "ber | 60 days from first appeal decision |\n| External review | Member | 4 months from final "
        "decision |\n",
        {
            "external_review 4 month -",
            "internal_appeal 180 day 2026-08-29",
            "peer_to_peer 10 business_day 2026-03-16",
            "second_level 60 day -",
        },
    ),
    (
        "* Appeal: 60 days\n* Expedited appeal decision: 72 hours\n* Corrected claim: 12 months from da"
        "te of service (January 10, 2026)\n",
        {"corrected_claim 12 month 2027-01-10", "internal_appeal 60 day 2026-05-01", "payer_decision 72 hour -"},
    ),
    (
        "Your appeal of January 4 was filed 12 days late; the plan allows 60 days from its notice of October 24, 2025.",
        set(),
    ),
    ("Another member's appeal was decided within 30 days last year.", set()),
    ("Timely filing for claims is 90 days from the date of service; this claim came in after 131 days.", set()),
    (
        "Usted tiene 60 días a partir de la fecha de esta carta para apelar.\nYou have 60 days from th"
        "e date of this letter to appeal.",
        {"internal_appeal 60 day 2026-05-01"},
    ),
    (
        "To keep services going while you appeal, file no later than ten days after the mail date of this notice.",
        {"continuation_of_benefits 10 day 2026-03-12"},
    ),
    (
        "We will take the money back from future payments beginning April 11, 2026 unless we hear fro"
        "m you. A rebuttal may be sent within 15 days of this demand; a redetermination filed inside "
        "30 days stops the offset, and 120 days is the outer limit for a redetermination.",
        {
            "internal_appeal 120 day 2026-06-30",
            "overpayment_response 15 day 2026-03-17",
            "recoupment_hold 30 day 2026-04-01",
        },
    ),
    (
        "Footer: Appeals 180 d | P2P 14 d | Ext. rev. 120 d after final denial",
        {"external_review 120 day -", "internal_appeal 180 day 2026-08-29", "peer_to_peer 14 day 2026-03-16"},
    ),
    (
        "Appeal window closes: 29 August 2026.\nReviewer callback window closes: 9 March 2026 (physici"
        "an to physician).",
        {"internal_appeal - - 2026-08-29", "peer_to_peer - - 2026-03-09"},
    ),
    (
        "You got our first notice on December 1, 2025, which gave you 60 days. That time is over. Thi"
        "s letter gives a new right: you may ask a state judge for a fair hearing until June 30, 2026"
        ".",
        {"fair_hearing - - 2026-06-30"},
    ),
    ("The treating doctor was offered a call within 24 hours on February 27 and did not take it.", set()),
    (
        "Providers contracted with us dispute payment within 12 months of the remittance; providers w"
        "ithout a contract have 60 days.",
        {"provider_dispute 12 month 2027-03-02", "provider_dispute 60 day 2026-05-01"},
    ),
    (
        "Once we have your appeal you will hear from us no later than 30 calendar days on. Urgent? 72 hours.",
        {"payer_decision 30 day -", "payer_decision 72 hour -"},
    ),
    (
        "Please be aware that the authorization, if later granted, stays valid for 180 days, and that"
        " treatment is repeated every 12 weeks. Appeals: sixty days.",
        {"internal_appeal 60 day 2026-05-01"},
    ),
    ("No peer-to-peer is available once 7 days have passed since this notice.", {"peer_to_peer 7 day 2026-03-09"}),
    ("Physician reviewer available for discussion through 5:00 p.m. CT on 03/06/2026", {"peer_to_peer - - 2026-03-06"}),
    (
        "We hold the file open 20 days from the date of this letter for the EMG report. If nothing ar"
        "rives in that time, the denial is final and your 180-day appeal clock, which began with this"
        " letter, keeps running.",
        {"internal_appeal 180 day 2026-08-29", "records_due 20 day 2026-03-22"},
    ),
    (
        "Appeals: 180 days. Disputes over payment share that deadline. We rule in 30 days.",
        {"internal_appeal 180 day 2026-08-29", "payer_decision 30 day -"},
    ),
    (
        "An appeal has to reach us in sixty days from the date of this letter. The identical time lim"
        "it holds for a request for external review.",
        {"external_review 60 day 2026-05-01", "internal_appeal 60 day 2026-05-01"},
    ),
    (
        "You have 120 days from this notice to appeal. The same deadline does not apply to external review.",
        {"internal_appeal 120 day 2026-06-30"},
    ),
    (
        "Last year the same period applied to both appeals and reconsiderations. Today an appeal is d"
        "ue 45 days after this notice.",
        {"internal_appeal 45 day 2026-04-16"},
    ),
    (
        "Financial responsibility\nThe member owes nothing.\n\nChallenging the decision\nWrite to us with"
        "in 60 days of the date of this notice to appeal.\n\nWhat the plan does then\nA written decision"
        " is made within 30 days.\n",
        {"internal_appeal 60 day 2026-05-01", "payer_decision 30 day -"},
    ),
    (
        "About this statement\nThis is not a bill.\n\nAsking for a second look\nYou can appeal within 180"
        " days after you receive this statement.\n",
        {"internal_appeal 180 day 2026-08-29"},
    ),
    (
        "Glossary\nAppeal\nA request to change a decision. Under some plans an appeal must be filed within 365 days.\n",
        set(),
    ),
    ("A dispute that arrives after May 1, 2026 will be rejected as late.", {"provider_dispute - - 2026-05-01"}),
    ("Notes arriving after 03/20/2026 cannot be counted.", {"records_due - - 2026-03-20"}),
    ("Your reply was received after February 2, 2026 and could not be considered.", set()),
    ("Services given after May 1, 2026 will not be covered.", set()),
    (
        "Ask for the physician call no later than 2 business days prior to March 13, 2026.",
        {"peer_to_peer - - 2026-03-11"},
    ),
    (
        "Rep Dale (call 3/2): appeal in writing, 180 days from denial letter. Peer call within 7 days"
        ". Second level 60 days after first-level outcome.",
        {"internal_appeal 180 day 2026-08-29", "peer_to_peer 7 day 2026-03-09", "second_level 60 day -"},
    ),
    (
        "Per CSR: corrected claim 90 days from remit, appeal 180 days from remit, no recon.",
        {"corrected_claim 90 day 2026-05-31", "internal_appeal 180 day 2026-08-29"},
    ),
    (
        "The door to an appeal closes on August 29, 2026; the door to a doctor-to-doctor talk closes "
        "on March 16, 2026.",
        {"internal_appeal - - 2026-08-29", "peer_to_peer - - 2026-03-16"},
    ),
    ("The existing approval ends March 31, 2026.", set()),
    ("The claim was appealed on January 8; that appeal was denied within 20 days.", set()),
    (
        "In your sister's case the plan gave 365 days to appeal. You have 60 days from the date of this letter.",
        {"internal_appeal 60 day 2026-05-01"},
    ),
    (
        "How long does the plan take? 30 days. And if it is urgent? 72 hours.",
        {"payer_decision 30 day -", "payer_decision 72 hour -"},
    ),
    (
        "A state hearing can be asked for within 120 days after the plan decides your appeal.",
        {"fair_hearing 120 day -"},
    ),
    ("Once your appeal is closed you have 4 months for an outside review.", {"external_review 4 month -"}),
    (
        "Late appeals: we may accept an appeal up to 30 days late for good cause. Timely ones are fil"
        "ed within 60 days of this letter.",
        {"internal_appeal 60 day 2026-05-01"},
    ),
    (
        "El plazo para apelar es de 60 días desde la fecha de esta carta. Appeals are due within 60 d"
        "ays of the date of this letter.",
        {"internal_appeal 60 day 2026-05-01"},
    ),
    ("Retro authorizations are not accepted within 30 days of discharge.", set()),
    (
        "If you lose the appeal, a hearing officer can hear you. Ask within 90 days of that ruling.",
        {"fair_hearing 90 day -"},
    ),
    (
        "Benefits go on through the hearing if asked for no later than 03/12/2026.",
        {"continuation_of_benefits - - 2026-03-12"},
    ),
    (
        "The clinic had 14 days to ask for a peer call and let them go by. An appeal may still be fil"
        "ed by August 29, 2026.",
        {"internal_appeal - - 2026-08-29"},
    ),
    (
        "The same deadline does not hold for a hearing. An appeal is due 60 days after this letter.",
        {"internal_appeal 60 day 2026-05-01"},
    ),
    (
        "Another enrollee's appeal took 90 days. Yours must be filed within 60 days of this letter.",
        {"internal_appeal 60 day 2026-05-01"},
    ),
    (
        "Appeals received after 05/01/2026 are dismissed, and papers received after 04/10/2026 are not read.",
        {"internal_appeal - - 2026-05-01", "records_due - - 2026-04-10"},
    ),
    (
        "If the first appeal is denied you may take it to the board of trustees within 60 days of that denial.",
        {"second_level 60 day -"},
    ),
    (
        "After the plan's answer you may bring a suit, provided it is commenced within one year. An a"
        "ppeal comes first: 180 days from this notice.",
        {"internal_appeal 180 day 2026-08-29"},
    ),
    (
        "VISITS: 20 PER YEAR\nAPPEAL....: 60 DAYS FROM THIS NOTICE\nRENEWAL...: 30 DAYS BEFORE APRIL 30, 2026\n",
        {"internal_appeal 60 day 2026-05-01"},
    ),
]

RECORDED = [
    (
        "RECORD 1 OF 1\nNOTICE DATE......: 03/02/2026\nSTATUS...........: DENIED - NOT MEDICALLY NECESS"
        "ARY\nAPPEAL...........: WITHIN 180 DAYS OF NOTICE\nP2P..............: BY 03/16/2026\nEXT REVIEW"
        ".......: 4 MONTHS AFTER FINAL APPEAL DECISION\n",
        {"external_review 4 month -", "internal_appeal 180 day 2026-08-29", "peer_to_peer - - 2026-03-16"},
    ),
    (
        '{"notice_date": "2026-03-02", "decision": "denied", "reason": "not medically necessary", "ap'
        'peal_days": 180, "appeal_deadline": "2026-08-29", "peer_to_peer_days": 14}\n',
        {"internal_appeal 180 day 2026-08-29", "peer_to_peer 14 day 2026-03-16"},
    ),
    (
        "DATE OF NOTICE : 03/02/2026\nACTION         : DENIED\nAPPEAL BY      : 05/01/2026\nRECORDS BY  "
        "   : 03/20/2026\nCALL MD BY     : 03/12/2026\nRECHECK        : 10 DAYS\n",
        {"internal_appeal - - 2026-05-01", "peer_to_peer - - 2026-03-12", "records_due - - 2026-03-20"},
    ),
    (
        "notice of 03/02/2026 denied\nfix and send corrected claim 180 days from dos. claim dispute 60"
        " days from notice, fax 302-555-0160\n",
        {"corrected_claim 180 day -", "provider_dispute 60 day 2026-05-01"},
    ),
    (
        "Review date: 03/02/2026\nOutcome: denied\n\nAppeals are taken within 90 days of the review date.\n",
        {"internal_appeal 90 day 2026-05-31"},
    ),
    (
        "Memo to file, 2026-03-05\n\nTheir letter of March 2 says no. Appeal in 60 days from the letter.\n",
        {"internal_appeal 60 day 2026-05-01"},
    ),
]


@pytest.mark.parametrize(("body", "limits"), SAID)
def test_limits_of_a_letter(body, limits):
    assert told(f"{HEAD}{body}\n") == limits


@pytest.mark.parametrize(("body", "limits"), RECORDED)
def test_limits_of_a_record(body, limits):
    assert told(f"{RECORD}{body}\n") == limits
