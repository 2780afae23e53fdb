"""In what sense something is said: negated, planned, of a relative, of long ago. One cue is enough."""

import re

from pipeline.charts.clinical import Clinical, Subject
from pipeline.charts.statements import Hit, Statement
from pipeline.knowledge.clinical import Reach
from pipeline.values.chart import Context

_ORDER = (
    Context.FAMILY,
    Context.ANOTHER_PERSON,
    Context.COPIED_FORWARD,
    Context.HYPOTHETICAL,
    Context.PLANNED,
    Context.NEGATED,
    Context.HISTORICAL,
)
_BY_SECTION = {
    "family": Context.FAMILY,
    "plan": Context.PLANNED,
    "criteria": Context.HYPOTHETICAL,
    "history": Context.HISTORICAL,
}
# A new clause ends what a cue covers; a list does not.
_CLAUSE = re.compile(
    r";|\.\s|\b(?:but|however|although|except|though|whereas|because|despite)\b"
    r"|(?:,|\band)\s+(?:then\s+)?(?:she|he|they|patient|has|had|was|is|takes|took|failed|tried|stopped|now|currently|reports?|with)\b",
    re.IGNORECASE,
)


def contexts_at(statement: Statement, start: int, end: int, *, clinical: Clinical) -> tuple[Context, ...]:
    """Every context of the statement's characters ``start`` to ``end``, the weightiest first."""
    found = {
        clinical.contexts[cue.key].context
        for cue in statement.of(Subject.CONTEXT)
        if not _is_of_an_outcome(cue, statement) and _covers(cue, statement, start, end, clinical)
    }
    by_section = _BY_SECTION.get(statement.section or "")
    if by_section is not None:
        found.add(by_section)
    return tuple(context for context in _ORDER if context in found)


def context_at(
    statement: Statement, start: int, end: int, *, clinical: Clinical, leave: frozenset[Context] = frozenset()
) -> Context | None:
    """The weightiest context but for those of ``leave``; None for a plain statement."""
    return next((c for c in contexts_at(statement, start, end, clinical=clinical) if c not in leave), None)


def _is_of_an_outcome(cue: Hit, statement: Statement) -> bool:
    """Whether the cue is part of a longer phrase: the "no" of "no benefit" negates the benefit and nothing else."""
    return any(
        other.start <= cue.start and cue.end <= other.end and (other.end - other.start) > (cue.end - cue.start)
        for other in statement.of(Subject.OUTCOME)
    )


def _covers(cue: Hit, statement: Statement, start: int, end: int, clinical: Clinical) -> bool:
    entry = clinical.contexts[cue.key]
    if entry.reach is Reach.SENTENCE:
        return True
    if entry.reach is Reach.AFTER:
        gap = statement.text[cue.end : start]
        ahead = cue.end <= start
    else:
        gap = statement.text[end : cue.start]
        ahead = end <= cue.start
    return ahead and len(gap.split()) <= entry.within and not _CLAUSE.search(gap)
