"""Policies, guidelines, laws and plan documents that the letter cites."""

from pipeline.language import Language, Reading
from pipeline.values.letter import Citation


def find_citations(reading: Reading, language: Language) -> tuple[Citation, ...]:
    """Every citation once, in order of place."""
    return ()
