"""Who insures, what kind of coverage it is and who bears its cost, by class; and practices that are nobody's name."""

import pytest

from tests.extract.plain_letter import letter, value

_END = "\n\nThe request for 64615 is denied. It is not medically necessary.\n\nYou may appeal within 60 days.\n"


def _letter(top: str, told: str = "Member: Nell Adair") -> str:
    return f"{top}\nMarch 3, 2026\n\n{told}{_END}"


@pytest.mark.parametrize(
    ("top", "payer"),
    [
        ("STATE OF QUILLANA - MEDICAL ASSISTANCE (FEE FOR SERVICE)", "STATE OF QUILLANA - MEDICAL ASSISTANCE"),
        ("Commonwealth of Quillana Medicaid Program, Claims", "Commonwealth of Quillana Medicaid Program"),
        ("Wexcombe University Student Health Insurance Plan\nUnderwritten by Larkspur Life Insurance Company",
         "Larkspur Life Insurance Company"),
        ("Tern College Student Plan    Fully insured by Ferrow Student Life", "Ferrow Student Life"),
        ("Larkspur Health Plan\nUnderwritten by Larkspur Life Insurance Company", "Larkspur Health Plan"),
        ("Claims administrator for the Bolt & Rivet Employee Health Plan: Farrow Benefit Services",
         "Bolt & Rivet Employee Health Plan"),
    ],
)  # fmt: skip
def test_who_insures_behind_the_name_on_top(top, payer):
    assert value(_letter(top), "payer") == payer


def test_a_word_of_a_desk_is_no_delegate():
    said = letter(_letter("Claims administrator for the Bolt & Rivet Employee Health Plan: Farrow Benefit Services"))
    assert said.delegate is None or said.delegate.value == "Farrow Benefit Services"


_LARK = "LARKSPUR HEALTH"


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("Plan: Larkspur Gold Exchange 2100", "marketplace"),
        ("Plan: Larkspur HMO (Medicare)", "medicare_advantage"),
        ("LOB: commercial", "commercial"),
        ("Product: Choice PPO, group coverage of Tern Foods", "commercial"),
        ("Federal employee: Nell Adair, enrollment code 104", "fehb"),
        ("Recipient's medical assistance closed on 01/31/2026.", "medicaid"),
        ("Members of our Medicaid plans have other rights.", None),
        ("For Medicare Advantage members another form is used.", None),
        ("Some Marketplace plans allow more visits.", None),
        ("All TRICARE beneficiaries have a card.", None),
        ("Larkspur Medicare Advantage Plans (PPO and HMO)", "medicare_advantage"),
    ],
)
def test_plan_type_by_class(told, kind):
    assert value(_letter(_LARK, f"Member: Nell Adair\n{told}"), "plan_type") == kind


@pytest.mark.parametrize(
    ("told", "funding"),
    [
        ("Self-insured groups may have other limits; this member's coverage is fully insured.", "insured"),
        ("Your coverage is a state-regulated policy issued in Ohio.", "insured"),
        ("Your employer pays the claims of this plan itself; we only handle the paperwork.", "self_funded"),
        ("Insured groups have other rights; this coverage is self-funded.", "self_funded"),
        ("If your plan is self-funded, ask for federal review. If it is fully insured, ask the state.", None),
        ("Funding type: ASO", "self_funded"),
        ("The plan is funded by Oak Street Foods, which bears the cost of claims.", "self_funded"),
        ("Funding: Insured", "insured"),
        ("Self-insured groups may have other limits.", None),
        ("Fully insured members may ask the state.", None),
        ("Your employer pays part of your premium.", None),
    ],
)
def test_funding_by_class(told, funding):
    assert value(_letter(_LARK, f"Member: Nell Adair\n{told}"), "funding") == funding


@pytest.mark.parametrize(
    "told",
    [
        "Re: Rowan Creek Vascular / 772011",
        "To\nMaple Run Infusion\n14 Elm Street\nDover, DE 19901\n\nMember ID: 77120",
        "Dear Aspen Grove Sleep:",
        "Heather Lane Spine\nMember ID: 8812001\n14 Elm Street",
        "Name: Thistle Bay Headache\nMember ID: 8812001",
    ],
)
def test_a_practice_is_no_person(told):
    assert value(_letter(_LARK, told), "member_name") is None


@pytest.mark.parametrize(
    "told",
    [
        "Patient    Thistle Bay Headache\nMember ID: 8812001",
        "Member: Thistle Bay Headache",
        "Patient: Thistle Bay\n\nProvider: Thistle Bay Headache and Spine Center",
        "Member    Iris Hill\nPaid to Iris Hill Vascular Associates",
    ],
)
def test_what_a_column_cut_from_a_practice_is_never_sure(told):
    found = letter(_letter(_LARK, told)).member_name
    assert found is None or not found.sure


@pytest.mark.parametrize(("told", "name"), [("Patient: Nell Payne", "Nell Payne"), ("Member: Joy Hand", "Joy Hand")])
def test_a_surname_like_a_word_of_a_practice_is_given(told, name):
    assert value(_letter(_LARK, told), "member_name") == name


@pytest.mark.parametrize(
    ("top", "payer"),
    [
        ("Brightwater Dental of Norland", "Brightwater Dental of Norland"),
        ("ClearPoint Vision", "ClearPoint Vision"),
        ("Verity Recovery Partners, on behalf of Norland Choice (Medicare Advantage)", "Norland Choice"),
    ],
)
def test_an_insurer_by_the_provider_that_another_line_names(top, payer):
    assert value(_letter(top, "Patient: Nell Adair\nProvider: Harbor Street Clinic"), "payer") == payer


def test_a_practice_on_top_that_is_the_provider_is_no_payer():
    said = _letter("Harbor Family Dental", "Patient: Nell Adair\nProvider: Harbor Family Dental")
    assert value(said, "payer") is None


@pytest.mark.parametrize(
    ("text", "day", "sure"),
    [
        ("Ferndale Health, Dover DE. Notice of **9 Apr 2026**.\n\nPatient | Lena Voss\nDone | 2 Mar 2026",
         "2026-04-09", None),
        ("# Your questions\n\n*Ferndale Health · April 9, 2026 · for Lena Voss*", "2026-04-09", False),
        ("FERNDALE HEALTH\nDT 04/09/2026\nPT: LENA VOSS", "2026-04-09", None),
        ("FERNDALE HEALTH\n\nPatient | Lena Voss\nDone | 2 Mar 2026", "2026-03-02", False),
        ("FERNDALE HEALTH\n\nMember: Lena Voss\nWe have your notice of April 9, 2026.", None, None),
    ],
)  # fmt: skip
def test_the_day_of_a_notice_by_its_place(text, day, sure):
    found = letter(text + _END).letter_date
    assert (found.value if found else None) == day
    assert sure is None or found.sure is sure


@pytest.mark.parametrize(
    ("told", "field", "number"),
    [
        ("Member: Lena Voss\nMember ID: FMH 2209 4410, Group 30551", "group_number", "30551"),
        ("Lena Voss (DOB 3/3/1981, group 88210, ID FMH220944)", "group_number", "88210"),
        ("Lena Voss (DOB 3/3/1981, group 88210, ID FMH220944)", "member_name", "Lena Voss"),
        ("Member: Lena Voss\nReconsideration: RC-26-1180", "reference_number", "RC-26-1180"),
        ("Member: Lena Voss\nThe group 14 of us met, ID FMH220944.", "group_number", None),
    ],
)
def test_numbers_in_a_row_beside_the_member(told, field, number):
    assert value(_letter("FERNDALE MUTUAL HEALTH", told), field) == number
