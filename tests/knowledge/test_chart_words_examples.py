"""Words of charts recognise their examples and leave their counter-examples alone; their notation is what it says."""

from dataclasses import fields

import pytest

from pipeline.knowledge.chart_words import ChartWordKnowledge, load_chart_words, words_pattern

SORTS = [getattr(load_chart_words(), field.name) for field in fields(ChartWordKnowledge)]


@pytest.mark.parametrize("words", SORTS, ids=lambda w: w.id)
def test_words_of_a_sort(words):
    for example in words.examples:
        assert words.found_in(example), example
    for example in words.counter_examples:
        assert not words.found_in(example), example


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("before [her] botox|toxin", "just before Botox", True),
        ("before [her] botox|toxin", "before her toxin", True),
        ("before [her] botox|toxin", "before the toxin", False),
        ("after .. cycle", "after the second cycle", True),
        ("after .. cycle", "after some more and more cycle", False),
        ("inject*", "injected", True),
        ("inject*", "reinjected", False),
        ("as needed", "as\nneeded", True),
        ("to :", "To: Neurology", True),
    ],
)
def test_notation(phrase, text, expected):
    assert bool(words_pattern((phrase,)).search(text)) is expected
