"""What a head of a column says of the time of its values: a day, a month, before treatment, now."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from pipeline.charts.dates import dates_in, month_end
from pipeline.knowledge.chart_words import ChartWordKnowledge

_COUNTED = re.compile(
    r"\b(?:weeks?|wks?|months?|mos?|days?|visits?|cycles?|sessions?|injections?|rounds?)\.?\s*\#?\s*\d{1,2}\b"
    r"|\b\d{1,2}\s*-?\s*(?:weeks?|wks?|months?|mos?)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?(?=\W|$)", re.IGNORECASE)
_MONTH = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHORT_DAY = re.compile(r"(?<![\d/.])(?P<m>0?[1-9]|1[0-2])/(?P<d>[0-3]?\d)(?![\d/.])")
_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """The time of a column.

    ``day`` is ISO where the head has one, the last day of a ``month`` (None of one whose year is not known); ``before``
    treatment or an earlier visit; ``now``: the document's own day. None of them: a day, week or visit only counted.
    """

    label: str
    day: str | None = None
    month: bool = False
    before: bool = False
    now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What tells the year of a month or a day without one: that of the document's title, else its own day, ISO."""

    year: str | None = None
    until: str | None = None

    def day(self, month: int, day: int | None) -> str | None:
        """The day, or the last one of the month, in the title's year, else the last before the document's own day."""
        if self.year is None and (self.until is None or len(self.until) < 10):
            return None
        year = int(self.year or str(self.until)[:4])
        day = day or calendar.monthrange(year, month)[1]
        told = f"{year:04d}-{month:02d}-{day:02d}"
        if self.year is None and told[:7] > str(self.until)[:7]:
            told = f"{year - 1:04d}-{month:02d}-{day:02d}"
        try:
            return date.fromisoformat(told).isoformat()
        except ValueError:
            return None


def time_of(head: str, *, words: ChartWordKnowledge, clock: Clock) -> Time | None:
    """The time that a head of a column names; None of any other head."""
    if not head or len(head) > _LONGEST or words.column_no_time.found_in(head):
        return None
    before = words.column_before.found_in(head) or words.before_treatment.found_in(head)
    now = not before and words.column_now.found_in(head)
    written = dates_in(head)
    if len(written) > 1:
        return None
    if written and len(written[0].iso) >= 7:
        iso = written[0].iso
        return Time(label=head, day=iso if len(iso) == 10 else month_end(iso), month=len(iso) == 7, before=before)
    if (m := _MONTH.fullmatch(head.strip())) is not None:
        told = clock.day(_MONTHS.index(m[1].casefold()) + 1, None)
        return Time(label=head, day=told, month=True)
    if (m := _SHORT_DAY.search(head)) is not None and (told := clock.day(int(m["m"]), int(m["d"]))) is not None:
        return Time(label=head, day=told, before=before)
    counted = _COUNTED.search(head) or _WEEKDAY.match(head)
    return Time(label=head, before=before, now=now) if before or now or counted else None
