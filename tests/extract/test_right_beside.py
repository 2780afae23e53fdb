"""Numbers by what stands right beside them, in tables of ways and on lines of their own; limits told in one breath."""

import pytest

from tests.extract.plain_letter import HEAD, letter

_BODY = "Dear {}:\n\nWe denied the request for Botox (J0585) because it is not medically necessary.\n\n{}\n"
_MEMBER, _DOCTOR = "Ann Vale", "Dr. Roe"


@pytest.mark.parametrize(
    ("reader", "text", "told"),
    [
        (
            _MEMBER,
            "Ask us in writing to review the claim within 90 days from the date of this letter.\nSend it "
            "to: Elm Appeals, PO Box 7, Dover, DE 19901\nFax: 480-555-0167\nA member in hospital may ask "
            "for an expedited appeal within 3 days of this letter.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "Appeals may be faxed.\nFax: 480-555-0167\nAn urgent appeal is decided within 72 hours.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "You may appeal in writing to 480-555-0167 (fax). A real person can help you at 800-555-0120.",
            {"appeal fax 4805550167", "member_services phone 8005550120"},
        ),
        (
            _MEMBER,
            "Fax your appeal to 480-555-0167. Our main phone number is 800-555-0120.",
            {"appeal fax 4805550167", "member_services phone 8005550120"},
        ),
        (
            _DOCTOR,
            "Fax your appeal to 480-555-0167. Somebody will assist you at 800-555-0120.",
            {"appeal fax 4805550167", "provider_services phone 8005550120"},
        ),
        (
            _DOCTOR,
            "The council will decide in 60 days. If you want more information call 800-555-0120.",
            {"provider_services phone 8005550120"},
        ),
        (
            _MEMBER,
            "Urgent appeals are answered in 72 hours. Your cardiologist can ring our doctor at "
            "844-555-0130 until June 1, 2026.",
            {"peer_to_peer phone 8445550130"},
        ),
        (
            _DOCTOR,
            "A clinician discussion may be asked for within 3 business days of this notice: 844-555-0130.",
            {"peer_to_peer phone 8445550130"},
        ),
        (
            _DOCTOR,
            "A medical advisor may be reached at 844-555-0130.",
            {"peer_to_peer phone 8445550130"},
        ),
        (
            _DOCTOR,
            "Peer-to-peer: to be asked for within 2 business days of this fax, 844-555-0130.",
            {"peer_to_peer phone 8445550130"},
        ),
        (
            _DOCTOR,
            "Appeal within 180 days of this letter: Elm Appeals, fax 480-555-0167, or call 844-555-0130 "
            "to talk to the reviewing doctor within 14 days of this letter.",
            {"appeal fax 4805550167", "peer_to_peer phone 8445550130"},
        ),
        (
            _MEMBER,
            "Fax 480-555-0167 for appeals, or ring 800-555-0121 for a fast appeal.",
            {"appeal fax 4805550167", "expedited_appeal phone 8005550121"},
        ),
        (
            _MEMBER,
            "After our answer you may ask for a review by an independent organization. Call 800-555-0190 for the form.",
            {"external_review phone 8005550190"},
        ),
        (
            _MEMBER,
            "You may ask the Department of Managed Health Care for an Independent Medical Review. The "
            "Department's help line is 888-555-0219.",
            {"regulator phone 8885550219"},
        ),
        (
            _DOCTOR,
            "Provider Relations: 406-555-0174. Sapphire Pharmacy orders: 406-555-0175.",
            {"provider_services phone 4065550174"},
        ),
        (
            _DOCTOR,
            "Whatever you would like the panel to look at may be faxed to 480-555-0160.",
            {"records fax 4805550160"},
        ),
        (
            _MEMBER,
            "**Ask us for an appeal.** You or your doctor may ask. The last day is 60 days after the "
            "date of this notice.\n\n| How | Where |\n|---|---|\n| Call | 800-555-0120 |\n| Fax | "
            "480-555-0167 |\n",
            {"appeal fax 4805550167", "appeal phone 8005550120"},
        ),
        (
            _MEMBER,
            "Member Services can help.\n\n| Way | Number |\n|---|---|\n| Call | 800-555-0120 |\n",
            {"member_services phone 8005550120"},
        ),
        (
            _DOCTOR,
            "Appeals can be faxed to 480-555-0167 for the quickest handling.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "Fax 480-555-0167 to appeal. Call 800-555-0120 to ask about your benefits.",
            {"appeal fax 4805550167", "member_services phone 8005550120"},
        ),
        (
            _DOCTOR,
            "Call 844-555-0130 to book a peer-to-peer, or 800-555-0120 for anything else.",
            {"peer_to_peer phone 8445550130"},
        ),
        (
            _MEMBER,
            "| Appeal by | Contact |\n|---|---|\n| Phone | 800-555-0120 |\n| Fax | 480-555-0167 |\n",
            {"appeal fax 4805550167", "appeal phone 8005550120"},
        ),
        (
            _DOCTOR,
            "We mailed the member a letter. Appeals from providers: fax 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "The fax you sent from 480-555-0111 was blank. Please appeal by fax to 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Your fax of May 1 came to 480-555-0113, our claims line. Appeals should go to 480-555-0167 (fax).",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "If you are not happy with how we spoke to you, call 800-555-0123 to file a grievance. To "
            "appeal, call 800-555-0120.",
            {"appeal phone 8005550120"},
        ),
        (
            _MEMBER,
            "You can file a grievance about this denial within 180 days of this notice. Fax 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "File a grievance or appeal within 60 days of this notice. Grievance and appeal fax: 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "Call your doctor's office (480-555-0118) if you have questions about your care. Call us at "
            "800-555-0120 if you have questions about this letter.",
            {"member_services phone 8005550120"},
        ),
        (
            _DOCTOR,
            "We may ask for records; if so we will fax a request to you at 480-555-0111 and you will "
            "have 15 days. To appeal, use 480-555-0167 (fax) by July 3, 2026.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Appeals submitted to any other number, including 480-555-0113, will not be processed. "
            "Correct fax: 480-555-0167.",
            {"appeal fax 4805550167"},
        ),
        (
            _MEMBER,
            "A nurse from Elm State will call you from 480-555-0114. You can appeal at 800-555-0120.",
            {"appeal phone 8005550120"},
        ),
        (
            _DOCTOR,
            "Use of fax 480-555-0113 ended on May 1; use 480-555-0167 to fax appeals.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "To request the reviewer's name, fax 480-555-0118; to dispute our finding, fax 866-555-0140.",
            {"provider_dispute fax 8665550140"},
        ),
        (
            _MEMBER,
            "You may hand in your appeal, or fax it (480-555-0167), up to and including July 3, 2026.",
            {"appeal fax 4805550167"},
        ),
        (
            _DOCTOR,
            "Anything you would like the reviewer to see may be faxed to 480-555-0160. If you cannot "
            "fax, call 800-555-0120.",
            {"records fax 4805550160"},
        ),
        (
            _MEMBER,
            "Two kinds of appeals\n"
            "Standard appeal.            Fast appeal.\n"
            "Answer in 30 days.          Answer in 72 hours.\n"
            "Fax: 480-555-0167           Fax: 480-555-0168\n",
            {"appeal fax 4805550167", "expedited_appeal fax 4805550168"},
        ),
        (
            _MEMBER,
            "There are 2 kinds of appeals\n"
            "Standard appeal            Fast appeal\n"
            "Phone: 480-555-0167          Phone: 480-555-0168\n"
            "Fax: 480-555-0169          Fax: 480-555-0170\n",
            {
                "appeal fax 4805550169",
                "appeal phone 4805550167",
                "expedited_appeal fax 4805550170",
                "expedited_appeal phone 4805550168",
            },
        ),
        (
            _MEMBER,
            "There are 2 kinds of appeals.\n"
            "\n"
            "Standard appeal. We answer in 30 days.\n"
            "Mail: Elm Appeals, PO Box 9, Dover, DE 19901\n"
            "Fax: 480-555-0167\n"
            "Fast appeal. We answer in 72 hours.\n"
            "Phone: 800-555-0121\n"
            "Fax: 480-555-0168\n",
            {"appeal fax 4805550167", "expedited_appeal fax 4805550168", "expedited_appeal phone 8005550121"},
        ),
    ],
)
def test_numbers_of_a_letter(reader: str, text: str, told: set[str]) -> None:
    found = letter(HEAD + _BODY.format(reader, text)).contacts
    assert {f"{c.purpose.value} {c.channel.value} {c.value}" for c in found if c.channel.value != "mail"} == told


@pytest.mark.parametrize(
    ("reader", "text", "told"),
    [
        (
            _DOCTOR,
            "Peer-to-peer: to be asked for within 2 business days of this fax, 844-555-0130.",
            {"peer_to_peer 2 business_day 2026-05-06"},
        ),
        (
            _MEMBER,
            "**Ask us for an appeal.** You or your doctor may ask. The last day is 60 days after the "
            "date of this notice.\n\n| How | Where |\n|---|---|\n| Call | 800-555-0120 |\n| Fax | "
            "480-555-0167 |\n",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "Pay, or tell us why you disagree, within 45 days of this letter. If we hear nothing we take "
            "the money out of later payments.",
            {"overpayment_response 45 day 2026-06-18"},
        ),
        (
            _DOCTOR,
            "If it was a separate visit, send a corrected claim or file a provider dispute within 12 "
            "months of this letter.",
            {"corrected_claim 12 month 2027-05-04", "provider_dispute 12 month 2027-05-04"},
        ),
        (
            _MEMBER,
            "Ask for a State Hearing. You must go through our appeal first. Then you have 120 days from "
            "the date of our appeal decision.",
            {"fair_hearing 120 day -"},
        ),
        (
            _MEMBER,
            "You can ask for an external review within 15 days from the date you get that decision, or a "
            "State Hearing within 120 days of it.",
            {"external_review 15 day -", "fair_hearing 120 day -"},
        ),
        (
            _MEMBER,
            "To keep care you get now: if you already get it and want to keep it while you wait, you "
            "must ask for an appeal within 10 days from the date on this letter.",
            {"continuation_of_benefits 10 day 2026-05-14"},
        ),
        (
            _MEMBER,
            "If you disagree with our answer, you may ask the Department for a review by doctors outside "
            "the plan. Ask within 180 days of the Notice of Appeal Resolution.",
            {"external_review 180 day -"},
        ),
        (
            _MEMBER,
            "If we say no again, there is one more internal level. Ask for it within 60 days of getting "
            "our first answer.",
            {"second_level 60 day -"},
        ),
        (
            _MEMBER,
            "Ask your pharmacist whether you can get a 72-hour emergency supply. Do not stop your medicine.",
            set(),
        ),
        (
            _DOCTOR,
            "If we think that is wrong: claim dispute, 120 days from today's date, on the portal.",
            {"provider_dispute 120 day 2026-09-01"},
        ),
        (
            _DOCTOR,
            "If 300 units were used, send a corrected claim. If 400 were needed, file a claim "
            "reconsideration. Either one must be here within 90 days from this letter.",
            {"corrected_claim 90 day 2026-08-02", "reconsideration 90 day 2026-08-02"},
        ),
        (
            _MEMBER,
            "You can file a grievance about this denial within 180 days of this notice. Fax 480-555-0167.",
            {"internal_appeal 180 day 2026-10-31"},
        ),
        (
            _MEMBER,
            "File a grievance or appeal within 60 days of this notice. Grievance and appeal fax: 480-555-0167.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "Appeals that come more than 60 days after this letter will be sent back unread.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _DOCTOR,
            "You must have asked for the peer-to-peer before discharge; it cannot be held more than 3 "
            "days after this notice.",
            {"peer_to_peer 3 day 2026-05-07"},
        ),
        (
            _MEMBER,
            "Members whose plan year ended in March had until June 30. Your own last day to appeal is July 3, 2026.",
            {"internal_appeal - - 2026-07-03"},
        ),
        (
            _MEMBER,
            "We decide quick appeals in 3 days and all others in 30 days. All must be in by 60 days after this letter.",
            {"internal_appeal 60 day 2026-07-03", "payer_decision 3 day -", "payer_decision 30 day -"},
        ),
        (
            _DOCTOR,
            "Reconsideration requests must be submitted no later than 90 calendar days from the EOP; "
            "appeals no later than 60 calendar days from the reconsideration answer.",
            {"internal_appeal 60 day -", "reconsideration 90 day 2026-08-02"},
        ),
        (
            _DOCTOR,
            "This authorization stays valid through 9/30/2026. You may appeal the denied units within 60 "
            "days of this letter.",
            {"internal_appeal 60 day 2026-07-03"},
        ),
        (
            _MEMBER,
            "Your coverage ended before 4/1. If that is a mistake, appeal by 7/3.",
            {"internal_appeal - - 2026-07-03"},
        ),
        (
            _DOCTOR,
            "If you received services before 4/1, no authorization was needed; appeals about later dates "
            "must be in by 7/3.",
            {"internal_appeal - - 2026-07-03"},
        ),
        (
            _MEMBER,
            "You may hand in your appeal, or fax it (480-555-0167), up to and including July 3, 2026.",
            {"internal_appeal - - 2026-07-03"},
        ),
    ],
)
def test_limits_of_a_letter(reader: str, text: str, told: set[str]) -> None:
    """The letter is of May 4, 2026."""
    found = letter(HEAD + _BODY.format(reader, text)).clocks
    assert {
        f"{c.kind.value} {c.amount or '-'} {c.unit.value if c.unit else '-'} {c.value or '-'}" for c in found
    } == told
