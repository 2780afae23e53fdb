"""How letters name their fields: labels, and the shape of the value behind them."""

from enum import StrEnum

from pipeline.knowledge.entry import Exemplified


class Shape(StrEnum):
    """What a field's value looks like."""

    ID = "id"
    NPI = "npi"
    TIN = "tin"
    DATE = "date"
    DATES = "dates"
    MONEY = "money"
    PERSON = "person"
    ORGANISATION = "organisation"
    TEXT = "text"


class FieldLabels(Exemplified):
    """The labels of one field; ``id`` is the field's key in the contract.

    Behind the label of an identifier may stand "number", "no.", "#", "ID" and the like. ``weak`` labels are ordinary
    words too: without such an ending or a colon they need a value that can be nothing else.
    """

    labels: tuple[str, ...]
    weak: tuple[str, ...] = ()
    shape: Shape

    def __hash__(self) -> int:
        # By its id alone: patterns are kept by their fields, and every label would be hashed each time one is wanted.
        return hash(self.id)
