"""True reasons that words beside them must not take away."""

import pytest

from tests.extract.plain_letter import letter

_HEAD = (
    "Alder Health Plan\nJuly 6, 2026\n\nMember: Ada Lund\nMember ID: AHP220187\nClaim: 26-55120\n\nDear Ms. Lund:\n\n"
)
_RIGHTS = "\n\nYou may appeal within 180 days of the date of this letter.\n"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The request is denied because physical therapy was not tried. We extended our review by a week.",
         "step_therapy"),
        ("The drug is experimental for this use and is denied. We reviewed the studies, even though they came late.",
         "experimental"),
        ("Your claim was filed late and is denied. We allow a later day only where there is good cause for it.",
         "timely_filing"),
        ("The claim is denied. The infusion may not start without prior authorization.", "no_prior_auth"),
        ("There is no doubt that the surgery is cosmetic, so it is denied.", "cosmetic"),
        ("The claim is denied. His Medicare coverage is active and is the first payer.", "cob_other_payer"),
        ("The claim is denied. Dates and code match a claim that we paid on June 2.", "duplicate"),
        ("The claim is denied.\nGroup: coverage ended 01/31/2026\n", "eligibility"),
        ("The claim is denied. We approved code 64615 and the clinic billed 64616.", "auth_mismatch"),
    ],
)  # fmt: skip
def test_a_reason_that_stays(text: str, category: str) -> None:
    assert category in {one.category.value for one in letter(_HEAD + text + _RIGHTS).denial_reasons}
