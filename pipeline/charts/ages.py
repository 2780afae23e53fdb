"""How old the patient is, in the forms of notes (``models/charts/ages.yaml``): "58M", "66 y/o", "Mr. Lee, 61,".

An age of the past, a temperature, an instrument's size and a length of time are none.
"""

import re
from collections.abc import Iterator

from pipeline.charts.context import context_at
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Statement
from pipeline.values.chart import Context, Fact, FactKind

_PAST = re.compile(
    r"\b(?:since|at|from|until|by|before|after|onset|around|when|of)\s+(?:about\s+|around\s+|approximately\s+|~\s*)?"
    r"(?:age\s*)?$",
    re.IGNORECASE,
)
_LONG = re.compile(r"\b(?:for|x|over|past|lasting|last)\s*$", re.IGNORECASE)
"""Before "6 y 2 mo": a length of time."""
_SIZE = re.compile(
    r"\s*(?:French|Fr\b|rigid|flexible|scope|cystoscope|sheath|Foley|catheter|cath\b|coude|needle|stent|dilator|resectoscope)",
    re.IGNORECASE,
)
"""Behind "21F": the French size of an instrument."""
_SIZED = re.compile(
    r"\b(?:French|scope|cystoscope|sheath|foley|cath\w*|needle|stent|dilator|tube|drain)\W*$", re.IGNORECASE
)
"""Before it: the instrument."""
_WARMTH = re.compile(r"\b(?:temp\w*|T|Tmax|fever\w*|febrile)\b\W*(?:of\s+|to\s+)?$", re.IGNORECASE)
_OLDEST = 115
_OF_A_CHILD = "years_and_months"
"""The form that a length of time has too."""


def age_facts(source: Source, statement: Statement) -> Iterator[Fact]:
    """The ages of a statement, each with its context."""
    for m in source.clinical.ages.finditer(statement.text):
        form = m.lastgroup or ""
        years = float(m[form])
        lead = statement.text[: m.start()]
        if years > _OLDEST or _PAST.search(lead) or _WARMTH.search(lead) or _SIZE.match(statement.text, m.end()):
            continue
        if _SIZED.search(statement.text, 0, m.start(form)):
            continue
        if form == _OF_A_CHILD and _LONG.search(lead):
            continue
        context = context_at(
            statement, m.start(), m.end(), clinical=source.clinical, leave=frozenset({Context.HISTORICAL})
        )
        yield fact_at(
            source,
            statement,
            FactKind.AGE,
            confidence=0.85,
            value=years,
            value_high=years,
            unit="year",
            context=context,
        )
