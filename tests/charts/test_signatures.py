"""Signatures in the forms that clinicians and record systems give them, and lines that only look like one."""

import pytest

from pipeline.charts.signatures import signature_of

SIGNED = [
    ("Ann Lee, APRN   e-sig 01/29/26 14:07", "Ann Lee, APRN"),
    ("Injector: P. Ames, MD (Peds PM&R)  signed 03/10/2026", "P. Ames, MD"),
    ("Ann Lee, MD \u2014 Headache Medicine \u2014 authenticated 02/11/2026 18:02", "Ann Lee, MD"),
    ("Ann Lee, PT, DPT  Lic 12345   signed 02/17/2026", "Ann Lee, PT"),
    ("Dictated and signed, Ann Lee, M.D., Neurology, 12-Nov-2025", "Ann Lee, M.D."),
    ("Intake by: A. Lee, RN        Signature: A. Lee RN 3/3/26", "A. Lee RN"),
]
NOT_SIGNED = [
    "Patient signature: Ann Lee 3/3/26",
    "Signature: ____________  Date: ____",
    "Consent signed 03/10/2026.",
    "Seen by Ann Lee, PA-C. Awaiting cosign.",
    "Orders were discussed with Ann Lee, MD, who has signed 3 of them",
    "Ann Lee, MD",
]


@pytest.mark.parametrize(("line", "who"), SIGNED)
def test_a_name_with_credentials_beside_words_of_signing_signs(line, who):
    assert signature_of(["OFFICE VISIT", "HPI: seen today.", line]) == (True, who)


@pytest.mark.parametrize("line", NOT_SIGNED)
def test_what_only_looks_like_a_signature_signs_nothing(line):
    assert not signature_of(["OFFICE VISIT", "HPI: seen today.", line])[0]
