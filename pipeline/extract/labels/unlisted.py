"""Labels that no list has, wherever their value stands: their words and the value's shape say what they announce."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.extract.grid import aligned, beneath_by_place, under
from pipeline.extract.labels.labelled import How, Labelled
from pipeline.extract.labels.meaning import UNTOLD, Meant, meant, meant_beside, sort_of
from pipeline.extract.labels.words import LabelPattern
from pipeline.knowledge.fields import Shape
from pipeline.knowledge.roles import LabelRole, Sort
from pipeline.language import Reading
from pipeline.language.reading import Cell, Line

OWN_LABEL = re.compile(r"[A-Z][A-Za-z'’. /#-]{1,40}(?::|\.{3,}| (?=`|\*\*[A-Z\d]))")
WIDE = re.compile(r"\s{2,}(?=\S)")
_APART = re.compile(r"\s{2,}(?=\S)|\s[/|·•]\s(?=[A-Z][a-z]+ (?:`|\*\*))")
_DAYS = frozenset({Shape.DATE, Shape.DATES})
_NUMBERS = frozenset({Shape.ID, Shape.NPI, Shape.TIN})
_NUMBERED = re.compile(r"[A-Za-z][A-Za-z '’]{2,30} (?:no|number|id)\b\.?:?", re.IGNORECASE)
_LONGEST = 42
_FEWEST_OF_A_TABLE = 3
_FIRST_LINES = 4
_PILE = (-6, -4, -2, 2, 4, 6)
_SAME_LEFT = 3.0


def misfits(value: str, shape: Shape) -> bool:
    """Whether a field of that shape never has such a value: a day behind "Service:", a name behind "Member no."."""
    sort = sort_of(value)
    if sort is Sort.NAME and shape in _NUMBERS:
        return not any(ch.isdigit() for ch in value)
    return (sort is Sort.DATE and shape not in _DAYS) or (sort is Sort.SUM and shape is not Shape.MONEY)


def unlisted(
    reading: Reading,
    line: Line,
    cells: tuple[Cell, ...],
    *,
    index: int,
    known: LabelPattern,
    roles: Sequence[LabelRole],
) -> list[Labelled]:
    """What a label that no list has announces: in its cell, in the one beside it or in the one below it."""
    return [
        one
        for one in _unlisted(reading, line, cells, index=index, known=known, roles=roles)
        if one.field not in UNTOLD.values() or not known.whole(one.label)
    ]


def _unlisted(
    reading: Reading,
    line: Line,
    cells: tuple[Cell, ...],
    *,
    index: int,
    known: LabelPattern,
    roles: Sequence[LabelRole],
) -> list[Labelled]:
    cell = cells[index]
    if beside_two := _over_two_rows(reading, line, cells, index=index, roles=roles):
        return beside_two
    out = [
        _guess(one, How.COLON, (cell.start + begin + one.start, cell.start + begin + len(piece)), line)
        for begin, piece in pieces(cell.text)
        for one in meant(piece, roles)
    ]
    if right := _beside(cells, index):
        if not known.whole(right.text) and not (sort_of(right.text) is Sort.DATE and _heads(reading, line)):
            lead = len(right.text) - len(right.text.lstrip(" :="))
            beside = meant_beside(cell.text, right.text[lead:], roles)
            out += [_guess(one, How.NEXT_CELL, (right.start + lead, right.end), line) for one in beside]
    elif not out and (below := _below(reading, line, cells, index=index, known=known)):
        row, value = below
        found = meant_beside(cell.text, value.text, roles)
        out = [_guess(one, How.BELOW, (value.start, value.end), row) for one in found]
    return out


def _over_two_rows(
    reading: Reading, line: Line, cells: tuple[Cell, ...], *, index: int, roles: Sequence[LabelRole]
) -> list[Labelled]:
    """What a label announces whose last words, with its colon, stand in the next row: "Charge Not", "Covered:"."""
    cell = cells[index]
    if index + 1 >= len(cells) or ":" in cell.text or not _may_be_label(cell.text):
        return []
    below = aligned(reading, line, cell, next_only=True)
    if below is None or not below.text.rstrip().endswith(":") or not _may_be_label(below.text):
        return []
    right = cells[index + 1]
    words = f"{cell.text.strip()} {below.text.strip()}"
    return [
        _guess(one, How.NEXT_CELL, (right.start, right.end), line) for one in meant_beside(words, right.text, roles)
    ]


def _guess(one: Meant, how: How, span: tuple[int, int], line: Line) -> Labelled:
    return Labelled(
        field=one.field, label=one.label, weak=False, how=how, start=span[0], end=span[1], line=line, guessed=True
    )


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """A cell, and the parts behind a wide blank in it that have a label of their own: "Pt: Doe  Clm no....77"."""
    cuts = [m.end() for m in _APART.finditer(text) if OWN_LABEL.match(text, m.end())]
    edges = [0, *cuts, len(text)]
    for begin, end in pairwise(edges):
        yield begin, text[begin:end].rstrip()


def _beside(cells: tuple[Cell, ...], index: int) -> Cell | None:
    """The value's cell in a row of label and value, or of several such pairs."""
    if index + 1 >= len(cells):
        return None
    right = cells[index + 1]
    if _NUMBERED.fullmatch(cells[index].text.strip()) and sort_of(right.text) is Sort.NUMBER:
        return right
    if index % 2 or len(cells) % 2:
        return None
    if len(cells) == 2:
        return right
    labels_alone = all(_may_be_label(cell.text) for cell in cells[::2])
    telling = cells[index].text.rstrip().endswith(":") or any(ch.isdigit() for ch in right.text)
    return right if labels_alone and telling else None


def _heads(reading: Reading, line: Line) -> bool:
    """Whether a line is of the letterhead: the sender's name or a heading stands in it, beside the letter's day."""
    above = reading.lines[: line.number]
    return line.number < _FIRST_LINES and all(len(one.cells) == 1 and ":" not in one.text for one in above)


def _may_be_label(text: str) -> bool:
    return len(text) <= _LONGEST and not any(ch.isdigit() for ch in text)


def _below(
    reading: Reading, line: Line, cells: tuple[Cell, ...], *, index: int, known: LabelPattern
) -> tuple[Line, Cell] | None:
    """The value under a heading of a table with one row, or under a label of a pile of labels and values."""
    if not all(_may_be_label(cell.text) for cell in cells):
        return None
    if len(cells) == 1:
        return _piled(reading, line, known)
    if len(cells) < _FEWEST_OF_A_TABLE:
        return None
    if by_place := beneath_by_place(reading, line, cells, index=index):
        return by_place
    rows = list(under(reading, line, cells[index], single=False))
    return rows[0] if len(rows) == 1 and any(ch.isdigit() for ch in rows[0][0].text) else None


def _piled(reading: Reading, line: Line, known: LabelPattern) -> tuple[Line, Cell] | None:
    """The line under a label that stands alone in its line, where every other line around it is a known label."""
    value = _lone(reading, line.number + 1, line)
    around = [_lone(reading, line.number + step, line) for step in _PILE]
    labels = [found for found in around if found and known.whole(found[1].text)]
    if value is None or len(labels) < 2 or known.whole(value[1].text):
        return None
    return value


def _lone(reading: Reading, number: int, beside: Line) -> tuple[Line, Cell] | None:
    """The only cell of a line, where it begins under that of another line of the page."""
    if not 0 <= number < len(reading.lines):
        return None
    row = reading.lines[number]
    if row.page != beside.page or len(row.cells) != 1 or abs(row.cells[0].left - beside.cells[0].left) > _SAME_LEFT:
        return None
    return row, row.cells[0]
