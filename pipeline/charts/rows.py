"""Rows of a table under heads whose meaning is known, and the making of a fact that rests on one row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.charts.clinical import Clinical
from pipeline.charts.dates import dates_in
from pipeline.values.chart import Context, Fact, FactKind
from pipeline.values.text import Box


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its text, its cells by column, and its place."""

    text: str
    cells: dict[str, str]
    page: int = 1
    boxes: tuple[Box, ...] = ()

    def get(self, column: str) -> str:
        """The cell of a column; empty where there is none, or a dash for none."""
        words = self.cells.get(column, "").strip()
        return "" if words in {"-", "--", "n/a", "N/A", "none recorded"} else words

    def day(self, *columns: str) -> date | None:
        """The first whole day that one of the columns holds."""
        for column in columns:
            found = dates_in(self.cells.get(column, ""))
            if found and len(found[0].iso) == 10:
                return date.fromisoformat(found[0].iso)
        return None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns by meaning (``models/charts/columns.yaml``; an unknown head stays as written), its rows.

    ``above`` are the lines that stand over its heads: a title, whose it is. ``a_day``: each row is the count of a day.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    above: tuple[str, ...] = ()
    a_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Where a table stands: its file, and the day its document is of. ``of_the_past``: a sheet of what was tried."""

    file_name: str
    recorded: str | None
    clinical: Clinical
    of_the_past: bool = False


def heads_of(heads: Sequence[str], clinical: Clinical) -> tuple[str, ...]:
    """The meaning of each head of a table; a scale's name stands for itself, an unknown head as written.

    Two columns of one meaning cannot both hold it: the later keeps its words.
    """
    found: list[str] = []
    for head in heads:
        meaning = meaning_of(head, clinical)
        found.append(meaning if meaning not in found else head.casefold())
    return tuple(found)


def meaning_of(head: str, clinical: Clinical) -> str:
    """The id of the column or the scale that a head or a label names; else the words, plain."""
    head = " ".join(head.casefold().replace("_", " ").strip(" *:?#").split())
    scale = next(
        (s.id for s in clinical.scales.values() if any(head.startswith(p.casefold()) for p in s.phrases)), None
    )
    if scale is not None:
        return scale
    columns = clinical.columns.values()
    fits = [(len(b), column.id) for column in columns for b in column.begins if head.startswith(b)]
    fits += [(len(head), column.id) for column in columns if head in column.whole]
    return max(fits)[1] if fits else head


def row_fact(
    sheet: Sheet, row: Row, kind: FactKind, *, confidence: float = 0.9, context: Context | None = None, **fields: Any
) -> Fact:
    """A fact that rests on one row."""
    return Fact(
        kind=kind,
        context=context,
        negated=context is Context.NEGATED,
        date=fields.pop("date", None) or sheet.recorded,
        recorded=sheet.recorded,
        file_name=sheet.file_name,
        page=row.page,
        text=fields.pop("text", None) or row.text,
        boxes=row.boxes,
        confidence=confidence,
        **fields,
    )
