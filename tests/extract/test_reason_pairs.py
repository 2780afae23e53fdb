"""Codes that do not go together; reasons told of a list, of treatment that went on, of care left out as unproven."""

import pytest

from tests.extract.plain_letter import HEAD, LANGUAGE, letter

BODY = (
    "Re: Ann Roe, member ID EL7712040\n\nDear Dr. Roe:\n\nWe have denied the request.\n\n{}\n\nSincerely,\nThe Plan\n"
)
PLAIN = "Re: Ann Roe, member ID EL7712040\n\nDear Dr. Roe:\n\n{}\n\nSincerely,\nThe Plan\n"


def reasons(told: str):
    return {one.category.value for one in letter(HEAD + BODY.format(told)).denial_reasons}


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("Diagnosis Z00.00 does not support 72148.", "coding_mismatch"),
        ("The diagnosis on the claim, Z00.00, is not payable with 72148.", "coding_mismatch"),
        ("M54.50 does not go with 64615.", "coding_mismatch"),
        ("64615 cannot be billed with M54.50.", "coding_mismatch"),
        ("Z00.00 is not an appropriate diagnosis for CPT 72148.", "coding_mismatch"),
        ("The drug J0585 is not covered for R51.9.", "off_label_dx"),
        ("R51.9 is not an approved indication for J0585.", "off_label_dx"),
        ("The approval for M54.50 and 72148 does not match the claim.", "auth_mismatch"),
        ("The service 72148 for M54.50 is not medically necessary.", "medical_necessity"),
    ],
)
def test_codes_that_do_not_go_together(told, reason):
    assert reasons(told) == {reason}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("We see no evidence that the sessions have helped her.", {"continuation_no_benefit"}),
        ("Botox is not among the plan's preferred toxins.", {"nonpreferred_product"}),
        ("Emgality isn't one of our preferred drugs.", {"nonpreferred_product"}),
        ("Experimental care is excluded under Section 5, and this pump is experimental.", {"experimental"}),
        (
            "The pump is experimental. Home use of pumps is also excluded under your plan.",
            {"experimental", "excluded_benefit"},
        ),
    ],
)
def test_reasons_of_lists_and_of_care(told, expected):
    assert reasons(told) == expected


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (
            "Your claim could not be processed. Box 24J is blank. It is unprocessable and has no appeal rights.",
            "denial",
        ),
        ("We are closing this bill with no payment as a duplicate of one paid on June 2.", "denial"),
        ("We are closing your appeal. It came after the 60 days.", "dismissal"),
        ("We cannot take up your request for redetermination, because it came after 120 days.", "dismissal"),
        ("CT of the chest, CPT 71260 - approved as ordered.", "approval"),
        (
            "1. Brace (L1832): APPROVED.\n2. Bone stimulator (E0747): NOT APPROVED. You may appeal within 180 days.",
            "partial_denial",
        ),
    ],
)
def test_kinds_of_claims_and_appeals(told, kind):
    assert letter(HEAD + PLAIN.format(told)).kind.value == kind


def test_a_bracket_and_a_colon_are_two_words():
    assert [token.text for token in LANGUAGE.nlp("Pump (E0784): Denied")][-4:] == ["E0784", ")", ":", "Denied"]
