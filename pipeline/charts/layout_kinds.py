"""The kind of a document whose title does not tell it, by the table that it mostly is."""

from collections.abc import Sequence

from pipeline.charts.bladder_diaries import is_of_bladder
from pipeline.charts.grids import Grid
from pipeline.charts.rows import Table
from pipeline.charts.statements import Statement
from pipeline.charts.tables import kind_of_table
from pipeline.charts.timelines import Timeline
from pipeline.language.reading import Reading

_MOSTLY = 0.5
"""So large a share of a document's lines is the table that makes it a diary or a list of fills."""
_NEED_A_SIGNATURE = {"ev.procedure_note", "ev.mar", "ev.med_history"}
"""Kinds that prove nothing unsigned, so that a table alone may name them."""


def kind_by_layout(
    reading: Reading,
    statements: Sequence[Statement],
    *,
    grids: Sequence[Grid],
    timelines: Sequence[Timeline],
    marked: Table | None,
) -> str | None:
    """The kind that the tables of a document show; None where they are a part of a note."""
    kinds = [kind for grid in grids if (kind := kind_of_table(grid.table)) is not None]
    known = next((kind for kind in kinds if kind in _NEED_A_SIGNATURE), None)
    if known is not None:
        return known
    if any(s.section is not None for s in statements):
        return None
    lines = [line for line in reading.lines if line.text.strip()]
    spans = [(g.start, g.end) for g in grids] + [(t.start, t.end) for t in timelines]
    inside = sum(any(a <= line.start < b for a, b in spans) for line in lines)
    inside = max(inside, len({row.text for row in marked.rows}) if marked else 0)
    if inside < _MOSTLY * len(lines):
        return None
    if marked is not None:
        return "ev.headache_diary"
    if any(is_of_bladder({row.measure for row in t.rows}) for t in timelines):
        return "ev.bladder_diary"
    return kinds[0] if kinds else None
