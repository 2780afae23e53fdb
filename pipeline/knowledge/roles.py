"""What the words of a label that no list has may mean, by the shape of the value behind it."""

from enum import StrEnum

from pipeline.knowledge.entry import Exemplified
from pipeline.knowledge.names import word_pattern

SOMETHING_ELSE = "something_else"
"""The entry whose words show that a label speaks of no field."""


class Sort(StrEnum):
    """What the value behind a label looks like; ``any`` for every value."""

    ANY = "any"
    NAME = "name"
    NUMBER = "number"
    DATE = "date"
    SUM = "sum"


class LabelRole(Exemplified):
    """The role words of one field; ``id`` is the field's key, or ``something_else``. ``unless`` takes them back.

    ``alone`` are words that mean the role where the label is nothing else ("When", "You").
    """

    sort: Sort
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()

    def spoken_of_in(self, label: str) -> bool:
        """Whether one of the role's words stands in a label, taken back or not: "Reviewing physician"."""
        return word_pattern(self.words).search(label) is not None

    def meant_by(self, label: str) -> bool:
        """Whether a label's words mean this role."""
        taken_back = bool(self.unless) and word_pattern(self.unless).search(label) is not None
        if self.alone and word_pattern(self.alone).fullmatch(label.strip(" *_:.")):
            return True
        return word_pattern(self.words).search(label) is not None and not taken_back
