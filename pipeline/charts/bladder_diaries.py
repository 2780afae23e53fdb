"""Bladder diaries in columns: voids, urges and leaks by the day, one row a void or one row a day."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from pipeline.charts.rows import Row, Sheet, Table, row_fact
from pipeline.values.chart import Fact, FactKind

_MANY_VOIDS = 8.0
"""So many voids a day or more are frequency."""
_NO = re.compile(r"(?:no|n|none|false|0|-|\u2013|dry)?", re.IGNORECASE)
_AMOUNT = re.compile(r"\d+")


def bladder_facts(table: Table, sheet: Sheet) -> Iterator[Fact]:
    """Frequency, urgency and urge incontinence, each with its number a day: the mean of the days that the diary holds.

    A leak counts as urge incontinence only where its own row says that there was an urge.
    """
    days: dict[date, list[Row]] = defaultdict(list)
    for row in table.rows:
        if (day := row.day("fill", "start", "period")) is not None:
            days[day].append(row)
    if not days:
        return
    voids = [sum(_voids(row, table) for row in rows) for rows in days.values()]
    urges = [sum(_told(row, "urge") > 0 for row in rows) for rows in days.values()]
    leaks = [sum(_told(row, "leaks") for row in rows if _told(row, "urge")) for rows in days.values()]
    if sum(voids) >= _MANY_VOIDS * len(days):
        yield _mean(sheet, days, "frequency", voids, "voids")
    if any(urges):
        yield _mean(sheet, days, "urgency", urges, "times with an urge")
    if any(leaks):
        yield _mean(sheet, days, "urge_incontinence", leaks, "leaks with an urge")


def _voids(row: Row, table: Table) -> int:
    """The voids of a row: as counted, else one where each row is a void."""
    if "voids" in table.columns:
        return _told(row, "voids")
    return int(bool(row.get("volume"))) if "volume" in table.columns else 0


def _told(row: Row, column: str) -> int:
    """The number in a cell; 1 where it only says yes, 0 where it says no or nothing."""
    words = row.get(column).strip()
    if _NO.fullmatch(words):
        return 0
    m = _AMOUNT.match(words)
    return int(m[0]) if m is not None else 1


def _mean(sheet: Sheet, days: dict[date, list[Row]], name: str, counts: list[int], what: str) -> Fact:
    first, last = min(days), max(days)
    mean = round(sum(counts) / len(days), 1)
    return row_fact(
        sheet, days[first][0], FactKind.SYMPTOM, name=name, value=mean, value_high=mean, unit="a day",
        date=last.isoformat(),
        text=f"{first.isoformat()} to {last.isoformat()}: {sum(counts)} {what} in {len(days)} days",
    )  # fmt: skip
