"""The tongue of a text: every example is known for its own, no counter-example is."""

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.knowledge.tongues import tongue_of

TONGUES = load_knowledge().tongues


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda t: t.id)
def test_examples(tongue):
    for example in tongue.examples:
        assert tongue_of(example, TONGUES, fewest=3) == tongue.id
    for example in tongue.counter_examples:
        assert tongue_of(example, TONGUES, fewest=3) != tongue.id


def test_a_line_of_another_tongue_under_an_english_letter_changes_nothing_and_a_short_text_says_nothing():
    letter = "We looked at your request and the records that you sent. It is not covered by your plan. " * 3
    assert tongue_of(f"{letter} Si necesita ayuda en su idioma, llame al número de la tarjeta.", TONGUES) == "english"
    assert tongue_of("MRI 72148", TONGUES) is None
