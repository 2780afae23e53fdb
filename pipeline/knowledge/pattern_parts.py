r"""What a pattern is made of, part by part, in words of our own.

This is the one door to the parser of the standard library, which is private to it. What the parser tells and this
module has no word for is ``Other``, and where a Python has no such parser any more every pattern is: then nothing is
known of it, and it is tried everywhere, more slowly and no less rightly.

>>> parts_of(re.compile(r"\bLCD"))[0]
Edge(of_word=True)
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

try:
    from re import _parser  # type: ignore[attr-defined]
except ImportError:
    _parser = None


class Kind(StrEnum):
    """A kind of signs that a pattern names as one; the value is the parser's name of it."""

    DIGIT = "CATEGORY_DIGIT"
    SPACE = "CATEGORY_SPACE"
    WORD = "CATEGORY_WORD"
    NOT_WORD = "CATEGORY_NOT_WORD"
    ANOTHER = ""


_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Signs:
    """One sign: of these code points, first and last of each range, or of these kinds."""

    ranges: tuple[tuple[int, int], ...] = ()
    kinds: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between signs: the edge of a word, or another (the start of a line)."""

    of_word: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What must stand, or where not ``wanted`` must not, ahead of a place or behind it."""

    parts: tuple["Part", ...]
    ahead: bool
    wanted: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Parts in brackets, with flags of ``re`` that hold within alone."""

    parts: tuple["Part", ...]
    added: int = 0
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Repeat:
    """Parts that stand so often, at least and at most."""

    least: int
    most: int
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    branches: tuple[tuple["Part", ...], ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Something of which nothing is known: signs that are none of some, what an earlier group matched."""


Part = Signs | Edge | Look | Group | Repeat | Choice | Other


@lru_cache(maxsize=1)  # asked twice of each, one after the other
def parts_of(pattern: re.Pattern[str]) -> tuple[Part, ...]:
    """The parts of a pattern, from left to right."""
    return (Other(),) if _parser is None else _parts(_parser.parse(pattern.pattern, pattern.flags))


def _parts(parsed: Iterable[tuple[Any, Any]]) -> tuple[Part, ...]:
    return tuple(_part(str(code), argument) for code, argument in parsed)


def _part(code: str, argument: Any) -> Part:
    match code:
        case "LITERAL":
            return Signs(((argument, argument),))
        case "IN":
            return _one_of([(str(code), argument) for code, argument in argument])
        case "AT":
            return Edge(of_word=str(argument) == "AT_BOUNDARY")
        case "ASSERT" | "ASSERT_NOT":
            return Look(_parts(argument[1]), ahead=argument[0] > 0, wanted=code == "ASSERT")
        case "SUBPATTERN":
            return Group(_parts(argument[3]), added=argument[1], taken=argument[2])
        case "ATOMIC_GROUP":
            return Group(_parts(argument))
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return Repeat(int(argument[0]), int(argument[1]), _parts(argument[2]))
        case "BRANCH":
            return Choice(tuple(_parts(branch) for branch in argument[1]))
        case _:
            return Other()


def _one_of(items: list[tuple[str, Any]]) -> Signs | Other:
    """The signs in square brackets; nothing is said of what is in none of them."""
    ranges, kinds = [], set()
    for code, argument in items:
        if code == "LITERAL":
            ranges.append((argument, argument))
        elif code == "RANGE":
            ranges.append(argument)
        elif code == "CATEGORY":
            kinds.add(Kind(str(argument)) if str(argument) in _KINDS else Kind.ANOTHER)
        else:
            return Other()
    return Signs(tuple(ranges), frozenset(kinds))
