"""Numbers and days of other business: what is refused, what is not, and where a refusal ends."""

import pytest

from tests.extract.plain_letter import HEAD, letter

_BODY = "Dear {}:\n\nWe denied the request for Botox (J0585) because it is not medically necessary.\n\n{}\n"
_MEMBER, _DOCTOR = "Ann Vale", "Dr. Roe"


@pytest.mark.parametrize(
    ("reader", "text", "told"),
    [
        (_DOCTOR, "You may appeal within 60 days. We will fax our answer to your office at 480-555-0111.", set()),
        (
            _DOCTOR,
            "You may appeal in writing. Once decided, the determination is faxed to your office, 480-555-0111.",
            set(),
        ),
        (
            _DOCTOR,
            "Appeals Unit fax: 480-555-0167. Our reply will come back to you by fax at 480-555-0111.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Fax your appeal to 480-555-0167. For records requests, fax 480-555-0112.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Fax your appeal to 480-555-0167. For prior authorization requests, fax 480-555-0112.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Appeals go by fax to 480-555-0167. For billing matters, fax 480-555-0112.",
            {"appeal fax 4805550167"},
        ),
        (_DOCTOR, "To appeal, do not call; fax 480-555-0167.", {"appeal fax 4805550167"}),
        (_DOCTOR, "Appeals: do not send by mail, fax them to 480-555-0167.", {"appeal fax 4805550167"}),
        (_DOCTOR, "To appeal: if you do not use the form, fax your letter to 480-555-0167.", {"appeal fax 4805550167"}),
        (_DOCTOR, "How to appeal.\nTo: Appeals Unit, fax 480-555-0167", {"appeal fax 4805550167"}),
        (_DOCTOR, "Please don't mail appeals - fax them: 480-555-0167.", {"appeal fax 4805550167"}),
        (_DOCTOR, "We cannot take appeals by phone, so fax your appeal to 480-555-0167.", {"appeal fax 4805550167"}),
        (_DOCTOR, "Do not send appeals to 480-555-0113; that fax is for claims.", set()),
        (_DOCTOR, "Do not fax your appeal to the claims line, 480-555-0113.", set()),
        (_DOCTOR, "Never use the old appeals fax (480-555-0113).", set()),
        (
            _MEMBER,
            "A grievance about how you were treated may be filed at any time; fax 480-555-0114. An appeal "
            "must be filed within 60 days of this letter; fax 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "Grievances: file within 90 days of the event, fax 480-555-0114.\n\nAppeals: file within 60 "
            "days of this letter, fax 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "| Standard appeal | Fast appeal |\n| Fax 480-555-0167 | Fax 480-555-0168 |\n",
            {"appeal fax 4805550167", "expedited_appeal fax 4805550168"},
        ),
        (
            _MEMBER,
            "Standard appeal            Fast appeal\nFax: 480-555-0167          Fax: 480-555-0168\n",
            {"appeal fax 4805550167", "expedited_appeal fax 4805550168"},
        ),
        (
            _MEMBER,
            "Standard appeal\nFile within 60 days of this letter.\nFax: 480-555-0167\n\nFast "
            "appeal\nDecided in 72 hours.\nFax: 480-555-0168\n",
            {"appeal fax 4805550167", "expedited_appeal fax 4805550168"},
        ),
        (
            _DOCTOR,
            "Appeal requests received on or before 7/3 will be reviewed. Fax them to 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Effective June 1 our appeals fax changed from 480-555-0113 to 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Submit appeals via fax at 480-555-0167, not to the intake fax, 480-555-0112.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "Fast appeals: call 800-555-0121. Do not use this number for standard appeals; fax those to 480-555-0167.",
            {"appeal fax 4805550167", "expedited_appeal phone 8005550121"},
        ),
        (
            _MEMBER,
            "Grievance: if you are unhappy with our service, you may file a grievance within 60 days of "
            "what happened. Grievance fax 480-555-0114.\n\nAppeal: you may appeal this denial within 60 "
            "days of this notice. Appeal fax 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
    ],
)
def test_numbers_of_a_letter(reader: str, text: str, told: set[str]) -> None:
    found = letter(HEAD + _BODY.format(reader, text)).contacts
    assert {f"{c.purpose.value} {c.channel.value} {c.value}" for c in found if c.channel.value != "mail"} == told


@pytest.mark.parametrize(
    ("reader", "text", "told"),
    [
        (_DOCTOR, "You may appeal this decision. If your policy ended before 4/1, call us.", set()),
        (_DOCTOR, "You may appeal this decision. Another patient of yours has until 6/10.", set()),
        (_DOCTOR, "You may appeal. If the stay began after 4/1, other rules hold.", set()),
        (
            _DOCTOR,
            "No form is required; an appeal is allowed within 60 days of this letter.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "There is no charge and an appeal is accepted within 60 days of this letter.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "No fee is taken, and appeals are accepted within 60 days of this letter.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (_DOCTOR, "No appeal is accepted within 10 days of the audit.", set()),
        (_DOCTOR, "Coverage stays on through March 31.", set()),
        (_MEMBER, "Your plan remains in force until June 30, 2026.", set()),
        (_MEMBER, "Your present aide hours go on until June 30, 2026.", set()),
        (_DOCTOR, "A peer-to-peer call is not available after 14 days.", {"peer_to_peer 14 day 2026-05-18"}),
        (_DOCTOR, "A peer-to-peer call is not available within 14 days of surgery.", set()),
        (
            _MEMBER,
            "You have 60 days from this letter to appeal. If you need a fast appeal, we decide within 72 hours.",
            {"internal_appeal 60 day 2026-07-03", "payer_decision 72 hour -"},
        ),
        (
            _MEMBER,
            "A grievance about how you were treated may be filed at any time; fax 480-555-0114. An appeal "
            "must be filed within 60 days of this letter; fax 480-555-0167.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _MEMBER,
            "Grievances: file within 90 days of the event, fax 480-555-0114.\n\nAppeals: file within 60 "
            "days of this letter, fax 480-555-0167.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "A claim dispute must be filed within 90 days from the date of the remit.",
            {"provider_dispute 90 day 2026-08-02"},
        ),
        (_DOCTOR, "Claim disputes: 120 days from the date of the EOP.", {"provider_dispute 120 day 2026-09-01"}),
        (
            _DOCTOR,
            "You may dispute this payment within 90 days from the date of this voucher.",
            {"provider_dispute 90 day 2026-08-02"},
        ),
        (
            _MEMBER,
            "Standard appeal\nFile within 60 days of this letter.\nFax: 480-555-0167\n\nFast "
            "appeal\nDecided in 72 hours.\nFax: 480-555-0168\n",
            {"internal_appeal 60 day 2026-07-03", "payer_decision 72 hour -"},
        ),
        (
            _DOCTOR,
            "APPEALS: 60 CAL DAYS FROM DATE OF LTR. SEND TO FAX 480-555-0167. NO PHONE APPEALS.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "If you would like us to reconsider, we must hear from you no later than July 3, 2026. Fax: "
            "480-555-0167 (Attn: Appeals).",
            {"internal_appeal - - 2026-07-03"},
        ),
        (
            _DOCTOR,
            "Your patient's prior approval ran until 3/31. You may appeal within 60 days of this letter.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "We got your request before 4/20, so the old rule applies. The appeal must reach us by 7/3.",
            {"internal_appeal - - 2026-07-03"},
        ),
        (
            _DOCTOR,
            "Disputes over payment must come in no more than 12 months after the explanation of payment.",
            {"provider_dispute 12 month 2027-05-04"},
        ),
        (
            _MEMBER,
            "We must decide a standard appeal within 30 days and an expedited appeal within 72 hours. You "
            "must file within 180 days of receiving this letter.",
            {"internal_appeal 180 day 2026-10-31", "payer_decision 30 day -", "payer_decision 72 hour -"},
        ),
        (
            _MEMBER,
            "Your coverage under this plan lasts through December 31, 2026. You may appeal within 60 days "
            "of this notice.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _MEMBER,
            "Standard appeal: mail or fax 480-555-0167, decision in 30 days. Fast appeal: call "
            "800-555-0121, decision in 72 hours. File either within 65 days of this notice.",
            {"internal_appeal 65 day 2026-07-08", "payer_decision 30 day -", "payer_decision 72 hour -"},
        ),
        (
            _DOCTOR,
            "No extension is granted; the appeal must be filed within 60 days of this letter.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "We keep the file for 45 days. Appeals later than 60 days from this letter are dismissed.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
    ],
)
def test_limits_of_a_letter(reader: str, text: str, told: set[str]) -> None:
    """The letter is of May 4, 2026."""
    found = letter(HEAD + _BODY.format(reader, text)).clocks
    assert {
        f"{c.kind.value} {c.amount or '-'} {c.unit.value if c.unit else '-'} {c.value or '-'}" for c in found
    } == told
