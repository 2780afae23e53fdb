"""Prior authorizations that the letter speaks of."""

from pipeline.language import Language, Reading
from pipeline.values.letter import Authorization


def find_authorizations(reading: Reading, language: Language) -> tuple[Authorization, ...]:
    """Each authorization, in order of place."""
    return ()
