"""The facts of tables with a column a time: counts, scores and injections of each, and how far it fell."""

import re
from collections.abc import Iterator, Sequence

from pipeline.charts.bladder_diaries import bladder_facts, is_of_bladder
from pipeline.charts.rows import Sheet, Table, row_fact
from pipeline.charts.score_parts import named_part
from pipeline.charts.timelines import Measured, Timeline, day_rows
from pipeline.charts.times import Time
from pipeline.values.chart import Context, Fact, FactKind

_VALUE = re.compile(
    r"~?\s*(?P<v>\d{1,3}(?:\.\d{1,2})?)(?P<half>\+)?(?:\s*(?:days?|d|units?|u|pts?\.?|points|ml|cc|/\s*\d{1,3}|/mo(?:nth)?))?"
    r"(?:\s*\([^)]{0,30}\))?",
    re.IGNORECASE,
)
_MOST_DAYS = 31
_COUNTS = {"headache_days": FactKind.HEADACHE_DAYS, "migraine_days": FactKind.MIGRAINE_DAYS}
_FELL = {"headache_days": "headache", "migraine_days": "migraine"}


def timeline_facts(timeline: Timeline, sheet: Sheet, *, toxin: str | None) -> list[Fact]:
    """The facts of a timeline. ``toxin`` is the one that the document names, for rows of units."""
    if is_of_bladder({row.measure for row in timeline.rows}):
        rows = tuple(row for _, row in day_rows(timeline))
        return list(bladder_facts(Table(tuple({c for row in rows for c in row.cells}), rows, a_day=True), sheet))
    found: list[Fact] = []
    for row in timeline.rows:
        values = [
            (time, value)
            for time, words in row.values
            if (value := _value(words, in_percent=_in_percent(sheet, row))) is not None
        ]
        found.extend(f for time, value in values if (f := _fact(sheet, row, time, value, values, toxin)) is not None)
        found.extend(_response(sheet, row, values))
    return found


def _in_percent(sheet: Sheet, row: Measured) -> bool:
    scale = sheet.clinical.scales.get(row.measure)
    return scale is not None and scale.in_percent


def _value(words: str, *, in_percent: bool) -> float | None:
    m = _VALUE.fullmatch(words.strip().rstrip("%") if in_percent else words.strip())
    if m is None or (m["half"] and m["v"] != "1"):
        return None
    return float(m["v"]) + (0.5 if m["half"] else 0)  # the "1+" of the Modified Ashworth Scale


def _fact(
    sheet: Sheet, row: Measured, time: Time, value: float, values: Sequence[tuple[Time, float]], toxin: str | None
) -> Fact | None:
    """The fact of one cell; one of the time before treatment, or of no day that is known, is historical."""
    told = time.day or (sheet.recorded if _is_now(time, values) else None)
    context = Context.HISTORICAL if time.before or told is None else None
    part = named_part(row.measure, sheet.clinical.scales)
    if part is not None and part.low <= value <= part.high:
        return row_fact(
            sheet, row.row, FactKind.SCORE, name=row.measure, value=value, value_high=value, date=told, context=context
        )
    scale = sheet.clinical.scales.get(row.measure)
    halved = value % 1 != 0 and scale is not None and not scale.by_muscle and "+" in dict(row.values).get(time, "")
    if scale is not None and not halved and scale.low <= value <= scale.high:
        return row_fact(
            sheet, row.row, FactKind.SCORE, name=scale.id, value=value, value_high=value, date=told, context=context
        )
    if row.measure in _COUNTS and value <= _MOST_DAYS:
        return row_fact(
            sheet, row.row, _COUNTS[row.measure], value=value, value_high=value, unit="day/month", date=told,
            duration_days=30 if time.month else None, context=context,
        )  # fmt: skip
    if row.measure == "units" and toxin is not None and time.day is not None and not time.month and value > 0:
        return row_fact(
            sheet, row.row, FactKind.PROCEDURE, drug_class="botulinum_toxin", drug=toxin, units=value, date=time.day
        )
    return None


def _is_now(time: Time, values: Sequence[tuple[Time, float]]) -> bool:
    """Whether a column is of the document's day: said so, or the last of columns that are only counted."""
    if time.now:
        return True
    counted = not time.before and not time.month and time.day is None
    return counted and values[-1][0] is time and not any(t.now for t, _ in values)


def _response(sheet: Sheet, row: Measured, values: Sequence[tuple[Time, float]]) -> Iterator[Fact]:
    """The fall from a column before treatment to the last one behind it."""
    before = [n for n, (time, _) in enumerate(values) if time.before]
    if not before or before[-1] + 1 >= len(values):
        return
    (first, base), (last, now) = values[before[0]], values[-1]
    scale = sheet.clinical.scales.get(row.measure)
    fits = row.measure in _FELL and max(base, now) <= _MOST_DAYS
    fits = fits or (
        scale is not None and not scale.by_muscle and all(scale.low <= v <= scale.high for v in (base, now))
    )
    if fits and base > 0 and not _LAST.search(first.label):
        yield row_fact(
            sheet, row.row, FactKind.RESPONSE, confidence=0.85, baseline=base, current=now,
            percent=round(100 * (base - now) / base, 1), name=_FELL.get(row.measure, row.measure),
            unit="day/month" if row.measure in _FELL else row.measure, date=last.day or sheet.recorded,
        )  # fmt: skip


_LAST = re.compile(r"\b(?:last|previous\w*|prior (?:visit|month|cycle))\b", re.IGNORECASE)
"""A column of the last visit alone is none of the time before treatment."""
