"""Authorizations in a table: a row each, with its own number, units or visits, days and codes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.grid import columns, ruled, set_under
from pipeline.extract.shapes import dates, identifier
from pipeline.language import Reading
from pipeline.language.reading import Cell, Line

_NUMBER = re.compile(
    r"\W*(?:(?:prior )?auth(?:orization)?|approval|(?:pre-?)?cert(?:ification)?|PA)\s*"
    r"(?:number|no\b|num\b|id\b|#)\W*",
    re.IGNORECASE,
)
_UNITS = re.compile(
    r"\W*(?:(?:approved|authorized) )?(?:units|qty|quantity)\b(?: approved| authorized)?\W*", re.IGNORECASE
)
_VISITS = re.compile(
    r"\W*(?:(?:approved|authorized) )?(?:visits|sessions)\b(?: approved| authorized)?\W*", re.IGNORECASE
)
_COUNTED = re.compile(r"\W*(?:approved|authorized)\W*", re.IGNORECASE)
_FROM = re.compile(
    r"\W*(?:(?:valid |approved |effective )?from|start(?:s| date)?|begins?|effective(?: date)?)\W*", re.IGNORECASE
)
_TO = re.compile(
    r"\W*(?:(?:valid |approved )?(?:to|through|thru|until)|end(?:s| date)?|expires?|expiration(?: date)?)\W*",
    re.IGNORECASE,
)
_DATES = re.compile(r"\W*(?:dates?|period|valid|approved dates|dates approved)\W*", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:request\w*|asked|decision|outcome|status|billed|charge[ds]?|paid|allowed|denied|reason)\b", re.IGNORECASE
)
"""Columns of a table of what was asked or billed: its number may be that of what is refused."""
_APPROVED = re.compile(r"(?<!not )\b(?:approved|certified|authorized|granted)\b", re.IGNORECASE)
_REFUSED = re.compile(
    r"\b(?:not|denied|declined|refused|pending|void\w*|withdrawn|cancel\w*|non-?certified)\b", re.IGNORECASE
)
_CODE = re.compile(r"(?<![\w$.,#/-])(?:[A-CEGHJ-MP-V]\d{4}|\d{5})(?![\w/]|[.,]\d|-\d)")
_COUNT = re.compile(r"\s*(\d{1,4})(?:\s+\w+)?\s*")
_COLUMNS = 3
_ROWS = 12
_SLACK = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizedRow:
    """One row: the number with its place in the content, and what stands under the other columns.

    ``lines`` are the numbers of the lines of heading and row.
    """

    number: str
    start: int
    end: int
    lines: frozenset[int]
    units: int | None
    visits: int | None
    period: tuple[str, str] | None
    codes: tuple[str, ...]


def authorized_rows(reading: Reading) -> Iterator[AuthorizedRow]:
    """The rows of tables whose heading has a column of authorization numbers beside those of a count or of days."""
    for line in reading.lines:
        cells = columns(reading, line)
        if len(cells) < _COLUMNS or any(ch.isdigit() for ch in line.text):
            continue
        number = next((cell for cell in cells if _NUMBER.fullmatch(cell.text)), None)
        if number is None or not _of_what_is_given(cells):
            continue
        yield from _rows(reading, line, cells, number)


def _of_what_is_given(cells: Sequence[Cell]) -> bool:
    return any(_is_one(cell, _FROM, _TO, _DATES) for cell in cells) and any(
        _is_one(cell, _UNITS, _VISITS, _COUNTED, _TO) for cell in cells
    )


def _is_one(cell: Cell, *patterns: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(cell.text) for pattern in patterns)


def _rows(reading: Reading, heading: Line, cells: Sequence[Cell], number: Cell) -> Iterator[AuthorizedRow]:
    asked = bool(_ASKED.search(heading.text))
    for line in reading.lines[heading.number + 1 : heading.number + 1 + _ROWS]:
        if ruled(line):
            continue
        if not line.cells:
            return
        row = set_under(reading, line, tuple(cells))
        own = [cell for cell in row if _over(cell, cells) is number]
        value = identifier(own[0].text) if len(own) == 1 else None
        if value is None or not any(ch.isdigit() for ch in value[0]) or _REFUSED.search(line.text):
            continue
        if asked and not _APPROVED.search(line.text):
            continue
        yield _read(
            cells,
            row,
            (value[0], own[0].start + value[1], own[0].start + value[2]),
            frozenset((heading.number, line.number)),
        )


def _read(
    cells: Sequence[Cell], row: Sequence[Cell], number: tuple[str, int, int], lines: frozenset[int]
) -> AuthorizedRow:
    under = [(head, cell) for cell in row if (head := _over(cell, cells)) is not None]
    visits = [_count(cell) for head, cell in under if _is_one(head, _VISITS)]
    units = [_count(cell) for head, cell in under if _is_one(head, _UNITS, _COUNTED)]
    days = [day for head, cell in under if _is_one(head, _FROM, _TO, _DATES) for day, _, _ in dates(cell.text)]
    codes = [hit.group() for head, cell in under if cell.start != number[1] for hit in _CODE.finditer(cell.text)]
    return AuthorizedRow(
        number=number[0], start=number[1], end=number[2], lines=lines,
        units=next((one for one in units if one), None), visits=next((one for one in visits if one), None),
        period=(days[0], days[1]) if len(days) == 2 and days[0] <= days[1] else None,
        codes=tuple(dict.fromkeys(code for code in codes if code not in number[0])),
    )  # fmt: skip


def _count(cell: Cell) -> int | None:
    hit = _COUNT.fullmatch(cell.text)
    return int(hit[1]) if hit else None


def _over(cell: Cell, cells: Sequence[Cell]) -> Cell | None:
    """The heading that a piece of a row stands under, by its left edge, its right edge or its middle; never far off."""
    able = [head for head in cells if head.left < cell.right + _SLACK and head.right > cell.left - _SLACK]
    return min(able, key=lambda head: _apart(head, cell), default=None)


def _apart(head: Cell, cell: Cell) -> float:
    middle = abs((head.left + head.right) / 2 - (cell.left + cell.right) / 2)
    return min(abs(head.left - cell.left), abs(head.right - cell.right), middle)
