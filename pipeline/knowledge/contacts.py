"""What a number or an address is for, by the words beside it."""

from pipeline.knowledge.entry import Exemplified
from pipeline.values.vocabulary import Purpose


class ContactPurpose(Exemplified):
    """The words for one purpose. ``rank`` breaks ties; ``purpose`` null: such a number is not given."""

    purpose: Purpose | None
    rank: int = 0
    phrases: tuple[str, ...]
