"""Which values a person must look at, and why, in words."""

from pipeline.values.letter import Letter


def review_notes(letter: Letter) -> Letter:
    """The letter with its review notes."""
    return letter
