"""Numbers whose role no department's name tells, but what is said of doing: and none where that is not clear."""

import pytest

from pipeline.extract.contacts import find_contacts
from pipeline.values.letter import Addressee, LetterKind
from pipeline.values.practice import Practice
from pipeline.values.text import Method, Page, Text
from tests.extract.test_contacts import HEAD, LANGUAGE

PLAIN = HEAD.removesuffix("Your Appeal Rights\n")
"""Without the heading under which every number would be an appeal's."""


def contacts(
    body: str, *, addressee: Addressee = Addressee.UNKNOWN, kind: LetterKind = LetterKind.DENIAL
) -> set[tuple[str, str, str]]:
    content = f"{PLAIN}{body}\n"
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    reading = LANGUAGE.reading(Text(content=content, pages=(page,)))
    found = find_contacts(reading, LANGUAGE, practice=Practice(), addressee=addressee, kind=kind)
    return {(c.purpose.value, c.channel.value, c.value) for c in found}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Do you disagree? Write to us. You may fax to 815-555-0134.", ("appeal", "fax", "8155550134")),
        ("You may ask for a second level review. Fax it to 800-555-0161.", ("appeal", "fax", "8005550161")),
        ("A rheumatologist is available to speak with the prescriber on 603-555-0191.",
         ("peer_to_peer", "phone", "6035550191")),
        ("If you think no money is due, tell us why in writing: fax 757-555-0177.",
         ("provider_dispute", "fax", "7575550177")),
        ("For a standard appeal:   Mailing address: Some Appeals, P.O. Box 1, Anytown, OH 44101\n"
         "   Phone: 800-555-0102   TTY 711   Fax: 727-555-0104", ("appeal", "fax", "7275550104")),
        ("Phone 800-555-0111 (members), fax 800-555-0112 (appeals).", ("appeal", "fax", "8005550112")),
        ("Phone 800-555-0111 (members), fax 800-555-0112 (appeals).", ("member_services", "phone", "8005550111")),
        ("Fast appeal\nWe give you a decision within 72 hours.\n\nPhone 800-555-0103\nFax 800-555-0104",
         ("expedited_appeal", "fax", "8005550104")),
        ("Clinician to clinician: 800-555-0162, any working day.", ("peer_to_peer", "phone", "8005550162")),
        ("A member who is not satisfied may call 800-555-0163 to file an appeal.", ("appeal", "phone", "8005550163")),
        ("Records fax: 800-555-0164", ("records", "fax", "8005550164")),
        ("Practices with questions can call 800-555-0165.", ("provider_services", "phone", "8005550165")),
        ("Help for members 800-555-0166.", ("member_services", "phone", "8005550166")),
        ('{"contact": {"provider_services": "8005550167"}}', ("provider_services", "phone", "8005550167")),
        ("A conversation with our orthopaedist can be had at 800-555-0161.", ("peer_to_peer", "phone", "8005550161")),
        ("appeal_fax: 800-555-0112", ("appeal", "fax", "8005550112")),
        ("Your plan pays half. Questions: 800-555-0111", ("member_services", "phone", "8005550111")),
    ],
)  # fmt: skip
def test_a_number_is_for_what_is_spoken_of(body: str, expected: tuple[str, str, str]) -> None:
    assert expected in contacts(body)


@pytest.mark.parametrize(
    "body",
    [
        "You may appeal. | Medical papers | Fax | 833-555-0167 |",
        "You may disagree with this.\n\nFax 833-555-0167.",
        "You may disagree with this. Warehouse fax: 833-555-0167.",
    ],
)
def test_a_label_of_its_own_or_another_paragraph_gives_no_appeal_fax(body: str) -> None:
    assert not contacts(body)


def test_where_papers_are_asked_for_the_fax_is_that_of_records() -> None:
    body = "May we have them by 20 May 2026? They can go by facsimile to 802-555-0145."
    assert contacts(body, kind=LetterKind.INFORMATION_REQUEST) == {("records", "fax", "8025550145")}
    assert not contacts("They can go by facsimile to 802-555-0145.")


def test_a_number_for_questions_is_that_of_the_readers_own_services() -> None:
    body = "Got questions? Call 877-555-0163."
    assert contacts(body, addressee=Addressee.PROVIDER) == {("provider_services", "phone", "8775550163")}
    assert contacts(body, addressee=Addressee.MEMBER) == {("member_services", "phone", "8775550163")}
    assert not contacts(body)


def test_the_fax_for_complaints_of_discrimination_is_no_appeal_fax():
    assert contacts("Discrimination grievances: fax 800-555-0168") == set()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("You can appeal. Send it to Any Plan Customer Relations, P.O. Box 9, Anytown, OH 44101, fax 800-555-0171.",
         {("appeal", "fax", "8005550171")}),
        ("You can appeal. Send your questions to Any Plan Customer Relations, fax 800-555-0171.",
         {("member_services", "fax", "8005550171")}),
        ("Your surgeon may confer with one of our physicians. It must be before any appeal is lodged."
         " Your doctor should ring 800-555-0172.", {("peer_to_peer", "phone", "8005550172")}),
        ("Our reviewers can be reached at 800-555-0173 in the morning.", {("peer_to_peer", "phone", "8005550173")}),
        ("Dr. Roe is available to the treating physician on 800-555-0174.", {("peer_to_peer", "phone", "8005550174")}),
        ("Your treating physician: 800-555-0175", set()),
        ("We do not discriminate on the basis of race or sex. Call 1-800-633-4227.",
         {("regulator", "phone", "8006334227")}),
        ('{"field": "p2p", "value": "800-555-0176, any weekday"}', {("peer_to_peer", "phone", "8005550176")}),
    ],
)  # fmt: skip
def test_what_is_told_beside_a_number_and_before_it(body, expected):
    assert {one for one in contacts(body) if one[1] != "mail"} == expected


def test_a_column_of_numbers_is_what_its_heading_says():
    body = (
        "For a standard appeal           For a fast appeal\n"
        "Phone 800-555-0181              Phone 800-555-0183\n"
        "Fax 800-555-0182                Fax 800-555-0184\n"
    )
    assert contacts(body) == {
        ("appeal", "phone", "8005550181"), ("appeal", "fax", "8005550182"),
        ("expedited_appeal", "phone", "8005550183"), ("expedited_appeal", "fax", "8005550184"),
    }  # fmt: skip
