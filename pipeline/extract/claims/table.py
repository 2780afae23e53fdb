"""The heading of a table of service lines: which column stands where, and which one a piece of a row stands under."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile

from pipeline.extract.grid import columns, ruled
from pipeline.knowledge.claim_columns import ClaimColumn, headings
from pipeline.language import Reading
from pipeline.language.reading import Cell, Line, page_at

MONEY_COLUMNS = ("billed", "allowed", "paid", "denied", "patient", "other_money")
_DIGIT = re.compile(r"\d")
_LEAST_COLUMNS = 3
_LEAST_COVERED = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: the id of its heading, the heading as printed, and where it stands across the page."""

    id: str
    label: str
    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The columns of a table, from left to right; ``last`` is the number of the heading's last line."""

    columns: tuple[Column, ...]
    last: int

    def nearest(self, left: float, right: float, ids: Sequence[str] = ()) -> Column | None:
        """The column that a piece of a row stands under, of those with one of the ids."""
        able = [c for c in self.columns if not ids or c.id in ids]
        return min(able, key=lambda c: _distance(c, left, right), default=None)

    def of(self, *ids: str) -> list[Column]:
        """The columns with one of the ids."""
        return [c for c in self.columns if c.id in ids]


def _distance(column: Column, left: float, right: float) -> float:
    """How far a piece stands from a column: by the edge or middle that fits best, whichever way it is set."""
    middle = abs((left + right) / 2 - (column.left + column.right) / 2)
    return min(abs(left - column.left), abs(right - column.right), middle)


def heading_at(reading: Reading, line: Line, known: tuple[ClaimColumn, ...]) -> Heading | None:
    """The heading of a table of service lines that begins in this line, on one line or two."""
    alone = _columns(reading, _pieces(reading, line), known)
    lower = reading.lines[line.number + 1] if line.number + 1 < len(reading.lines) else None
    if lower is not None and lower.cells and lower.page == line.page and not ruled(lower) and not _figures(lower.text):
        over_two = _columns(reading, _merged(_pieces(reading, line), _pieces(reading, lower)), known)
        if over_two and len({c.id for c in over_two}) >= len({c.id for c in alone or ()}):
            # "Provider   Foothills Clinic" above a whole heading is no part of it.
            below = _columns(reading, _pieces(reading, lower), known)
            same = below is not None and _telling(over_two) <= _telling(below)
            return Heading(columns=below if same and below else over_two, last=lower.number)
    return Heading(columns=alone, last=line.number) if alone else None


def _telling(found: Sequence[Column]) -> set[str]:
    return {column.id for column in found} - {"other"}


def _figures(text: str) -> bool:
    return bool(_DIGIT.search(text))


def _pieces(reading: Reading, line: Line) -> list[Cell]:
    return list(columns(reading, line))


def _merged(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[Cell]:
    """Each cell with what stands under it, as one heading."""
    out = list(upper)
    for cell in lower:
        over = next((n for n, c in enumerate(out) if c.left < cell.right and c.right > cell.left), None)
        if over is None:
            out.append(cell)
            continue
        head = out[over]
        out[over] = Cell(
            start=head.start, end=head.end, text=f"{head.text} {cell.text}",
            left=min(head.left, cell.left), right=max(head.right, cell.right),
        )  # fmt: skip
    return sorted(out, key=lambda c: c.left)


def _columns(reading: Reading, cells: Sequence[Cell], known: tuple[ClaimColumn, ...]) -> tuple[Column, ...] | None:
    """The columns of a row of cells, where it is a heading of service lines; cells before its first one are not."""
    if len(cells) < _LEAST_COLUMNS:
        return None
    cells = list(dropwhile(lambda cell: not headings(cell.text, known), cells))
    text = " ".join(cell.text for cell in cells)
    if len(cells) < _LEAST_COLUMNS or re.search(r"\d{3}|\$\d", text):
        return None
    found: list[Column] = []
    covered = 0
    for cell in cells:
        hits = headings(cell.text, known)
        covered += sum(end - start for _, start, end in hits)
        found.extend(_column(reading, cell, hit, alone=len(hits) == 1) for hit in hits)
    ids = {column.id for column in found}
    letters = sum(not ch.isspace() for ch in text)
    telling = len(ids) >= _LEAST_COLUMNS and ids & {"code", "date", "from"} and ids & {*MONEY_COLUMNS, "adjustment"}
    return tuple(found) if telling and covered >= _LEAST_COVERED * letters else None


def _column(reading: Reading, cell: Cell, hit: tuple[str, int, int], *, alone: bool) -> Column:
    name, start, end = hit
    label = cell.text[start:end]
    if alone:
        return Column(id=name, label=label, left=cell.left, right=cell.right)
    left, right = across(reading, cell.start + start, cell.start + end)
    return Column(id=name, label=label, left=left, right=right)


def across(reading: Reading, start: int, end: int) -> tuple[float, float]:
    """Where a content span stands across the page: points, or characters in a plain-text file."""
    page = page_at(reading.text, start)
    boxes = [w.box for w in page.words if w.start < end and w.end > start]
    if boxes:
        return min(b.x0 for b in boxes), max(b.x1 for b in boxes)
    begin = max(reading.text.content.rfind("\n", 0, start), reading.text.content.rfind("\f", 0, start)) + 1
    return float(start - begin), float(end - begin)
