"""Time limits that the letter itself states."""

from pipeline.extract.dates import Dates
from pipeline.language import Language, Reading
from pipeline.values.letter import Addressee, Clock


def find_clocks(reading: Reading, language: Language, *, dates: Dates, addressee: Addressee) -> tuple[Clock, ...]:
    """Every stated time limit once."""
    return ()
