"""Values beside the desks, ways and houses that they stand among: whose name is it, whose number?"""

import pytest

from tests.extract.plain_letter import letter, value


@pytest.mark.parametrize(
    ("top", "payer"),
    [
        ("FROM: ALDER HEALTH PLAN PROVIDER CORRESPONDENCE UNIT\nDATE: 02/02/2026", "ALDER HEALTH PLAN"),
        ("From: Alder Mutual Insurance Medical Review\nDate: 02/02/2026", "Alder Mutual Insurance"),
        ("From: Alder Mutual Insurance Claims & Appeals Unit\nDate: 02/02/2026", "Alder Mutual Insurance"),
        ("Provider Portal > Messages > Alder Health > Authorization AU-90177\nPosted: 02/02/2026", "Alder Health"),
        ("# Alder Health Plan: Prior Authorization Response\n2026-02-02", "Alder Health Plan"),
        ("Alder Health Plan, February 2, 2026", "Alder Health Plan"),
        ("Provider Appeals, Alder Health Plan (Ohio Medicaid managed care)\nFebruary 2, 2026", "Alder Health Plan"),
        ("Denial of Coverage\nAlder Medicare Advantage (HMO), a Medicare health plan", "Alder Medicare Advantage"),
        ("Alder Coast Medicare\nMedicare Advantage Plans (PPO and HMO) - Hospital Review", "Alder Coast Medicare"),
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


@pytest.mark.parametrize(
    "block",
    [
        "Billing Office, Roe Pain Clinic\n14 Elm St\nDover, NH 03820",
        "Roe Pain Clinic, Patient Accounts\n14 Elm St\nDover, NH 03820",
        "Roe Pain Clinic\nBusiness Office\n14 Elm St\nDover, NH 03820",
        "Revenue Cycle Department, Roe Pain Clinic\nPO Box 118\nDover, NH 03820",
        "Roe Pain Clinic\nAttn: Medical Records\nPO Box 118\nDover, NH 03820",
    ],
)
def test_a_practice_stands_without_its_own_desks(block):
    said = (
        f"Kestrel Health\nSept 9, 2026\n\n{block}\n\nPatient: Ivy Crane   ID: KS20031\nDear Provider: it is denied.\n"
    )
    assert value(said, "provider_name") == "Roe Pain Clinic"


@pytest.mark.parametrize(
    ("top", "payer"),
    [
        ("Bluestem DME MAC             A CMS Medicare Contractor", "Bluestem DME MAC"),
        ("Heron A/B MAC        a Medicare contractor", "Heron A/B MAC"),
    ],
)
def test_a_contractor_of_medicare_is_the_payer(top, payer):
    said = f"{top}\nAugust 3, 2026\nBeneficiary: Hal Mott   MBI: 1EG4TE5MK73\nInitial determination: denied.\n"
    assert value(said, "payer") == payer


BILL = "Kestrel Health\nSept 9, 2026\nPatient: Ivy Crane   ID: KS20031   Claim: 900121   Amount billed: $1,840.00\n"


@pytest.mark.parametrize(
    "said",
    [
        f"{BILL}We have denied this claim in full because it came late.\n",
        f"{BILL}Claim finalized, whole $1,840.00 denied, CARC 27.\n",
        f"{BILL}We have declined payment of the whole $1,840.00 for the injections.\n",
        f"{BILL}It came late. Amount not paid: $1,840.00 (CO-29).\n",
        f"{BILL}It came late. The amount that was not covered comes to $1,840.00.\n",
        "Kestrel Health\nEstimated charge: $3,000.00\nAmount not approved: $1,840.00\n",
        "Kestrel Health\nThree days were not needed. Days in dispute amount to $1,840.00 of $9,400.00 billed.\n",
    ],
)
def test_what_was_refused_in_total(said):
    assert value(said, "denied_amount") == "1840.00"


@pytest.mark.parametrize(
    "said",
    [
        f"{BILL}We would have denied this claim in full if it had come late.\n",
        f"{BILL}If the amount in dispute is $50.00 or more and the answer is a denial, you may ask again.\n",
        f"{BILL}We denied part of this claim.\n",
        f"{BILL}Our last letter denied another claim in full.\n",
        "Kestrel Health\nThe visits were not needed. A copay of $45.00 is due at each.\n",
    ],
)
def test_what_is_no_total_that_was_refused(said):
    assert value(said, "denied_amount") is None


def test_the_number_of_who_judged_is_no_providers():
    said = "Kestrel Health\n3/4/2026\nIvy Crane, ID KS20. Requesting provider: Olga Brandt, MD (NPI 1730155551). "
    assert value(f"{said}Reviewer: A. Poe, MD, NPI 1999999992. Denied.\n", "provider_npi") == "1730155551"


def test_a_bill_in_a_row_of_short_sentences():
    said = "Kestrel Health\n3/4/2026\nIvy Crane, ID KS20, claim 5501. Billed: $640.00. Paid: $425.00.\n"
    assert value(said, "billed_amount") == "640.00"


@pytest.mark.parametrize(
    "said",
    [
        "Insured ID SH-20-4471   School policy number SC-2025-88\nThe tooth repair is denied.",
        "Your claim is denied; your policy number stays SC-2025-88.",
        "It was filed under policy number SC-2025-88 (your insurance policy). It came late.",
        "College policy no. SC-2025-88 had ended.",
    ],
)
def test_the_number_of_an_insurance_is_no_citation(said):
    assert letter(f"Shore College Student Insurance\n3/4/2026\nIvy Crane\n{said}\n").policy_citations == ()


def test_the_number_of_a_rule_is_cited_beside_that_of_the_insurance():
    said = "We denied it under our medical policy number MP-0412; your policy number is SC-2025-88.\n"
    found = letter(f"Shore Life\n3/4/2026\nIvy Crane\n{said}").policy_citations
    assert [one.number for one in found] == ["MP-0412"]
