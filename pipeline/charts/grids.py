"""Tables inside a document of running text: rows of cells under heads that name medicine, dose, dates and the like."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.charts.clinical import Clinical
from pipeline.charts.dates import dates_in
from pipeline.charts.rows import Row, Table, heads_of
from pipeline.language.reading import Cell, Line, Reading, boxes_at, cells_of

_RULED = re.compile(r"[\s|:+=_-]*")
_LEAST_KNOWN = 2
"""So many heads of a table must be known columns; a line with fewer is no head."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table and the content span it stands in."""

    table: Table
    start: int
    end: int


def grids_of(reading: Reading, clinical: Clinical) -> tuple[Grid, ...]:
    """The tables of a document, in order."""
    found: list[Grid] = []
    year = _year_over(reading)
    lines = [line for line in reading.lines if line.text.strip()]
    place = 0
    while place < len(lines):
        grid, used = _grid(reading, lines[place:], clinical, year=year)
        if grid is not None:
            found.append(grid)
        place += max(used, 1)
    return tuple(found)


def _grid(reading: Reading, lines: Sequence[Line], clinical: Clinical, *, year: str | None) -> tuple[Grid | None, int]:
    """The table that begins with the first of the lines, and how many lines it has."""
    head = _cells(lines[0])
    if len(head) < 3 or any(len(cell.text) > 40 for cell in head):
        return None, 0
    heads = heads_of([cell.text for cell in head], clinical)
    if len(set(heads) & clinical.columns.keys()) < _LEAST_KNOWN or ("drug" not in heads and not _is_dated(heads)):
        return None, 0
    rows: list[Row] = []
    used = 1
    for line in lines[1:]:
        used += 1
        if _RULED.fullmatch(line.text):
            continue
        cells = _cells(line)
        if len(cells) < 2 or (line.page != lines[0].page and not cells):
            used -= 1
            break
        rows.append(
            Row(
                text=" ".join(line.text.replace("|", " ").split()),
                cells={name: _with_year(name, text, year) for name, text in _placed(cells, head, heads)},
                page=line.page,
                boxes=boxes_at(reading.text, line.start, line.end),
            )
        )
    if not rows:
        return None, 0
    return Grid(Table(columns=heads, rows=tuple(rows)), lines[0].start, lines[used - 1].end), used


def _year_over(reading: Reading) -> str | None:
    """The year of the one month that the first lines name: "Headache diary, February 2026"."""
    months = {d.iso for line in reading.lines[:_TITLE_LINES] for d in dates_in(line.text) if len(d.iso) == 7}
    return next(iter(months))[:4] if len(months) == 1 else None


def _with_year(column: str, text: str, year: str | None) -> str:
    """A cell of days with the year that only the title has."""
    return f"{text}/{year}" if year and column == "fill" and _DAY_ALONE.fullmatch(text) else text


_TITLE_LINES = 6
_DAY_ALONE = re.compile(r"\d{1,2}/\d{1,2}")


def _is_dated(heads: Sequence[str]) -> bool:
    return bool({"fill", "month", "period"} & set(heads))


def _cells(line: Line) -> tuple[Cell, ...]:
    """The cells of a line; between bars an empty cell is a cell, and elsewhere two blanks part as well as three."""
    if line.text.count("|") >= 2:
        bars = line.text.strip().strip("|")
        place = line.start + line.text.index(bars)
        cells = []
        for part in bars.split("|"):
            cells.append(Cell(start=place, end=place + len(part), text=part.strip(" *"), left=place, right=place))
            place += len(part) + 1
        return tuple(cells)
    if len(line.cells) >= 3 and any(cell.left != cell.start - line.start for cell in line.cells):
        return line.cells  # with the geometry of a page
    return cells_of(re.sub(r" {2,}", lambda m: m[0] if len(m[0]) > 2 else "\t" + " ", line.text), line.start, ())


def _placed(cells: Sequence[Cell], head: Sequence[Cell], heads: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The cells by column: in turn where none is left out, else each under the head it stands below."""
    if len(cells) == len(head):
        yield from ((name, cell.text) for name, cell in zip(heads, cells, strict=True))
        return
    for cell in cells:
        nearest = min(range(len(head)), key=lambda n: abs(head[n].left - cell.left))
        yield heads[nearest], cell.text
