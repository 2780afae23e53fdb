"""Limits in less usual words, and what "it" means in "we need it by". The letters are invented."""

import pytest

from tests.kept import read_text

LETTER = """Example Health Plan
P.O. Box 100, Anytown, OH 44101

March 2, 2026

Member Name: Jane Q. Doe
Claim Number: 20260307781

{title}

Dear Provider:

{told}

Sincerely,
Example Health Plan
"""
DENIAL = "We denied this claim because the service is not covered. "
DEMAND = "We paid this claim twice and overpaid you. "


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (DENIAL + "If a code was wrong, send a corrected claim. We need it by 2026/06/09.",
         ("corrected_claim", "2026-06-09")),
        (DENIAL + "Bill the claim again with the modifier. Do this by 06/09/2026.", ("corrected_claim", "2026-06-09")),
        (DENIAL + "Complete the form and send it anew (not as an appeal) no later than 06/09/2026.",
         ("corrected_claim", "2026-06-09")),
        (DENIAL + "The doctor may discuss it with that physician not later than fourteen (14) calendar days after "
         "the date of this notice.", ("peer_to_peer", "2026-03-16")),
        (DENIAL + "If you feel that our rule was misread, tell us why in a letter reaching us before 1 June 2026.",
         ("internal_appeal", "2026-05-31")),
        (DEMAND + "Please return $611.20 within 45 days of the date of this letter.",
         ("overpayment_response", "2026-04-16")),
        (DEMAND + "Disputes, in writing, inside 30 days of the date of this letter.",
         ("provider_dispute", "2026-04-01")),
        (DEMAND + "If you think no money is due back, tell us so in writing within 30 days of the date of this letter.",
         ("provider_dispute", "2026-04-01")),
    ],
)  # fmt: skip
def test_a_limit_in_other_words(told: str, expected: tuple[str, str]) -> None:
    title = "Notice of overpayment" if told.startswith(DEMAND) else "Notice of denial"
    (letter,) = read_text(LETTER.format(title=title, told=told).encode()).letters
    assert expected in [(clock.kind.value, clock.due) for clock in letter.clocks]


def test_to_keep_a_service_until_the_payer_answers_is_a_day_of_ours() -> None:
    told = DENIAL + "To keep your aide until we answer, ask by March 16, 2026."
    (letter,) = read_text(LETTER.format(title="Notice of denial", told=told).encode()).letters
    assert [(c.kind.value, c.due) for c in letter.clocks] == [("continuation_of_benefits", "2026-03-16")]
