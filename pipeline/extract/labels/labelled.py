"""What a label announces: the value's place in the letter, and how it stands to its label."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.language.reading import Line


class How(StrEnum):
    """Where the value stands to its label; the order is that of their strength."""

    COLON = "behind its label"
    NEXT_CELL = "in the cell beside its label"
    BELOW = "in the cell below its label"
    INLINE = "after its label in running text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """Text that a label announces; offsets into the letter's content.

    ``tail``: the value ends with its cell, so it may go on in the line below. ``qualified``: words that are no label
    stand before the label ("Northbank case number"). ``opens``: the label opens its cell. ``guessed``: no list has the
    label, and its words were understood. ``recorded``: it is the key, column or segment of a record.
    """

    field: str
    label: str
    weak: bool
    how: How
    start: int
    end: int
    line: Line
    tail: bool = False
    qualified: str = ""
    opens: bool = False
    guessed: bool = False
    recorded: bool = False
