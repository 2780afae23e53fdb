"""Payer, vendor, patient and provider by their role."""

from dataclasses import dataclass

from pipeline.language import Language, Reading
from pipeline.values.letter import Finding
from pipeline.values.practice import Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names of the letter by role."""

    payer: Finding | None = None
    payer_id: str | None = None
    delegate: Finding | None = None
    member_name: Finding | None = None
    provider_name: Finding | None = None


def find_names(reading: Reading, language: Language, *, practice: Practice) -> Names:
    """The names the letter prints."""
    return Names()
