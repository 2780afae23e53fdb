"""Where cells stand to each other: columns of a line, the cell under a cell, a line and its wrap."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.extract.labels.words import LabelPattern, ending_alone
from pipeline.language import Reading
from pipeline.language.reading import Cell, Line, page_at
from pipeline.values.text import Method

_TWO_BLANKS = re.compile(r" {2,}")
_SLACK = 3.0
_COVERED = 30.0
"""Points of a line's beginning that a stamp may cover."""
_COLUMNS_OF_A_TABLE = 4
_ROWS = 12
_LONG_LINE = 40
_BLOCK = 8
_LONGEST_HEADING = 60
_NEAR_ROWS = 5
PROVIDERS_BLOCK = re.compile(r"\b(?:provider|facility|physician|prescriber|practitioner|requestor)\b", re.IGNORECASE)
"""What the heading of a block says whose labels, as "Name:", speak of the provider."""


def columns(reading: Reading, line: Line) -> tuple[Cell, ...]:
    """The cells of a line; in a plain-text file two blanks part the columns of a line that has three of them."""
    if len(line.cells) < 2 or page_at(reading.text, line.start).words:
        return line.cells
    fine = tuple(piece for cell in line.cells for piece in _pieces(cell))
    return fine if len(fine) > 2 else line.cells


def _pieces(cell: Cell) -> Iterator[Cell]:
    place = 0
    for gap in [*_TWO_BLANKS.finditer(cell.text), None]:
        upto = gap.start() if gap else len(cell.text)
        yield Cell(
            start=cell.start + place, end=cell.start + upto, text=cell.text[place:upto],
            left=cell.left + place, right=cell.left + upto,
        )  # fmt: skip
        place = gap.end() if gap else upto


def set_under(reading: Reading, row: Line, heading: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The cells of a row of a plain-text table, parted where a column of its heading begins right behind a blank.

    A table set in columns of a fixed width leaves one blank beside a value that fills its column.
    """
    cells = columns(reading, row)
    fixed = len(heading) >= _COLUMNS_OF_A_TABLE and not page_at(reading.text, row.start).words
    if not fixed or not _lines_up(cells, heading):
        return cells
    starts = sorted(cell.left for cell in heading)
    out: list[Cell] = []
    for cell in cells:
        cuts = [int(x - cell.left) for x in starts if cell.left < x < cell.right]
        cuts = [cut for cut in cuts if cell.text[cut - 1] == " " and cell.text[cut] != " "]
        for begin, end in pairwise([0, *cuts, len(cell.text)]):
            text = cell.text[begin:end].rstrip()
            out.append(
                Cell(
                    start=cell.start + begin, end=cell.start + begin + len(text), text=text,
                    left=cell.left + begin, right=cell.left + begin + len(text),
                )
            )  # fmt: skip
    return tuple(out)


def _lines_up(cells: tuple[Cell, ...], heading: tuple[Cell, ...]) -> bool:
    """Whether most columns of a heading have a cell of the row that begins or ends where they do."""
    edges = [any(abs(c.left - h.left) < 1 or abs(c.right - h.right) < 1 for c in cells) for h in heading]
    return sum(edges) * 2 > len(heading)


def ruled(line: Line) -> bool:
    """Whether a line is a rule drawn with characters."""
    return bool(line.cells) and not any(ch.isalnum() for ch in line.text)


def under(reading: Reading, line: Line, cell: Cell, *, single: bool) -> Iterator[tuple[Line, Cell]]:
    """Cells under ``cell`` in the lines that follow without a gap of more than one empty line; several for a table."""
    gaps = 0
    for row in reading.lines[line.number + 1 : line.number + (4 if single else _ROWS)]:
        if row.page != line.page:
            return
        if not row.cells:
            gaps += 1
            if gaps > 1:
                return
            continue
        if ruled(row):
            continue
        cells = set_under(reading, row, columns(reading, line))
        beneath = [c for c in cells if c.left < cell.right + 4 and c.right > cell.left - 4]
        if single and not beneath:
            continue  # the row belongs to the column beside
        if not beneath or (not single and len(cells) < 2):
            return
        yield row, max(beneath, key=lambda c: min(c.right, cell.right) - max(c.left, cell.left))


def beneath_by_place(reading: Reading, line: Line, cells: tuple[Cell, ...], *, index: int) -> tuple[Line, Cell] | None:
    """The cell of the next row in the same place of a plain-text table whose columns do not line up.

    Both rows have as many cells, three at least, and the one of values shows it by a digit; of several such rows none
    is the letter's.
    """
    if len(cells) < 3 or page_at(reading.text, line.start).words or any(c.isdigit() for c in line.text):
        return None
    row = next((r for r in reading.lines[line.number + 1 : line.number + 3] if r.cells and not ruled(r)), None)
    below = columns(reading, row) if row is not None else ()
    if row is not None and set_under(reading, row, cells) != below:
        return None  # it stands in columns of a fixed width
    if row is None or len(below) != len(cells) or ":" in row.text or not any(c.isdigit() for c in row.text):
        return None
    after = reading.lines[row.number + 1] if row.number + 1 < len(reading.lines) else None
    if after is not None and len(columns(reading, after)) == len(cells):
        return None
    return row, below[index]


def aligned(reading: Reading, line: Line, cell: Cell, *, next_only: bool = False) -> Cell | None:
    """The cell of the next two rows (or the next alone) that begins where ``cell`` begins."""
    for row in reading.lines[line.number + 1 : line.number + (2 if next_only else 3)]:
        if row.page == line.page and row.cells and not ruled(row):
            found = next((c for c in columns(reading, row) if abs(c.left - cell.left) < _SLACK), None)
            if found is not None:
                return found
    return None


def stacked(
    reading: Reading, line: Line, cells: tuple[Cell, ...], *, cell: Cell, known: LabelPattern
) -> tuple[Line, Cell] | None:
    """The cell right under a label in a column of labels and values, where the text beside is another column."""
    if len(cells) < 2 or not page_at(reading.text, line.start).words:
        return None
    rows = [r for r in reading.lines[line.number + 1 : line.number + 4] if r.page == line.page and r.cells]
    beneath = [next(((r, c) for c in r.cells if abs(c.left - cell.left) < _SLACK), None) for r in rows]
    first = beneath[0] if beneath else None
    if first is None or known.whole(first[1].text) or ending_alone(first[1].text) or first[1].text.endswith(":"):
        return None
    if under_label(reading, line, cell, known=known):
        return None
    return first if any(b and known.whole(b[1].text) for b in beneath[1:]) else None


def under_label(reading: Reading, line: Line, cell: Cell, *, known: LabelPattern) -> bool:
    """Whether ``cell`` stands in a column of labels that have their values beside them.

    The row above has a label right over it, or two rows near it have one right under the other, each with a cell of
    its own beside it: in a column where labels and values take turns no label stands right under a label.
    """
    numbers = range(max(0, line.number - _NEAR_ROWS), min(len(reading.lines), line.number + _NEAR_ROWS + 1))
    labels = [n for n in numbers if _is_label_beside(reading.lines[n], line, cell, known)]
    return line.number - 1 in labels or any(b - a == 1 for a, b in pairwise(n for n in labels if n != line.number))


def _is_label_beside(row: Line, line: Line, cell: Cell, known: LabelPattern) -> bool:
    """Whether a row has a known label where ``cell`` begins, and another cell beside it."""
    if row.page != line.page:
        return False
    found = next((c for c in row.cells[:-1] if abs(c.left - cell.left) < _SLACK), None)
    return found is not None and known.whole(found.text) is not None


def block_heading(reading: Reading, line: Line, offset: int) -> str:
    """The heading of the block of labelled lines that an offset stands in: the nearest cell above without a colon."""
    cell = next((c for c in line.cells if c.start <= offset <= c.end), None)
    place = line.cells.index(cell) if cell else 0
    for row in reversed(reading.lines[max(0, line.number - _BLOCK) : line.number]):
        if row.page != line.page or not row.cells:
            return ""
        above = row.cells[min(place, len(row.cells) - 1)]
        if ":" not in row.text:
            heads = len(above.text) <= _LONGEST_HEADING and not above.text[:1].islower()
            return above.text if heads else ""
    return ""


def across_gap(reading: Reading, line: Line) -> tuple[str, int] | None:
    """A line of running text with the line it goes on in, and the place of the wrap; offsets are those of the line."""
    if len(line.cells) != 1 or len(line.text.strip()) < _LONG_LINE or line.number + 1 >= len(reading.lines):
        return None
    following = reading.lines[line.number + 1]
    if not following.cells or following.page != line.page:
        return None
    first = following.cells[0]
    if len(following.cells) > 1:  # a stamp lies on the line it goes on in
        scanned = page_at(reading.text, line.start).method is not Method.TEXT
        if not scanned or abs(first.left - line.cells[0].left) > _COVERED:
            return None
    end = first.end if len(following.cells) > 1 else following.end
    text = reading.text.content[line.start : end].replace("\n", " ")
    return text, line.end - line.start


def left_of(reading: Reading, offset: int) -> float:
    """Where the word at an offset begins across the page: points, or characters in a plain-text file."""
    page = page_at(reading.text, offset)
    for word in page.words:
        if word.start <= offset < word.end:
            return word.box.x0
    return float(offset - reading.text.content.rfind("\n", 0, offset) - 1)


def continued(reading: Reading, start: int, end: int, *, known: LabelPattern, most: int = 3) -> list[Cell]:
    """The cells in which a value goes on: under its own beginning, in rows that announce nothing new there."""
    left = left_of(reading, start)
    line = next(row for row in reading.lines if row.start <= start <= row.end)
    slack = _SLACK if page_at(reading.text, start).words else 2.0
    found: list[Cell] = []
    for row in reading.lines[line.number + 1 : line.number + 1 + most]:
        if row.page != line.page or not row.cells or ruled(row):
            break
        cells = columns(reading, row)
        cell = next((c for c in cells if abs(c.left - left) <= slack), None)
        if cell is None or ":" in cell.text or known.whole(cell.text):
            break
        before = [c for c in cells if c.right <= cell.left]
        if before and not ending_alone(before[-1].text) and known.whole(before[-1].text):
            break
        found.append(cell)
    return found
