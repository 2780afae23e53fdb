"""What the payer asks for, or says was missing."""

from pipeline.language import Language, Reading
from pipeline.values.letter import LetterKind, Request


def find_requests(reading: Reading, language: Language, *, kind: LetterKind) -> tuple[Request, ...]:
    """Every request once, in order of place."""
    return ()
