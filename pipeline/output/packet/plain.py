"""Plain text and tables of numbers laid on paper: as large as lets a page of the document be one page here.

A page that does not fit even in small print and in two columns goes on to a second one.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

from pipeline.output.packet.look import SANS, drawable
from pipeline.values.packet import Source

_SIZES = (10.0, 9.0, 8.0, 7.2)
_LEADING = 1.28
_COLUMN_GAP = 24.0
_CELL_GAP = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words on a leaf: their left edge, and their base line counted from the top."""

    x: float
    down: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A side of paper: runs of one size, and bars as left edge, top and bottom from the top."""

    size: float
    runs: tuple[Run, ...]
    bars: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """Cells with their left edges; ``row`` is the line of the text that it comes from."""

    cells: tuple[tuple[float, str], ...]
    row: int


def leaves(text: str, marks: Sequence[Source], *, table: bool, room: tuple[float, float]) -> list[Leaf]:
    """A page of text on as few leaves as can be read; ``table``: it is CSV. ``room`` is width and height in points."""
    rows = [drawable(row.expandtabs(4)).rstrip() for row in text.replace("\f", "\n").strip("\n").split("\n")]
    marked = _marked_rows(rows, marks)
    for size in _SIZES:
        for columns in (1, 2) if table else (1,):
            laid = _lines(rows, size, (room[0] - _COLUMN_GAP * (columns - 1)) / columns, table=table)
            per_column = int(room[1] // (size * _LEADING))
            if laid is not None and len(laid) <= per_column * columns:
                return [_leaf(laid, marked, size=size, columns=columns, room=room, per_column=per_column)]
    size = _SIZES[1]
    laid = _lines(rows, size, room[0], table=table) or _lines(rows, size, room[0], table=False) or []
    per_leaf = int(room[1] // (size * _LEADING))
    parts = [laid[start : start + per_leaf] for start in range(0, len(laid), per_leaf)]
    return [_leaf(part, marked, size=size, columns=1, room=room, per_column=per_leaf) for part in parts]


def _lines(rows: Sequence[str], size: float, width: float, *, table: bool) -> list[_Line] | None:
    """The rows as lines no wider than ``width``; None for a table whose columns do not fit."""
    if not table:
        return [_Line(((0.0, part),), number) for number, row in enumerate(rows) for part in _wrapped(row, size, width)]
    cells = [next(csv.reader([row]), []) for row in rows]
    count = max((len(row) for row in cells), default=0)
    widths = [
        max((stringWidth(row[i], SANS, size) for row in cells if i < len(row)), default=0.0) + _CELL_GAP
        for i in range(count)
    ]
    if sum(widths) > width:
        return None
    edges = [sum(widths[:i]) for i in range(count)]
    return [_Line(tuple(zip(edges, row, strict=False)), number) for number, row in enumerate(cells)]


def _wrapped(row: str, size: float, width: float) -> Iterator[str]:
    """A row in parts that fit; a word that is wider than the paper is cut."""
    line = ""
    for word in row.split(" "):
        longer = f"{line} {word}" if line else word
        if stringWidth(longer, SANS, size) <= width:
            line = longer
            continue
        if line:
            yield line
        line = word
        while stringWidth(line, SANS, size) > width:
            fits = next(n for n in range(len(line) - 1, 0, -1) if stringWidth(line[:n], SANS, size) <= width)
            yield line[:fits]
            line = line[fits:]
    yield line


def _leaf(
    lines: Sequence[_Line], marked: frozenset[int], *, size: float, columns: int, room: tuple[float, float],
    per_column: int,
) -> Leaf:  # fmt: skip
    step = size * _LEADING
    shift = (room[0] + _COLUMN_GAP) / columns
    runs: list[Run] = []
    bars: list[tuple[float, float, float]] = []
    for number, line in enumerate(lines):
        column, place = divmod(number, per_column)
        down = step * (place + 1)
        runs.extend(Run(x=column * shift + x, down=down, text=text) for x, text in line.cells if text)
        if line.row in marked:
            bars.append((column * shift, down - size * 0.85, down + size * 0.3))
    return Leaf(size=size, runs=tuple(runs), bars=tuple(bars))


def _marked_rows(rows: Sequence[str], marks: Sequence[Source]) -> frozenset[int]:
    """The rows that hold the words of a proof, which has no boxes in a text without geometry."""
    found: set[int] = set()
    starts: list[int] = []
    whole = ""
    for row in rows:
        starts.append(len(whole))
        whole += " ".join(row.split()) + " "
    for mark in marks:
        words = " ".join(drawable(mark.text).split())
        begin = whole.find(words) if words else -1
        if begin >= 0:
            end = begin + len(words)
            found |= {i for i, start in enumerate(starts) if start < end and begin < start + len(rows[i])}
    return frozenset(found)
