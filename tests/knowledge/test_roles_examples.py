"""Role words of labels, words of days and phrases that name an insurer: examples recognised, counter-examples not."""

from dataclasses import fields

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.knowledge.code_words import CodeWords
from pipeline.knowledge.dates import DateKnowledge
from pipeline.knowledge.needed import is_possible, squeezed

KNOWLEDGE = load_knowledge()
CODES = [getattr(KNOWLEDGE.code_words, field.name) for field in fields(CodeWords)]
DAYS = [getattr(KNOWLEDGE.date_roles, field.name) for field in fields(DateKnowledge)]


@pytest.mark.parametrize("role", KNOWLEDGE.label_roles, ids=lambda r: r.id)
def test_role_of_a_label(role):
    for example in role.examples:
        assert role.meant_by(example), example
    for example in role.counter_examples:
        assert not role.meant_by(example), example


@pytest.mark.parametrize("words", [*DAYS, *CODES], ids=lambda w: w.id)
def test_words_around_a_day_or_a_code(words):
    for example in words.examples:
        assert words.found_in(example), example
    for example in words.counter_examples:
        assert not words.found_in(example), example


def test_the_last_word_counts():
    service, other = KNOWLEDGE.date_roles.service, KNOWLEDGE.date_roles.something_else
    text = "we received your claim for services on "
    assert service.last_in(text) > other.last_in(text) > 0
    assert service.last_in("our letter of ") == -1


@pytest.mark.parametrize("mention", KNOWLEDGE.payer_mentions, ids=lambda m: m.id)
def test_mention_of_an_insurer(mention):
    def plans(text):
        patterns = [one.pattern for one in mention.patterns if is_possible(one, squeezed(text))]
        spans = (hit["plan"] for pattern in patterns for hit in pattern.finditer(text))
        return [name for name in spans if KNOWLEDGE.payer_words.matches(name)]

    for example in mention.examples:
        assert plans(example), example
    for example in mention.counter_examples:
        assert not plans(example), example
