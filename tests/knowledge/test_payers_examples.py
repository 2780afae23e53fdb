"""Payers and the words of names recognise their examples and leave their counter-examples alone."""

from dataclasses import fields

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.knowledge.names import NameKnowledge, word_pattern

KNOWLEDGE = load_knowledge()
SORTS = [getattr(KNOWLEDGE.name_words, field.name) for field in fields(NameKnowledge)]


@pytest.mark.parametrize("payer", KNOWLEDGE.payers, ids=lambda p: p.id)
def test_payer_is_known_by_its_names(payer):
    assert all(payer.matches(example) for example in payer.examples)
    assert not any(payer.matches(example) for example in payer.counter_examples)


def test_payer_words():
    assert all(KNOWLEDGE.payer_words.matches(example) for example in KNOWLEDGE.payer_words.examples)
    assert not any(KNOWLEDGE.payer_words.matches(example) for example in KNOWLEDGE.payer_words.counter_examples)


@pytest.mark.parametrize("words", SORTS, ids=lambda w: w.id)
def test_words_of_a_name(words):
    recognises = {"plan_kind": words.covers, "greeting": words.opens}.get(words.id, words.found_in)
    for example in words.examples:
        assert recognises(example), example
    for example in words.counter_examples:
        assert not recognises(example), example


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Northside ORTHOPAEDIC group", True),
        ("orthop", True),
        ("unorthodox", False),
        ("medical-group of Erie", True),
        ("medical\ngroup", True),
    ],
)
def test_notation(text, expected):
    assert bool(word_pattern(("orthop*", "medical group")).search(text)) is expected
