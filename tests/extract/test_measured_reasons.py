"""A number that was found beside the one that a rule asks for: only comparing them tells the reason."""

import pytest

from tests.extract.plain_letter import HEAD, letter

BODY = (
    "Re: Ann Roe, member ID EL7712040\n\nDear Dr. Roe:\n\nWe have denied the request.\n\n{}\n\nSincerely,\nThe Plan\n"
)


def reasons(told: str):
    return {one.category.value for one in letter(HEAD + BODY.format(told)).denial_reasons}


def counted(told: str):
    """The reasons that only comparing tells."""
    found = letter(HEAD + BODY.format(told)).denial_reasons
    return {one.category.value for one in found if one.rule.startswith("compared.")}


@pytest.mark.parametrize(
    "told",
    [
        "The plan needs a body mass index of 35 or above, and the number your doctor gave us is 31.",
        "Pocket depths must be 5 mm or more. On the chart they measure 3 to 4 mm.",
        "A home sleep test has to show an AHI of at least 15. Hers was 9.",
        "Our guideline is looking for 8 or more migraine days a month. The diary you sent has five.",
        "To qualify the hearing loss has to be 40 decibels or greater; the test shows 25 decibels.",
        "The score must be 20 or lower. The score in the record is 31.",
        "Rule: hemoglobin below 10. Result of March 2026: hemoglobin 11.8.",
        "For a brace the curve has to reach 25 degrees. Your X-ray shows a curve of 14 degrees.",
    ],
)
def test_a_number_that_misses_its_bound_is_a_criterion_not_met(told):
    assert "criteria_not_met" in reasons(told)


@pytest.mark.parametrize(
    "told",
    [
        "The plan needs a body mass index of 35 or above, and the number your doctor gave us is 37.",
        "A home sleep test has to show an AHI of at least 15. Hers was 19.",
        "Our guideline is looking for 8 or more migraine days a month. The diary you sent has eleven.",
        "The score must be 20 or lower. The score in the record is 12.",
        "Criterion 3 must be met at level 2 or above. We looked at 1 page.",
        "Ask again when the pain score is 4 or more; today it is said to be 3 at rest and 7 when walking.",
        "We need at least two forms of contact. You gave one phone number.",
        "If your score is 10 or more next year, ask again.",
        "You must be 18 or older to see the record, and you must wait at least 5 days. The call took 4 minutes.",
    ],
)
def test_a_number_that_meets_its_bound_is_none(told):
    assert not counted(told)


@pytest.mark.parametrize(
    "told",
    [
        "Your plan covers 12 chiropractic visits in a calendar year. You used the 12th on May 2.",
        "The policy allows two cleanings each year. You had three in 2025.",
        "Your plan pays for 30 therapy visits per year. This was visit 31.",
        "We pay for up to 60 days of rehabilitation a year, and you have already used 60 days.",
    ],
)
def test_what_a_year_allows_is_used_up(told):
    assert "benefit_maximum" in reasons(told)


@pytest.mark.parametrize(
    "told",
    [
        "Your plan covers 12 chiropractic visits in a calendar year. You used the 4th on May 2.",
        "Your plan pays for 30 therapy visits per year. You have had 11.",
        "The policy allows two cleanings each year. You had one in 2025.",
        "We cover 60 days of rehabilitation a year. You must appeal within 180 days.",
    ],
)
def test_what_is_left_of_a_year_is_none(told):
    assert not counted(told)


def test_numbers_that_count_off_lines_are_no_amounts():
    told = "Line 1: the tray is included in the visit. Line 3: the code billed is not valid."
    assert not counted(told)


@pytest.mark.parametrize(
    "told",
    [
        "Two adults in the family are covered too. The child is 9 years old.",
        "Her parents are adults of working age. She turned 12 in May.",
        "Coverage of the new drug begins on July 1, 2026. The visit was on May 2, 2026.",
        "We start coverage for this vaccine on October 1, 2026. You were seen on March 9, 2026.",
    ],
)
def test_other_adults_and_the_first_day_of_a_drug_are_no_bound(told):
    assert not counted(told)
