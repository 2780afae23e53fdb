"""The words of a labelled outcome: what its label is called, and which kind of letter each outcome makes."""

import re
from collections.abc import Mapping

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

    def is_label(self, cell: str) -> bool:
        """Whether a cell is the label of an outcome and nothing else."""
        return bare(cell) in self.labels

    def outcome(self, cell: str) -> LetterKind | None:
        """The kind that a cell's outcome makes; None where the cell is no outcome."""
        said = bare(cell)
        return next((kind for kind, outcomes in self.outcomes.items() if said in outcomes), None)

    def spoken_outcome(self, sentence: str) -> LetterKind | None:
        """The kind that a sentence makes which is nothing but an outcome."""
        said = bare(sentence)
        return self.outcome(said) if said in self.spoken else None

    def counts(self, cell: str) -> LetterKind | None:
        """The kind of which a cell's label tells how much; None where it is no such label."""
        said = self._unmeasured(cell)
        return next((kind for kind, labels in self.counted.items() if said in labels), None)

    def asks(self, cell: str) -> bool:
        """Whether a cell's label tells how much was asked for: ``Units requested``."""
        return self._unmeasured(cell) in self.asked_for

    def _unmeasured(self, cell: str) -> str:
        return " ".join(word for word in bare(cell).split() if word not in self.measures)


def bare(cell: str) -> str:
    """A cell's words in small letters, one blank between them, without the signs around them.

    >>> bare("** Not  Approved: "), bare("not_approved")
    ('not approved', 'not approved')
    """
    return _BLANKS.sub(" ", cell.casefold()).strip(" *_#:.,>|[](){}-=\"'")
