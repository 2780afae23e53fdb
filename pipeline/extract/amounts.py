"""Totals of money, by role."""

from dataclasses import dataclass

from pipeline.language import Language, Reading
from pipeline.values.letter import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Totals of the letter; decimal strings."""

    billed_amount: Finding | None = None
    denied_amount: Finding | None = None
    patient_responsibility: Finding | None = None


def find_amounts(reading: Reading, language: Language) -> Amounts:
    """The totals the letter states."""
    return Amounts()
