"""What a number or an address is for, by the words beside it, and which numbers are the wrong ones."""

from enum import StrEnum

from pydantic import Field

from pipeline.knowledge.entry import Exemplified
from pipeline.values.vocabulary import Purpose


class ContactPurpose(Exemplified):
    """The words for one purpose. ``rank`` breaks ties; ``purpose`` null: such a number is not given.

    ``by_reader``: with null, a telephone is that of the services for whomever the letter is written to. ``unless`` are
    words that take a phrase back which they overlap. ``numbers`` are public ones, ten digits, that are nothing else.
    """

    purpose: Purpose | None
    by_reader: bool = False
    rank: int = 0
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


class RefusedPlace(StrEnum):
    """Where words stand that take a number away."""

    AHEAD = "ahead"
    """Among the words before it, if none that give a number follow them (``RESUMES``)."""
    RIGHT_AHEAD = "right_ahead"
    """Right before it."""
    BEHIND = "behind"
    """Right behind it."""
    OPENS = "opens"
    """They begin its line."""
    ADDRESSED = "addressed"
    """They begin its line, and no desk that payers alone have is named between them and it."""
    NO_APPEALS = "no_appeals"
    """Behind it, or in the sentence after it that speaks of it: it may be for anything but an appeal."""
    RESUMES = "resumes"
    """Between a refusal and a number: the refusal speaks of another way, and this is the one to take."""


class RefusedNumber(Exemplified):
    """Words that say of a number that it is the wrong one: not to be used, closed, the reader's own, somebody else's.

    ``unless`` are words that take a phrase back which they overlap.
    """

    place: RefusedPlace
    phrases: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
