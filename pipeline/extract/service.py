"""The service that was decided on, as printed."""

from pipeline.language import Language, Reading
from pipeline.values.letter import Finding


def find_service(reading: Reading, language: Language) -> Finding | None:
    """The service's description."""
    return None
