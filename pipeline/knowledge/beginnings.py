r"""Where a pattern can match at all: at words, numbers and marks that begin with one of a few signs.

Most patterns begin with the edge of a word and one of a few words (``\b(?:LCD|article)``), with a digit that no other
stands before (``(?<!\d)\d``), or with a mark (``§``). The engine of the standard library finds that out at every sign
of a text; a text whose words, numbers and marks are filed by their first sign is asked at those alone.
"""

import re
from collections.abc import Iterator, Mapping
from enum import IntEnum
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

_FIRST = re.compile(r"(?<!\w)\w|(?<=[^\W\d])\d|[^\w\s]")
_OTHER = ""
"""The key of words that begin with a sign beyond ASCII: without regard to case some stand for others."""
_DIGITS = frozenset("0123456789")

Places = Mapping[str, list[int]]
"""Where the words of a text begin, the numbers within them, and its marks, by their first sign."""


class _ElsewhereError(Exception):
    """A match may begin elsewhere than at a word, a number or a mark, or with any sign."""


class _Edge(IntEnum):
    """What is known not to stand before a part of a pattern."""

    NONE = 0
    DIGIT = 1
    WORD = 2


def beginnings(pattern: re.Pattern[str]) -> frozenset[str] | None:
    r"""The signs with which the words begin at which every match begins; None where one may begin anywhere.

    >>> sorted(beginnings(re.compile(r"\b(?:LCD|(?i:article)) ?[AL]?\d{5}")))
    ['', 'A', 'L', 'a']
    >>> beginnings(re.compile(r"LCD")) is None
    True
    """
    try:
        parsed = _parser.parse(pattern.pattern, pattern.flags)
        signs, may_be_empty = _begun(parsed, edge=_Edge.NONE, cased=not pattern.flags & re.IGNORECASE)
    except _ElsewhereError:
        return None
    return None if may_be_empty else frozenset({_OTHER, *signs})


def word_places(text: str) -> Places:
    """Where the words, numbers and marks of a text begin."""
    places: dict[str, list[int]] = {}
    for first in _FIRST.finditer(text):
        sign = first[0]
        places.setdefault(sign if sign.isascii() or not sign.isalnum() else _OTHER, []).append(first.start())
    return places


def matches(
    pattern: re.Pattern[str], begins: frozenset[str] | None, text: str, places: Places
) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer`` finds in a text, given the ``beginnings`` of the one and the places of the other."""
    if begins is None:
        yield from pattern.finditer(text)
        return
    tried = (pattern.match(text, place) for sign in begins for place in places.get(sign, ()))
    end = 0
    for hit in sorted(filter(None, tried), key=re.Match.start):
        if hit.start() >= end:
            yield hit
            end = hit.end()


def _begun(parsed: Any, *, edge: _Edge, cased: bool) -> tuple[set[str], bool]:
    """The signs with which a part of a pattern begins, and whether it may be empty."""
    signs: set[str] = set()
    for code, argument in parsed:
        if code in (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT):
            edge = max(edge, _edge(code, argument))
            continue
        own, may_be_empty = _of_part(code, argument, edge=edge, cased=cased)
        signs |= own
        if not may_be_empty:
            return signs, False
    return signs, True


def _of_part(code: Any, argument: Any, *, edge: _Edge, cased: bool) -> tuple[set[str], bool]:
    if code is _constants.SUBPATTERN:
        _, added, taken, inside = argument
        return _begun(inside, edge=edge, cased=(cased or bool(taken & re.IGNORECASE)) and not added & re.IGNORECASE)
    if code in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
        signs, may_be_empty = _begun(argument[2], edge=edge, cased=cased)
        return signs, may_be_empty or not argument[0]
    if code is _constants.BRANCH:
        branches = [_begun(branch, edge=edge, cased=cased) for branch in argument[1]]
        return set().union(*(signs for signs, _ in branches)), any(empty for _, empty in branches)
    items = argument if code is _constants.IN else [(code, argument)]
    signs = set().union(*(_signs(*item) for item in items))
    within_words = {sign for sign in signs if sign.isalnum() or sign == "_"}
    if edge is not _Edge.WORD and within_words and not (edge is _Edge.DIGIT and within_words <= _DIGITS):
        raise _ElsewhereError
    return signs if cased else {other for sign in signs for other in (sign.lower(), sign.upper())}, False


def _signs(code: Any, argument: Any) -> set[str]:
    """The signs that one part of a pattern matches, where they are few; blanks are not."""
    if code is _constants.LITERAL:
        signs = {chr(argument)}
    elif code is _constants.RANGE:
        signs = {chr(sign) for sign in range(argument[0], argument[1] + 1)}
    elif code is _constants.CATEGORY and argument is _constants.CATEGORY_DIGIT:
        signs = set(_DIGITS)
    else:
        raise _ElsewhereError
    if any(sign.isspace() or (sign.isalnum() and not sign.isascii()) for sign in signs):
        raise _ElsewhereError
    return signs


def _edge(code: Any, argument: Any) -> _Edge:
    """What it says that does not stand before, given that a part of a word follows."""
    if code is _constants.AT:
        return _Edge.WORD if argument is _constants.AT_BOUNDARY else _Edge.NONE
    if code is not _constants.ASSERT_NOT or argument[0] > 0 or len(argument[1]) != 1:
        return _Edge.NONE
    inside, items = argument[1][0]
    if inside is not _constants.IN or items[0][0] is _constants.NEGATE:
        return _Edge.NONE
    if (_constants.CATEGORY, _constants.CATEGORY_WORD) in items:
        return _Edge.WORD
    return _Edge.DIGIT if (_constants.CATEGORY, _constants.CATEGORY_DIGIT) in items else _Edge.NONE
