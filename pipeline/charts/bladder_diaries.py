"""Bladder diaries in columns: voids, urges and leaks by the day, one row a void or one row a day."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from pipeline.charts.rows import Row, Sheet, Table, row_fact
from pipeline.values.chart import Fact, FactKind

_MANY_VOIDS = 8.0
"""So many voids a day or more are frequency."""
_NO = re.compile(r"(?:no|n|none|false|0|-|\u2013|dry)?", re.IGNORECASE)
_AMOUNT = re.compile(r"\d+(?:\.\d+)?")
_BLADDER = {"leaks", "voids", "day_voids", "night_voids", "urge_leaks", "volume"}


def is_of_bladder(columns: Set[str]) -> bool:
    """Whether columns, or rows of a diary with a column a day, are those of a bladder diary."""
    return bool(columns & _BLADDER)


def bladder_facts(table: Table, sheet: Sheet) -> Iterator[Fact]:
    """Frequency, urgency, urge incontinence and nocturia, each with its number a day: the mean of the diary's days.

    A leak counts as urge incontinence only where its own row says that there was an urge, or its column.
    """
    days: dict[str, list[Row]] = defaultdict(list)
    dated = any(row.day("fill", "start", "period") for row in table.rows)
    for row in table.rows:
        day = row.day("fill", "start", "period")
        if day is not None or not dated:
            days[day.isoformat() if day else row.get("fill")].append(row)
    if not days or (not dated and not table.a_day and not all(_is_one_day(rows) for rows in days.values())):
        return
    found = (
        ("frequency", [sum(_voids(row, table) for row in rows) for rows in days.values()], "voids", _MANY_VOIDS),
        ("urgency", [sum(_urges(row, table) for row in rows) for rows in days.values()], "times with an urge", 0),
        (
            "urge_incontinence", [sum(_urge_leaks(row, table) for row in rows) for rows in days.values()],
            "leaks with an urge", 0,
        ),
        ("nocturia", [sum(_told(row, "night_voids") for row in rows) for rows in days.values()], "voids at night", 0),
    )  # fmt: skip
    for name, counts, what, least in found:
        if any(counts) and sum(counts) >= least * len(days):
            yield _mean(sheet, days, name, counts, what)


def _is_one_day(rows: list[Row]) -> bool:
    """Whether rows with a time of day and no date lie within one day: from the first to the last less than 24 hours."""
    times = [_minutes(row.get("clock")) for row in rows]
    known = [minutes for minutes in times if minutes is not None]
    return len(known) == len(times) and sum((b - a) % _DAY_MINUTES for a, b in pairwise(known)) < _DAY_MINUTES


def _minutes(words: str) -> int | None:
    m = _CLOCK.match(words.strip())
    if m is None or int(m["h"]) > 23:
        return None
    half = (m["half"] or "").casefold()
    hour = int(m["h"]) % 12 + 12 * (half == "p") if half else int(m["h"])
    return hour * 60 + int(m["m"] or 0)


_CLOCK = re.compile(r"(?P<h>\d{1,2})(?::(?P<m>[0-5]\d))?\s*(?P<half>[ap])?", re.IGNORECASE)
_DAY_MINUTES = 24 * 60


def _voids(row: Row, table: Table) -> float:
    """The voids of a row: as counted, by day and by night where that is told apart, else one where a row is a void."""
    if "day_voids" in table.columns:
        return _told(row, "day_voids") + _told(row, "night_voids")
    if "voids" in table.columns:
        return _told(row, "voids")
    return int(bool(row.get("volume"))) if "volume" in table.columns else 0


def _urges(row: Row, table: Table) -> float:
    """The urges of a row: their number where a row is a day's count, else one where it has any."""
    told = _told(row, "urge")
    return told if table.a_day else int(told > 0)


def _urge_leaks(row: Row, table: Table) -> float:
    if "urge_leaks" in table.columns:
        return _told(row, "urge_leaks")
    return _told(row, "leaks") if _told(row, "urge") else 0


def _told(row: Row, column: str) -> float:
    """The number in a cell; 1 where it only says yes, 0 where it says no or nothing."""
    words = row.get(column).strip()
    if _NO.fullmatch(words):
        return 0
    m = _AMOUNT.match(words)
    return float(m[0]) if m is not None else 1


def _mean(sheet: Sheet, days: dict[str, list[Row]], name: str, counts: Sequence[float], what: str) -> Fact:
    first, last = min(days), max(days)
    span = f"{first} to {last}"
    mean = round(sum(counts) / len(days), 1)
    return row_fact(
        sheet, days[first][0], FactKind.SYMPTOM, name=name, value=mean, value_high=mean, unit="a day",
        date=last if last[:1].isdigit() else None,
        text=f"{span}: {sum(counts):g} {what} in {len(days)} days" if len(days) > 1 else f"{mean:g} {what} a day",
    )  # fmt: skip
