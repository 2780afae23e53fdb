"""Words without which a regular expression cannot match, so that most patterns need not be run over a letter at all.

They are worked out of the pattern as the standard library parses it: runs of letters and digits that stand in every
match, whatever blanks and stops may stand between them (``C.F.R.`` and ``CFR`` both need ``cfr``).
"""

import re
from collections.abc import Iterable
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_SHORTEST = 2
"""A single sign stands in nearly every text and tells nothing."""
_ASCII = 128
_SIGNS = re.compile(r"[\W_]+")
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


class Quick(NamedTuple):
    """A pattern with the words of which one stands in all that it matches; none where that is not known."""

    pattern: re.Pattern[str]
    needs: frozenset[str]


def quick(pattern: re.Pattern[str]) -> Quick:
    r"""A pattern with what it needs.

    >>> sorted(quick(re.compile(r"(?:LCD|article) ?[AL]?\d{5}", re.IGNORECASE)).needs)
    ['article', 'lcd']
    """
    return Quick(pattern, _needed(_parser.parse(pattern.pattern, pattern.flags)) or frozenset())


def squeezed(text: str) -> str:
    """A text as ``possible`` looks at it: its letters and digits alone, without regard to case."""
    return _SIGNS.sub("", text.casefold())


def possible(patterns: Iterable[Quick], letters: str) -> list[re.Pattern[str]]:
    """The patterns that may match in a text of which these are the letters; the others cannot."""
    return [one.pattern for one in patterns if not one.needs or any(word in letters for word in one.needs)]


def _needed(parsed: Any) -> frozenset[str] | None:
    """Of the sets of words of which one must stand in a match, the one that tells most; None where there is none."""
    found: list[frozenset[str]] = []
    run = ""
    for code, argument in parsed:
        if code is _constants.LITERAL and chr(argument).isalnum() and argument < _ASCII:
            run += chr(argument).casefold()
        elif not _is_between(code, argument):
            found.append(frozenset({run}))
            run = ""
            inner = _inside(code, argument)
            if inner is not None:
                found.append(inner)
    found.append(frozenset({run}))
    telling = [words for words in found if min(map(len, words)) >= _SHORTEST]
    return max(telling, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _is_between(code: Any, argument: Any) -> bool:
    """Whether a part of a pattern matches nothing but signs, blanks or the edge of a word."""
    if code is _constants.AT or code is _constants.ASSERT_NOT:
        return True
    if code is _constants.LITERAL:
        return not chr(argument).isalnum()
    if code is _constants.IN:
        return all(_is_between(*item) for item in argument)
    if code is _constants.CATEGORY:
        return argument in (_constants.CATEGORY_SPACE, _constants.CATEGORY_NOT_WORD)
    if code in _REPEATS:
        return all(_is_between(*item) for item in argument[2])
    return False


def _inside(code: Any, argument: Any) -> frozenset[str] | None:
    """What a part of a pattern needs that holds other parts."""
    if code is _constants.SUBPATTERN:
        return _needed(argument[-1])
    if code is _constants.ATOMIC_GROUP:
        return _needed(argument)
    if code is _constants.ASSERT:
        return _needed(argument[1])
    if code in _REPEATS and argument[0] >= 1:
        return _needed(argument[2])
    if code is _constants.BRANCH:
        each = [_needed(branch) for branch in argument[1]]
        if all(words is not None for words in each):
            return frozenset(word for words in each if words for word in words)
    return None
