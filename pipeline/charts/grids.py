"""Tables inside a document of running text: rows of cells under heads that name medicine, dose, dates and the like."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from pipeline.charts.boxes import BOX
from pipeline.charts.cells import column_of, row_cells, scale_over
from pipeline.charts.choices import chosen, key_in
from pipeline.charts.clinical import Clinical, Subject
from pipeline.charts.dates import dates_in
from pipeline.charts.muscle_tables import IN_ONE_CELL
from pipeline.charts.rows import Row, Table, heads_of
from pipeline.language.reading import Cell, Line, Reading, boxes_at

_RULED = re.compile(r"[\s|:+=_-]*")
_LEAST_KNOWN = 2
"""So many heads of a table must be known columns; a line with fewer is no head."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table and the content span it stands in."""

    table: Table
    start: int
    end: int


def grids_of(reading: Reading, clinical: Clinical) -> tuple[Grid, ...]:
    """The tables of a document, in order."""
    found: list[Grid] = []
    year = year_over(reading)
    lines = [line for line in reading.lines if line.text.strip()]
    place, key = 0, key_in(line.text for line in lines)
    while place < len(lines):
        grid, used = _grid(reading, lines, place, clinical, year=year, key=key)
        if grid is not None:
            found.append(grid)
        place += max(used, 1)
    return tuple(found)


def _grid(
    reading: Reading, whole: Sequence[Line], place: int, clinical: Clinical, *, year: str | None, key: Mapping[str, str]
) -> tuple[Grid | None, int]:
    """The table that begins with the first of the lines, and how many lines it has."""
    lines = whole[place:]
    head = row_cells(lines[0])
    if len(head) == _PAIR and (grid := _pairs(reading, whole, place, clinical)) is not None:
        return grid
    if len(head) < 3 or any(len(c.text) > _LONGEST_HEAD and not _WITH_A_KEY.search(c.text) for c in head):
        return None, 0
    if sum(_LABELLED.match(cell.text) is not None for cell in head) > 1:
        return None, 0  # "Drug: baclofen   Dose: 30 mg": a row that brings its own labels
    heads = heads_of([cell.text for cell in head], clinical)
    if len(set(heads) & clinical.columns.keys()) < _LEAST_KNOWN or not _is_known(set(heads)):
        return None, 0
    if "fill" in heads and (total := next((n for n, h in enumerate(heads) if _TOTAL.fullmatch(h)), None)) is not None:
        scale = scale_over(whole[: place + 1], clinical)
        heads = (*heads[:total], scale or heads[total], *heads[total + 1 :])
    rows: list[Row] = []
    used, day = 1, ""
    for line in lines[1:]:
        used += 1
        if _RULED.fullmatch(line.text):
            continue
        cells = row_cells(line)
        if len(cells) == 1 and "volume" in heads and _DAY_OF_DIARY.match(cells[0].text):
            day = cells[0].text
            continue
        middle = len(cells) == 1 and "muscle" in heads and IN_ONE_CELL.fullmatch(cells[0].text)
        if not middle and rows and len(cells) == 1 and (wrapped := _wrapped_to(line, lines[0])) is not None:
            rows[-1] = _with_words(rows[-1], heads[wrapped], line.text)
            continue
        if not rows and len(cells) == 1 and used == _HEAD_GOES_ON and _wrapped_to(line, lines[0]) is not None:
            continue  # "Drug /" over "strength": a head of two lines
        if rows and len(cells) == 1 and _EMPTY_CHOICE.match(line.text):
            continue  # a class of a form of which nothing was tried
        if len(cells) > 1 and all(_LABELLED.match(cell.text) for cell in cells):
            used -= 1
            break  # "TOTAL DOSE: 155 U   WASTED: 45 U": a line below that brings its own labels
        if (len(cells) < 2 and not middle) or (line.page != lines[0].page and not cells):
            used -= 1
            break
        rows.append(
            Row(
                text=" ".join(line.text.replace("|", " ").split()),
                cells={"muscle": cells[0].text}
                if middle
                else {"fill": day} | _by_column(cells, head, heads, year=year, key=key),
                page=line.page,
                boxes=boxes_at(reading.text, line.start, line.end),
            )
        )
    if not rows:
        return None, 0
    table = Table(columns=heads, rows=tuple(rows), above=_title_over(whole, place))
    return Grid(table, lines[0].start, lines[used - 1].end), used


_PAIR = 2
_HEAD_GOES_ON = 2
"""The line in which a head may go on."""
_LONGEST_HEAD = 40
_WITH_A_KEY = re.compile(r"\w\s*=\s*\w.*\w\s*=\s*\w")
_EMPTY_CHOICE = re.compile(r"\s*(?:\u2610|\[\s*\]|\(\s+\))\s*\S")
_WRAPPED = 45
"""So long may be what a cell wraps to the next line, in characters."""


def _wrapped_to(line: Line, head: Line) -> int | None:
    """The column whose cell a line of one cell goes on: not the first, and right below its head."""
    places = head.cells if len(head.cells) > 1 else row_cells(head)
    cell = line.cells[0] if line.cells else None
    if re.search(r"\s/\s", line.text) or BOX.search(line.text):
        return None  # a row of printed answers
    if (
        cell is None
        or len(line.text.strip()) > _WRAPPED
        or line.page != head.page
        or len(places) != len(row_cells(head))
    ):
        return None
    width = places[-1].right - places[0].left
    near = [n for n, place in enumerate(places) if abs(place.left - cell.left) <= _NEAR * width]
    return near[0] if len(near) == 1 and near[0] > 0 else None


_NEAR = 0.03
"""Of a table's width: so far may a wrapped word stand from its column's left."""


def _with_words(row: Row, column: str, words: str) -> Row:
    told = f"{row.cells.get(column, '')} {words.strip()}".strip()
    return replace(row, text=f"{row.text} {words.strip()}", cells=row.cells | {column: told})


def _pairs(reading: Reading, whole: Sequence[Line], place: int, clinical: Clinical) -> tuple[Grid, int] | None:
    """A list of medicines in two columns: the medicine, and its dose, its days or what became of it."""
    head = row_cells(whole[place])
    heads = heads_of([cell.text for cell in head], clinical)
    if heads[0] != "drug" or heads[1] not in _SAID_OF_A_MEDICINE or any(len(cell.text) > 45 for cell in head):
        return None
    rows: list[Row] = []
    used = 1
    for line in whole[place + 1 :]:
        cells = row_cells(line)
        ruled = _RULED.fullmatch(line.text) is not None
        if not ruled and (
            len(cells) != _PAIR or line.page != whole[place].page or not _is_medicine(cells[0].text, clinical)
        ):
            break
        used += 1
        if not ruled:
            text = " ".join(line.text.replace("|", " ").split())
            told = dict(zip(heads, (cell.text for cell in cells), strict=True))
            rows.append(Row(text, told, line.page, boxes_at(reading.text, line.start, line.end)))
    if not rows:
        return None
    table = Table(columns=heads, rows=tuple(rows), above=_title_over(whole, place))
    return Grid(table, whole[place].start, whole[place + used - 1].end), used


_SAID_OF_A_MEDICINE = {"dose", "outcome", "reason", "period", "duration"}


def _is_medicine(words: str, clinical: Clinical) -> bool:
    return bool(clinical.matchers[Subject.DRUG](clinical.language.nlp(words)))


def _title_over(whole: Sequence[Line], place: int) -> tuple[str, ...]:
    """The line right above the heads, where it is one of few words: what the table is of."""
    above = whole[place - 1] if place else None
    short = above is not None and len(row_cells(above)) == 1 and len(above.text.split()) <= _TITLE_WORDS
    return (above.text.strip(" #*_:|-"),) if above is not None and short else ()


_TITLE_WORDS = 8


_DAY_OF_DIARY = re.compile(r"day\s*\#?\d|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|\d{1,2}/\d{1,2}", re.IGNORECASE)
"""A line between the rows of a bladder diary that says which day begins."""


def year_over(reading: Reading) -> str | None:
    """The year of the one month, else the one year, that the first lines name: "Headache diary, February 2026"."""
    written = [d.iso for line in reading.lines[:_TITLE_LINES] for d in dates_in(line.text)]
    months = {iso for iso in written if len(iso) == 7}
    years = {iso for iso in written if len(iso) == 4}
    told = months or years
    return next(iter(told))[:4] if len(told) == 1 else None


def _with_year(column: str, text: str, year: str | None) -> str:
    """A cell of days with the year that only the title has."""
    return f"{text}/{year}" if year and column == "fill" and _DAY_ALONE.fullmatch(text) else text


_TITLE_LINES = 6
_DAY_ALONE = re.compile(r"\d{1,2}/\d{1,2}")


def _is_known(heads: Set[str]) -> bool:
    """Whether heads are those of a table that facts are read from."""
    return bool(heads & {"drug", "fill", "month", "period"}) or any(needed <= heads for needed in _TABLES)


_LABELLED = re.compile(r"[^:]{2,30}:\s*\S")
_TOTAL = re.compile(r"(?:total|sum)(?: score)?|score")
"""The column of a sheet of one scale that has its values."""
_TABLES = (
    {"muscle", "units"},
    {"muscle", "left", "right"},
    {"units", "wasted"},
    {"auth_number", "auth_to"},
    {"auth_number", "units"},
    {"quantity", "start", "stop"},
    {"volume", "leaks"},
    {"volume", "urge"},
    {"voids", "leaks"},
)
"""Columns that make a table by being in it together."""


def _by_column(
    cells: Sequence[Cell], head: Sequence[Cell], heads: Sequence[str], *, year: str | None, key: Mapping[str, str]
) -> dict[str, str]:
    """The words of a row by column; of printed answers those that are marked."""
    found: dict[str, str] = {}
    for name, text in _placed(cells, head, heads):
        found[name] = f"{found[name]} {text}" if found.get(name) else text
    asked = {name: cell.text for name, cell in zip(heads, head, strict=True)}
    chooses = {"outcome", "reason"} & set(heads)
    return {
        name: chosen(text, head=asked[name], key=key) if name in chooses else _with_year(name, text, year)
        for name, text in found.items()
    }


def _placed(cells: Sequence[Cell], head: Sequence[Cell], heads: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The cells by column: in turn where none is left out, else each under the head it stands below."""
    if len(cells) == len(head):
        yield from ((name, cell.text) for name, cell in zip(heads, cells, strict=True))
        return
    for cell in cells:
        yield heads[column_of(cell, head)], cell.text
