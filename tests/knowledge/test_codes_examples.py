"""The code tables: every category is used with sense, well-known codes say what they say."""

import re

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.values.vocabulary import Category

CODES = load_knowledge().codes


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("50", Category.MEDICAL_NECESSITY),
        ("197", Category.NO_PRIOR_AUTH),
        ("29", Category.TIMELY_FILING),
        ("18", Category.DUPLICATE),
        ("97", Category.BUNDLING),
        ("22", Category.COB_OTHER_PAYER),
        ("27", Category.ELIGIBILITY),
        ("55", Category.EXPERIMENTAL),
        ("11", Category.CODING_MISMATCH),
        ("4", Category.CODING_MODIFIER_NDC_UNITS),
        ("252", Category.INSUFFICIENT_DOCUMENTATION),
        ("B7", Category.PROVIDER_ELIGIBILITY),
        ("1", Category.NOT_A_DENIAL),
    ],
)
def test_well_known_adjustment_codes(code, category):
    assert CODES.carc.codes[code].category is category


@pytest.mark.parametrize("code", ["16", "96"])
def test_codes_that_say_too_little_are_generic(code):
    assert CODES.carc.codes[code].generic


def test_shapes():
    assert all(re.fullmatch(r"\d{1,3}|[ABPW]\d{1,2}", code) for code in CODES.carc.codes)
    assert all(re.fullmatch(r"(?:N|MA?)\d{1,3}", code) for code in CODES.rarc.codes)
    assert all(re.fullmatch(r"[A-Z\d]{2}", code) for code in CODES.services.modifiers)
    assert all(re.fullmatch(r"\d{5}|[A-V]\d{4}", code) for code in CODES.services.procedures)
