"""Logs of attacks, one row an attack, as the apps for headache export them: days are counted over each attack's span.

Who logs attacks alone does not say that the other days were clear, so a count is the least that it can be.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.charts.rows import Row, Sheet, Table, row_fact
from pipeline.values.chart import Fact, FactKind

_LONGEST_DAYS = 14
"""An attack longer than this was not closed in the log; its first day counts."""


def is_attack_log(table: Table) -> bool:
    """Whether each row is an attack of headache: a beginning, and how it was."""
    names = set(table.columns)
    return "start" in names and bool(names & {"attack", "severity"}) and not names & {"supply", "quantity", "outcome"}


def attack_facts(table: Table, sheet: Sheet) -> Iterator[Fact]:
    """Headache days and migraine days of each month, the least that the log shows."""
    days: dict[FactKind, dict[date, Row]] = {FactKind.HEADACHE_DAYS: {}, FactKind.MIGRAINE_DAYS: {}}
    for row in table.rows:
        for day in _span(row):
            days[FactKind.HEADACHE_DAYS].setdefault(day, row)
            if "migraine" in row.get("attack").casefold():
                days[FactKind.MIGRAINE_DAYS].setdefault(day, row)
    for kind, found in days.items():
        months: dict[tuple[int, int], list[date]] = defaultdict(list)
        for day in sorted(found):
            months[day.year, day.month].append(day)
        for mine in months.values():
            first, last, what = mine[0].isoformat(), mine[-1].isoformat(), kind.value.replace("_", " ")
            yield row_fact(
                sheet, found[mine[0]], kind, value=float(len(mine)), unit="day/month", date=last,
                text=f"{first} to {last}: {len(mine)} {what} logged",
            )  # fmt: skip


def _span(row: Row) -> Iterator[date]:
    first = row.day("start")
    if first is None:
        return
    last = row.day("stop") or first
    if not 0 <= (last - first).days <= _LONGEST_DAYS:
        last = first
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
