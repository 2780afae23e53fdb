"""Rows of values parted by commas, semicolons or strokes under a line that names the columns (CSV).

Tabs part the cells of every page (``language/reading``); columns that they make are read as those of any table.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.labels.meaning import UNTOLD, meant_beside
from pipeline.extract.labels.records.entry import Entry, announced
from pipeline.extract.labels.words import LabelPattern
from pipeline.knowledge.roles import LabelRole

_NAME = re.compile(r"[A-Za-z][A-Za-z_ #./()-]{0,30}")
_FEWEST_COLUMNS, _FEWEST_KNOWN = 4, 3
_MANY = frozenset({"dates_of_service"})
"""Fields that may have a value of each row."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What the rows announce, and where they stand: no label in them has its value beside or under it."""

    entries: tuple[Entry, ...]
    spans: tuple[tuple[int, int], ...]


def rows(text: str, *, known: LabelPattern, roles: Sequence[LabelRole]) -> Rows:
    """The values of rows under a line of column names; a value that differs from row to row is nobody's scalar."""
    found: list[Entry] = []
    spans: list[tuple[int, int]] = []
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
                spans.append((start, last))
                end = max(end, last - 1)
        start = end + 1
    return Rows(tuple(found), tuple(spans))


def _mark(line: str) -> str:
    """What parts the columns of a line of names."""
    if line.lstrip().startswith("|"):
        return ""  # a table with its own strokes
    best = max(",;|", key=line.count)
    return best if line.count(best) >= _FEWEST_COLUMNS - 1 else ""


def _names_columns(names: Sequence[str], known: LabelPattern, roles: Sequence[LabelRole]) -> bool:
    if len(names) < _FEWEST_COLUMNS or not all(_NAME.fullmatch(name) for name in names):
        return False
    told = [known.whole(name.replace("_", " ")) or _meant(name, roles) for name in names]
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
