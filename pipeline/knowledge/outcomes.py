"""The words of a labelled outcome: what its label is called, and which kind of letter each outcome makes."""

import re
from collections.abc import Mapping
from functools import cached_property

from pipeline.knowledge.entry import Exemplified
from pipeline.values.vocabulary import LetterKind

_BLANKS = re.compile(r"[\s_]+")


class OutcomeWords(Exemplified):
    """Labels and outcomes as they fill a cell, in small letters and without signs around them.

    ``counted`` are the labels of how much was decided so: units, visits or money beside or below them; ``asked_for``
    are those of how much there was to decide, and ``measures`` the words that may stand in such a label besides.
    ``spoken`` are the outcomes that are a sentence by themselves: ``Not certified. The study was done in March.``
    """

    labels: tuple[str, ...]
    outcomes: Mapping[LetterKind, tuple[str, ...]]
    counted: Mapping[LetterKind, tuple[str, ...]] = {}
    asked_for: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()

    @cached_property
    def _kinds(self) -> Mapping[str, LetterKind]:
        """The kind of each outcome."""
        return _by_word(self.outcomes)

    @cached_property
    def _counted(self) -> Mapping[str, LetterKind]:
        """The kind of each label of how much."""
        return _by_word(self.counted)

    @cached_property
    def _known(self) -> Mapping[str, frozenset[str]]:
        """The words of each list, to be looked up."""
        return {name: frozenset(getattr(self, name)) for name in ("labels", "asked_for", "measures", "spoken")}

    def is_label(self, cell: str) -> bool:
        """Whether a cell is the label of an outcome and nothing else."""
        return bare(cell) in self._known["labels"]

    def outcome(self, cell: str) -> LetterKind | None:
        """The kind that a cell's outcome makes; None where the cell is no outcome."""
        return self._kinds.get(bare(cell))

    def spoken_outcome(self, sentence: str) -> LetterKind | None:
        """The kind that a sentence makes which is nothing but an outcome."""
        said = bare(sentence)
        return self._kinds.get(said) if said in self._known["spoken"] else None

    def counts(self, cell: str) -> LetterKind | None:
        """The kind of which a cell's label tells how much; None where it is no such label."""
        return self._counted.get(self._unmeasured(cell))

    def asks(self, cell: str) -> bool:
        """Whether a cell's label tells how much was asked for: ``Units requested``."""
        return self._unmeasured(cell) in self._known["asked_for"]

    def _unmeasured(self, cell: str) -> str:
        return " ".join([word for word in bare(cell).split() if word not in self._known["measures"]])


def _by_word(words: Mapping[LetterKind, tuple[str, ...]]) -> dict[str, LetterKind]:
    """The kind of each word; the first that has it."""
    return {word: kind for kind, each in reversed([*words.items()]) for word in each}


def bare(cell: str) -> str:
    """A cell's words in small letters, one blank between them, without the signs around them.

    >>> bare("** Not  Approved: "), bare("not_approved")
    ('not approved', 'not approved')
    """
    return _BLANKS.sub(" ", cell.casefold()).strip(" *_#:.,>|[](){}-=\"'")
