"""Claims and their service lines, where the letter prints them as a table."""

from pipeline.language import Language, Reading
from pipeline.values.letter import ClaimEntry


def find_claims(reading: Reading, language: Language) -> tuple[ClaimEntry, ...]:
    """The claims of the letter that have lines, in order of place."""
    return ()
