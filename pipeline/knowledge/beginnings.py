r"""Where a pattern can match at all: at words that begin with one of a few signs.

Most patterns begin with the edge of a word and one of a few words (``\b(?:LCD|article)``). The engine of the standard
library finds that out at every sign of a text; a text whose words are filed by their first sign is asked at those
alone.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

_FIRST = re.compile(r"(?<!\w)\w")
_OTHER = ""
"""The key of words that begin with a sign beyond ASCII: without regard to case some stand for others."""
_DIGITS = frozenset("0123456789")

Places = Mapping[str, list[int]]
"""Where the words of a text begin, by their first sign in small letters."""


class _ElsewhereError(Exception):
    """A match may begin elsewhere than at a word, or with any sign."""


def beginnings(pattern: re.Pattern[str]) -> frozenset[str] | None:
    r"""The signs with which the words begin at which every match begins; None where one may begin anywhere.

    >>> sorted(beginnings(re.compile(r"\b(?:LCD|article) ?[AL]?\d{5}", re.IGNORECASE)))
    ['', 'a', 'l']
    >>> beginnings(re.compile(r"LCD")) is None
    True
    """
    try:
        signs, may_be_empty = _begun(_parser.parse(pattern.pattern, pattern.flags), at_word=False)
    except _ElsewhereError:
        return None
    return None if may_be_empty else frozenset({_OTHER, *signs})


def word_places(text: str) -> Places:
    """Where the words of a text begin."""
    places: dict[str, list[int]] = {}
    for first in _FIRST.finditer(text):
        sign = first[0]
        places.setdefault(sign.lower() if sign.isascii() else _OTHER, []).append(first.start())
    return places


def matches(
    pattern: re.Pattern[str], begins: frozenset[str] | None, text: str, places: Places
) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer`` finds in a text, given the ``beginnings`` of the one and the places of the other."""
    if begins is None:
        yield from pattern.finditer(text)
        return
    end = 0
    for place in sorted(chain.from_iterable(places.get(sign, ()) for sign in begins)):
        hit = pattern.match(text, place) if place >= end else None
        if hit is not None:
            yield hit
            end = hit.end()


def _begun(parsed: Any, *, at_word: bool) -> tuple[set[str], bool]:
    """The signs with which a part of a pattern begins, and whether it may be empty.

    ``at_word``: it is known that no part of a word stands before it.
    """
    signs: set[str] = set()
    for code, argument in parsed:
        if code in (_constants.AT, _constants.ASSERT, _constants.ASSERT_NOT):
            at_word = at_word or _is_edge(code, argument)
            continue
        own, may_be_empty = _of_part(code, argument, at_word=at_word)
        signs |= own
        if not may_be_empty:
            return signs, False
    return signs, True


def _of_part(code: Any, argument: Any, *, at_word: bool) -> tuple[set[str], bool]:
    if code is _constants.SUBPATTERN:
        return _begun(argument[-1], at_word=at_word)
    if code in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
        signs, may_be_empty = _begun(argument[2], at_word=at_word)
        return signs, may_be_empty or not argument[0]
    if code is _constants.BRANCH:
        branches = [_begun(branch, at_word=at_word) for branch in argument[1]]
        return set().union(*(signs for signs, _ in branches)), any(empty for _, empty in branches)
    if not at_word:
        raise _ElsewhereError
    if code is _constants.IN:
        return set().union(*(_signs(*item) for item in argument)), False
    return _signs(code, argument), False


def _signs(code: Any, argument: Any) -> set[str]:
    """The signs that one part of a pattern matches, in small letters, where they are few and of a word."""
    if code is _constants.LITERAL:
        signs = {chr(argument)}
    elif code is _constants.RANGE:
        signs = {chr(sign) for sign in range(argument[0], argument[1] + 1)}
    elif code is _constants.CATEGORY and argument is _constants.CATEGORY_DIGIT:
        signs = set(_DIGITS)
    else:
        raise _ElsewhereError
    if not all(sign.isascii() and (sign.isalnum() or sign == "_") for sign in signs):
        raise _ElsewhereError
    return {sign.lower() for sign in signs}


def _is_edge(code: Any, argument: Any) -> bool:
    """Whether it says that no part of a word stands before, given that one follows."""
    if code is _constants.AT:
        return argument is _constants.AT_BOUNDARY
    if code is not _constants.ASSERT_NOT or argument[0] > 0 or len(argument[1]) != 1:
        return False
    inside, items = argument[1][0]
    return (
        inside is _constants.IN
        and (_constants.CATEGORY, _constants.CATEGORY_WORD) in items
        and (items[0][0] is not _constants.NEGATE)
    )
