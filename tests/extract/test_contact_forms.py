"""Contacts by class: paragraphs with a lead, the same number again, words for haste, talks and papers."""

import pytest

from pipeline.extract.contacts import find_contacts
from pipeline.extract.kind.setting import addressee_of
from pipeline.values.letter import LetterKind
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text
from tests.extract.test_contacts import HEAD, LANGUAGE

_PLAIN = HEAD.replace("Your Appeal Rights\n", "")
_MEMBER = _PLAIN.replace("Dear Dr. Roe:", "Dear Ms. Vale:").replace("Jane Roe, MD\nFax: 608-555-0199", "Ada Vale")


def _contacts(body: str, *, head: str = _PLAIN, kind: LetterKind = LetterKind.DENIAL) -> set[tuple[str, str, str]]:
    content = f"{head}{body}\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    found = find_contacts(reading, LANGUAGE, practice=Practice(), addressee=addressee_of(reading), kind=kind)
    return {(c.purpose.value, c.channel.value, c.value) for c in found if c.channel.value != "mail"}


_FORMS = {
    "Redetermination (appeal). You, your prescriber or your representative must ask within 65 calendar days of the "
    "date of this notice. Fax: 1-866-555-0141. Mail: Elm Rx Appeals, PO Box 4480, Dover, DE 19901.": {
        ("appeal", "fax", "8665550141")
    },
    "You have 180 days after this statement to request a review in writing: Elm Dental, Attn: Benefit Review, P.O. Box "
    "12, Dover, DE 19901. Fax 302-555-0108.": {("appeal", "fax", "3025550108")},
    "External review. You may ask the state within four months. Fax: 302-555-0133.": {
        ("external_review", "fax", "3025550133")
    },
    "Send your appeal by fax to 302-555-0167. If waiting is a risk, ask for a faster appeal by fax at 302-555-0193.": {
        ("appeal", "fax", "3025550167"),
        ("expedited_appeal", "fax", "3025550193"),
    },
    "Appeal: by phone 302-555-0127 or by fax 302-555-0130. Urgent: same phone number, 72-hour answer.": {
        ("appeal", "phone", "3025550127"),
        ("appeal", "fax", "3025550130"),
        ("expedited_appeal", "phone", "3025550127"),
    },
    "Appeals fax: 302-555-0130. Expedited appeals: use the same fax number.": {
        ("appeal", "fax", "3025550130"),
        ("expedited_appeal", "fax", "3025550130"),
    },
    "Your doctor-to-doctor call must be asked for within 5 business days of the date of this letter: 518-555-0126.": {
        ("peer_to_peer", "phone", "5185550126")
    },
    "Your provider may send new facts or ask for a clinical consultation with one of our physicians: 518-555-0128.": {
        ("peer_to_peer", "phone", "5185550128")
    },
    "Prescriber-to-pharmacist or physician talk: 518-555-0132, within 14 days.": {
        ("peer_to_peer", "phone", "5185550132")
    },
    "To appeal, fax records to 844-555-0155 within 60 days.": {("appeal", "fax", "8445550155")},
    "For a dispute, send the medical records by fax to 844-555-0156.": {("provider_dispute", "fax", "8445550156")},
    "Fax the papers to 844-555-0162 with the case number on each page.": {("records", "fax", "8445550162")},
    "FAX CLINICAL TO 801-555-0191.": {("records", "fax", "8015550191")},
    "You may ask the Department of Financial Regulation for external review. Call the Department, 800-555-0154.": {
        ("regulator", "phone", "8005550154")
    },
    "Dentist line: 888-555-0125.": {("provider_services", "phone", "8885550125")},
    "Pharmacist line for prescribers: 800-555-0159.": {("provider_services", "phone", "8005550159")},
    "Telephone inquiries on this debt: 855-555-0189.": {("provider_services", "phone", "8555550189")},
    "To check progress, call 855-555-0160.": {("provider_services", "phone", "8555550160")},
    "Fax the records to 701-555-0133, or www.elmlink.example.": {
        ("records", "fax", "7015550133"),
        ("records", "portal", "www.elmlink.example"),
    },
    "Appeals may be faxed to 701-555-0134 or filed online at www.elmappeals.example.": {
        ("appeal", "fax", "7015550134"),
        ("appeal", "portal", "www.elmappeals.example"),
    },
    "Your papers may be faxed to 701-555-0135 or uploaded. Papers: fax 701-555-0135, or www.elmpapers.example.": {
        ("records", "fax", "7015550135"),
        ("records", "portal", "www.elmpapers.example"),
    },
    "Fax for EOB: 888-555-0120, attn COB.": {("records", "fax", "8885550120")},
    "appeal_fax ....... 504-555-0191": {("appeal", "fax", "5045550191")},
    "p2p_phone: 504-555-0192": {("peer_to_peer", "phone", "5045550192")},
}


@pytest.mark.parametrize("body", _FORMS)
def test_number_by_its_words(body: str) -> None:
    assert _contacts(body) == _FORMS[body]


@pytest.mark.parametrize(
    "body",
    [
        "Appeal. You have 180 days. New authorization requests: fax 302-555-0140.",
        "Please send the prescription to the specialty pharmacy at 833-555-0117 (fax 833-555-0118).",
        "Urgent: use the same form.",
        "Your doctor: 833-555-0119.",
        "The claim was faxed from the same fax number.",
        "Appeals in writing only. A copy went to Dr. Roe, fax 302-555-0150. Expedited appeals: by the same fax number.",
        "You may appeal. A copy of this letter was faxed to your surgeon at fax 302-555-0151.",
        "You may appeal. Copies sent to: Bay Clinic, fax 302-555-0152.",
    ],
)
def test_number_of_no_purpose(body: str) -> None:
    assert {c for c in _contacts(body) if c[1] == "fax" and c[0] in {"appeal", "expedited_appeal", "records"}} == set()


@pytest.mark.parametrize(
    "body",
    [
        "Questions: 309-555-0115.",
        "You may appeal within 60 days. Call 309-555-0115 with questions.",
        "You may appeal in writing. Call 309-555-0115 if you have questions.",
        "Get help and more information. Elm Plan: 309-555-0115, TTY 711, 7 days a week.",
    ],
)
def test_question_of_a_member(body: str) -> None:
    assert _contacts(body, head=_MEMBER) == {("member_services", "phone", "3095550115")}


@pytest.mark.parametrize(
    "body",
    [
        "Send a current series and a pocket chart to fax 801-555-0124 and quote the document number.",
        "Please send the x-ray report. Fax 801-555-0124 within 2 days, or we decide on what we have.",
        "We need the order.\n\nDUE BY 05/26/2026.\nFAX CLINICAL TO 801-555-0124. QUESTIONS 801-555-0145.",
    ],
)
def test_fax_of_a_letter_that_asks_is_for_what_it_asks(body: str) -> None:
    asked = _contacts(body, kind=LetterKind.INFORMATION_REQUEST)
    assert {c for c in asked if c[1] == "fax"} == {("records", "fax", "8015550124")}


@pytest.mark.parametrize(
    ("head", "purpose"),
    [
        ("ELM PLAN\nEXPLANATION OF BENEFITS - THIS IS NOT A BILL\n\n", "member_services"),
        ("ELM PLAN\n\nYour employer's plan did not pay this claim.\n\n", "member_services"),
        ("ELM PLAN\n\nWe have the request that you submitted on May 4.\n\n", "provider_services"),
        ("ELM PLAN\n\nYour patient's request is with a nurse.\n\n", "provider_services"),
    ],
)
def test_questions_of_a_reader_nobody_greets(head: str, purpose: str) -> None:
    assert _contacts("Questions: 309-555-0115.", head=head) == {(purpose, "phone", "3095550115")}
