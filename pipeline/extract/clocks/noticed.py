"""Days that a letter tells in passing: when the notice that it speaks of was given, and days without a year."""

import re
from collections.abc import Iterator
from datetime import date

from pipeline.extract.clocks.durations import YEARLESS, PrintedDay, printed_days
from pipeline.language import Reading

_NOTICE = re.compile(
    r"\b(?:letter|notice|denial|decision|determination|fax|eob)\s(?:of|dated|from)\s(?=[A-Z\d])"
    r"|\b(?:their|its|his|her|'s)\s(?=(?:\w+\s\d{1,2}|[\d/-]+)\s(?:letter|notice|denial|decision|determination|fax|eob)\b)",
)
"""``Juniata's letter of May 20 says no``, ``their June 3 notice``."""
_DAY_LENGTH = 20
"""Characters of a printed day."""
_RECENT_DAYS = 730
"""A day so long before the last one printed is one of birth, or of another matter."""


def only_year(reading: Reading) -> int | None:
    """The year of every day that the letter prints with one, but for those of long ago; None where they differ."""
    days = [day.day for day in printed_days(reading.prose.text) if day.day.year != YEARLESS]
    last = max(days, default=None)
    years = {day.year for day in days if last and (last - day).days <= _RECENT_DAYS}
    return years.pop() if len(years) == 1 else None


def noticed_on(reading: Reading) -> date | None:
    """The day of the notice that somebody writes about, for papers without a date of their own as a letter.

    None where several are told, or one without a year and the year is in doubt.
    """
    days = {day for found in _told(reading.prose.text) if (day := with_year(found, reading)) is not None}
    return days.pop() if len(days) == 1 else None


def with_year(found: PrintedDay, reading: Reading) -> date | None:
    """A printed day, in the only year that the letter prints where it has none itself."""
    if found.day.year != YEARLESS:
        return found.day
    year = only_year(reading)
    return found.day.replace(year=year) if year and (found.day.month, found.day.day) != (2, 29) else None


def _told(text: str) -> Iterator[PrintedDay]:
    for said in _NOTICE.finditer(text):
        days = printed_days(text[said.end() : said.end() + _DAY_LENGTH])
        if days and days[0].start == 0:
            yield days[0]


def day_named(words: str, reading: Reading) -> date | None:
    """The day that a limit runs from, told by its month or by a label elsewhere.

    ``their June 3 notice``; ``the response date`` where the letter has ``Response date: 3/2/2026``.
    """
    told = printed_days(words)
    if len(told) == 1:
        return with_year(told[0], reading)
    name = re.sub(r"^(?:the|your|our|this)\s+", "", words, flags=re.IGNORECASE)
    if not name.casefold().endswith("date"):
        return None
    found = set()
    for label in re.finditer(rf"\b{re.escape(name)}[^\w\n]{{1,12}}(?=\w)", reading.prose.text, re.IGNORECASE):
        days = printed_days(reading.prose.text[label.end() : label.end() + _DAY_LENGTH])
        if days and days[0].start == 0 and days[0].day.year != YEARLESS:
            found.add(days[0].day)
    return found.pop() if len(found) == 1 else None
