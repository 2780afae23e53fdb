"""What looks like a value and is none, or is unsure: surnames that are practices' words, premiums, letters, cells."""

import pytest

from pipeline.extract.contacts.reach import numbers
from tests.extract.plain_letter import HEAD, letter, value
from tests.extract.test_requests import requested

_SURE = 0.7


@pytest.mark.parametrize("label", ["Name", "Re", "Regarding"])
@pytest.mark.parametrize("name", ["Walter Foot", "Nina Heart", "Saul J. Hand", "Greta Eye", "Otto Pain", "Lena Vein"])
def test_surname_that_is_a_practice_word_is_said_but_unsure(label: str, name: str) -> None:
    found = letter(f"{HEAD}{label}: {name}\nMember ID: QZX4410982\n\nWe cannot approve the drug.\n").member_name
    assert found is not None
    assert found.value == name
    assert found.confidence < _SURE


@pytest.mark.parametrize(
    "name", ["Alder Spine Pain", "Alder Pain PLLC", "Tern Eye Clinic", "Wren Vein Group", "Moss Lane Foot"]
)
def test_practice_behind_a_loose_label_is_nobody(name: str) -> None:
    assert value(f"{HEAD}Name: {name}\nMember ID: QZX4410982\n\nWe cannot approve the drug.\n", "member_name") is None


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("| Appeal | Fax 302-555-0142 | 302-555-0199 |", ["fax", "phone"]),
        ("Grievances | Fax: 302-555-0142 | 302-555-0199", ["fax", "phone"]),
        ("Fax 302-555-0142 or 302-555-0199", ["fax", "fax"]),
        ("Fax 302-555-0142, 302-555-0199", ["fax", "fax"]),
        ("Fax 302-555-0142 / 302-555-0199", ["fax", "fax"]),
        ("| Fax 302-555-0142 302-555-0199 |", ["fax", "fax"]),
        ("Phone 302-555-0142 | 302-555-0199", ["phone", "phone"]),
    ],
)
def test_number_in_the_next_cell_is_of_its_own_channel(text: str, channels: list[str]) -> None:
    assert [one.channel.value for one in numbers(text)] == channels


@pytest.mark.parametrize(
    ("sentence", "funding"),
    [
        ("Your employer pays most of the cost of your plan premium.", None),
        ("Your employer pays the cost of your monthly premium.", None),
        ("Your company covers the cost of coverage for you.", None),
        ("Your union pays the benefits of members on leave.", None),
        ("Her employer covers the cost of generic drugs at the plant.", None),
        ("Your employer pays the claims of this plan.", "self_funded"),
        ("Your company, not us, pays for the care.", "self_funded"),
        ("Your employer bears the full cost of all claims.", "self_funded"),
    ],
)
def test_who_pays_premiums_funds_no_plan(sentence: str, funding: str | None) -> None:
    found = letter(f"{HEAD}Dear Ms. Vale:\n\nWe cannot approve the drug.\n\n{sentence}\n").funding
    assert (found and found.value) == funding


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("For a free copy of the policy or of the office notes we used, write us or fax 302-555-0142.", set()),
        ("To get a copy of your operative report, send a request to the records desk.", set()),
        ("If you would like copies of the lab results that we read, mail us a note.", set()),
        ("To receive, free of charge, the office notes that we relied on, send us a letter.", set()),
        ("The supplier's bill remains outstanding, and interest may be due.", set()),
        ("Your invoice is still outstanding. Pay it by June 1.", set()),
        ("Do you have other insurance? Call member services. Were you in an accident? Tell us by phone.", set()),
        ("Get a copy of the office notes and send it to us.", {"ev.visit_note"}),
        ("To have it paid, send us a copy of the operative report.", {"ev.procedure_note"}),
        ("The invoice from the manufacturer has not been received.", {"ev.invoice"}),
    ],
)
def test_copies_offered_and_bills_owed_are_not_asked_for(body: str, expected: set[str]) -> None:
    assert requested(body) == expected


def test_a_part_of_medicare_is_no_payer_beside_its_contractor() -> None:
    head = (
        "# Larch Administrators, LLC - Medicare Part B J9\n\nLetter date: 05/06/2026\nProvider: Elm Podiatry Inc.\n\n"
    )
    assert value(head + "Please send the notes.\n", "payer") == "Larch Administrators, LLC"
