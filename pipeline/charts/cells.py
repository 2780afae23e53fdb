"""The cells of one line of a table, and the column that each stands in."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.charts.clinical import Clinical
from pipeline.language.reading import Cell, Line, cells_of


def row_cells(line: Line) -> tuple[Cell, ...]:
    """The cells of a line; between bars an empty cell is a cell, and elsewhere two blanks part as well as three."""
    if line.text.count("|") >= 2:
        bars = line.text.strip().strip("|")
        place = line.start + line.text.index(bars)
        cells = []
        for part in bars.split("|"):
            cells.append(
                Cell(
                    start=place,
                    end=place + len(part),
                    text=part.strip(" *"),
                    left=place - line.start,
                    right=place - line.start + len(part),
                )
            )
            place += len(part) + 1
        return tuple(cells)
    if len(line.cells) >= 2 and any(cell.left != cell.start - line.start for cell in line.cells):
        return line.cells  # with the geometry of a page
    return cells_of(re.sub(r" {2,}", lambda m: m[0] if len(m[0]) > 2 else "\t" + " ", line.text), line.start, ())


def labelled(lines: Iterable[Line]) -> list[str]:
    """The pairs of a short label in one cell and a value in the next one, as "label: value".

    >>> from pipeline.language.zones import Zone
    >>> line = "Patient            Corwin Estabrook"
    >>> labelled([Line(number=0, start=0, end=35, page=1, text=line, cells=(), zone=Zone.BODY)])
    ['Patient: Corwin Estabrook']
    """
    found = []
    for line in lines:
        for label, value in pairwise(row_cells(line)):
            if _LABEL.fullmatch(label.text) and value.text and not value.text.endswith(":"):
                found.append(f"{label.text}: {value.text}")
    return found


_LABEL = re.compile(r"[A-Za-z][A-Za-z/()&' -]{1,30}")


def column_of(cell: Cell, heads: Sequence[Cell]) -> int:
    """The head that a cell stands below: the one whose left, right or middle is nearest to its own."""
    return min(range(len(heads)), key=lambda n: _apart(cell, heads[n]))


def _apart(one: Cell, other: Cell) -> float:
    middles = abs((one.left + one.right) - (other.left + other.right)) / 2
    return min(abs(one.left - other.left), abs(one.right - other.right), middles)


def scale_over(lines: Sequence[Line], clinical: Clinical) -> str | None:
    """The one scale that the nearest line above, or the head itself, names."""
    for line in reversed(lines):
        text = line.text.casefold()
        named = {
            scale.id
            for scale in clinical.scales.values()
            if any(re.search(rf"(?<!\w){re.escape(p.casefold())}(?!\w)", text) for p in scale.phrases)
        }
        if named:
            return named.pop() if len(named) == 1 else None
    return None
