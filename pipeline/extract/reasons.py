"""Why the payer decided so: only what it gives as its reason for this decision, never what boilerplate mentions."""

from pipeline.extract.codes import Codes
from pipeline.language import Language, Reading
from pipeline.values.letter import Reason


def find_reasons(reading: Reading, language: Language, *, codes: Codes) -> tuple[Reason, ...]:
    """Every reason once, in order of place."""
    return ()
