"""Tables that a plain text file draws with strokes: their cells are set under each other, as a reader sees them.

Whatever looks for the heading of a column looks above it; in a table whose rows were typed without care for that
(Markdown allows it) only the count of strokes says what belongs together. Nothing is changed but blanks behind a cell.
"""

from itertools import groupby

_STROKE = "|"
_FEWEST_STROKES, _FEWEST_ROWS = 2, 2


def straightened(content: str) -> str:
    r"""The text with the cells of its tables under each other.

    >>> straightened("Code | Paid | Note\n99213-25 | 0.00 | x")
    'Code     | Paid | Note\n99213-25 | 0.00 | x'
    """
    if content.count(_STROKE) < _FEWEST_STROKES * _FEWEST_ROWS:
        return content
    lines: list[str] = []
    for strokes, group in groupby(content.split("\n"), key=_strokes):
        rows = list(group)
        lines += _laid(rows) if strokes >= _FEWEST_STROKES and len(rows) >= _FEWEST_ROWS else rows
    return "\n".join(lines)


def _strokes(line: str) -> int:
    """How many strokes part a line; a line that begins a page stands in no table of the page before."""
    return 0 if "\f" in line else line.count(_STROKE)


def _laid(rows: list[str]) -> list[str]:
    cells = [row.split(_STROKE) for row in rows]
    widths = [max(len(row[place]) for row in cells) for place in range(len(cells[0]) - 1)]
    return [
        _STROKE.join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        for row in cells
    ]  # fmt: skip
