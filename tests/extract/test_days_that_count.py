"""Last days in many voices: which day counts, and for what."""

import pytest

from tests.extract.plain_letter import HEAD, letter

_BODY = "Dear {}:\n\nWe denied the request for Botox (J0585) because it is not medically necessary.\n\n{}\n"
_MEMBER, _DOCTOR = "Ann Vale", "Dr. Roe"


@pytest.mark.parametrize(
    ("reader", "text", "told"),
    [
        (
            _MEMBER,
            "We're sorry this isn't the answer you hoped for. You've got 180 days from the day you open "
            "this letter to ask us to think again. Fax: 480-555-0167.",
            {"internal_appeal 180 day 2026-10-31"},
        ),
        (
            _DOCTOR,
            "RIGHTS: LEVEL 1 APPEAL - 90 DAYS OF NOTICE DATE - FAX 480-555-0167 / LEVEL 2 - 60 DAYS OF LEVEL 1 RESULT",
            {"internal_appeal 90 day 2026-08-02", "second_level 60 day -"},
        ),
        (
            _DOCTOR,
            "The attending physician may request a peer-to-peer conversation by calling 844-555-0130 "
            "prior to 5 p.m. ET on May 11, 2026. This line cannot accept appeals. Appeals: 480-555-0167 "
            "by fax.",
            {"peer_to_peer - - 2026-05-11"},
        ),
        (
            _MEMBER,
            "If you lost coverage on or before March 1, this letter is for your records only. All others "
            "may appeal until July 3, 2026.",
            {"internal_appeal - - 2026-07-03"},
        ),
        (
            _DOCTOR,
            "Please do not resubmit the claim. File a claim appeal instead, within 120 days of the "
            "remittance: fax 480-555-0167.",
            {"internal_appeal 120 day 2026-09-01"},
        ),
        (
            _MEMBER,
            "To keep your nurse visits while we decide, we need to hear from you by May 14, 2026. Your "
            "visits are approved through May 31, 2026.",
            {"continuation_of_benefits - - 2026-05-14"},
        ),
        (
            _MEMBER,
            "Members with Medicaid may file a grievance at any time by calling 800-555-0123. They may "
            "also appeal this denial within 60 calendar days from the date of this notice by faxing "
            "480-555-0167.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "Contract providers dispute a payment by writing in within 180 days of the date on this "
            "remit. Fax 866-555-0140 (disputes only).",
            {"provider_dispute 180 day 2026-10-31"},
        ),
        (
            _DOCTOR,
            "No appeal will be processed unless it is here by 7/3/2026.",
            {"internal_appeal - - 2026-07-03"},
        ),
        (
            _DOCTOR,
            "No request for a peer-to-peer can be honored later than 7 calendar days from this notice.",
            {"peer_to_peer 7 day 2026-05-11"},
        ),
        (
            _DOCTOR,
            "The treatment ended on 4/10 and the claim came in on 4/20. Your appeal has to come in by 7/3.",
            {"internal_appeal - - 2026-07-03"},
        ),
        (
            _MEMBER,
            "Standard appeals\nWrite: Appeals, PO Box 9, Dover, DE 19901\nFax: 480-555-0167\nTime to file: "
            "65 days from this notice\nTime to decide: 30 days\n\nFast appeals\nCall: 800-555-0121\nTime to "
            "decide: 72 hours",
            {"internal_appeal 65 day 2026-07-08", "payer_decision 30 day -", "payer_decision 72 hour -"},
        ),
        (
            _DOCTOR,
            "The appeal clock: 180 days, and it started with this letter's date. The peer clock: 14 days.",
            {"internal_appeal 180 day 2026-10-31", "peer_to_peer 14 day 2026-05-18"},
        ),
        (
            _DOCTOR,
            "Should the office wish to dispute, the written dispute must land with us inside 60 days of "
            "the EOP. We answer in 45 days.",
            {"payer_decision 45 day -", "provider_dispute 60 day 2026-07-03"},
        ),
        (
            _MEMBER,
            "You (or someone you choose) have the right to an appeal. The last day we can take it is "
            "July 3, 2026; after that it is too late.",
            {"internal_appeal - - 2026-07-03"},
        ),
        (
            _DOCTOR,
            "Requests to reopen: 1 year from this remit. Corrected claims: 180 days from date of "
            "service. Appeals: 120 days from this remit, fax 480-555-0167.",
            {"corrected_claim 180 day -", "internal_appeal 120 day 2026-09-01", "reopening 1 year 2027-05-04"},
        ),
        (
            _DOCTOR,
            "Submit the appeal through our portal, www.elmstate.example, or fax 480-555-0167; allow 30 "
            "days for an answer.",
            {"payer_decision 30 day -"},
        ),
        (
            _MEMBER,
            "Your doctor was told of this by phone on May 1. Your doctor can ask for a doctor-to-doctor "
            "talk until May 15, 2026.",
            {"peer_to_peer - - 2026-05-15"},
        ),
        (
            _MEMBER,
            "We will tell you our answer in 30 days, or 72 hours when it is urgent. File your appeal by July 3, 2026.",
            {"internal_appeal - - 2026-07-03", "payer_decision 30 day -", "payer_decision 72 hour -"},
        ),
        (
            _DOCTOR,
            "Under the ASO contract for a different employer the window would be 365 days; for this one "
            "it is 180 days from this letter to appeal.",
            {"internal_appeal 180 day 2026-10-31"},
        ),
        (
            _MEMBER,
            "The hearing request form must get to the State Hearings Division within 120 days of the "
            "plan's appeal decision. The plan appeal itself must be filed in 60 days from this notice.",
            {"fair_hearing 120 day -", "internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "Your agreement allows 90 days from the last payment date for disputes.",
            {"provider_dispute 90 day 2026-08-02"},
        ),
        (
            _DOCTOR,
            "P2P: not offered once an appeal has been filed, nor more than 10 business days after this letter.",
            {"peer_to_peer 10 business_day 2026-05-18"},
        ),
        (
            _DOCTOR,
            "For reconsideration of a coding edit, fax 480-555-0117 within 45 days of this remit.",
            {"reconsideration 45 day 2026-06-18"},
        ),
        (
            _DOCTOR,
            "The appeal period ended for claims before 2025. For this claim it ends 180 days after the "
            "date of this letter.",
            {"internal_appeal 180 day 2026-10-31"},
        ),
        (
            _MEMBER,
            "Appeals are free. You won't lose your coverage, which runs to December 31, 2026, for "
            "appealing. You have 180 days from this letter.",
            {"internal_appeal 180 day 2026-10-31"},
        ),
        (
            _MEMBER,
            "If someone at your plan told you that you have 90 days, that is wrong. You have 60 days "
            "from the date of this notice to appeal.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "An appeal may be faxed (480-555-0167), mailed, or left at our front desk until 5 p.m. on July 3, 2026.",
            {"internal_appeal - - 2026-07-03"},
        ),
        (
            _DOCTOR,
            "Clinicals for this case were due by April 30, 2026. The appeal is due by July 3, 2026.",
            {"internal_appeal - - 2026-07-03"},
        ),
        (
            _DOCTOR,
            "Claim disputes must be filed within 90 days of the remit.",
            {"provider_dispute 90 day 2026-08-02"},
        ),
        (
            _DOCTOR,
            "Claim disputes must be filed within 90 days from your EOP.",
            {"provider_dispute 90 day 2026-08-02"},
        ),
        (
            _DOCTOR,
            "Claim disputes: 90 days following the voucher date.",
            {"provider_dispute 90 day 2026-08-02"},
        ),
        (
            _DOCTOR,
            "A claim dispute is timely within 90 days after the date of this PRA.",
            {"provider_dispute 90 day 2026-08-02"},
        ),
        (
            _DOCTOR,
            "You have 90 days from the date on your remittance to dispute this payment.",
            {"provider_dispute 90 day 2026-08-02"},
        ),
        (
            _DOCTOR,
            "A payment dispute may be filed 90 days after the original remit was issued.",
            {"provider_dispute 90 day 2026-08-02"},
        ),
        (
            _DOCTOR,
            "Payment disputes: within 90 days from the date of the ERA.",
            {"provider_dispute 90 day 2026-08-02"},
        ),
        (
            _DOCTOR,
            "Payment disputes: within 90 days from the payment voucher.",
            {"provider_dispute 90 day 2026-08-02"},
        ),
    ],
)
def test_limits_of_a_letter(reader: str, text: str, told: set[str]) -> None:
    """The letter is of May 4, 2026."""
    found = letter(HEAD + _BODY.format(reader, text)).clocks
    assert {
        f"{c.kind.value} {c.amount or '-'} {c.unit.value if c.unit else '-'} {c.value or '-'}" for c in found
    } == told
