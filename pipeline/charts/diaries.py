"""Headache diaries: one count a calendar month. A month with days left out is ``incomplete`` and proves nothing."""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from statistics import median

from pipeline.charts.dates import dates_in
from pipeline.charts.rows import Row, Sheet, Table, row_fact
from pipeline.values.chart import Context, Fact, FactKind

_YES = re.compile(r"(?:yes|y|true|x|\u2713|\u2714|headache|ha|h|mild|moderate|severe|migraine|m)\b", re.IGNORECASE)
_NO = re.compile(r"(?:no|n|false|none|nil|-|\u2013)?$", re.IGNORECASE)
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)")


def diary_facts(table: Table, sheet: Sheet) -> Iterator[Fact]:
    """Headache days, migraine days and untreated hours of each calendar month of a daily diary.

    A diary of attack days alone (no row says "no") counts the days that it names, and nothing more.
    """
    months: dict[tuple[int, int], dict[date, Row]] = defaultdict(dict)
    for row in table.rows:
        if (day := row.day("fill")) is not None:
            months[(day.year, day.month)][day] = row
    answers = {day: _ached(row) for days in months.values() for day, row in days.items()}
    attacks_only = bool(answers) and all(answers.values())
    for (year, month), days in sorted(months.items()):
        whole = len(days) == calendar.monthrange(year, month)[1] and None not in (answers[d] for d in days)
        context = None if whole or attacks_only else Context.INCOMPLETE
        ached = [row for day, row in days.items() if answers[day]]
        for kind, count in _counts(table, days, ached):
            yield _counted(sheet, days, kind, count, context=context, open_ended=attacks_only)
        yield from _hours(sheet, days, ached, context)


def _counts(table: Table, days: dict[date, Row], ached: list[Row]) -> Iterator[tuple[FactKind, int]]:
    if {"headache", "severity", "hours"} & set(table.columns):
        yield FactKind.HEADACHE_DAYS, len(ached)
    if "migraine" in table.columns:
        yield FactKind.MIGRAINE_DAYS, sum(_yes(row.get("migraine")) is True for row in days.values())
    elif any(_is_migraine(row) for row in table.rows):
        yield FactKind.MIGRAINE_DAYS, sum(_is_migraine(row) for row in days.values())


def _is_migraine(row: Row) -> bool:
    """Whether a diary that writes what it was on a day calls it a migraine."""
    return row.get("headache").casefold().startswith("migraine")


def _ached(row: Row) -> bool | None:
    """Whether the day had headache: as said, else by its severity or hours; None where the row does not say."""
    for column in ("headache", "severity", "hours", "migraine"):
        if column in row.cells and (row.cells[column].strip() or column != "headache"):
            answer = _yes(row.cells[column])
            if answer or column == "headache":
                return answer
    return False if any(row.cells.get(c, "").strip() for c in ("severity", "hours", "migraine")) else None


def _yes(words: str) -> bool | None:
    plain = words.strip()
    if _NO.fullmatch(plain):
        return False
    if (m := _AMOUNT.match(plain)) is not None:
        return float(m[1]) > 0
    return True if _YES.match(plain) else None


def _counted(
    sheet: Sheet, days: dict[date, Row], kind: FactKind, count: int, *, context: Context | None, open_ended: bool
) -> Fact:
    first, last = min(days), max(days)
    name = kind.value.replace("_", " ")
    return row_fact(
        sheet, days[first], kind, confidence=0.95, context=context, value=float(count),
        value_high=None if open_ended else float(count), unit="day/month", date=last.isoformat(),
        duration_days=30 if context is None else None,
        text=f"{first.isoformat()} to {last.isoformat()}: {count} {name} in {len(days)} days",
    )  # fmt: skip


def _hours(sheet: Sheet, days: dict[date, Row], ached: list[Row], context: Context | None) -> Iterator[Fact]:
    """The median length on days without a medicine for the attack, where the diary has a column for it."""
    asked = any("acute" in row.cells for row in ached)
    lengths = [
        float(m[1])
        for row in ached
        if not (asked and _yes(row.get("acute")) is not False and row.get("acute"))
        and (m := _AMOUNT.match(row.get("hours"))) is not None
    ]
    if lengths:
        middle = float(median(lengths))
        first, last = min(days), max(days)
        yield row_fact(
            sheet, days[first], FactKind.HEADACHE_HOURS, value=middle, value_high=middle, unit="hour/day",
            name="untreated" if asked else None, context=context, date=last.isoformat(),
            text=f"{first.isoformat()} to {last.isoformat()}: median {middle:g} hours on "
            f"{'untreated ' if asked else ''}headache days",
        )  # fmt: skip


def monthly_facts(table: Table, sheet: Sheet) -> Iterator[Fact]:
    """The counts of a table with one row a month, or a row a visit: then each is the count told on that day."""
    for row in table.rows:
        day = row.day("fill", "month", "period")
        end = _month_end(row) if day is None else None
        for column, kind in (("headache_days", FactKind.HEADACHE_DAYS), ("migraine_days", FactKind.MIGRAINE_DAYS)):
            m = re.fullmatch(r"\s*(\d{1,2})(?:\s*(?:days?|/\s*(?:28|29|30|31)))?\s*", row.get(column))
            if m is not None and int(m[1]) <= 31:
                yield row_fact(
                    sheet, row, kind, value=float(m[1]), value_high=float(m[1]), unit="day/month",
                    date=day.isoformat() if day else end, duration_days=30 if end else None,
                )  # fmt: skip


def _month_end(row: Row) -> str | None:
    found = next((d[0].iso for c in ("month", "fill", "period") if (d := dates_in(row.get(c)))), None)
    if found is None or len(found) < 7:
        return None
    year, month = int(found[:4]), int(found[5:7])
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def last_day(table: Table) -> date | None:
    """The last whole day that the rows name."""
    return max((d for row in table.rows if (d := row.day("fill", "stop", "start", "month"))), default=None)
