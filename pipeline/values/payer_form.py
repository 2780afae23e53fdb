"""A payer's fillable form: its fields as they stand in the PDF, and what was made of it for one packet."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.values.packet import Block
from pipeline.values.text import Box


class FieldKind(StrEnum):
    """What a person does with a field; push buttons are none."""

    TEXT = "text"
    BOX = "box"
    """Is ticked or not."""
    CHOICE = "choice"
    """One of a list, or one of several round buttons."""
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field of a form.

    ``tooltip`` is what the maker of the form says it is for; ``page`` counts from 1 and ``box`` lies on the page as
    displayed, in points from its top left. ``options`` are what may be chosen. A field that stands in several places
    is one field, told of by the first.
    """

    name: str
    kind: FieldKind
    page: int
    box: Box
    tooltip: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
    read_only: bool = False
    most: int | None = None
    """So many signs fit by the form's own word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """A form with what the case says written in.

    ``flat`` has it as plain pages, for the packet; ``open`` can still be filled, for whoever completes it by hand.
    ``block`` says each value with its sources. ``empty`` are labels of fields that nothing was written into,
    ``required`` those of them that the form demands, ``too_long`` values that do not fit and were left out.
    """

    name: str
    flat: bytes
    open: bytes
    block: Block
    empty: tuple[str, ...]
    required: tuple[str, ...]
    too_long: tuple[str, ...]
    signatures: int
