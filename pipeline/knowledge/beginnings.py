r"""Where a pattern can match at all: at words, numbers and marks that begin with one of a few signs.

Most patterns begin with the edge of a word and one of a few words (``\b(?:LCD|article)``), with a digit that no other
stands before (``(?<!\d)\d``), or with a mark (``§``). The engine of the standard library finds that out at every sign
of a text; a text whose words, numbers and marks are filed by their first sign is asked at those alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum

from pipeline.knowledge.pattern_parts import Choice, Edge, Group, Kind, Look, Part, Repeat, Signs, parts_of

_FIRST = re.compile(r"(?<!\w)\w|(?<=[^\W\d])\d|[^\w\s]")
_OTHER = ""
"""The key of words that begin with a sign beyond ASCII: without regard to case some stand for others."""
_DIGITS = frozenset("0123456789")

Places = Mapping[str, list[int]]
"""Where the words of a text begin, the numbers within them, and its marks, by their first sign."""


class _ElsewhereError(Exception):
    """A match may begin elsewhere than at a word, a number or a mark, or with any sign."""


class _Before(IntEnum):
    """What is known not to stand before a part of a pattern."""

    ANY = 0
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
        cased = not pattern.flags & re.IGNORECASE
        signs, may_be_empty = _begun(parts_of(pattern), free_of=_Before.ANY, cased=cased)
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
    match, end = pattern.match, 0
    hits = [hit for sign in begins for place in places.get(sign, ()) if (hit := match(text, place)) is not None]
    for hit in sorted(hits, key=re.Match.start):
        if hit.start() >= end:
            yield hit
            end = hit.end()


def _begun(parts: Iterable[Part], *, free_of: _Before, cased: bool) -> tuple[set[str], bool]:
    """The signs with which these parts begin, and whether they may be empty."""
    signs: set[str] = set()
    for part in parts:
        if isinstance(part, Edge | Look):
            free_of = max(free_of, _forbidden(part))
            continue
        own, may_be_empty = _of_part(part, free_of=free_of, cased=cased)
        signs |= own
        if not may_be_empty:
            return signs, False
    return signs, True


def _of_part(part: Part, *, free_of: _Before, cased: bool) -> tuple[set[str], bool]:
    match part:
        case Group(parts, added, taken):
            inside = (cased or bool(taken & re.IGNORECASE)) and not added & re.IGNORECASE
            return _begun(parts, free_of=free_of, cased=inside)
        case Repeat(least, _, parts):
            signs, may_be_empty = _begun(parts, free_of=free_of, cased=cased)
            return signs, may_be_empty or not least
        case Choice(branches):
            begun = [_begun(branch, free_of=free_of, cased=cased) for branch in branches]
            return set().union(*(signs for signs, _ in begun)), any(empty for _, empty in begun)
        case Signs():
            return _first_signs(part, free_of=free_of, cased=cased), False
    raise _ElsewhereError


def _first_signs(part: Signs, *, free_of: _Before, cased: bool) -> set[str]:
    """The signs that a part matches, where they are few and stand where words, numbers and marks begin; no blanks."""
    if part.kinds - {Kind.DIGIT}:
        raise _ElsewhereError
    signs = {chr(sign) for first, last in part.ranges for sign in range(first, last + 1)}
    signs |= _DIGITS if part.kinds else set()
    if any(sign.isspace() or (sign.isalnum() and not sign.isascii()) for sign in signs):
        raise _ElsewhereError
    within_words = {sign for sign in signs if sign.isalnum() or sign == "_"}
    if free_of is not _Before.WORD and within_words and not (free_of is _Before.DIGIT and within_words <= _DIGITS):
        raise _ElsewhereError
    return signs if cased else {other for sign in signs for other in (sign.lower(), sign.upper())}


def _forbidden(part: Edge | Look) -> _Before:
    """What it says that does not stand before, given that a part of a word follows."""
    match part:
        case Edge(of_word=True):
            return _Before.WORD
        case Look((Signs(_, kinds),), ahead=False, wanted=False):
            return _Before.WORD if Kind.WORD in kinds else _Before.DIGIT if Kind.DIGIT in kinds else _Before.ANY
    return _Before.ANY
