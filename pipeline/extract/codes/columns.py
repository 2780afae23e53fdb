"""Codes in tables: which heading stands over a cell."""

import re
from collections.abc import Iterator

from pipeline.language.reading import Cell, Line, Reading

# How many lines below its heading a cell may stand.
_DEPTH = 25
# Points, or characters where the page has no geometry.
_SLACK = 6.0


def under_heading(reading: Reading, heading: re.Pattern[str]) -> Iterator[Cell]:
    """The cells that stand under a heading cell which matches, down to the next empty stretch."""
    for number, line in enumerate(reading.lines):
        if len(line.cells) < 2:
            continue
        for cell in line.cells:
            if heading.search(cell.text) and not any(ch.isdigit() for ch in cell.text):
                yield from _below(reading, cell, start=number + 1)


def _below(reading: Reading, head: Cell, *, start: int) -> Iterator[Cell]:
    empty = 0
    for line in reading.lines[start : start + _DEPTH]:
        if not line.cells:
            empty += 1
            if empty > 2:
                return
            continue
        empty = 0
        cell = _overlapping(line, head)
        if cell is not None:
            yield cell


def _overlapping(line: Line, head: Cell) -> Cell | None:
    """The cell that stands under the heading: the one it overlaps most, else the nearest within the slack."""
    best: tuple[float, Cell] | None = None
    for cell in line.cells:
        shared = min(cell.right, head.right) - max(cell.left, head.left)
        if shared > -_SLACK and (best is None or shared > best[0]):
            best = (shared, cell)
    return best[1] if best else None
