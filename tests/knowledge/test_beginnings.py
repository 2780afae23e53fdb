"""A pattern tried only where words begin with its signs finds what it finds when it is tried everywhere."""

import re

import pytest

from pipeline.knowledge import load_knowledge
from pipeline.knowledge.beginnings import Begun, beginnings, matches, word_places


def _found(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    (places,) = Begun([beginnings(pattern)]).tries(word_places(text))
    return [hit.span() for hit in matches(pattern, places, text)]


@pytest.mark.parametrize(
    ("pattern", "flags", "signs"),
    [
        (r"\b(?:LCD|article) ?\d", re.I, "lcd Lcd art Art"),
        (r"\b(?:LCD|(?i:article)) ?\d", 0, "Lcd art Art"),
        (r"\b(?-i:LCD|article) ?\d", re.I, "Lcd art"),
        (r"(?<![\w-])(?P<number>\d{3}[A-Z])", 0, " ".join(f"{n:02}" for n in range(100))),
        (r"\b(?:CMS )?(?:IOM )?Pub", re.I, "cms Cms iom Iom pub Pub"),
        (r"(?:\bPolicy|(?<!\w)[Rr]ule)", 0, "Pol Rul rul"),
        (r"(?!no)\b[A-C]x", 0, "Ax Bx Cx"),
        (r"(?<![\d.])8{2,}9", 0, "889 888"),
        (r"(?<![\d.])8{4}", 0, "888"),
        (r"\b(?:a|bc?)(?:x|)\s", 0, "a b"),
        (r"\bR[a-z][a-z]", 0, " ".join(f"R{chr(n)}" for n in range(97, 123))),
        (r"\b(?:no|non?)\W\d", re.I, "no No"),
        (r"(?:\bpart|§{1,2}) ?\d", 0, "par §"),
    ],
)
def test_the_signs_with_which_a_match_begins(pattern: str, flags: int, signs: str) -> None:
    assert beginnings(re.compile(pattern, flags)) == frozenset({"", *signs.split()})


@pytest.mark.parametrize(
    "pattern",
    [
        r"LCD",  # within a word as well
        r"(?<![A-Z])\d{2}",  # within a number as well
        r"(?<![\d.])[A-Z]?\d",  # at a letter within a word as well
        r"(?:\bcoverage )?policy",  # without what is at an edge
        r"\b[^a]x",
        r"\b\w+ policy",
        r"\b(?:a|)",
        r"\s?§ ?\d",
        r"\bé",
        r"(?<![^\w])x",
    ],
)
def test_a_match_that_may_begin_anywhere(pattern: str) -> None:
    assert beginnings(re.compile(pattern)) is None


def test_a_sign_that_stands_for_another_without_regard_to_case_is_found() -> None:
    pattern = re.compile(r"\b(?:kappa|section) \d", re.IGNORECASE)
    assert (
        len(_found(pattern, "\u212aappa 1, \u017fection 2"))
        == len(pattern.findall("\u212aappa 1, \u017fection 2"))
        == 2
    )


def test_a_number_is_found_within_a_word_and_never_within_another_number() -> None:
    pattern = re.compile(r"(?<![\d.])\d{1,2} ?CFR")
    text = "see42 CFR, 142 CFR, 1.42 CFR, 45CFR; _7 CFR"
    assert _found(pattern, text) == [hit.span() for hit in pattern.finditer(text)] != []


def test_one_match_begins_where_the_one_before_ends() -> None:
    pattern = re.compile(r"\ba+(?: ab)?")
    assert _found(pattern, "aa ab ab aaab") == [hit.span() for hit in pattern.finditer("aa ab ab aaab")]


def test_every_citation_is_found_as_when_all_is_searched() -> None:
    citations = load_knowledge().citations
    text = "\n".join(
        f"{example}; x{example.lower()}, {example.upper()}" for f in citations.forms for example in f.examples
    )
    tried = [one for _, one, _ in citations.compiled]
    assert sum(one.begins is not None for one in tried) > len(tried) / 2
    for one in tried:
        assert _found(one.pattern, text) == [hit.span() for hit in one.pattern.finditer(text) if hit.group()]
