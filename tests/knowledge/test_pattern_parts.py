"""A pattern taken apart; and a Python whose parser is another one knows less of it, and finds no less."""

import re
from pathlib import Path

import pytest

import pipeline
from pipeline.knowledge import load_knowledge, pattern_parts
from pipeline.knowledge.beginnings import beginnings, matches
from pipeline.knowledge.needed import is_possible, quick, squeezed
from pipeline.knowledge.pattern_parts import Choice, Edge, Group, Kind, Look, Other, Repeat, Signs, parts_of


def sign(letter: str) -> Signs:
    return Signs(((ord(letter), ord(letter)),))


DIGIT = Signs(kinds=frozenset({Kind.DIGIT}))


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (r"\bA", (Edge(of_word=True), sign("A"))),
        (r"^A", (Edge(of_word=False), sign("A"))),
        (r"\d{2,5}", (Repeat(2, 5, (DIGIT,)),)),
        (r"[a-c\d.]", (Signs(((97, 99), (46, 46)), frozenset({Kind.DIGIT})),)),
        (r"[^a]", (Other(),)),
        (r".", (Other(),)),
        (r"\D", (Signs(kinds=frozenset({Kind.ANOTHER})),)),
        (r"(?<!\d)A", (Look((DIGIT,), ahead=False, wanted=False), sign("A"))),
        (r"A(?=B)", (sign("A"), Look((sign("B"),), ahead=True, wanted=True))),
        (r"(A|BC)", (Group((Choice(((sign("A"),), (sign("B"), sign("C")))),)),)),
        (r"(?i:A)", (Group((sign("A"),), added=re.IGNORECASE),)),
        (r"(A)\1", (Group((sign("A"),)), Other())),
    ],
)
def test_the_parts_of_a_pattern(pattern, parts):
    assert parts_of(re.compile(pattern)) == parts


def test_without_the_parser_nothing_is_known_and_all_is_found(monkeypatch):
    tried = [one for _, one, _ in load_knowledge().citations.compiled][:20]
    text = "\n".join(example for form in load_knowledge().citations.forms for example in form.examples)
    monkeypatch.setattr(pattern_parts, "_parser", None)
    parts_of.cache_clear()
    try:
        for one in tried:
            unknown = quick(one.pattern)
            assert (unknown.needs, unknown.begins, beginnings(one.pattern)) == ((), None, None)
            assert is_possible(unknown, squeezed(""))
            found = [hit.span() for hit in matches(one.pattern, None, text)]
            assert found == [hit.span() for hit in one.pattern.finditer(text)]
    finally:
        parts_of.cache_clear()


def test_the_private_parser_is_named_in_one_place():
    root = Path(pipeline.__file__).parent
    private = re.compile(r"^\s*(?:from re import .*\b_|import sre_|from sre_|import re\._)", re.MULTILINE)
    assert [p.name for p in root.rglob("*.py") if private.search(p.read_text())] == ["pattern_parts.py"]
