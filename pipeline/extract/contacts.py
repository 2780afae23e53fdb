"""Numbers and addresses by their role."""

from pipeline.language import Language, Reading
from pipeline.values.letter import Contact
from pipeline.values.practice import Practice


def find_contacts(reading: Reading, language: Language, *, practice: Practice) -> tuple[Contact, ...]:
    """Every contact whose purpose the letter says."""
    return ()
