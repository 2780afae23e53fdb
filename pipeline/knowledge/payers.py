"""Payers by name, and the words that make an unknown name one of a payer."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

from pipeline.knowledge.entry import Exemplified
from pipeline.knowledge.names import word_pattern
from pipeline.knowledge.needed import Quick, quick


class Payer(Exemplified):
    """An insurer, program or contractor; ``names`` are matched as whole words, without regard to case."""

    names: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """One pattern of all the names."""
        return word_pattern(self.names)

    def matches(self, text: str) -> bool:
        """Whether the text names this payer."""
        return bool(self.pattern.search(text))


class PayerWords(Exemplified):
    """Words in the name of an insurer that nobody listed: ``Mutual``, ``Health Plan`` ..."""

    words: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """One pattern of all the words."""
        return word_pattern(self.words)

    def matches(self, text: str) -> bool:
        """Whether the text carries one of the words."""
        return bool(self.pattern.search(text))


@dataclass(frozen=True, slots=True)
class PayerNames:
    """The names of all payers as one pattern: whether a text names one is asked far more often than which."""

    pattern: re.Pattern[str]

    def found_in(self, text: str) -> bool:
        """Whether the text names a payer."""
        return bool(self.pattern.search(text))

    def whole(self, text: str) -> bool:
        """Whether the text is a payer's name and nothing else."""
        return bool(self.pattern.fullmatch(text.strip()))

    def open(self, text: str) -> bool:
        """Whether the text begins with a payer's name."""
        return bool(self.pattern.match(text))


def names_of(payers: Iterable[Payer]) -> PayerNames:
    """The names of the payers."""
    return PayerNames(word_pattern(tuple(name for payer in payers for name in payer.names)))


class Relation(StrEnum):
    """What a sentence says of the plan that it names."""

    WRITTEN_FOR = "written_for"
    NAMED = "named"


class PayerMention(Exemplified):
    """Phrases in which running text names the insurer, at the place ``{plan}``."""

    relation: Relation
    phrases: tuple[str, ...]

    @property
    def patterns(self) -> tuple[Quick, ...]:
        """A pattern a phrase; the group ``plan`` is the name, and whether it is an insurer's the caller decides."""
        return _mentions(self.phrases)


_CAPITAL = r"[A-Z][\w&'’-]*(?:\.(?=\s[A-Z]))?"
_SHORT_FORM = r"(?:\s*\([\"“'‘]?[A-Z][A-Za-z]{1,9}[\"”'’]?\))?"
"""What the letter calls it from there on: "Elm Health Plan (EHP)"."""
_PLAN = rf"(?:[Tt]he\s+)?(?P<plan>{_CAPITAL}(?:\s+(?:of|and|the|&|for|{_CAPITAL}))*){_SHORT_FORM}"


@cache
def _mentions(phrases: tuple[str, ...]) -> tuple[Quick, ...]:
    """A pattern a phrase; the words of the phrase without regard to case, the name with its capitals."""
    return tuple(quick(re.compile(r"(?<!\w)" + r"\s*".join(_pieces(phrase)) + r"(?!\w)")) for phrase in phrases)


def _pieces(phrase: str) -> Iterator[str]:
    for item in phrase.split():
        if item == "{plan}":
            yield _PLAN
            continue
        words = "|".join(re.escape(word) for word in item.strip("[]").split("|"))
        begins, ends = (r"\b" if item.strip("[]")[side].isalnum() else "" for side in (0, -1))
        piece = rf"(?i:{begins}(?:{words}){ends})"
        yield f"(?:{piece})?" if item.startswith("[") else piece
