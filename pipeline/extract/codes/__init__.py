"""Procedure, diagnosis, modifier, adjustment and remark codes.

A code is a shape and a context: five digits alone are a ZIP code, a PO box or a group number more often than a
procedure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.codes.carc import find_carc, find_rarc
from pipeline.extract.codes.recorded import heads_a_row, recorded, recorded_carc, together
from pipeline.extract.codes.service import find_diagnoses, find_modifiers, find_procedures
from pipeline.language import Language, Reading
from pipeline.values.letter import CarcCode, Finding

_CODES = "codes"


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
    kept: Codes | None = reading.doc.user_data.get(_CODES)
    if kept is not None:
        return kept
    known = language.knowledge.codes

    def with_records(found: Sequence[Finding], field: str) -> tuple[Finding, ...]:
        return together(found, recorded(reading, language.knowledge, field))

    told = [one for one in find_carc(reading, known.carc) if not heads_a_row(reading, language.knowledge, one)]
    carc = together(told, recorded_carc(reading, language.knowledge))
    rarc = with_records(find_rarc(reading, known.rarc, beside=carc), "rarc")
    remarks = {one.value for one in rarc}
    diagnoses = with_records(find_diagnoses(reading), "diagnosis_codes")
    procedures = with_records(
        find_procedures(reading, known.services, language.knowledge.code_words), "procedure_codes"
    )
    modifiers = find_modifiers(reading, known.services, procedures={one.value for one in procedures if one.value})
    found = Codes(
        procedure_codes=procedures,
        diagnosis_codes=tuple(d for d in diagnoses if (d.value or "").replace(".", "") not in remarks),
        modifiers=with_records(modifiers, "modifiers"),
        carc=carc,
        rarc=rarc,
    )
    # Several fields read the codes; they are worked out once a letter.
    reading.doc.user_data[_CODES] = found
    return found
