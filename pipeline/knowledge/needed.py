r"""Words without which a regular expression cannot match, so that most patterns need not be run over a letter at all.

They are worked out of the pattern's parts (``pattern_parts``): runs of letters and digits that stand in every
match, whatever blanks and stops may stand between them (``C.F.R.`` and ``CFR`` both need ``cfr``). Every digit counts
as a nought: ``\d{5}`` needs ``00000``. What a pattern wants in capitals it needs in capitals.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from pipeline.knowledge.beginnings import beginnings
from pipeline.knowledge.pattern_parts import Choice, Edge, Group, Kind, Look, Part, Repeat, Signs, parts_of

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
    runs.follow(parts_of(pattern))
    telling = {words for words in runs.ended() if _tells(words)}
    return Quick(pattern, tuple(sorted(telling, key=_quickest)), beginnings(pattern))


def squeezed(text: str) -> str:
    r"""A text as ``possible`` looks at it: its letters and digits alone, in small letters and as they are printed.

    >>> squeezed("LCD L34-5")
    'lcdl000\nLCDL000'
    """
    signs = text.translate(_PLAIN)
    if not signs.isascii():
        signs = _DIGIT.sub("0", _SIGNS.sub("", signs))
    return f"{signs.casefold()}\n{signs}"


def is_possible(pattern: Quick, letters: str) -> bool:
    """Whether a pattern may match in a text that was ``squeezed`` to these letters; where not, it cannot."""
    for words in pattern.needs:
        for word in words:
            if word in letters:
                break
        else:
            return False
    return True


def _tells(words: frozenset[str]) -> bool:
    return min(map(len, words)) >= _SHORTEST


def _quickest(words: frozenset[str]) -> tuple[int, int, list[str]]:
    """Few words, and long ones, are looked for first: they are the soonest not to be there."""
    return len(words), -min(map(len, words)), sorted(words)


class SqueezedPieces:
    """The pieces of a text, each squeezed, behind each other: a word is looked for in all of them at once."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._pieces = [squeezed(text) for text in texts]
        self._starts = [0, *accumulate(len(piece) + 1 for piece in self._pieces)]
        self._whole = "\n".join(self._pieces)

    def possible(self, pattern: Quick) -> list[int]:
        """The numbers of the pieces in which a pattern may match, in order."""
        if not pattern.needs:
            return list(range(len(self._pieces)))
        rarest, *others = pattern.needs
        return [
            number
            for number in sorted({number for word in rarest for number in self._holding(word)})
            if all(any(word in self._pieces[number] for word in words) for words in others)
        ]

    def _holding(self, word: str) -> Iterator[int]:
        place = self._whole.find(word)
        while place >= 0:
            number = bisect_right(self._starts, place) - 1
            yield number
            place = self._whole.find(word, self._starts[number + 1])


def literals(pattern: re.Pattern[str]) -> frozenset[str] | None:
    r"""Pieces of text, in small letters, of which one stands in whatever a pattern matches; None where none need stand.

    >>> sorted(literals(re.compile(r"\bat (?:least|most)\b \d")))
    ['least', 'most']
    """
    runs = _Runs(cased=False, squeezing=False)
    runs.follow(parts_of(pattern))
    telling = [words for words in runs.ended() if _tells(words)]
    rarest = min(telling, key=lambda words: (-min(map(len, words)), len(words), sorted(words)), default=None)
    return rarest and frozenset(one for one in rarest if not any(other in one for other in rarest - {one}))


class _Runs:
    """Collects what stands in every match while a pattern is followed from left to right.

    ``squeezing``: of a text with nothing left but its letters and digits, these being noughts.
    """

    def __init__(self, *, cased: bool, squeezing: bool = True) -> None:
        self.cased = cased
        self.squeezing = squeezing
        self.sets: list[frozenset[str]] = []
        self.run = ""

    def ended(self) -> list[frozenset[str]]:
        """All that was collected, the run that is going on too."""
        self._end()
        return self.sets

    def follow(self, parts: Iterable[Part]) -> None:
        """Take the parts of a pattern one after the other."""
        for part in parts:
            if self.squeezing and _is_digit(part):
                self.run += "0"
            elif letter := _letter(part, any_sign=not self.squeezing):
                self.run += letter if self.cased else letter.casefold()
            elif isinstance(part, Group):
                self._follow_group(part)
            elif self.squeezing and isinstance(part, Repeat) and len(part.parts) == 1 and _is_digit(part.parts[0]):
                self._digits(part.least, part.most)
            elif not (_is_between(part) if self.squeezing else _is_place(part)):
                self._end()
                self.sets.extend(self._inside(part))

    def _follow_group(self, group: Group) -> None:
        outside = self.cased
        self._turn(cased=(outside or bool(group.taken & re.IGNORECASE)) and not group.added & re.IGNORECASE)
        self.follow(group.parts)
        self._turn(cased=outside)

    def _turn(self, *, cased: bool) -> None:
        """With regard to case from here on, or without: no run is partly the one and partly the other."""
        if self.squeezing and cased is not self.cased:
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

    def _inside(self, part: Part) -> list[frozenset[str]]:
        """What a part of a pattern needs that holds other parts."""
        match part:
            case Look(parts, wanted=True) | Repeat(_, _, parts) if not isinstance(part, Repeat) or part.least:
                return self._alone(parts)
            case Choice(branches):
                each = [[words for words in self._alone(branch) if _tells(words)] for branch in branches]
                if all(each):
                    return [frozenset().union(*(min(sets, key=_quickest) for sets in each))]
        return []

    def _alone(self, parts: Iterable[Part]) -> list[frozenset[str]]:
        runs = _Runs(cased=self.cased, squeezing=self.squeezing)
        runs.follow(parts)
        return runs.ended()


def _letter(part: Part, *, any_sign: bool = False) -> str:
    """The one letter or digit of ASCII, or any sign of it, that a part matches; empty where it matches another."""
    match part:
        case Signs(((first, last),), kinds) if first == last < _ASCII and not kinds:
            return chr(first) if any_sign or chr(first).isalnum() else ""
    return ""


def _is_digit(part: Part) -> bool:
    """Whether a part of a pattern matches one digit and nothing else."""
    return (
        isinstance(part, Signs)
        and part.kinds <= {Kind.DIGIT}
        and all(chr(end).isdigit() and end < _ASCII for ends in part.ranges for end in ends)
    )


def _is_place(part: Part) -> bool:
    """Whether a part of a pattern matches nothing but a place between signs."""
    return isinstance(part, Edge) or (isinstance(part, Look) and not part.wanted)


def _is_between(part: Part) -> bool:
    """Whether a part of a pattern matches nothing but signs, blanks or the edge of a word."""
    match part:
        case Edge() | Look(wanted=False):
            return True
        case Signs(ranges, kinds):
            single = all(first == last and not chr(first).isalnum() for first, last in ranges)
            return single and kinds <= {Kind.SPACE, Kind.NOT_WORD}
        case Repeat(_, _, parts):
            return all(_is_between(one) for one in parts)
    return False
