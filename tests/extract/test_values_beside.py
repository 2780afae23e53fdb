"""Scalars by class of place: several members each, with what looks alike and gives nothing; in invented words."""

import pytest

from pipeline.values.letter import Finding
from tests.extract.plain_letter import letter


def value(found: Finding | None) -> str | None:
    return found.value if found else None


HEAD = "Some Health Plan\n12 Quarry Road, Dover, DE 19901\n\nAugust 3, 2026\n\n"
END = "\n\nWe denied this claim.\n\nSincerely,\nSome Health Plan\n"


def whole(told: str) -> str:
    return f"{HEAD}{told}{END}"


@pytest.mark.parametrize("label", ["RxGrp", "Rx Group", "Rx Grp", "RXGRP"])
def test_group_of_the_coverage_beside_that_of_the_pharmacy(label: str) -> None:
    found = letter(whole(f"Member: Jane Roe\nMember ID: QQ1203344\nGroup: 60911\nRxBIN: 019999   {label}: ZK60911"))
    assert value(found.group_number) == "60911"
    alone = letter(whole(f"Member: Jane Roe\nMember ID: QQ1203344\n{label}: ZK60911"))
    assert alone.group_number is None or not alone.group_number.sure


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("Subscriber: Jane Roe   ID 44-120-9917   Group 60911", "60911"),
        ("Member no. QRS-20177-04 Group: QRS-6091", "QRS-6091"),
        ("Member ID 88127745 Group: 60911 Plan: Choice", "60911"),
        ("We paid the whole group 60911 days ago.", None),
        ("See group 2026 of the schedule.", None),
    ],
)
def test_group_in_a_row_of_labels(told: str, number: str | None) -> None:
    assert value(letter(whole(told)).group_number) == number


@pytest.mark.parametrize(
    ("told", "field", "day"),
    [
        ("Claim no. 26301-228841 Date of service: July 2, 2026", "dates_of_service", ["2026-07-02"]),
        ("Test: panel (81443)\nDate sample taken: July 2, 2026", "dates_of_service", ["2026-07-02"]),
        ("Test: panel (81443)\nSpecimen collected: 07/02/2026", "dates_of_service", ["2026-07-02"]),
        ("Test: panel (81443)\nCollection date: 07/02/2026", "dates_of_service", ["2026-07-02"]),
        ('The policy "Treatment of tremor" was in effect on July 2, 2026.', "dates_of_service", []),
        ("The criteria for this procedure in force on July 2, 2026 were used.", "dates_of_service", []),
    ],
)
def test_days_of_service(told: str, field: str, day: list[str]) -> None:
    assert [one.value for one in getattr(letter(whole(told)), field)] == day


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Some Vision Plan\nClaim result - 05/28/2026\n\nMember: Jane Roe\nService: lenses V2781, date 05/11/2026\n",
         "2026-05-28"),
        ("Some Vision Plan\nNotice of decision | May 28, 2026\n\nMember: Jane Roe\n", "2026-05-28"),
        ("Some Vision Plan\nNotice of denied request received 05/28/2026\n\nMember: Jane Roe\n", None),
        ("**Patient:** Jane Roe\n"
         "**Date of Denial:** 02/10/2026\n**Today's Date:** 02/24/2026\n\nTo Whom It May Concern,\n",
         "2026-02-24"),
    ],
)  # fmt: skip
def test_day_of_the_letter(told: str, day: str | None) -> None:
    assert value(letter(told).letter_date) == day


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Policyholder: Jane Roe\nPolicy ID: QQ-774-0021", "Jane Roe"),
        ("Policy owner: Jane Roe\nPolicy ID: QQ-774-0021", "Jane Roe"),
        ("Appellant: Jane Roe   Medicaid ID: 5520 119 458\nBefore: Judge Leo Amari", "Jane Roe"),
        ("Petitioner: Jane Roe   Medicaid ID: 5520 119 458\nPresiding officer: Leo Amari", "Jane Roe"),
        ("Medicaid ID: 5520 119 458\nBefore: Leo Amari", None),
    ],
)
def test_who_the_patient_is(told: str, name: str | None) -> None:
    assert value(letter(whole(told)).member_name) == name


def test_who_appealed_is_not_surely_the_patient() -> None:
    found = letter(whole("Appellant: Jane Roe\nMedicaid ID: 5520 119 458")).member_name
    assert found is not None
    assert not found.sure


@pytest.mark.parametrize("mark", ["—", "–", "-"])
def test_id_behind_a_name_and_a_stroke(mark: str) -> None:
    assert value(letter(whole(f"Ms. Jane Roe {mark} Member ID **QRS-5590-217**")).member_id) == "QRS-5590-217"


@pytest.mark.parametrize(
    ("told", "npi"),
    [
        ("Member            Reference      Provider\nJane Roe          MR-0511-66     Dr. Ada Finch, NPI\n"
         "                                 1234567893", "1234567893"),
        ("Provider\nDr. Ada Finch, NPI\n1234567893", "1234567893"),
        ("Please send us your NPI\n\nCall 1234567893", None),
    ],
)  # fmt: skip
def test_number_of_a_provider_over_the_wrap(told: str, npi: str | None) -> None:
    assert value(letter(whole(told)).provider_npi) == npi


@pytest.mark.parametrize("box", ["[X]", "[ ]", "[x]", "☒"])
def test_a_box_that_is_ticked_is_nobodys_name(box: str) -> None:
    found = letter(f"CLAIM FORM\n1  GROUP HEALTH PLAN {box}\n\nMember ID: QQ1203344\n").payer
    assert found is None or box not in (found.value or "")


@pytest.mark.parametrize(
    "line",
    [
        "Appeals Department, delegated by Larkfield Health Plan",
        "A reviewer appointed by Larkfield Health Plan",
        "Medical review retained by Larkfield Health Plan",
        "Delegate of Larkfield Health Plan",
    ],
)
def test_insurer_that_delegated(line: str) -> None:
    told = f"Arden Spine Solutions\n{line}\n\nAugust 3, 2026\n\nDear Jane Roe:\n\nThe request is denied.\n"
    assert value(letter(told).payer) == "Larkfield Health Plan"


def test_address_of_a_practice_with_the_clinician_who_is_greeted_is_not_sure() -> None:
    told = (
        "Some Health Plan\n\nAugust 3, 2026\n\nElm Neurology Clinic\nAttn: Dr. Ada Finch\n\nMember: Jane Roe\n\n"
        "Dear Dr. Finch:\n\nWe denied the request.\n"
    )
    found = letter(told).provider_name
    assert found is not None
    assert not found.sure


@pytest.mark.parametrize(
    ("told", "denied"),
    [
        ("No part of the $412.00 can be paid.", "412.00"),
        ("None of the charge of $412.00 will be paid.", "412.00"),
        ("Nothing of the $412.00 is payable.", "412.00"),
        ("No part of the deductible can be paid with $412.00.", None),
    ],
)
def test_no_part_of_a_sum(told: str, denied: str | None) -> None:
    assert value(letter(whole(told)).denied_amount) == denied


@pytest.mark.parametrize(
    ("told", "plan"),
    [
        ("COMMONWEALTH OF ELM\nDepartment of Medical Assistance\n", "medicaid"),
        ("MIDLAND SERVICES (MAC Part B)\n", "original_medicare"),
        ("Federal Employees Elm Plan\n", "fehb"),
        ("Write to the United States Office of Personnel Management.\n", "fehb"),
        ("LINE OF BUSINESS ..... Commercial\n", "commercial"),
        ("If you have Medicaid, show us your card.\n", None),
    ],
)
def test_kind_of_plan(told: str, plan: str | None) -> None:
    assert value(letter(f"{told}\nAugust 3, 2026\n\nWe denied the request.\n").plan_type) == plan
