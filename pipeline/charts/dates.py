"""Dates, periods and durations in clinical text. A date keeps the precision it was written with."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pipeline.charts.quantities import QUANTITY, quantity_of

_MONTHS = {
    m: i
    for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"  # noqa: E501
_DATE = re.compile(
    rf"""(?<![\d/.-])(?:
      (?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)(?:-(?P<d1>\d\d))?(?![\d-])          # 2025-01-08, 2025-01
    | (?P<m2>\d\d?)[/-](?P<d2>\d\d?)[/-](?P<y2>\d{{4}}|\d\d)(?![\d/-])       # 01/08/2025, 1-8-25
    | (?P<m3>\d\d?)/(?P<y3>(?:19|20)\d\d)(?![\d/])                           # 01/2025
    | (?P<n4>\b{_MONTH})\s+(?P<d4>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y4>(?:19|20)\d\d)\b   # January 8, 2025
    | (?P<d5>\b\d\d?)[\s-](?P<n5>{_MONTH})[\s-](?P<y5>(?:19|20)\d\d)\b       # 8 January 2025
    | (?P<n6>\b{_MONTH}),?\s+(?:of\s+)?(?P<y6>(?:19|20)\d\d)\b               # January 2025
    | (?P<y7>\b(?:19|20)\d\d)(?![\d-])\b(?!\s*(?:mg|units?|mcg|calories))    # 2025
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TO = r"\s*(?:-|to|through|thru|until|till|and)\s*"
_MONTH_TO_MONTH = re.compile(rf"\b({_MONTH})(?:{_TO})({_MONTH})\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_DAYS = {"day": 1, "week": 7, "wk": 7, "month": 30, "mo": 30, "year": 365, "yr": 365}
_DURATION = re.compile(
    rf"(?<!every )(?<!each )(?<!per )(?<!at )(?<!last )\b{QUANTITY}[\s-]*(?P<unit>day|week|wk|month|mo|year|yr)s?\b"
    r"(?![\s-]*(?:of age|old|ago|a week|a month|per|each|/|out of))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written: ISO, as far as it goes (``2025-01-08``, ``2025-01``, ``2025``), and its place."""

    iso: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Period:
    """When something began and ended, and for how many days; None where the words do not say."""

    start: str | None = None
    stop: str | None = None
    days: int | None = None


def dates_in(text: str) -> list[Written]:
    """All dates of a text in order; impossible ones are left out.

    >>> [d.iso for d in dates_in("from 01/08/2025 until April 2025")]
    ['2025-01-08', '2025-04']
    """
    return [Written(iso, m.start(), m.end()) for m in _DATE.finditer(text) if (iso := _iso(m))]


def _iso(m: re.Match[str]) -> str | None:
    got = {k: v for k, v in m.groupdict().items() if v}
    which = next(k[1] for k in got if k[0] == "y")
    year = int(got[f"y{which}"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    name = got.get(f"n{which}")
    month = _MONTHS[name[:3].casefold()] if name else int(got.get(f"m{which}", 0))
    day = int(got.get(f"d{which}", 0))
    if not month:
        return f"{year:04d}"
    if month > 12 or (day and day > monthrange(year, month)[1]):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}" if day else f"{year:04d}-{month:02d}"


def period_in(text: str) -> Period:
    """The period a treatment's words give.

    >>> period_in("2025-01-08 to 2025-04-10")
    Period(start='2025-01-08', stop='2025-04-10', days=92)
    >>> period_in("for 3 months")
    Period(start=None, stop=None, days=90)
    """
    found = dates_in(text)
    start, stop = _ends(text, found)
    if (months := _MONTH_TO_MONTH.search(text)) is not None:
        first, last, year = _MONTHS[months[1][:3].casefold()], _MONTHS[months[2][:3].casefold()], int(months[3])
        start, stop = f"{year - (first > last):04d}-{first:02d}", f"{year:04d}-{last:02d}"
    days = duration_in(text)
    if days is None and start and stop:
        days = days_between(start, stop)
    return Period(start, stop, days)


def _ends(text: str, found: list[Written]) -> tuple[str | None, str | None]:
    start = stop = None
    for first, second in pairwise(found):
        if re.fullmatch(_TO, text[first.end : second.start], re.IGNORECASE) and first.iso[:4] <= second.iso[:4]:
            return first.iso, second.iso
    for one in found:
        lead = text[max(0, one.start - 28) : one.start].casefold()
        if re.search(
            r"(?:until|till|through|stopped|discontinued|d/c'?d?|ended|stop(?: date)?:?|end:?)\s*(?:in|on|by)?\s*$",
            lead,
        ):
            stop = stop or one.iso
        elif re.search(
            r"(?:since|from|started|began|begun|initiated|start(?: date)?:?|starting|beginning)\s*(?:in|on)?\s*$", lead
        ) or re.match(r"\s*(?:-|to)\s*(?:present|current|now|ongoing)", text[one.end :], re.IGNORECASE):
            start = start or one.iso
    return start, stop


def duration_in(text: str) -> int | None:
    """The least number of days that a stated duration means (a month is 30 days)."""
    for m in _DURATION.finditer(text):
        if (least := quantity_of(m).low) is not None and least > 0:
            return int(least * _DAYS[m["unit"].casefold()])
    return None


def days_between(start: str, stop: str) -> int | None:
    """Days from one date to another; None where one is only a year. A month counts as 30 days.

    >>> days_between("2025-01", "2025-04")
    90
    """
    if len(start) < 7 or len(stop) < 7:
        return None
    if len(start) == len(stop) == 10:
        days = (date.fromisoformat(stop) - date.fromisoformat(start)).days
    else:
        (y1, m1), (y2, m2) = ((int(d[:4]), int(d[5:7])) for d in (start, stop))
        days = 30 * ((y2 - y1) * 12 + m2 - m1)
    return days if days >= 0 else None
