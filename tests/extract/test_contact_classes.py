"""Contacts by class of wording: papers beside appeals, haste, talks, help for the reader, a state's help, traps."""

import pytest

from tests.extract.plain_letter import HEAD, letter

_BODY = "Dear {}:\n\nWe denied the request for Botox (J0585) because it is not medically necessary.\n\n{}\n"
_MEMBER, _DOCTOR = "Ann Vale", "Dr. Roe"


def _told(reader: str, text: str) -> set[str]:
    found = letter(HEAD + _BODY.format(reader, text)).contacts
    return {f"{c.purpose.value} {c.channel.value} {c.value}" for c in found if c.channel.value != "mail"}


@pytest.mark.parametrize(
    ("reader", "text", "told"),
    [
        (
            _MEMBER,
            "For a fresh look the clinic may give the following to fax 480-555-0166:\n- Office "
            "notes\n- A log\n\nTo appeal: within 180 days. Fax: 480-555-0167.",
            {"appeal fax 4805550167", "records fax 4805550166"},
        ),
        (
            _MEMBER,
            "To appeal write within 180 days or fax 480-555-0167. If your doctor has more notes, "
            "they can be sent by fax to 480-555-0168.",
            {"appeal fax 4805550167", "records fax 4805550168"},
        ),
        (
            _MEMBER,
            "Help: 800-555-0165, 8 a.m. to 6 p.m.",
            {"member_services phone 8005550165"},
        ),
        (
            _DOCTOR,
            "Help: 800-555-0165, 8 a.m. to 6 p.m.",
            {"provider_services phone 8005550165"},
        ),
        (
            _DOCTOR,
            "Questions? Call 503-555-0104.",
            {"provider_services phone 5035550104"},
        ),
        (
            _DOCTOR,
            "Payment inquiries: 402-555-0119",
            {"provider_services phone 4025550119"},
        ),
        (
            _DOCTOR,
            "When that coverage is over, the patient can tell us by calling 800-555-0159.",
            {"member_services phone 8005550159"},
        ),
        (
            _MEMBER,
            "Appeal within 180 days after you get this notice. By fax 555-555-0291; urgent 555-555-0292 (phone).",
            {"appeal fax 5555550291", "expedited_appeal phone 5555550292"},
        ),
        (
            _MEMBER,
            "You may appeal within 60 days. Fax 701-555-0133. We answer in 30 days. Should your "
            "health suffer by waiting, we decide within 72 hours; for that ring 701-555-0134.",
            {"appeal fax 7015550133", "expedited_appeal phone 7015550134"},
        ),
        (
            _MEMBER,
            "For a quick appeal ring 785-555-0115. Your surgeon may talk with ours at 785-555-0116 up to June 1.",
            {"expedited_appeal phone 7855550115", "peer_to_peer phone 7855550116"},
        ),
        (
            _MEMBER,
            "Outside review comes after our last answer. Clinical discussion. Your therapist may "
            "ring Elmrow at 877-555-0126 for 10 days.",
            {"peer_to_peer phone 8775550126"},
        ),
        (
            _DOCTOR,
            "Decided by: Bo Field, DO. She is available for a discussion at 855-555-0149 on weekday mornings.",
            {"peer_to_peer phone 8555550149"},
        ),
        (
            _MEMBER,
            "The Division does not decide cases itself. Consumer helpline: 800-555-0187.",
            {"regulator phone 8005550187"},
        ),
        (
            _MEMBER,
            "The booklet tells how to appeal. For an extra copy phone 520-555-0170.",
            {"member_services phone 5205550170"},
        ),
        (
            _DOCTOR,
            "Our Appeals Department will write to you. To check where your appeal stands, call 800-555-0171.",
            {"provider_services phone 8005550171"},
        ),
        (
            _DOCTOR,
            "To talk it over with the dentist who decided, phone 800-555-0172 by June 3.",
            {"peer_to_peer phone 8005550172"},
        ),
        (
            _DOCTOR,
            "Send the pathology report and the operative note to 800-555-0173 (fax) so that we can "
            "look at the claim again.",
            {"records fax 8005550173"},
        ),
        (
            _MEMBER,
            "Mail or fax a letter that says why you do not agree: 800-555-0174 (fax).",
            {"appeal fax 8005550174"},
        ),
        (
            _MEMBER,
            "Want to talk? We are at 800-555-0175, Monday to Friday.",
            {"member_services phone 8005550175"},
        ),
        (
            _MEMBER,
            "A free interpreter is at 800-555-0176. Members: 800-555-0177. Doctors: 800-555-0178.",
            {"member_services phone 8005550177", "provider_services phone 8005550178"},
        ),
        (
            _DOCTOR,
            "Status of a dispute: 800-555-0179. Send disputes by fax to 800-555-0180.",
            {"provider_dispute fax 8005550180", "provider_services phone 8005550179"},
        ),
        (
            _DOCTOR,
            "We must have your dispute in writing by June 3. Fax 785-555-0139.",
            {"provider_dispute fax 7855550139"},
        ),
        (
            _DOCTOR,
            "Without a peer-to-peer talk the hospital may send a provider dispute by fax to 888-555-0158.",
            {"provider_dispute fax 8885550158"},
        ),
        (
            _MEMBER,
            "Not happy with our answer? Tell us in writing within 60 days. Our fax is 888-555-0160.",
            {"appeal fax 8885550160"},
        ),
        (
            _MEMBER,
            "You can ask the state for a fair hearing: 888-555-0161.",
            {"regulator phone 8885550161"},
        ),
        (
            _MEMBER,
            "If you cannot wait for an answer because of your health, tell us so when you call 888-555-0162.",
            {"expedited_appeal phone 8885550162"},
        ),
        (
            _DOCTOR,
            "The prescriber may discuss this with a Tanager pharmacist: 888-555-0163, option 2.",
            {"peer_to_peer phone 8885550163"},
        ),
        (
            _DOCTOR,
            "Requests for reconsideration go by fax to 888-555-0164. Corrected claims go to our portal.",
            {"appeal fax 8885550164"},
        ),
        (
            _DOCTOR,
            "New requests for authorization: fax 888-555-0169.",
            set(),
        ),
        (
            _DOCTOR,
            "We faxed this notice to 888-555-0170 on May 3.",
            set(),
        ),
        (
            _DOCTOR,
            "To reach our billing team for a payment plan call 888-555-0181.",
            set(),
        ),
        (
            _MEMBER,
            "Fax your appeal to 888-555-0182 or send it with your records to PO Box 1, Dover, DE 19901.",
            {"appeal fax 8885550182"},
        ),
        (
            _DOCTOR,
            "Return the enclosed form with the chart to 888-555-0183 by fax.",
            {"records fax 8885550183"},
        ),
        (
            _MEMBER,
            "For help with an appeal, the Consumer Assistance Program is at 888-555-0184.",
            {"regulator phone 8885550184"},
        ),
        (
            _MEMBER,
            "If you think this is wrong, your doctor or you can start an appeal at 888-555-0185.",
            {"appeal phone 8885550185"},
        ),
        (
            _MEMBER,
            "Please fax the chart notes to 888-555-0201. Appeals are taken at 888-555-0202 by fax.",
            {"appeal fax 8885550202", "records fax 8885550201"},
        ),
        (
            _MEMBER,
            "You may appeal to us by fax, 888-555-0203, or by phone, 888-555-0204.",
            {"appeal fax 8885550203", "appeal phone 8885550204"},
        ),
        (
            _MEMBER,
            "Is it urgent? Then ring 888-555-0205.",
            {"expedited_appeal phone 8885550205"},
        ),
        (
            _DOCTOR,
            "A physician reviewer is on hand to take your call at 888-555-0206 until June 1.",
            {"peer_to_peer phone 8885550206"},
        ),
        (
            _DOCTOR,
            "We sent a copy of this letter by fax to 888-555-0207.",
            set(),
        ),
        (
            _DOCTOR,
            "Your fax of May 2 came from 888-555-0208.",
            set(),
        ),
        (
            _MEMBER,
            "Your doctor's office: Elm Neurology, phone 888-555-0209, fax 888-555-0210.",
            set(),
        ),
        (
            _DOCTOR,
            "Requesting provider: Ann Roe MD, fax 888-555-0211",
            set(),
        ),
        (
            _MEMBER,
            "The pharmacy can call our help desk at 888-555-0212 with questions about the rejection.",
            {"provider_services phone 8885550212"},
        ),
        (
            _MEMBER,
            "To ask for your file free of charge, call 888-555-0214.",
            {"member_services phone 8885550214"},
        ),
        (
            _DOCTOR,
            "Corrected claims: fax 888-555-0215. Appeals: fax 888-555-0216.",
            {"appeal fax 8885550216"},
        ),
        (
            _MEMBER,
            "Ombudsman for managed care: 888-555-0217",
            {"regulator phone 8885550217"},
        ),
        (
            _MEMBER,
            "Legal Aid of Elm State: 888-555-0218. State hearing office: 888-555-0219.",
            {"regulator phone 8885550219"},
        ),
        (
            _DOCTOR,
            "Send what we ask for to: Medical Review, fax 888-555-0220.",
            {"records fax 8885550220"},
        ),
        (
            _DOCTOR,
            "Records can be dropped in the portal at www.elmstate.example/records or faxed (888-555-0221).",
            {"records fax 8885550221", "records portal www.elmstate.example/records"},
        ),
        (
            _DOCTOR,
            "If you wish to go over this decision with a colleague of the same specialty, please "
            "schedule it at 888-555-0222.",
            {"peer_to_peer phone 8885550222"},
        ),
        (
            _MEMBER,
            "Someone can help you write your appeal: 888-555-0223.",
            {"member_services phone 8885550223"},
        ),
        (
            _MEMBER,
            "Do you need this in large print? 888-555-0224.",
            {"member_services phone 8885550224"},
        ),
        (
            _DOCTOR,
            "For a copy of the criteria, call 888-555-0225.",
            {"provider_services phone 8885550225"},
        ),
        (
            _DOCTOR,
            "Reconsideration: within 10 business days, with new clinical information, by fax to "
            "888-555-0227. Formal appeal: within 180 days, by fax to 888-555-0228.",
            {"appeal fax 8885550228"},
        ),
        (
            _MEMBER,
            "If waiting for a decision puts you at risk, you can ask for a quick one at 888-555-0229.",
            {"expedited_appeal phone 8885550229"},
        ),
        (
            _MEMBER,
            "Outside review: call the Department of Insurance, 888-555-0230.",
            {"regulator phone 8885550230"},
        ),
        (
            _MEMBER,
            "Send your request for an outside review to the State at fax 888-555-0231.",
            {"external_review fax 8885550231"},
        ),
        (
            _MEMBER,
            "- Phone: 888-555-0232\n- Fax: 888-555-0233\n- Mail: PO Box 9, Dover, DE 19901",
            set(),
        ),
        (
            _MEMBER,
            "You can ask for an appeal in one of these ways\n- Phone: 888-555-0234\n- Fax: 888-555-0235",
            {"appeal fax 8885550235", "appeal phone 8885550234"},
        ),
        (
            _DOCTOR,
            "Who to call\nBenefits and eligibility    888-555-0236\nPeer-to-peer    "
            "888-555-0237\nAppeals (fax)    888-555-0238",
            {"appeal fax 8885550238", "peer_to_peer phone 8885550237", "provider_services phone 8885550236"},
        ),
        (
            _DOCTOR,
            "The dispute form and the EOB go to 888-555-0239 (fax).",
            {"provider_dispute fax 8885550239"},
        ),
        (
            _DOCTOR,
            "To refund the amount mail a check; to disagree with this demand fax your reasons to 888-555-0240.",
            {"appeal fax 8885550240"},
        ),
        (
            _MEMBER,
            "How to ask for an internal appeal\nAsk by phone, 888-555-0241; by fax, 888-555-0242; or in writing, Elm "
            "Appeals, 880 Elm Road, Dover, DE 19901.",
            {"appeal phone 8885550241", "appeal fax 8885550242"},
        ),
        (_MEMBER, "The State Department of Insurance can help: 888-555-0243.", {"regulator phone 8885550243"}),
        (
            _MEMBER,
            "If a delay will put you in danger, ask for an emergency appeal at 888-555-0244.",
            {"expedited_appeal phone 8885550244"},
        ),
        (_MEMBER, "Beneficiary helpline: 888-555-0245", {"member_services phone 8885550245"}),
    ],
)
def test_contact_is_told_by_its_words(reader: str, text: str, told: set[str]) -> None:
    assert _told(reader, text) == told
