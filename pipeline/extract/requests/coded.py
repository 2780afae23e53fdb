"""Remark codes that stand for a paper."""

from pipeline.extract.codes import find_codes
from pipeline.language import Language, Reading
from pipeline.values.letter import Finding, Request

_NEVER_ASKED_FOR, _APPROVAL = frozenset({"197"}), "ev.pa_letter"
"""Beside the code for care that nobody asked to approve, a remark that its number is missing asks for no paper."""
_CODE = 0.8


def coded(reading: Reading, language: Language, *, known: set[str]) -> list[Request]:
    """The papers that the letter's remark codes stand for, but for those ``known`` already."""
    codes = find_codes(reading, language)
    unasked = any(code.value in _NEVER_ASKED_FOR for code in codes.carc)
    table = language.knowledge.codes.rarc.codes
    found = []
    for code in codes.rarc:
        entry = table.get(code.value or "")
        if unasked and entry is not None and entry.evidence == _APPROVAL:
            continue
        if entry is not None and entry.evidence is not None and entry.evidence not in known:
            base = Finding(
                value=None,
                text=code.text,
                page=code.page,
                boxes=code.boxes,
                confidence=_CODE,
                rule=f"code.{code.value}",
            )
            found.append(as_request(base, evidence=entry.evidence))
    return found


def as_request(base: Finding, *, evidence: str) -> Request:
    """A request for one evidence type at the place of ``base``."""
    return Request(
        value=base.text, text=base.text, page=base.page, boxes=base.boxes, confidence=base.confidence, rule=base.rule,
        evidence_type=evidence,
    )  # fmt: skip
