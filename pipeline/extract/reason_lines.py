"""Which service lines a reason is about: the line it names by code or number, or those that carry its code."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.knowledge.codes import CodeKnowledge
from pipeline.values.letter import ClaimEntry, Reason, ServiceLine

_LINE = re.compile(
    r"\blines?\s+(?P<first>\d{1,2})(?:(?:,\s*|\s+and\s+|\s*,\s*and\s+)(?P<second>\d{1,2}))?\b", re.IGNORECASE
)
_PAID = "paid"


def tied(reasons: Sequence[Reason], claims: Sequence[ClaimEntry], codes: CodeKnowledge) -> tuple[Reason, ...]:
    """The reasons with the indexes of their lines, over all claims in order; of one line alone, it is that."""
    lines = [line for claim in claims for line in claim.lines]
    if not lines:
        return tuple(reasons)
    return tuple(replace(reason, lines=_lines_of(reason, lines, codes)) for reason in reasons)


def _lines_of(reason: Reason, lines: Sequence[ServiceLine], codes: CodeKnowledge) -> tuple[int, ...]:
    named = [n for n, line in enumerate(lines) if line.code and re.search(rf"\b{re.escape(line.code)}\b", reason.text)]
    if hit := _LINE.search(reason.text):
        named += [int(number) - 1 for number in hit.groups() if number and 0 < int(number) <= len(lines)]
    if named:
        return tuple(sorted(set(named)))
    coded = [n for n, line in enumerate(lines) if line.outcome != _PAID and _says(line, reason, codes)]
    if coded:
        return tuple(coded)
    return (0,) if len(lines) == 1 else ()


def _says(line: ServiceLine, reason: Reason, codes: CodeKnowledge) -> bool:
    """Whether a line carries a code that stands for the reason."""
    adjusted = (codes.carc.codes.get(adjustment.carc) for adjustment in line.adjustments)
    remarked = (codes.rarc.codes.get(remark) for remark in line.rarc)
    return any(entry is not None and entry.category == reason.category.value for entry in (*adjusted, *remarked))
