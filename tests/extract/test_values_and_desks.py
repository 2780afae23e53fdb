"""Values beside the desks, ways and houses that they stand among: whose name is it, whose number?"""

import pytest

from tests.extract.plain_letter import letter, value


@pytest.mark.parametrize(
    ("top", "payer"),
    [
        ("FROM: ALDER HEALTH PLAN PROVIDER CORRESPONDENCE UNIT\nDATE: 02/02/2026", "ALDER HEALTH PLAN"),
        ("From: Alder Mutual Insurance Medical Review\nDate: 02/02/2026", "Alder Mutual Insurance"),
        ("From: Alder Health Plan - Claims & Appeals\nDate: 02/02/2026", "Alder Health Plan"),
        ("Provider Portal > Messages > Alder Health > Authorization AU-90177\nPosted: 02/02/2026", "Alder Health"),
        ("Home › Inbox › Alder Health Plan\nPosted: 02/02/2026", "Alder Health Plan"),
    ],
)
def test_a_payer_stands_without_its_desk_and_the_way_to_it(top, payer):
    said = f"{top}\nMember: Selma Oye  ID: NG771120\nThe request for 64615 is denied. It is not medically necessary.\n"
    assert value(said, "payer") == payer


def test_the_way_to_a_page_has_its_number_in_a_cell():
    said = "Portal > Inbox > Alder Health > Authorization AU-90177\nMember: Ida Rusk\nNot medically necessary.\n"
    assert value(said, "reference_number") == "AU-90177"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Student number: 20418833", "20418833"),
        ("Employee No. 40117", "40117"),
        ("Student ID no.: WF2048 | Policy: WI2526M88", "WF2048"),
    ],
)
def test_the_number_of_a_house_is_shown_and_never_sure(line, number):
    found = letter(f"Campus Care Insurance\nOctober 2, 2026\nRory Vance\n{line}\nYour claim is denied.\n").member_id
    assert found is not None
    assert (found.value, found.sure) == (number, False)


@pytest.mark.parametrize(
    "line",
    ["Student ID 20418833 / Member ID SHP7712001", "Employee No. 40117   Member ID: SHP7712001"],
)
def test_a_number_of_the_coverage_is_believed_before_that_of_a_house(line):
    assert (
        value(f"Campus Care Insurance\nOctober 2, 2026\n{line}\nYour claim is denied.\n", "member_id") == "SHP7712001"
    )
