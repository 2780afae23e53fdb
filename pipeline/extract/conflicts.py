"""What a letter says against itself: whose the money is, and whether there is an appeal."""

import re
from collections.abc import Iterator

from pipeline.language import Reading
from pipeline.language.zones import Zone
from pipeline.values.letter import ClockKind, Letter, ReviewNote, ServiceLine

APPEALS = frozenset({ClockKind.INTERNAL_APPEAL, ClockKind.EXPEDITED_APPEAL, ClockKind.RECONSIDERATION})
_PROVIDERS, _PATIENTS = "CO", "PR"
_NO_APPEAL = "N211"
_FEE_SCHEDULE = frozenset({"45", "253", "94", "131", "237"})
"""Adjustments of a price, which refuse nothing."""
_OFFERED = re.compile(
    r"\b(?:may|can|right to|entitled to|wish to|want to)\b[^.]{0,60}\bappeal|\bappeal rights\b|\bhow to appeal\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:no|not|cannot|never)\b[^.]{0,30}\bappeal|\bappeal[^.]{0,20}\bnot (?:available|apply)", re.IGNORECASE
)
_OWES = "the adjustment is the provider's (CO), yet the patient shall pay: hold the patient's bill"


def offers_appeal(reading: Reading) -> bool:
    """Whether a line of the rights says that the reader may appeal, and not that there is none."""
    rights = (line.text for line in reading.lines if line.zone is Zone.RIGHTS)
    return any(_OFFERED.search(text) and not _REFUSED.search(text) for text in rights)


def conflicts(letter: Letter, *, owed: frozenset[int] = frozenset(), offered: bool = False) -> Iterator[ReviewNote]:
    """Notes of what a person must settle.

    ``owed`` are the service lines, over all claims, of which the patient shall pay something; ``offered``: the letter
    offers an appeal in words.
    """
    groups = {code.group for code in letter.carc if code.value not in _FEE_SCHEDULE}
    total = letter.patient_responsibility.value if letter.patient_responsibility else None
    lines = [line for claim in letter.claims for line in claim.lines]
    against = [place for place in sorted(owed) if place < len(lines) and _is_providers(lines[place])]
    if _PROVIDERS in groups and _PATIENTS not in {code.group for code in letter.carc} and total and float(total) > 0:
        yield ReviewNote(field="patient_responsibility", why=_OWES)
    elif against:
        told = ", ".join(str(place + 1) for place in against)
        yield ReviewNote(field="patient_responsibility", why=f"line {told}: {_OWES}")
    limited = any(clock.kind in APPEALS for clock in letter.clocks)
    if any(code.value == _NO_APPEAL for code in letter.rarc) and (limited or offered):
        says = "gives a limit to appeal" if limited else "offers an appeal"
        yield ReviewNote(field="clocks", why=f"remark N211 says that there is no appeal, yet the letter {says}")


def _is_providers(line: ServiceLine) -> bool:
    """Whether a line is refused at the provider's cost, and no part of it was laid to the patient."""
    groups = {adjustment.group for adjustment in line.adjustments if adjustment.carc not in _FEE_SCHEDULE}
    return _PROVIDERS in groups and _PATIENTS not in {adjustment.group for adjustment in line.adjustments}
