"""The kind of a document that nothing names, by the parts of a clinician's own note: who it is of, what they have."""

import re
from collections.abc import Sequence

from pipeline.charts.clinical import Subject
from pipeline.charts.heading import Heading
from pipeline.charts.statements import Statement
from pipeline.values.chart import Fact, FactKind

_LEAST = 3
"""So many of the parts a note has at least."""
_INTENDED = re.compile(
    r"\W*(?:plan|rec|recs|a/?p|order|request|rtc|f/u|return|refer|start|continue|next|rx|tx|today|discussed)\b",
    re.IGNORECASE,
)
_THERAPIST = re.compile(r"\b(?:DPT|PTA?|OTR?(?:/L)?|COTA|SLP)\b")
_NO_CLINICIAN = re.compile(r"\b(?:PharmD|Pharm\.D|RPh|CPhT|MA|CMA)\b")
_A_LETTER = re.compile(
    r"\W*(?:dear\b|to whom it may concern|sincerely|respectfully|(?:kind|best|warm) regards)", re.IGNORECASE
)
_OF_A_NOTE = {FactKind.SYMPTOM, FactKind.EXAM_FINDING, FactKind.SCORE, FactKind.HEADACHE_DAYS}


def kind_by_parts(heading: Heading, statements: Sequence[Statement], facts: Sequence[Fact]) -> str | None:
    """The kind of a note whose title tells none; None where no clinician wrote it, or too few parts are there."""
    author = heading.author
    if author is None or _NO_CLINICIAN.search(author) or any(_A_LETTER.match(s.text) for s in statements):
        return None
    sections = {s.section for s in statements}
    kinds = {fact.kind for fact in facts}
    parts = (
        FactKind.AGE in kinds or heading.date_of_birth is not None,
        FactKind.DIAGNOSIS in kinds,
        any(s.of(Subject.DRUG) for s in statements),
        not kinds.isdisjoint(_OF_A_NOTE),
        bool({"plan", "assessment", "present"} & sections) or any(_INTENDED.match(s.text) for s in statements),
    )
    if sum(parts) < _LEAST:
        return None
    return "ev.pt_ot" if _THERAPIST.search(author) else "ev.visit_note"
