r"""Words without which a regular expression cannot match, so that most patterns need not be run over a letter at all.

They are worked out of the pattern as the standard library parses it: runs of letters and digits that stand in every
match, whatever blanks and stops may stand between them (``C.F.R.`` and ``CFR`` both need ``cfr``). Every digit counts
as a nought: ``\d{5}`` needs ``00000``. What a pattern wants in capitals it needs in capitals.
"""

import re
from collections.abc import Iterable
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from pipeline.knowledge.beginnings import beginnings

_SHORTEST = 2
"""A single sign stands in nearly every text and tells nothing."""
_ASCII = 128
_SIGNS = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d")
_PLAIN = {
    sign: "0" if chr(sign).isdigit() else None
    for sign in range(_ASCII)
    if chr(sign).isdigit() or _SIGNS.fullmatch(chr(sign))
}
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)


class Quick(NamedTuple):
    """A pattern with what it needs: of each of the sets one word stands in all that it matches; and its beginnings."""

    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    begins: frozenset[str] | None


def quick(pattern: re.Pattern[str]) -> Quick:
    r"""A pattern with what it needs.

    >>> [sorted(words) for words in quick(re.compile(r"(?:LCD|article) ?[AL]?\d{5}", re.IGNORECASE)).needs]
    [['00000'], ['article', 'lcd']]
    """
    runs = _Runs(cased=not pattern.flags & re.IGNORECASE)
    runs.follow(_parser.parse(pattern.pattern, pattern.flags))
    telling = {words for words in runs.ended() if _tells(words)}
    return Quick(pattern, tuple(sorted(telling, key=_quickest)), beginnings(pattern))


class Squeezed(NamedTuple):
    """A text as ``possible`` looks at it: its letters and digits alone, in small letters and as they are printed."""

    small: str
    printed: str


def squeezed(text: str) -> Squeezed:
    """The letters and digits of a text."""
    signs = text.translate(_PLAIN)
    if not signs.isascii():
        signs = _DIGIT.sub("0", _SIGNS.sub("", signs))
    return Squeezed(signs.casefold(), signs)


def possible(patterns: Iterable[Quick], letters: Squeezed) -> list[Quick]:
    """The patterns that may match in a text that was ``squeezed`` to these letters; the others cannot."""
    small, printed = letters
    return [one for one in patterns if _has_all(one.needs, small, printed)]


def _has_all(needs: tuple[frozenset[str], ...], small: str, printed: str) -> bool:
    for words in needs:
        for word in words:
            if word in (small if word.islower() else printed):
                break
        else:
            return False
    return True


def _tells(words: frozenset[str]) -> bool:
    return min(map(len, words)) >= _SHORTEST


def _quickest(words: frozenset[str]) -> tuple[int, int, list[str]]:
    """Few words, and long ones, are looked for first: they are the soonest not to be there."""
    return len(words), -min(map(len, words)), sorted(words)


class _Runs:
    """Collects what stands in every match while a pattern is followed from left to right."""

    def __init__(self, *, cased: bool) -> None:
        self.cased = cased
        self.sets: list[frozenset[str]] = []
        self.run = ""

    def ended(self) -> list[frozenset[str]]:
        """All that was collected, the run that is going on too."""
        self._end()
        return self.sets

    def follow(self, parsed: Any) -> None:
        """Take the parts of a pattern one after the other."""
        for code, argument in parsed:
            if _is_digit(code, argument):
                self.run += "0"
            elif code is _constants.LITERAL and chr(argument).isalnum() and argument < _ASCII:
                self.run += chr(argument) if self.cased else chr(argument).casefold()
            elif code is _constants.SUBPATTERN:
                self._follow_group(*argument[1:])
            elif code is _constants.ATOMIC_GROUP:
                self.follow(argument)
            elif code in _REPEATS and len(argument[2]) == 1 and _is_digit(*argument[2][0]):
                self._digits(*argument[:2])
            elif not _is_between(code, argument):
                self._end()
                self.sets.extend(self._inside(code, argument))

    def _follow_group(self, added: int, taken: int, parsed: Any) -> None:
        outside = self.cased
        self._turn(cased=(outside or bool(taken & re.IGNORECASE)) and not added & re.IGNORECASE)
        self.follow(parsed)
        self._turn(cased=outside)

    def _turn(self, *, cased: bool) -> None:
        """With regard to case from here on, or without: no run is partly the one and partly the other."""
        if cased is not self.cased:
            self._end()
            self.cased = cased

    def _digits(self, least: int, most: int) -> None:
        """So many digits; where there may be more, what is before them and what is behind are two runs."""
        self.run += "0" * least
        if most > least and self.run.strip("0"):
            self._end()
            self.run = "0" * least

    def _end(self) -> None:
        if self.run:
            self.sets.append(frozenset({self.run}))
        self.run = ""

    def _inside(self, code: Any, argument: Any) -> list[frozenset[str]]:
        """What a part of a pattern needs that holds other parts."""
        if code is _constants.ASSERT:
            return self._alone(argument[1])
        if code in _REPEATS and argument[0] >= 1:
            return self._alone(argument[2])
        if code is _constants.BRANCH:
            each = [[words for words in self._alone(branch) if _tells(words)] for branch in argument[1]]
            if all(each):
                return [frozenset().union(*(min(sets, key=_quickest) for sets in each))]
        return []

    def _alone(self, parsed: Any) -> list[frozenset[str]]:
        runs = _Runs(cased=self.cased)
        runs.follow(parsed)
        return runs.ended()


def _is_digit(code: Any, argument: Any) -> bool:
    """Whether a part of a pattern matches one digit and nothing else."""
    if code is _constants.LITERAL:
        return chr(argument).isdigit() and argument < _ASCII
    if code is _constants.RANGE:
        return all(_is_digit(_constants.LITERAL, end) for end in argument)
    if code is _constants.IN:
        return all(_is_digit(*item) for item in argument)
    return code is _constants.CATEGORY and argument is _constants.CATEGORY_DIGIT


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
