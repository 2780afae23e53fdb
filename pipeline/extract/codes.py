"""Procedure, diagnosis, modifier, adjustment and remark codes."""

from dataclasses import dataclass

from pipeline.language import Language, Reading
from pipeline.values.letter import CarcCode, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Codes of the letter, each once, in order of place."""

    procedure_codes: tuple[Finding, ...] = ()
    diagnosis_codes: tuple[Finding, ...] = ()
    modifiers: tuple[Finding, ...] = ()
    carc: tuple[CarcCode, ...] = ()
    rarc: tuple[Finding, ...] = ()


def find_codes(reading: Reading, language: Language) -> Codes:
    """The codes the letter prints."""
    return Codes()
