"""A pattern that is tried only where a piece of text stands that it needs finds what it finds everywhere."""

import re

import pytest

from pipeline.knowledge.needed import literals
from pipeline.knowledge.seldom import Seldom


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        (r"\bat (?:least|most)\b \d", {"least", "most"}),
        (r"\b(?:requires?|required|calls? upon) ", {"require", " upon"}),
        (r"(?:no later than|by) \w+", {"no later than", "by"}),
        (r"\bprior-?auth", {"prior"}),
        (r"(?-i:LCD) ?\d{5}", {"lcd"}),
        (r"\d{3}\.\d{2}", None),
        (r"(?:appeal|\d+ days)", {"appeal", " days"}),
        (r"(?:appeal|\w+)", None),
        (r"(?<=the )plan(?! code)", {"plan"}),
        (r"[ab]c(?:d|e)f?", None),
    ],
)
def test_pieces_that_stand_in_whatever_matches(pattern: str, pieces: set[str] | None) -> None:
    assert literals(re.compile(pattern, re.IGNORECASE)) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "Ask for A HEARING within 30 days.",
        "ask for a hear\u0131ng",
        "ask for a hear\u0130ng",
        "A\u017fk: no such thing",
        "no such thing",
        "hearing",
        "",
    ],
)
def test_it_finds_what_the_pattern_finds(text: str) -> None:
    pattern = re.compile(r"(?:hearing|ask:)", re.IGNORECASE)
    seldom = Seldom(pattern.pattern, re.IGNORECASE)
    for way in ("search", "match", "fullmatch"):
        found, wanted = getattr(seldom, way)(text), getattr(pattern, way)(text)
        assert (found and found.span()) == (wanted and wanted.span())
    assert [hit.span() for hit in seldom.finditer(text)] == [hit.span() for hit in pattern.finditer(text)]


def test_a_pattern_that_needs_no_piece_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing need stand"):
        Seldom(r"\w+ \d")
