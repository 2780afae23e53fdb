"""The phrase notation, and that filing phrases under their rarest word finds what spaCy's matcher finds everywhere."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.matcher import Matcher

from pipeline.language.phrase_index import PhraseIndex
from pipeline.language.phrases import PhraseMatcher

NLP = spacy.blank("en")


def found(phrases, text):
    return [(key, span.text) for key, span in PhraseMatcher(NLP, phrases)(NLP(text))]


@pytest.mark.parametrize(
    ("phrase", "text", "hit"),
    [
        ("not [be] medically necess*", "It is not medically necessary.", "not medically necessary"),
        ("not [be] medically necess*", "It could not be medically necessary.", "not be medically necessary"),
        ("cannot|unable [to] approve", "We cannot approve it.", "cannot approve"),
        ("cannot|unable [to] approve", "We are unable to approve it.", "unable to approve"),
        ("peer-to-peer|p2p review", "Ask for a Peer-to-Peer review.", "Peer-to-Peer review"),
        ("peer-to-peer|p2p review", "Ask for a P2P review.", "P2P review"),
        ("within # days", "Within 1,000 days.", "Within 1,000 days"),
        ("speak with a *ologist|*iatrist", "Speak with a neurologist.", "Speak with a neurologist"),
        ("denied .. because", "Denied in full because of this.", "Denied in full because"),
        (
            "appeal ... fax",
            "Send the appeal form with all of your papers by fax.",
            "appeal form with all of your papers by fax",
        ),
    ],
)
def test_notation(phrase, text, hit):
    assert found({"x": [phrase]}, text) == [("x", hit)]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [("denied .. because", "Denied. We said no because of this."), ("a b", "b a"), ("# days", "many days")],
)
def test_what_a_phrase_does_not_find(phrase, text):
    assert found({"x": [phrase]}, text) == []


def test_the_longest_of_one_entry_wins():
    assert found({"x": ["claim", "claim denial", "claim denial notice"]}, "A claim denial notice.") == [
        ("x", "claim denial notice")
    ]


def test_no_phrases_find_nothing():
    assert found({"x": []}, "Anything.") == []


def test_an_empty_phrase_is_refused():
    with pytest.raises(ValueError, match="empty"):
        PhraseMatcher(NLP, {"x": [" "]})


def test_a_phrase_that_needs_nothing_is_refused():
    with pytest.raises(ValueError, match="needs"):
        PhraseMatcher(NLP, {"x": ["[the] .."]})


def test_matchers_that_share_their_parts_do_not_disturb_each_other():
    index = PhraseIndex()
    first = PhraseMatcher(NLP, {"a": ["denied claim*"]}, index=index)
    doc = NLP("We denied claims.")
    assert [key for key, _ in first(doc)] == ["a"]
    second = PhraseMatcher(NLP, {"b": ["denied claims|bills"]}, index=index)
    assert [key for key, _ in second(NLP("We denied claims."))] == ["b"]
    assert [key for key, _ in first(NLP("We denied claims."))] == ["a"]


WORDS = ["we", "denied", "the", "claim", "because", "not", "covered", "appeal", ".", "180", "days", "plan"]
PHRASES = {
    "a": ["denied [the] claim", "not covered", "# days"],
    "b": ["claim .. covered", "appeal ... days"],
    "c": ["cover*", "the|we denied|appeal"],
}


# The phrases above as spaCy's own matcher takes them.
GAP = {"IS_SENT_START": False, "IS_SPACE": False}
PATTERNS = {
    "a": [
        [{"LOWER": "denied"}, {"LOWER": "the", "OP": "?"}, {"LOWER": "claim"}],
        [{"LOWER": "not"}, {"LOWER": "covered"}],
        [{"TEXT": {"REGEX": r"^\d[\d,.]*$"}}, {"LOWER": "days"}],
    ],
    "b": [
        [{"LOWER": "claim"}, {**GAP, "OP": "{0,3}"}, {"LOWER": "covered"}],
        [{"LOWER": "appeal"}, {**GAP, "OP": "{0,8}"}, {"LOWER": "days"}],
    ],
    "c": [
        [{"LOWER": {"REGEX": r"^cover\w*$"}}],
        [{"LOWER": {"IN": ["the", "we"]}}, {"LOWER": {"IN": ["denied", "appeal"]}}],
    ],
}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_finds_what_running_every_phrase_everywhere_finds(words):
    doc = NLP(" ".join(words))
    plain = Matcher(NLP.vocab)
    for key, patterns in PATTERNS.items():
        plain.add(key, patterns)
    every = {(NLP.vocab.strings[m], s, e) for m, s, e in plain(doc)}
    mine = {(key, span.start, span.end) for key, span in PhraseMatcher(NLP, PHRASES)(doc)}
    assert mine <= every
    # What is not given lies under a match of the same entry that is.
    assert all(any(k == key and s < end and e > start for k, s, e in mine) for key, start, end in every)
