"""Every rule of denial reasons fires on its examples and on none of its counter-examples; every category has a rule."""

import pytest

from pipeline.extract.codes import Codes
from pipeline.extract.reasons import find_reasons
from pipeline.extract.reasons.rules import fired
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.reasons import Stance, spelled_out
from pipeline.language import load_language
from pipeline.language.context import utterances
from pipeline.values.text import Method, Page, Text
from pipeline.values.vocabulary import Category

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)


def text_of(content: str) -> Text:
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(content), ())
    return Text(content=content, pages=(page,))


def fires(rule_id: str, sentence: str) -> bool:
    reading = LANGUAGE.reading(text_of(sentence))
    return any(rule.id == rule_id for u in utterances(reading, LANGUAGE) for rule, _, _ in fired(u, LANGUAGE))


def cases(attribute: str):
    return [
        pytest.param(rule.id, example, id=f"{rule.id}-{n}")
        for rule in KNOWLEDGE.reasons.rules
        for n, example in enumerate(getattr(rule, attribute))
    ]


@pytest.mark.parametrize(("rule_id", "sentence"), cases("examples"))
def test_rule_fires_on_its_example(rule_id, sentence):
    assert fires(rule_id, sentence)


@pytest.mark.parametrize(("rule_id", "sentence"), cases("counter_examples"))
def test_rule_is_silent_on_its_counter_example(rule_id, sentence):
    assert not fires(rule_id, sentence)


@pytest.mark.parametrize(("rule_id", "sentence"), cases("examples"))
def test_example_yields_its_category(rule_id, sentence):
    rule = next(r for r in KNOWLEDGE.reasons.rules if r.id == rule_id)
    letter = f"Dear Dr. Example:\n\nWe denied your request.\n\n{sentence}\n\nSincerely,\n"
    found = {r.category for r in find_reasons(LANGUAGE.reading(text_of(letter)), LANGUAGE, codes=Codes()).stated}
    assert rule.category in found


def test_every_category_has_a_rule():
    assert {rule.category for rule in KNOWLEDGE.reasons.rules} == set(Category)


def test_every_word_list_is_used():
    used = set().union(*(rule.words() for rule in KNOWLEDGE.reasons.rules))
    assert set(KNOWLEDGE.reasons.words.words) == used


def stances(sentence: str) -> set[Stance]:
    return {cue.stance for u in utterances(LANGUAGE.reading(text_of(sentence)), LANGUAGE) for cue in u.cues}


@pytest.mark.parametrize("entry", KNOWLEDGE.reasons.stances, ids=lambda e: e.id)
def test_stance_examples(entry):
    assert all(entry.stance in stances(example) for example in entry.examples)
    assert not any(entry.stance in stances(example) for example in entry.counter_examples)


def test_alternatives_of_several_words_are_written_out():
    assert set(spelled_out("not in-network|contracted [pre-approved] now")) == {
        "not contracted now",
        "not contracted pre-approved now",
        "not in-network now",
        "not in-network pre-approved now",
    }
