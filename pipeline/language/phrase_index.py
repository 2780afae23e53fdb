"""Phrases filed under their rarest words, so that a letter's words are gone through once for all that is looked for.

A phrase is tried only where its rarest word stands, and most only where the word beside that one fits too.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import inf
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.language.words import first_words_of, places_of, words_of

_NUMBER = re.compile(r"\d[\d,.]*")
_REST = re.compile(r"\w*")
FILLS_GAP, IS_NUMBER = 0, 1
"""What a word may be in any phrase; the other parts are the words that phrases name."""


Found = list[tuple[int, int, str]]
"""The places of a document from and to which phrases of a matcher reach, each with its key."""


class Places(NamedTuple):
    """What a matcher finds in a document, in order of place, and where each begins."""

    every: Found
    starts: list[int]


class Item(NamedTuple):
    """A part of a phrase: the number of the words that it may be, and how many of them at least and at most."""

    part: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Side:
    """What a phrase has on one side of its rarest word, from there outwards: words that each stand once, then others.

    ``needed`` is the next word that must stand among the others, within so many words as ``reach`` says.
    """

    firm: tuple[int, ...]
    loose: tuple[Item, ...]
    needed: int | None
    reach: int

    @classmethod
    def of(cls, items: Sequence[Item]) -> "Side":
        """The side of these items."""
        firm = tuple(item.part for item in takewhile(lambda item: item.least == item.most == 1, items))
        loose = tuple(items[len(firm) :])
        gaps = list(takewhile(lambda item: not item.least, loose))
        needed = loose[len(gaps)].part if len(gaps) < len(loose) else None
        return cls(firm, loose, needed, 1 + sum(item.most for item in gaps))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase around its rarest word.

    ``owner`` is the matcher that looks for it, ``key`` what it finds with it. ``needs`` are the parts without which it
    cannot stand anywhere.
    """

    owner: int
    key: str
    before: Side
    after: Side
    needs: frozenset[int]

    def around(self, place: int, parts: Sequence[frozenset[int]]) -> Found:
        """Where it stands with its rarest word at a place; the last of the ``parts`` are of no word and empty."""
        end, start = place + 1, place - 1
        for part in self.after.firm:
            if part not in parts[end]:
                return []
            end += 1
        for part in self.before.firm:
            if part not in parts[start]:
                return []
            start -= 1
        if not self.after.loose and not self.before.loose:
            return [(start + 1, end, self.key)]
        if (needed := self.after.needed) is not None:
            for following in parts[end : end + self.after.reach]:
                if needed in following:
                    break
            else:
                return []
        if (needed := self.before.needed) is not None:
            for preceding in parts[max(0, start + 1 - self.before.reach) : start + 1]:
                if needed in preceding:
                    break
            else:
                return []
        ends = _branching(self.after.loose, parts, end, step=1)
        starts = _branching(self.before.loose, parts, start, step=-1) if ends else ()
        return [(start + 1, end, self.key) for start in starts for end in ends]


class _Tries(NamedTuple):
    """The phrases to be tried where a word stands.

    Most need a certain part right behind the word, or right before it, and are filed under that part once more; those
    that are ``alone`` are no more than the word.
    """

    alone: list[Phrase]
    behind: dict[int, list[Phrase]]
    before: dict[int, list[Phrase]]
    anywhere: list[Phrase]

    def add(self, phrase: Phrase) -> None:
        if phrase.after.firm:
            self.behind.setdefault(phrase.after.firm[0], []).append(phrase)
        elif phrase.before.firm:
            self.before.setdefault(phrase.before.firm[0], []).append(phrase)
        elif not phrase.after.loose and not phrase.before.loose:
            self.alone.append(phrase)
        else:
            self.anywhere.append(phrase)

    def at(self, place: int, parts: Sequence[frozenset[int]]) -> list[Phrase]:
        """Those of which what must stand beside the word does."""
        beside = []
        if self.behind:
            following = parts[place + 1]
            for part, phrases in self.behind.items():
                if part in following:
                    beside += phrases
        if self.before:
            preceding = parts[place - 1]
            for part, phrases in self.before.items():
                if part in preceding:
                    beside += phrases
        return beside


class PhraseIndex:
    """The phrases of several matchers by their rarest words, and what words may be: the parts of phrases, as numbers.

    The matchers of one knowledge share it. ``counts`` tell how often words stand in letters; one that is not there is
    rare.
    """

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        self._counts = counts or {}
        self._numbers: dict[tuple[str, ...], int] = {}
        self._words: dict[str, set[int]] = {}
        self._beginnings: dict[str, set[int]] = {}
        self._endings: dict[str, set[int]] = {}
        self._known: dict[str, frozenset[int]] = {}
        self._filed: dict[int, list[Phrase]] = {}
        self._of_word: dict[str, _Tries | None] = {}
        self._owners = 0
        self._key = f"matches:{id(self)}"

    def owner(self) -> int:
        """A number for one more matcher."""
        self._owners += 1
        return self._owners

    def file(self, phrase: Phrase, *, under: int) -> None:
        """File a phrase under the part that is its rarest word."""
        self._filed.setdefault(under, []).append(phrase)
        self._of_word.clear()

    def number(self, words: tuple[str, ...]) -> int:
        """The number of a part that may be one of these words; ``approv*`` begins so, ``*ologist`` ends so."""
        number = self._numbers.get(words)
        if number is None:
            number = self._numbers[words] = IS_NUMBER + 1 + len(self._numbers)
            self._known.clear()
            for word in words:
                index = self._words
                if "*" in word:
                    index = self._beginnings if word.endswith("*") else self._endings
                index.setdefault(word.strip("*"), set()).add(number)
        return number

    def commonness(self, words: tuple[str, ...]) -> tuple[float, int, int]:
        """The lower, the fewer letters have one of the words; a number is in all of them."""
        if not words:
            return inf, 0, 0
        return sum(map(self._count, words)), len(words), -min(len(word.strip("*")) for word in words)

    def _count(self, word: str) -> int:
        if word.endswith("*"):
            return sum(count for other, count in self._counts.items() if other.startswith(word[:-1]))
        if word.startswith("*"):
            return sum(count for other, count in self._counts.items() if other.endswith(word[1:]))
        return self._counts.get(word, 0)

    def of(self, word: str) -> frozenset[int]:
        """What a word, in small letters, may be; looked up once."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = frozenset(self._looked_up(word))
        return known

    def _looked_up(self, word: str) -> set[int]:
        found = set(self._words.get(word, ()))
        if not word.isspace():
            found.add(FILLS_GAP)
        if _NUMBER.fullmatch(word):
            found.add(IS_NUMBER)
        for end in range(1, len(word) + 1):
            beginning = self._beginnings.get(word[:end])
            if beginning and _REST.fullmatch(word, end):
                found |= beginning
            found |= self._endings.get(word[-end:], set())
        return found

    def along(self, doc: Doc) -> list[frozenset[int]]:
        """What each word of a document may be, by place."""
        key = f"parts:{id(self)}"
        parts: list[frozenset[int]] | None = doc.user_data.get(key)
        if parts is None:
            parts = doc.user_data[key] = [self.of(word) for word in words_of(doc)]
            for start in first_words_of(doc):
                parts[start] -= {FILLS_GAP}
        return parts

    def found(self, doc: Doc) -> Mapping[int, Places]:
        """What every matcher finds in a document, by its number; worked out once for all of them."""
        known: dict[int, Places] | None = doc.user_data.get(self._key)
        if known is None:
            parts = [*self.along(doc), frozenset[int]()]
            spans = dict[int, set[tuple[int, int, str]]]()
            present = frozenset[int]().union(*map(self.of, places_of(doc)))
            for word, places in places_of(doc).items():
                tries = self._tries(word)
                if tries is None:
                    continue
                for phrase in tries.alone:
                    spans.setdefault(phrase.owner, set()).update([(at, at + 1, phrase.key) for at in places])
                anywhere = [phrase for phrase in tries.anywhere if phrase.needs <= present]
                for place in places:
                    for phrase in anywhere + tries.at(place, parts):
                        if around := phrase.around(place, parts):
                            spans.setdefault(phrase.owner, set()).update(around)
            known = doc.user_data[self._key] = {}
            for owner, each in spans.items():
                every = sorted(each)
                known[owner] = Places(every, [start for start, _, _ in every])
        return known

    def _tries(self, word: str) -> "_Tries | None":
        """The phrases that are filed under a word, None where none is; looked up once."""
        if word not in self._of_word:
            tries = _Tries([], {}, {}, [])
            for part in self.of(word):
                for phrase in self._filed.get(part, ()):
                    tries.add(phrase)
            self._of_word[word] = tries if any(tries) else None
        return self._of_word[word]


def _branching(items: Sequence[Item], parts: Sequence[frozenset[int]], at: int, *, step: int) -> Collection[int]:
    """Where items can end of which some may be missing, the first of them looked for at ``at``: the places behind.

    ``step`` is 1 to the right and -1 to the left.
    """
    reached = {at}
    for part, least, most in items:
        front, reached = reached, (set() if least else set(reached))
        for at in front:
            for _ in range(most):
                if part not in parts[at]:
                    break
                at += step
                reached.add(at)
        if not reached:
            break
    return reached
