"""Dates, periods and durations in clinical text. A date keeps the precision it was written with."""

import calendar
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pipeline.charts.quantities import NUMBER, QUANTITY, number_of, quantity_of

_MONTHS = {
    m: i
    for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"""(?:(?<![\d/.-])|(?<=/\d{{4}}-)|(?<=/\d\d-)|(?<=\d{{4}}-)(?=[A-Za-z]))(?:
      (?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)(?:-(?P<d1>\d\d))?(?![\d-])          # 2025-01-08, 2025-01
    | (?P<y8>(?:19|20)\d\d)[/.](?P<m8>\d\d?)[/.](?P<d8>\d\d?)(?![\d/])       # 2025/01/08
    | (?P<m2>\d\d?)[/-](?P<d2>\d\d?)[/-](?P<y2>\d{{4}}|\d\d)(?![\d/]|-\d+(?!\d*/))  # 01/08/2025, 1-8-25
    | (?P<m9>\d\d?)\.(?P<d9>\d\d?)\.(?P<y9>(?:19|20)\d\d)(?![\d.])           # 01.08.2025
    | (?P<m3>\d\d?)/(?P<y3>(?:19|20)\d\d)(?![\d/])                           # 01/2025
    | (?P<n4>\b{_MONTH})\s+(?P<d4>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y4>(?:19|20)\d\d)\b   # January 8, 2025
    | (?P<d5>\b\d\d?)(?:st|nd|rd|th)?[\s-](?P<n5>{_MONTH})[\s,-]{{1,2}}(?P<y5>(?:20|19)?\d\d\b)(?!\d)  # 8-Jan-25
    | (?P<n6>\b{_MONTH}),?[\s/-]+(?:of\s+)?(?P<y6>(?:19|20)\d\d)\b            # January 2025, Jan-2025
    | (?P<n0>\b{_MONTH})\s?'(?P<y0>\d\d)\b                                   # Jan '25
    | (?P<y7>\b(?:19|20)\d\d)(?![\d-])\b(?!\s*(?:mg|units?|mcg|calories))    # 2025
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TO = (
    r"\s*(?:-+>?|\u2013|\u2014|\u2192|(?:to|through|thru|until|till|end(?:ed)?"
    r"|stop(?:ped)?)(?: date)?\s?:|to|through|thru|until|till|and)\s*"
)
_RANGE = re.compile(r"\s*(?:-+>?|\u2013|\u2014|\u2192|to|through|thru|until)\s*\d", re.IGNORECASE)
_MONTH_TO_MONTH = re.compile(rf"\b({_MONTH})(?:{_TO})({_MONTH}),?\s+(?:of\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
# "begun in May 2025; she stayed on it through August": the first August after it was begun
_UNTIL_MONTH = re.compile(rf"\b(?:until|till|through|thru)\s+({_MONTH})(?!\w|\s*,?\s*(?:of\s+)?\d)", re.IGNORECASE)
# "3/25 to 5/25", "since 6/24": month and year, where the words around them speak of a period. Scales end at 10.
_SHORT = re.compile(
    r"(?<![\d/.])(?P<m>0?[1-9]|1[0-2])/(?P<y>1[2-9]|[23]\d)(?![\d/]|\.\d|\s*mm)",
)
_SHORT_LEAD = re.compile(
    r"(?:\b(?:since|from|in|until|till|through|to|started|began|begun|stopped|ended|d/c'?d?|discontinued|finished|off|last|late|early)|[(:;,-])\s*$",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(
    r"\b(?:in|for|during|of|through|over)\s+"
    r"(?:the\s+month\s+of\s+|all\s+of\s+|last\s+|this\s+past\s+)?"
    rf"(?P<month>{_MONTH})"
    r"(?!\w|\s*,?\s*(?:of\s+)?\d|\s*(?:-|to|through|and)\s)",
    re.IGNORECASE,
)
_YEAR_TOLD = re.compile(rf"\b({_MONTH}),?\s+(?:of\s+)?(last|this)\s+year\b", re.IGNORECASE)
_DAYS = {"day": 1, "week": 7, "wk": 7, "month": 30, "mo": 30, "year": 365, "yr": 365}
_ONE = re.compile(r"\b(?:a|an|one full|a full)\s+(?=(?:week|month|year)\b(?!ly))(?<!per a )", re.IGNORECASE)
_HALF_YEAR = re.compile(r"\b(?:a\s+)?half\s+(?:of\s+)?a\s+year\b", re.IGNORECASE)
_ONE_AND_A_HALF = re.compile(r"\b(?:a|one)\s+(year|month)\s+and\s+a\s+half\b", re.IGNORECASE)
_AND_A_HALF = re.compile(rf"\b({NUMBER})\s+and\s+a\s+half\s+(weeks|months|years)\b", re.IGNORECASE)
_BEGUN = re.compile(
    r"\s*(?:-|to)\s*(?:present|current|now|ongoing)"
    r"|\s*,?\s*(?:(?:she|he|they|we|I|pt|patient|the patient)\s+)?(?:was\s+|were\s+)?(?:started|began|tried"
    r"|placed on|put on|initiated|trialed)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"(?:\bin|\bduring|\bcirca|\()\s*(?:early\s+|late\s+|mid[\s-]?|spring\s+|summer\s+|fall\s+|winter\s+)?$",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"(?<!every )(?<!each )(?<!per )(?<!at )(?<!last )(?<!every)(?<!each)(?:\b|(?<=\bx)){QUANTITY}(?:\s+of)?[\s-]*"
    r"(?P<unit>day|week|wk|month|mo|year|yr)s?\b"
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


def month_named(text: str, recorded: str | None) -> Written | None:
    """The month that a text names last without its year: the last such before the day ``recorded``.

    >>> month_named("On her calendar for January there were 20 headache days", "2026-03-10").iso
    '2026-01'
    """
    if recorded is None or len(recorded) < 7:
        return None
    found = list(_MONTH_ALONE.finditer(text))
    if not found:
        return None
    month = _MONTHS[found[-1]["month"][:3].casefold()]
    year = int(recorded[:4]) - (month > int(recorded[5:7]))
    return Written(f"{year:04d}-{month:02d}", found[-1].start("month"), found[-1].end("month"))


def _with_short_dates(text: str) -> str:
    """The text with every ``3/25`` of a period written as ``03/2025``."""
    return _SHORT.sub(
        lambda m: (
            f"{m['m']}/20{m['y']}" if _SHORT_LEAD.search(text[: m.start()]) or _RANGE.match(text[m.end() :]) else m[0]
        ),
        text,
    )


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
    if month > 12 >= day > 0:  # 25/01/2025: the day first
        month, day = day, month
    if month > 12 or (day and day > monthrange(year, month)[1]):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}" if day else f"{year:04d}-{month:02d}"


def with_years(text: str, recorded: str | None) -> str:
    """The text with the year of a month told from the day ``recorded``: "April of last year" as "April 2025".

    >>> with_years("from January through April of last year", "2026-06-09")
    'from January through April 2025'
    """
    if recorded is None:
        return text
    return _YEAR_TOLD.sub(lambda m: f"{m[1]} {int(recorded[:4]) - (m[2].casefold() == 'last')}", text)


def period_in(text: str) -> Period:
    """The period a treatment's words give.

    >>> period_in("2025-01-08 to 2025-04-10")
    Period(start='2025-01-08', stop='2025-04-10', days=92)
    >>> period_in("for 3 months")
    Period(start=None, stop=None, days=90)
    """
    text = _with_short_dates(text)
    found = dates_in(text)
    start, stop = _ends(text, found)
    if (months := _MONTH_TO_MONTH.search(text)) is not None:
        first, last, year = _MONTHS[months[1][:3].casefold()], _MONTHS[months[2][:3].casefold()], int(months[3])
        start, stop = f"{year - (first > last):04d}-{first:02d}", f"{year:04d}-{last:02d}"
    if start and not stop and len(start) >= 7 and (ended := _UNTIL_MONTH.search(text)) is not None:
        month = _MONTHS[ended[1][:3].casefold()]
        stop = f"{int(start[:4]) + (month < int(start[5:7])):04d}-{month:02d}"
    days = duration_in(text)
    if days is None and start and stop:
        days = days_between(start, stop)
    return Period(start, stop, days)


def _ends(text: str, found: list[Written]) -> tuple[str | None, str | None]:
    start = stop = None
    for first, second in pairwise(found):
        between = text[first.end : second.start]
        together = (
            not between.strip() and len(first.iso) == len(second.iso) == 7 and first.iso < second.iso
        )  # an arrow that is no letter, or two cells of a row
        if together or (re.fullmatch(_TO, between, re.IGNORECASE) and first.iso[:4] <= second.iso[:4]):
            return first.iso, second.iso
    for one in found:
        lead = text[max(0, one.start - 28) : one.start].casefold()
        if re.search(
            r"(?:until|till|through|stopped|discontinued|d/c'?d?|ended|weaned off|tapered off|came off|off"
            r"|stop(?: date)?:?|end(?: date)?:?)\s*(?:in|on|by)?\s*$"
            r"|\b(?:stopped|discontinued|quit|d/c'?d|came off)\b[^.,;:\d]{0,24}$",
            lead,
        ):
            stop = stop or one.iso
        elif re.search(
            r"(?:since|from:?|started:?|began|begun|initiated|start(?: date)?:?|starting|beginning|trial"
            r"|tried)\s*(?:in|on)?\s*$"
            r"|\b(?:started|began|begun|initiated|placed on|put (?:her|him|me) on"
            r"|titrated)\b[^.;\d]*(?:\d+(?:\.\d+)?\s*mg[^.;\d]*)?(?:in|on)\s*$",
            text[max(0, one.start - 60) : one.start].casefold(),
        ) or _BEGUN.match(text[one.end :]):
            start = start or one.iso
    if start is None and stop is None and len(found) == 1 and _WHEN.search(text[: found[0].start]):
        start = found[0].iso
    return start, stop


# "x 8w", "x5y", "x 3m": spans in one letter behind their sign
_SHORT_SPAN = re.compile(r"\bx\s?(\d{1,2}(?:-\d{1,2})?)\s?([wmy])\b(?!/)", re.IGNORECASE)
_LETTERS = {"w": "weeks", "m": "months", "y": "years"}


def _spelled(m: re.Match[str]) -> str:
    return f"x {m[1]} {_LETTERS[m[2].casefold()]}"


def duration_in(text: str) -> int | None:
    """The least number of days that a stated duration means (a month is 30 days)."""
    text = _ONE.sub("1 ", _with_halves(_SHORT_SPAN.sub(_spelled, text)))
    for m in _DURATION.finditer(text):
        if (least := quantity_of(m).low) is not None and least > 0:
            return int(least * _DAYS[m["unit"].casefold()])
    return None


def _with_halves(text: str) -> str:
    """The text with halves in figures: ``three and a half months`` as ``3.5 months``."""
    text = _HALF_YEAR.sub("6 months", text)
    text = _ONE_AND_A_HALF.sub(r"1.5 \1s", text)
    return _AND_A_HALF.sub(lambda m: f"{number_of(m[1]) + 0.5:g} {m[2]}", text)


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


def month_end(month: str) -> str:
    """The last day of a month.

    >>> month_end("2024-02")
    '2024-02-29'
    """
    year, number = (int(part) for part in month.split("-"))
    return f"{month}-{calendar.monthrange(year, number)[1]:02d}"
