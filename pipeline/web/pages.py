"""What the worklist and a task show, as one value a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode

from pipeline.knowledge.calendar import days_left
from pipeline.store import Line, Sums, Wanted
from pipeline.values.task import StatusCounts
from pipeline.web.answers import Paging


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task in the worklist; ``days_left`` is negative when overdue and None where no day is known."""

    line: Line
    days_left: int | None

    @property
    def urgency(self) -> str:
        """In words, so that colour is never the only sign."""
        return urgency(self.days_left)

    @property
    def tone(self) -> str:
        """``late``, ``soon`` or nothing, for the eye."""
        return tone(self.days_left)

    @property
    def amount(self) -> str:
        """The money at risk, empty where it is not known."""
        return money(self.line.cents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A column of the worklist. ``query`` sorts by it (empty where it cannot), ``sorted`` is ARIA's word for how."""

    label: str
    query: str
    sorted: str
    is_number: bool


_HEADS = (
    ("Due", ("due", "-due"), False), ("Patient", ("patient",), False), ("Payer", ("payer",), False),
    ("Claim or reference", (), False), ("What to do", ("priority",), False), ("Why denied", (), False),
    ("At risk", ("amount",), True), ("Missing", ("missing",), True), ("State", (), False), ("With", (), False),
)  # fmt: skip
_ARIA = {"due": "ascending", "-due": "descending", "patient": "ascending", "payer": "ascending",
         "priority": "descending", "amount": "descending", "missing": "descending"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """A page of the queue with the counts that add up; ``counts``, over all files, for who sees all locations."""

    rows: tuple[Row, ...]
    paging: Paging
    query: str
    sums: Sums
    counts: StatusCounts | None
    today: date
    wanted: Wanted

    @property
    def heads(self) -> tuple[Head, ...]:
        """The columns, each with the way to sort by it; the column that it is sorted by turns round where it can."""
        plain = urlencode([pair for pair in parse_qsl(self.query) if pair[0] != "order"])
        now = self.wanted.order

        def head(label: str, orders: tuple[str, ...], is_number: bool) -> Head:
            other = [order for order in orders if order != now]
            query = urlencode([*parse_qsl(plain), ("order", other[0])]) if other else ""
            return Head(label=label, query=query, sorted=_ARIA[now] if now in orders else "", is_number=is_number)

        return tuple(head(*column) for column in _HEADS)

    @property
    def at_risk(self) -> str:
        """The money at risk of all tasks that are not finished."""
        return money(self.sums.cents)


def worklist_page(
    lines: Sequence[Line], *, whole: int, start: int, size: int, query: str, sums: Sums, counts: StatusCounts | None,
    today: date, wanted: Wanted,
) -> Worklist:  # fmt: skip
    """The worklist as of ``today``."""
    rows = tuple(Row(line=line, days_left=days_left(line.due, today=today)) for line in lines)
    paging = Paging(start=start, shown=len(rows), whole=whole, size=size)
    return Worklist(
        rows=rows, paging=paging, query=query, sums=sums, counts=counts, today=today, wanted=wanted,
    )  # fmt: skip


def urgency(left: int | None) -> str:
    """The days left in words.

    >>> urgency(-9), urgency(0), urgency(3), urgency(None)
    ('overdue by 9 d', 'today', '3 d left', 'no date')
    """
    if left is None:
        return "no date"
    if left < 0:
        return f"overdue by {-left} d"
    return "today" if left == 0 else f"{left} d left"


def tone(left: int | None) -> str:
    """``late``, ``soon`` or nothing."""
    if left is None:
        return ""
    return "late" if left < 0 else "soon" if left <= 7 else ""


def money(cents: int | None) -> str:
    """An amount for people.

    >>> money(128400), money(None)
    ('1,284.00', '')
    """
    return "" if cents is None else f"{cents / 100:,.2f}"
