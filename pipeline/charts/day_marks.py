"""Headache diaries with a mark a day: "1 M 8 10hrs    16 o", a grid of weeks, a list under the name of the month.

What a mark means its key says ("M = migraine, o = none"), else the words that stand for themselves. A day told in two
ways, or marks without a month, give nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pipeline.charts.cells import row_cells
from pipeline.charts.dates import dates_in
from pipeline.charts.rows import Row, Table
from pipeline.language.reading import Cell, Line, Reading, boxes_at

_LEAST_DAYS = 7
"""So many marked days make a diary."""
_KEYS = 2
_PAIR = re.compile(
    r"(?<!\w)(?P<mark>[A-Za-z]{1,2}|0|[^\w\s,;.()])(?:\s*[=:]\s*|\s+(?=(?:no|none|head|migr|noth|clear|regular)))"
    r"(?P<words>[A-Za-z]{2,}(?: (?!\S{1,2}\s*[=:])[A-Za-z/-]+){0,3})"
)
_MIGRAINE, _HEADACHE, _NONE = "migraine", "headache", "none"
_MEANS = (
    (_NONE, re.compile(r"\b(?:no|none|nothing|clear|free|without)\b", re.IGNORECASE)),
    (_MIGRAINE, re.compile(r"\bmigrain", re.IGNORECASE)),
    (_HEADACHE, re.compile(r"\b(?:head\s?ache|ha|ache|pain)", re.IGNORECASE)),
)
_OWN_WORDS = {
    "m": _MIGRAINE, "mig": _MIGRAINE, "migraine": _MIGRAINE, "h": _HEADACHE, "ha": _HEADACHE, "headache": _HEADACHE,
    "none": _NONE, "no": _NONE, "clear": _NONE, "-": _NONE, "\u2013": _NONE, "0": _NONE, "o": _NONE,
}  # fmt: skip
_DAY = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?(?:(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+)?(?:(?P<month>\d{1,2})/)?(?P<day>\d{1,2})(?:/\d{2,4})?"
    r"(?:[.):]|\s|$)\s*(?:-\s+(?=\w))?(?P<rest>.*)",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?P<mark>[A-Za-z]+|[^\w\s]|0)(?P<hours>\d{1,2})?(?![\w/])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HOURS = re.compile(r"(?<![\d/])(?P<n>\d{1,2}(?:\.\d)?)\s*(?:h|hrs?|hours?)\b", re.IGNORECASE)
_DASH = re.compile(r"^[-\u2013:]+\s+(?=[A-Za-z])")
"""What parts a day from its word, and is no mark itself."""
_TITLE_WORDS = 10


def marked_days(reading: Reading) -> Table | None:
    """The diary of a document as a table with a row a day; None of a document that has none."""
    key = _key(reading.lines)
    days: dict[date, Row] = {}
    month: tuple[int, int] | None = None
    for line in reading.lines:
        month = _month_in(line) or month
        for day, state, hours in _entries(line, month, key):
            row = Row(
                text=" ".join(line.text.split()), page=line.page, boxes=boxes_at(reading.text, line.start, line.end),
                cells={
                    "fill": day.isoformat(), "headache": "no" if state == _NONE else "yes",
                    "migraine": "yes" if state == _MIGRAINE else "no", "hours": hours,
                },
            )  # fmt: skip
            if day in days and days[day].cells != row.cells:
                return None
            days[day] = row
    if len(days) < _LEAST_DAYS:
        return None
    told = {_MIGRAINE} <= {*key.values()} or any(row.cells["migraine"] == "yes" for row in days.values())
    columns = ("fill", "headache", "hours", *(("migraine",) if told else ()))
    return Table(columns, tuple(days.values()))


def _key(lines: Sequence[Line]) -> Mapping[str, str]:
    """What the marks mean: by the lines that explain two of them or more, else by their own words."""
    found: dict[str, str] = {}
    for line in lines:
        told = {m["mark"]: means for m in _PAIR.finditer(line.text) if (means := _means(m["words"])) is not None}
        if len(told) >= _KEYS:
            found.update(told)
    if not found:
        return _OWN_WORDS
    words = {word: means for word, means in _OWN_WORDS.items() if len(word) > 1}
    return words | found | {mark.casefold(): means for mark, means in found.items() if mark.swapcase() not in found}


def _means(words: str) -> str | None:
    return next((means for means, pattern in _MEANS if pattern.search(words)), None)


def _month_in(line: Line) -> tuple[int, int] | None:
    """The month that a line of few words names."""
    months = {d.iso for d in dates_in(line.text) if len(d.iso) == 7}
    if len(months) != 1 or len(line.text.split()) > _TITLE_WORDS:
        return None
    year, month = months.pop().split("-")
    return int(year), int(month)


def _entries(line: Line, month: tuple[int, int] | None, key: Mapping[str, str]) -> Iterator[tuple[date, str, str]]:
    """The days of a line, each with what its mark means and the hours behind it."""
    cells = [cell for cell in row_cells(line) if cell.text]
    for number, cell in enumerate(cells):
        m = _DAY.fullmatch(cell.text)
        if m is None or month is None or (m["month"] and int(m["month"]) != month[1]):
            continue
        if m["name"] and _MONTHS.index(m["name"].casefold()) + 1 != month[1]:
            continue
        beside = _DASH.sub("", m["rest"] or _next(cells, number))
        mark = _MARK.match(beside)
        state = _state(mark["mark"], key) if mark is not None else None
        if mark is None or state is None:
            continue
        try:
            day = date(month[0], month[1], int(m["day"]))
        except ValueError:
            continue
        hours = _HOURS.search(beside)
        yield day, state, mark["hours"] or (hours["n"] if hours else "")


def _next(cells: Sequence[Cell], number: int) -> str:
    return cells[number + 1].text if number + 1 < len(cells) else ""


def _state(mark: str, key: Mapping[str, str]) -> str | None:
    return key.get(mark) or key.get(mark.casefold())
