"""The knowledge is compiled once, whoever asks for it."""

from dataclasses import replace

from pipeline.knowledge import load_knowledge
from pipeline.language import load_language


def test_the_same_knowledge_gives_the_same_language_and_another_its_own():
    known = load_knowledge()
    assert load_language(known) is load_language(known)
    other = replace(known, pages=())
    assert load_language(other) is not load_language(known)
    assert load_language(other).knowledge is other
