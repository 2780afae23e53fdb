"""Numbers and addresses by role: presence proves nothing, and an unclear role gives no contact."""

from pathlib import Path

import pytest

from pipeline.extract.contacts import find_contacts
from pipeline.extract.contacts.reach import impossible_numbers, numbers
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text

LANGUAGE = load_language(load_knowledge())
LETTERS = Path(__file__).parent / "payer_letters"
HEAD = (
    "Some Health Plan\nP.O. Box 21847, Columbus, OH 43221\nPhone: (800) 555-0142  |  Fax: (800) 555-0143\n\n"
    "March 2, 2026\n\n"
    "Jane Roe, MD\nFax: 608-555-0199\n\nDear Dr. Roe:\n\nYour request has been denied.\n\nYour Appeal Rights\n"
)


def contacts(body, *, head=HEAD, practice=None):
    content = f"{head}{body}\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    return {
        (c.purpose.value, c.channel.value, c.value)
        for c in find_contacts(reading, LANGUAGE, practice=practice or Practice())
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Fax your appeal to 855.555.0141.", {("appeal", "fax", "8555550141")}),
        ("Appeals Fax: (800) 555-6789", {("appeal", "fax", "8005556789")}),
        ("Call 1-800-555-HELP to appeal.", {("appeal", "phone", "8005554357")}),
        (
            "To file an appeal:\nPhone: (800) 555-1234\nFax: (800) 555-4321",
            {("appeal", "phone", "8005551234"), ("appeal", "fax", "8005554321")},
        ),
        (
            "Appeals\tFax\t(877) 555-0195\nMember Services\tPhone\t1-877-555-0193",
            {("appeal", "fax", "8775550195"), ("member_services", "phone", "8775550193")},
        ),
        (
            "Standard appeal: Fax 800-555-0178. Expedited appeal: call 800-555-0179.",
            {("appeal", "fax", "8005550178"), ("expedited_appeal", "phone", "8005550179")},
        ),
        (
            "You may request a peer-to-peer discussion by calling (800) 555-0142, option 4.",
            {("peer_to_peer", "phone", "8005550142")},
        ),
        ("Records may be faxed to (800) 555-0151.", {("records", "fax", "8005550151")}),
        ("Send provider disputes by fax to 866.555.0191.", {("provider_dispute", "fax", "8665550191")}),
        ("Questions? Call Provider Services at 888.555.0136.", {("provider_services", "phone", "8885550136")}),
        (
            "Fax your appeal to 800-555-0111 or call Member Services at 800-555-0112.",
            {("appeal", "fax", "8005550111"), ("member_services", "phone", "8005550112")},
        ),
        (
            "You may also contact the state Department of Insurance at (855) 555-0135.",
            {("regulator", "phone", "8555550135")},
        ),
    ],
)
def test_numbers_by_role(body, expected):
    assert contacts(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "You may appeal within 180 days.",
        "TTY users call 800-555-0199.",
        "If you have questions, call 800-555-0100.",
        "Civil Rights Coordinator, fax 800-555-0101.",
        "Requesting provider fax: 608-555-0199",
        "Reference: 800-555-010022-7",
    ],
)
def test_numbers_without_a_role_are_left_out(body):
    assert contacts(body) == set()


def test_the_letterhead_counts_where_the_text_points_to_it():
    found = contacts("Appeals must be submitted in writing to the address above or by fax to (800) 555-0143.")
    assert found == {("appeal", "fax", "8005550143"), ("appeal", "mail", "P.O. Box 21847, Columbus, OH 43221")}


def test_the_fax_number_above():
    found = contacts("Send your appeal to the fax number above.")
    assert ("appeal", "fax", "8005550143") in found


@pytest.mark.parametrize(
    "body",
    [
        "Mail it to Some Plan Appeals, P.O. Box 2291, Durham, NC 27702.",
        "Please send your appeal to:\nSome Plan Appeals\nP.O. Box 2291\nDurham, NC 27702",
        "Appeals Address: Some Plan Appeals, P.O. Box 2291, Durham, NC 27702",
    ],
)
def test_mail_addresses_stand_on_one_line(body):
    assert contacts(f"You may file an appeal. {body}") == {
        ("appeal", "mail", "Some Plan Appeals, P.O. Box 2291, Durham, NC 27702")
    }


def test_our_own_numbers_are_not_the_payers():
    ours = Practice(faxes=("8555550141",))
    assert contacts("Fax your appeal to 855.555.0141.", practice=ours) == set()


def test_a_fax_header_is_no_appeal_fax():
    header = "11/05/2026 10:42 FROM: SOME PLAN FAX 8005550184 P.02/02"
    body = f"You may appeal by fax.\n{header}\nAppeals fax: 800-555-0111"
    assert contacts(body) == {("appeal", "fax", "8005550111")}


@pytest.mark.parametrize(
    ("name", "faxes"),
    [
        ("medicare_denial_notice", {("appeal", "8005550162"), ("expedited_appeal", "8005550164")}),
        ("appeal_stands", {("appeal", "8015550190")}),
        ("drug_plan_notice", {("appeal", "8555550131")}),
        ("non_certification", {("appeal", "8005550178")}),
        ("overpayment", {("provider_dispute", "3125550140")}),
        ("approval", set()),
    ],
)
def test_faxes_of_whole_letters(name, faxes):
    found = contacts((LETTERS / f"{name}.txt").read_text(), head="")
    assert {(purpose, value) for purpose, channel, value in found if channel == "fax"} == faxes


def test_numbers_of_a_text():
    found = [
        (n.channel.value, n.value)
        for n in numbers("Phone: (800) 555-0142 | Fax: 1-800-555-0143; NPI 1234567893; call 8005550144")
    ]
    assert found == [("phone", "8005550142"), ("fax", "8005550143"), ("phone", "8005550144")]


def test_a_number_with_a_digit_misread_as_a_nought_is_none():
    text = "Fax your appeal to (077) 555-0189 or 1-077-555-0189. Call 877-555-0190."
    assert [n.value for n in numbers(text)] == ["8775550190"]
    assert impossible_numbers(text) == ["(077) 555-0189", "1-077-555-0189"]


@pytest.mark.parametrize(
    "body",
    [
        "Please do not send appeals to the care management fax (757-555-0141).",
        "Note the new fax. Do not use 208-555-0169 for appeals.",
        "We can't take appeals at 208-555-0169.",
        "Our appeals fax 651-555-0171, which is closed.",
        "TO: Some Clinic - Records  FAX: 307-555-0199",
    ],
)
def test_a_number_that_the_letter_warns_of_is_no_contact(body):
    assert contacts(body) == set()


def test_a_relay_number_does_not_hide_the_fax_behind_it():
    body = "For a Standard Appeal:\nPhone: 1-602-555-0116   TTY Users Call: 711   Fax: 1-602-555-0118"
    assert contacts(body) == {("appeal", "phone", "6025550116"), ("appeal", "fax", "6025550118")}


def test_fax_and_phone_side_by_side_keep_their_channels():
    body = "Appeals Unit\nFax 218-555-0182   Phone 218-555-0181"
    assert contacts(body) == {("appeal", "fax", "2185550182"), ("appeal", "phone", "2185550181")}


def test_a_reconsideration_has_no_appeal_fax_where_appeals_have_their_own():
    first = "Reconsideration. Send new records by fax to (720) 555-0138."
    body = f"{first}\n\nAppeal. Send appeals by fax to (303) 555-0196."
    assert {value for purpose, _, value in contacts(body) if purpose == "appeal"} == {"3035550196"}


def test_lines_under_a_paragraph_take_its_purpose():
    lines = "  Call:  505-555-0122   TTY 711\n  Fax:   505-555-0123"
    body = f"You can ask for an appeal by phone or in writing.\n\n{lines}"
    assert contacts(body) == {("appeal", "phone", "5055550122"), ("appeal", "fax", "5055550123")}


def test_a_row_of_a_drawn_table_speaks_for_itself():
    table = (
        "| Contact | By | Number or address |\n| --- | --- | --- |\n| Appeals | Fax | 800-555-0130 |\n"
        "| Appeals | Mail | Some Plan Appeals, P.O. Box 880, Duluth, MN 55801 |\n"
        "| Medical records | Fax | 833-555-0167 |"
    )
    found = contacts(table)
    assert ("appeal", "fax", "8005550130") in found
    assert ("appeal", "mail", "Some Plan Appeals, P.O. Box 880, Duluth, MN 55801") in found
    assert not [c for c in found if c[0] == "appeal" and c[2] == "8335550167"]


def test_a_portal_of_an_appeal():
    assert contacts("You may file an appeal online at www.someplan.com/appeals.") == {
        ("appeal", "portal", "www.someplan.com/appeals")
    }
