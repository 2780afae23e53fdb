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
    ],
)
def test_limits_of_a_letter(reader: str, text: str, told: set[str]) -> None:
    """The letter is of May 4, 2026."""
    found = letter(HEAD + _BODY.format(reader, text)).clocks
    assert {
        f"{c.kind.value} {c.amount or '-'} {c.unit.value if c.unit else '-'} {c.value or '-'}" for c in found
    } == told
