"""A worklist of our own: which column is which, and its rows as claims.

A column is guessed by its heading, and the guess holds only where most of its cells look like what it should hold.
What a person said goes before every guess.
"""

import re
from collections.abc import Mapping as Given
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pipeline.errors import UsageError
from pipeline.knowledge.worklists import CellShape, WorklistColumn, bare_heading
from pipeline.values.worklist import ListedClaim, ListField, Mapping

_HEAD_WITHIN = 20
"""The headings stand among so many rows from the top; above them are titles."""
_MOST_WRONG = 0.5
_LOOKED_AT = 500
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_US = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?:\s.*)?")
_MONEY = re.compile(r"(?P<minus>-|\()?\s*\$?\s*(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,12}(?:\.\d{1,4})?)\)?")


def headings_at(rows: Sequence[Sequence[str]], known: Sequence[WorklistColumn], said: Given[str, str]) -> int:
    """The row of the headings: the one among the first with most that are known, or that a person named.

    Raises ``UsageError`` where none has two.
    """
    named = {bare_heading(heading) for heading in said.values()}

    def fits(row: Sequence[str]) -> int:
        return sum(bare_heading(cell) in named or any(c.heads(cell) for c in known) for cell in row if cell)

    scores = [fits(row) for row in rows[:_HEAD_WITHIN]]
    best = max(scores, default=0)
    if best < 2:
        raise UsageError(
            "the worklist", why="no row has headings that are known",
            advice="Say which column is which, as --map member_id='Policy #' --map claim_number=ICN.",
        )  # fmt: skip
    return scores.index(best)


def guessed(rows: Sequence[Sequence[str]], at: int, known: Sequence[WorklistColumn], said: Given[str, str]) -> Mapping:
    """The heading that each field is read from: as a person said, else by heading and cells.

    Raises ``UsageError`` where a person named a field or a column that is not there.
    """
    heads, body = rows[at], rows[at + 1 : at + 1 + _LOOKED_AT]
    mapping: Mapping = {}
    for field, heading in said.items():
        if field not in set(ListField):
            raise UsageError(f"--map {field}", why="there is no such field", advice=f"Fields: {', '.join(ListField)}.")
        found = next((head for head in heads if bare_heading(head) == bare_heading(heading)), None)
        if found is None:
            raise UsageError(f"--map {field}={heading}", why="the list has no such column", advice="See its headings.")
        mapping[ListField(field)] = found
    for column in known:
        field = ListField(column.id)
        free = (place for place, head in enumerate(heads) if head and head not in mapping.values())
        place = next((p for p in free if column.heads(heads[p]) and _holds(body, p, column.shape)), None)
        if field not in mapping and place is not None:
            mapping[field] = heads[place]
    return mapping


def listed(rows: Sequence[Sequence[str]], at: int, mapping: Mapping) -> tuple[list[ListedClaim], dict[str, int]]:
    """The rows as claims, and how many cells of each field are no day or amount. Empty rows are passed over."""
    places = {field: rows[at].index(heading) for field, heading in mapping.items()}
    odd: dict[str, int] = {}
    found = []
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        cells = {field: row[place] for field, place in places.items() if place < len(row) and row[place]}
        if cells:
            found.append(_claim(number, cells, odd))
    return found, odd


def _claim(number: int, cells: Given[ListField, str], odd: dict[str, int]) -> ListedClaim:
    def day(field: ListField) -> str | None:
        born = field is ListField.DATE_OF_BIRTH
        return _counted(day_of(cells.get(field, ""), of_this_century=not born), field)

    def amount(field: ListField) -> str | None:
        return _counted(amount_of(cells.get(field, "")), field)

    def _counted(value: str | None, field: ListField) -> str | None:
        if value is None and cells.get(field):
            odd[field.value] = odd.get(field.value, 0) + 1
        return value

    both = " ".join(cells[f] for f in (ListField.FIRST_NAME, ListField.LAST_NAME) if f in cells)
    days = [found for f in (ListField.SERVICE_FROM, ListField.SERVICE_TO) if (found := day(f))]
    return ListedClaim(
        row=number,
        member_name=cells.get(ListField.MEMBER_NAME) or both or None,
        date_of_birth=day(ListField.DATE_OF_BIRTH),
        member_id=cells.get(ListField.MEMBER_ID),
        claim_number=cells.get(ListField.CLAIM_NUMBER),
        account_number=cells.get(ListField.ACCOUNT_NUMBER),
        days=tuple(sorted(set(days))),
        payer=cells.get(ListField.PAYER),
        payer_id=cells.get(ListField.PAYER_ID),
        billed=amount(ListField.BILLED),
        expected=amount(ListField.EXPECTED),
        folder=cells.get(ListField.FOLDER),
        location=cells.get(ListField.LOCATION),
    )


def _holds(body: Sequence[Sequence[str]], place: int, shape: CellShape) -> bool:
    cells = [row[place] for row in body if place < len(row) and row[place]]
    wrong = sum(not _looks(cell, shape) for cell in cells)
    return not cells or wrong <= _MOST_WRONG * len(cells)


def _looks(cell: str, shape: CellShape) -> bool:
    match shape:
        case CellShape.DAY:
            return day_of(cell) is not None
        case CellShape.MONEY:
            return amount_of(cell) is not None
        case CellShape.ID:
            return len(cell) <= 40 and any(sign.isdigit() for sign in cell) and day_of(cell) is None
        case CellShape.NAME:
            return any(sign.isalpha() for sign in cell) and amount_of(cell) is None
        case CellShape.TEXT:
            return len(cell) <= 200


def day_of(cell: str, *, of_this_century: bool = True) -> str | None:
    """A day as spreadsheets write it, month first. A year of two digits is read only where its century is plain.

    >>> day_of("1/5/2026"), day_of("2026-01-05 00:00:00"), day_of("13/5/2026")
    ('2026-01-05', '2026-01-05', None)
    """
    if match := _ISO.fullmatch(cell):
        year, month, day = (int(part) for part in match.groups())
    elif match := _US.fullmatch(cell):
        month, day, year = (int(part) for part in match.groups())
        if len(match[3]) == 2:
            if not of_this_century:
                return None
            year += 2000
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def amount_of(cell: str) -> str | None:
    """Money as a decimal string.

    >>> amount_of("$1,284.50"), amount_of("(20)"), amount_of("n/a")
    ('1284.50', '-20.00', None)
    """
    match = _MONEY.fullmatch(cell)
    if match is None:
        return None
    amount = Decimal(match["number"].replace(",", ""))
    return f"{-amount if match['minus'] else amount:.2f}"
