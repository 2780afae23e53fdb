"""Where a fact comes from, and the making of a fact at its place."""

from dataclasses import dataclass
from typing import Any

from pipeline.charts.clinical import Clinical
from pipeline.charts.statements import Statement, place_of
from pipeline.language.reading import Reading
from pipeline.values.chart import Context, Fact, FactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that was read; ``recorded`` is its date, ISO, ``evidence_type`` its kind.

    ``headache``: it is about headache and no other illness whose days or episodes are counted. ``topics`` are the
    illnesses of which it has words.
    """

    file_name: str
    reading: Reading
    clinical: Clinical
    recorded: str | None
    evidence_type: str | None
    headache: bool = False
    topics: frozenset[str] = frozenset()


def fact_at(
    source: Source,
    statement: Statement,
    kind: FactKind,
    *,
    confidence: float,
    context: Context | None = None,
    dated: bool = True,
    **fields: Any,
) -> Fact:
    """A fact that rests on the whole statement; without a day of its own it is of its document's if it is ``dated``."""
    place = place_of(source.reading, statement.start, statement.start + len(statement.text))
    return Fact(
        kind=kind,
        context=context,
        negated=context is Context.NEGATED,
        date=fields.pop("date", None) or (source.recorded if dated else None),
        recorded=source.recorded,
        file_name=source.file_name,
        page=place.page,
        text=place.text,
        boxes=place.boxes,
        confidence=round(min(confidence, place.confidence), 3),
        **fields,
    )
