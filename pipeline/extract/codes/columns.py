"""Codes in tables: which heading stands over a cell."""

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.grid import columns, set_under
from pipeline.language.reading import Cell, Reading

# How many lines below its heading a cell may stand.
_DEPTH = 25
# Points, or characters where the page has no geometry.
_SLACK = 6.0


_WORDS = re.compile(r"\b[a-z]{2,}\b")
_WORDS_OF_PROSE = 4
"""Words in small letters with which a line of one cell is running text, behind the table."""


def under_heading(reading: Reading, heading: re.Pattern[str]) -> Iterator[Cell]:
    """The cells that stand under a heading cell which matches, down to the next empty stretch or running text.

    A cell that ends with a colon announces the one beside it and heads no column.
    """
    for column in columns_under(reading, heading):
        yield from column


def columns_under(reading: Reading, heading: re.Pattern[str]) -> Iterator[Iterator[Cell]]:
    """The same, a column a heading."""
    for number, line in enumerate(reading.lines):
        if len(line.cells) < 2:
            continue
        cells = columns(reading, line)
        for place, cell in enumerate(cells):
            announces = cell.text.rstrip().endswith(":") and place + 1 < len(cells)
            if heading.search(cell.text) and not announces and not any(ch.isdigit() for ch in cell.text):
                yield below(reading, cell, start=number + 1, heading=cells)


def below(reading: Reading, head: Cell, *, start: int, heading: tuple[Cell, ...]) -> Iterator[Cell]:
    """The cells under one of a row's cells (``heading``), from the line number ``start`` on."""
    empty = 0
    for line in reading.lines[start : start + _DEPTH]:
        if not line.cells:
            empty += 1
            if empty > 2:
                return
            continue
        if len(line.cells) == 1 and len(_WORDS.findall(line.text)) >= _WORDS_OF_PROSE:
            return
        empty = 0
        cell = _overlapping(set_under(reading, line, heading), head)
        if cell is not None:
            yield cell


def _overlapping(cells: Sequence[Cell], head: Cell) -> Cell | None:
    """The cell that stands under the heading: the one it overlaps most, else the nearest within the slack."""
    best: tuple[float, Cell] | None = None
    for cell in cells:
        shared = min(cell.right, head.right) - max(cell.left, head.left)
        if shared > -_SLACK and (best is None or shared > best[0]):
            best = (shared, cell)
    return best[1] if best else None
