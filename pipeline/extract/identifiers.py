"""Identifiers by their role."""

from dataclasses import dataclass

from pipeline.language import Language, Reading
from pipeline.values.letter import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiers:
    """Identifiers of the letter by role, as printed without inner spaces."""

    member_id: Finding | None = None
    group_number: Finding | None = None
    patient_account_number: Finding | None = None
    claim_number: Finding | None = None
    reference_number: Finding | None = None
    provider_npi: Finding | None = None
    tin: Finding | None = None


def find_identifiers(reading: Reading, language: Language) -> Identifiers:
    """The identifiers the letter prints."""
    return Identifiers()
