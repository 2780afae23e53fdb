"""Rows of values parted by commas, semicolons or strokes under a line that names the columns (CSV).

Tabs part the cells of every page (``language/reading``); columns that they make are read as those of any table.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.labels.meaning import UNTOLD, meant_beside
from pipeline.extract.labels.records.coded import code_field
from pipeline.extract.labels.records.entry import Entry, Named, announced
from pipeline.extract.labels.words import LabelPattern
from pipeline.knowledge.roles import LabelRole

_NAME = re.compile(r"(?!\w*\d{3})[A-Za-z][\w #./()-]{0,30}")
_TABLE = re.compile(r"^[ \t]*\|.*\|[ \t]*\n[ \t]*\|(?:[ ]*:?-+:?[ ]*\|)+[ \t]*(?:\n[ \t]*\|.*)+", re.M)
_ROW = re.compile(r"^.*$", re.M)
_CELL = re.compile(r"(?<=\|)[^|\n]*(?=\|)")
_FEWEST_COLUMNS, _FEWEST_KNOWN = 4, 3
_MANY = frozenset({"dates_of_service"})
"""Fields that may have a value of each row."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows announce, and where they stand: no label in them has its value beside or under it.

    ``named`` are all their cells, those of tables with their own strokes too (``| CPT | Dx |``).
    """

    entries: tuple[Entry, ...]
    spans: tuple[tuple[int, int], ...]
    named: tuple[Named, ...]


def rows(text: str, *, known: LabelPattern, roles: Sequence[LabelRole]) -> Rows:
    """The values of rows under a line of column names; a value that differs from row to row is nobody's scalar."""
    found: list[Entry] = []
    spans: list[tuple[int, int]] = []
    named: list[Named] = list(_of_strokes(text))
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        mark = _mark(text[start:end])
        heading = _row(text, start, mark) if mark else None
        if mark and heading and _names_columns([text[a:b] for a, b in heading[0]], known, roles):
            body, last = _body(text, heading[1], mark, len(heading[0]))
            if body:
                found += _entries(text, heading[0], body, known=known, roles=roles)
                named += _named(text, heading[0], body)
                spans.append((start, last))
                end = max(end, last - 1)
        start = end + 1
    return Rows(tuple(found), tuple(spans), tuple(named))


def _named(text: str, heading: Sequence[tuple[int, int]], body: Sequence[Sequence[tuple[int, int]]]) -> Iterator[Named]:
    for row in body:
        for (start, end), cell in zip(heading, row, strict=False):
            if cell[0] < cell[1]:
                yield Named(text[start:end].strip(" *_"), "", row[0][0], *cell)


def _of_strokes(text: str) -> Iterator[Named]:
    """The cells of tables whose rows begin and end with a stroke, by the names over the rule under their first row."""
    for table in _TABLE.finditer(text):
        heading, _, *body = (
            [cell.span() for cell in _CELL.finditer(text, *row.span())] for row in _ROW.finditer(text, *table.span())
        )
        yield from _named(text, heading, [row for row in body if row])


def _mark(line: str) -> str:
    """What parts the columns of a line of names."""
    if line.lstrip().startswith("|"):
        return ""  # a table with its own strokes
    best = max(",;|", key=line.count)
    return best if line.count(best) >= _FEWEST_COLUMNS - 1 else ""


def _names_columns(names: Sequence[str], known: LabelPattern, roles: Sequence[LabelRole]) -> bool:
    if len(names) < _FEWEST_COLUMNS or not all(_NAME.fullmatch(name) for name in names):
        return False
    told = [known.whole(name.replace("_", " ")) or code_field(name) or _meant(name, roles) for name in names]
    return sum(map(bool, told)) >= max(_FEWEST_KNOWN, len(names) // 3)


def _meant(name: str, roles: Sequence[LabelRole]) -> bool:
    label = name.replace("_", " ").capitalize()
    return any(
        one.field not in UNTOLD.values()
        for value in ("Ada Finch", "44710082")
        for one in meant_beside(label, value, roles)
    )


def _row(text: str, start: int, mark: str) -> tuple[list[tuple[int, int]], int]:
    """The places of the cells of a row, quotes taken off, and where the next row begins."""
    cells: list[tuple[int, int]] = []
    sign = re.escape(mark)
    cell = re.compile(rf"[ ]*(?:\"(?P<quoted>(?:[^\"]|\"\")*)\"|(?P<plain>[^{sign}\n]*))[ \r]*(?P<end>{sign}|\n|$)")
    place = start
    while hit := cell.match(text, place):
        group = "quoted" if hit["quoted"] is not None else "plain"
        first, last = hit.span(group)
        cells.append((first, first + len(text[first:last].rstrip())))
        place = hit.end()
        if hit["end"] != mark:
            return cells, place
    return [], text.find("\n", start) + 1 or len(text)


def _body(text: str, start: int, mark: str, columns: int) -> tuple[list[list[tuple[int, int]]], int]:
    body: list[list[tuple[int, int]]] = []
    while start < len(text):
        cells, following = _row(text, start, mark)
        if len(cells) != columns:
            break
        body.append(cells)
        start = following
    return body, start


def _entries(
    text: str, heading: Sequence[tuple[int, int]], body: Sequence[Sequence[tuple[int, int]]], *, known: LabelPattern,
    roles: Sequence[LabelRole],
) -> Iterator[Entry]:  # fmt: skip
    for column, (start, end) in enumerate(heading):
        name = text[start:end]
        cells = [row[column] for row in body if row[column][0] < row[column][1]]
        values = {text[a:b].casefold() for a, b in cells}
        for number, span in enumerate(cells):
            for one in announced(name, span, text, known=known, roles=roles):
                if one.field in _MANY or (len(values) == 1 and number == 0):
                    yield one
