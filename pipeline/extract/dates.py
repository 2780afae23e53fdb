"""Dates by their role."""

from dataclasses import dataclass

from pipeline.language import Language, Reading
from pipeline.values.letter import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Dates of the letter by role, ISO."""

    letter_date: Finding | None = None
    received_date: Finding | None = None
    request_received_date: Finding | None = None
    decision_date: Finding | None = None
    date_of_birth: Finding | None = None
    dates_of_service: tuple[Finding, ...] = ()


def find_dates(reading: Reading, language: Language) -> Dates:
    """The dates the letter states."""
    return Dates()
