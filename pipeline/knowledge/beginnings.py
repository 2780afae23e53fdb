r"""Where a pattern can match at all: at words, numbers and marks that begin with one of a few signs.

Most patterns begin with the edge of a word and one of a few words (``\b(?:LCD|article)``), with a digit that no other
stands before (``(?<!\d)\d``), or with a mark (``§``). The engine of the standard library finds that out at every sign
of a text; a text whose words, numbers and marks are filed by their first sign is asked at those alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import takewhile

from pipeline.knowledge.pattern_parts import Choice, Edge, Group, Kind, Look, Part, Repeat, Signs, parts_of

_FIRST = re.compile(r"(?<!\w)\w|(?<=[^\W\d])\d|[^\w\s]")
_OTHER = ""
"""The key of words with a sign beyond ASCII at their head: without regard to case some stand for others."""
_DIGITS = frozenset("0123456789")
_LENGTH, _MOST = 3, 120
"""So many signs of a beginning are looked at, and as far as there are no more beginnings than these."""

Places = Mapping[str, list[int]]
"""Where the words of a text begin, the numbers within them, and its marks, by their first signs: by one, two and three.

The first sign is as it is printed, those behind it are in small letters.
"""


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
    ['', 'Art', 'Lcd', 'art']
    >>> beginnings(re.compile(r"LCD")) is None
    True
    """
    walk = _Walk(cased=not pattern.flags & re.IGNORECASE)
    try:
        going = walk.along(parts_of(pattern), {""}, free_of=_Before.ANY)
    except _ElsewhereError:
        return None
    if "" in going:
        return None
    begun = going | walk.ended
    shortest = {one for one in begun if not any(one[:length] in begun for length in range(1, len(one)))}
    return frozenset({_OTHER, *shortest})


def word_places(text: str) -> Places:
    """Where the words, numbers and marks of a text begin."""
    begun: dict[str, list[int]] = {}
    for first in _FIRST.finditer(text):
        start = first.start()
        begun.setdefault(text[start : start + _LENGTH], []).append(start)
    places: dict[str, list[int]] = {}
    for signs, starts in begun.items():
        for beginning in _beginnings_of(signs):
            places.setdefault(beginning, []).extend(starts)
    return places


@lru_cache(maxsize=8192)
def _beginnings_of(signs: str) -> tuple[str, ...]:
    """The keys of a place at which these signs stand."""
    if not signs.isascii():
        if any(sign.isalnum() and not sign.isascii() for sign in signs):
            return (_OTHER,)
        signs = signs[0] + "".join(takewhile(str.isascii, signs[1:]))
    signs = signs[0] + signs[1:].lower()
    return tuple(signs[:length] for length in range(1, len(signs) + 1))


class Begun:
    """Patterns by their beginnings, so that a text's words are looked up once for all of them."""

    def __init__(self, begins: Sequence[frozenset[str] | None]) -> None:
        """File each pattern under its ``beginnings``."""
        self._anywhere = frozenset(number for number, each in enumerate(begins) if each is None)
        self._many = len(begins)
        self._filed: dict[str, list[int]] = {}
        for number, each in enumerate(begins):
            for beginning in each or ():
                self._filed.setdefault(beginning, []).append(number)

    def tries(self, places: Places) -> list[list[int] | None]:
        """Of each pattern the places of a text at which it may match; None where it may anywhere."""
        tries: list[list[int]] = [[] for _ in range(self._many)]
        for beginning in self._filed.keys() & places.keys():
            for number in self._filed[beginning]:
                tries[number] += places[beginning]
        return [None if number in self._anywhere else each for number, each in enumerate(tries)]


def matches(pattern: re.Pattern[str], tries: Iterable[int] | None, text: str) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer`` finds in a text, given the places at which it may match."""
    if tries is None:
        yield from pattern.finditer(text)
        return
    match, end = pattern.match, 0
    hits = [hit for place in tries if (hit := match(text, place)) is not None]
    for hit in sorted(hits, key=re.Match.start):
        if hit.start() >= end:
            yield hit
            end = hit.end()


class _Walk:
    """Follows the parts of a pattern from left to right and collects with which signs its matches begin.

    A beginning that is ``going`` may be followed by the next part, ``ended`` are those of which no more is known.
    """

    def __init__(self, *, cased: bool) -> None:
        self._cased = cased
        self.ended: set[str] = set()

    def along(self, parts: Iterable[Part], going: set[str], *, free_of: _Before) -> set[str]:
        """The beginnings that go on behind these parts."""
        for part in parts:
            if isinstance(part, Edge | Look):
                free_of = max(free_of, _forbidden(part))
            elif going:
                going = self._through(part, going, free_of=free_of)
        return going

    def _through(self, part: Part, going: set[str], *, free_of: _Before) -> set[str]:
        match part:
            case Group(parts, added, taken):
                outside = self._cased
                self._cased = (outside or bool(taken & re.IGNORECASE)) and not added & re.IGNORECASE
                behind = self.along(parts, going, free_of=free_of)
                self._cased = outside
                return behind
            case Repeat(least, most, parts):
                behind = set() if least else set(going)
                for times in range(1, min(most, _LENGTH) + 1):
                    going = self.along(parts, going, free_of=free_of)
                    if times >= least:
                        behind |= going
                return behind | going
            case Choice(branches):
                return set().union(*(self.along(branch, going, free_of=free_of) for branch in branches))
            case Signs():
                return self._signs(part, going, free_of=free_of)
        return self._stop(going)

    def _stop(self, going: set[str]) -> set[str]:
        """Of these beginnings no more is known."""
        if "" in going:
            raise _ElsewhereError
        self.ended |= going
        return set()

    def _signs(self, part: Signs, going: set[str], *, free_of: _Before) -> set[str]:
        behind: set[str] = set()
        if "" in going:
            signs = _first_signs(part, free_of=free_of)
            behind |= signs if self._cased else {other for sign in signs for other in (sign.lower(), sign.upper())}
            going = going - {""}
        next_signs = {sign.lower() for sign in _signs_of(part)}
        if len(going) * len(next_signs) > _MOST or not next_signs or not all(map(str.isascii, next_signs)):
            return behind | self._stop(going)
        longer = {one + sign for one in going for sign in next_signs}
        self.ended |= {one for one in longer if len(one) == _LENGTH}
        return behind | {one for one in longer if len(one) < _LENGTH}


def _signs_of(part: Signs) -> set[str]:
    """The signs that a part matches; none where it names them by a kind other than that of digits."""
    if part.kinds - {Kind.DIGIT}:
        return set()
    signs = {chr(sign) for first, last in part.ranges for sign in range(first, last + 1)}
    return signs | _DIGITS if part.kinds else signs


def _first_signs(part: Signs, *, free_of: _Before) -> set[str]:
    """The signs that a part matches, where they are few and stand where words, numbers and marks begin; no blanks."""
    signs = _signs_of(part)
    if not signs or any(sign.isspace() or (sign.isalnum() and not sign.isascii()) for sign in signs):
        raise _ElsewhereError
    within_words = {sign for sign in signs if sign.isalnum() or sign == "_"}
    if free_of is not _Before.WORD and within_words and not (free_of is _Before.DIGIT and within_words <= _DIGITS):
        raise _ElsewhereError
    return signs


def _forbidden(part: Edge | Look) -> _Before:
    """What it says that does not stand before, given that a part of a word follows."""
    match part:
        case Edge(of_word=True):
            return _Before.WORD
        case Look((Signs(_, kinds),), ahead=False, wanted=False):
            return _Before.WORD if Kind.WORD in kinds else _Before.DIGIT if Kind.DIGIT in kinds else _Before.ANY
    return _Before.ANY
