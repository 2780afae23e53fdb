"""What a number or an address is for, by the words beside it."""

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
