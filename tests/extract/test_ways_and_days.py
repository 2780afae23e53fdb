"""Ways to reach a payer, in many voices: which number is meant."""

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
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "RIGHTS: LEVEL 1 APPEAL - 90 DAYS OF NOTICE DATE - FAX 480-555-0167 / LEVEL 2 - 60 DAYS OF LEVEL 1 RESULT",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "The attending physician may request a peer-to-peer conversation by calling 844-555-0130 "
            "prior to 5 p.m. ET on May 11, 2026. This line cannot accept appeals. Appeals: 480-555-0167 "
            "by fax.",
            {"appeal fax 4805550167", "peer_to_peer phone 8445550130"},
        ),
        (
            _DOCTOR,
            "Please do not resubmit the claim. File a claim appeal instead, within 120 days of the "
            "remittance: fax 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "A verbal appeal is fine: 800-555-0120. A written one goes to 480-555-0167 (fax). Neither "
            "goes to 480-555-0113.",
            {"appeal fax 4805550167", "appeal phone 8005550120"},
        ),
        (
            _DOCTOR,
            "We tried to reach your office by fax at 480-555-0111 on April 28 and had no reply. An "
            "appeal can be faxed to us at 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Decision letters are returned by fax to the number on the appeal form, e.g. 480-555-0111. "
            "Appeal forms: fax 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "Members with Medicaid may file a grievance at any time by calling 800-555-0123. They may "
            "also appeal this denial within 60 calendar days from the date of this notice by faxing "
            "480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Contract providers dispute a payment by writing in within 180 days of the date on this "
            "remit. Fax 866-555-0140 (disputes only).",
            {"provider_dispute fax 8665550140"},
        ),
        (
            _DOCTOR,
            "Prior authorization intake: 480-555-0112 (fax)\nMedical records: 480-555-0160 (fax)\nAppeals: "
            "480-555-0167 (fax)\nClaims status: 800-555-0124",
            {"appeal fax 4805550167", "records fax 4805550160"},
        ),
        (
            _DOCTOR,
            "If you have moved, fax the change of address form to 480-555-0116. If you want to appeal, "
            "fax the appeal form to 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "You may have someone appeal for you. Fax the signed form naming that person to 480-555-0167 "
            "with the appeal.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "This decision was faxed to 480-555-0111. Replies, including appeals, may be faxed to 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Do not reply to this fax number (480-555-0113); it is not monitored. Appeals fax 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "How to get help: Member Services, 800-555-0120. How to appeal: fax 480-555-0167. How to "
            "complain about care: 800-555-0123.",
            {"appeal fax 4805550167", "member_services phone 8005550120"},
        ),
        (
            _MEMBER,
            "Standard appeals\nWrite: Appeals, PO Box 9, Dover, DE 19901\nFax: 480-555-0167\nTime to file: "
            "65 days from this notice\nTime to decide: 30 days\n\nFast appeals\nCall: 800-555-0121\nTime to "
            "decide: 72 hours",
            {"appeal fax 4805550167", "expedited_appeal phone 8005550121"},
        ),
        (
            _DOCTOR,
            "We do not fax denials. If you received this by fax at 480-555-0111 it came from your "
            "portal. Appeal by fax at 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Appeals Dept. 480-555-0167 (F) 800-555-0120 (P)",
            {"appeal fax 4805550167", "appeal phone 8005550120"},
        ),
        (
            _DOCTOR,
            "Requests to reopen: 1 year from this remit. Corrected claims: 180 days from date of "
            "service. Appeals: 120 days from this remit, fax 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Submit the appeal through our portal, www.elmstate.example, or fax 480-555-0167; allow 30 "
            "days for an answer.",
            {"appeal fax 4805550167", "appeal portal www.elmstate.example"},
        ),
        (
            _DOCTOR,
            "The nurse reviewer, J. Moss, RN, faxed questions to 480-555-0111 and to 480-555-0119 on "
            "April 20; neither was answered. Fax appeals to 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Elm State's delegate for imaging, RadPoint, handles authorizations (fax 480-555-0112) but "
            "not appeals. Those come to us: fax 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Want to appeal? Don't call us. Write or fax (480-555-0167).",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Dispute forms can't be taken by phone. Use 866-555-0140 (fax) for disputes, and only for disputes.",
            {"provider_dispute fax 8665550140"},
        ),
        (
            _DOCTOR,
            "Sent by: fax 480-555-0115. Sent to: fax 480-555-0111. Appeal to: fax 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "You may ask for copies of the file by fax at 480-555-0118, free of charge. Appeals: fax 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "To obtain the criteria used, fax your request to 480-555-0118. To appeal, fax your request "
            "to 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "For reconsideration of a coding edit, fax 480-555-0117 within 45 days of this remit.",
            {"appeal fax 4805550117"},
        ),
        (
            _DOCTOR,
            "Overpayment: repay $412.00 within 40 days of this letter, or dispute it in that time by fax "
            "to 866-555-0140.",
            {"provider_dispute fax 8665550140"},
        ),
        (
            _DOCTOR,
            "An appeal may be faxed (480-555-0167), mailed, or left at our front desk until 5 p.m. on July 3, 2026.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "Kaliko Vision handles eyewear; its fax is 480-555-0119. For everything else, including this "
            "appeal, our fax is 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "We'll send our appeal decision to you at fax 480-555-0111 unless you tell us otherwise when "
            "you appeal (fax 480-555-0167).",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "Standard appeals\nWrite: Appeals, PO Box 9, Dover, DE 19901\nFax: 480-555-0167\n\nFast "
            "appeals\nCall: 800-555-0121\n",
            {"appeal fax 4805550167", "expedited_appeal phone 8005550121"},
        ),
        (
            _MEMBER,
            "Standard appeals\nFax: 480-555-0167\nTime to file: 65 days from this notice\n\nFast "
            "appeals\nCall: 800-555-0121\n",
            {"appeal fax 4805550167", "expedited_appeal phone 8005550121"},
        ),
        (
            _MEMBER,
            "Standard appeals\nFax: 480-555-0167\nTime to file: 65 days from this notice\nTime to decide: "
            "30 days\n\nFast appeals\nCall: 800-555-0121\nTime to decide: 72 hours",
            {"appeal fax 4805550167", "expedited_appeal phone 8005550121"},
        ),
        (
            _MEMBER,
            "Standard appeals\nMail: Appeals Unit, PO Box 9, Dover, DE 19901\nFax: 480-555-0167\n\nFast "
            "appeals\nFax: 480-555-0168\n",
            {"appeal fax 4805550167", "expedited_appeal fax 4805550168"},
        ),
    ],
)
def test_numbers_of_a_letter(reader: str, text: str, told: set[str]) -> None:
    found = letter(HEAD + _BODY.format(reader, text)).contacts
    assert {f"{c.purpose.value} {c.channel.value} {c.value}" for c in found if c.channel.value != "mail"} == told
