"""Every way to ask is found in its examples, where its words must stand, and in none of its counter-examples."""

import pytest

from pipeline.errors import UsageError
from pipeline.extract.requests.acts import acts_of
from pipeline.knowledge import load_knowledge, requests
from pipeline.language import load_language
from pipeline.language.context import utterances
from pipeline.values.text import Method, Page, Text

KNOWLEDGE = load_knowledge()
LANGUAGE = load_language(KNOWLEDGE)


def found(text: str) -> set[str]:
    page = Page(1, Method.TEXT, None, None, 0, 1.0, 0, len(text), ())
    reading = LANGUAGE.reading(Text(content=text, pages=(page,)))
    acts = [acts_of(sentence, LANGUAGE) for sentence in utterances(reading, LANGUAGE)]
    return {words.entry.id for one in acts for said in one.values() for words in said}


@pytest.mark.parametrize("entry", KNOWLEDGE.asking.values(), ids=lambda entry: entry.id)
def test_found_in_its_examples_alone(entry):
    for text in entry.examples:
        assert entry.id in found(text), text
    for text in entry.counter_examples:
        assert entry.id not in found(text), text


def test_a_phrase_that_names_no_group_of_words_is_refused(monkeypatch):
    wrong = next(iter(KNOWLEDGE.asking.values())).model_copy(update={"phrases": ("please {nowhere}",)})
    monkeypatch.setattr(requests, "load_entries", lambda place, kind: (wrong,))
    with pytest.raises(UsageError, match="nowhere"):
        requests.load_asking()
