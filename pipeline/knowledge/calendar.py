"""Date arithmetic of time limits: pure, and never a day late.

Counting rules: day 1 is the day after the trigger; a result is never moved for a weekend or a holiday, so it is the
earliest safe day; months keep the day of the month, and a day that the month lacks becomes the first of the next month
(45 CFR 147.136(d)(2)(i)); hours run from the first minute of the trigger's day, because a letter seldom prints a time.

>>> due_date(date(2026, 3, 1), amount=180, unit=TimeUnit.DAY)
datetime.date(2026, 8, 28)
>>> due_date(date(2026, 10, 31), amount=4, unit=TimeUnit.MONTH)
datetime.date(2027, 3, 1)
"""

from datetime import date, timedelta
from functools import cache

import holidays

from pipeline.values.vocabulary import Anchor, TimeUnit

LONGEST_YEARS = 20
"""No time limit of this field is longer; a larger amount is a misreading."""

_LONGEST = {
    TimeUnit.HOUR: LONGEST_YEARS * 366 * 24,
    TimeUnit.DAY: LONGEST_YEARS * 366,
    TimeUnit.BUSINESS_DAY: LONGEST_YEARS * 262,
    TimeUnit.MONTH: LONGEST_YEARS * 12,
    TimeUnit.YEAR: LONGEST_YEARS,
}

ANCHOR_WORDS = {
    Anchor.LETTER_DATE: "the letter date",
    Anchor.RECEIPT: "the day of receipt",
    Anchor.DECISION_DATE: "the date of the decision",
    Anchor.DATE_OF_SERVICE: "the date of service",
    Anchor.REQUEST_DATE: "the date of the request",
    Anchor.REMITTANCE_DATE: "the date of the remittance advice",
    Anchor.PRIMARY_EOB_DATE: "the date of the primary payer's explanation of benefits",
    Anchor.UNSTATED: "the letter date (the letter does not say from which day)",
}

_UNIT_WORDS = {
    TimeUnit.DAY: ("calendar day", "calendar days"),
    TimeUnit.BUSINESS_DAY: ("business day", "business days"),
    TimeUnit.MONTH: ("month", "months"),
    TimeUnit.YEAR: ("year", "years"),
    TimeUnit.HOUR: ("hour", "hours"),
}


def due_date(anchor_date: date, *, amount: int, unit: TimeUnit) -> date:
    """The earliest safe last day of a limit of ``amount`` ``unit`` that ``anchor_date`` starts.

    Raises:
        ValueError: the amount is negative or above ``LONGEST_YEARS``, which no limit is: it was misread.
    """
    if not 0 <= amount <= _LONGEST[unit] or anchor_date.year + LONGEST_YEARS >= date.max.year:
        raise ValueError("not the amount of a time limit")
    match unit:
        case TimeUnit.HOUR:
            return anchor_date + timedelta(days=amount // 24)
        case TimeUnit.DAY:
            return anchor_date + timedelta(days=amount)
        case TimeUnit.BUSINESS_DAY:
            return _business_days_after(anchor_date, amount)
        case TimeUnit.MONTH:
            return _months_after(anchor_date, amount)
        case TimeUnit.YEAR:
            return _months_after(anchor_date, 12 * amount)


def is_business_day(day: date) -> bool:
    """Monday to Friday and no federal holiday of 5 U.S.C. 6103(a).

    A holiday's "observed" day counts as a business day: a payer may work then, and a day counted is never late.
    """
    return day.weekday() < 5 and day not in _federal_holidays(day.year)


def business_days_between(start: date, end: date) -> int:
    """How many business days lie after ``start`` up to and with ``end``; negative when ``end`` is the earlier."""
    if end < start:
        return -business_days_between(end, start)
    return sum(is_business_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def business_day_on_or_before(day: date) -> date:
    """The day itself, or the last business day before it: for a step that someone must do at work."""
    while not is_business_day(day):
        day -= timedelta(days=1)
    return day


def limit_words(amount: int, unit: TimeUnit) -> str:
    """The limit in words.

    >>> limit_words(180, TimeUnit.DAY)
    '180 calendar days'
    """
    one, many = _UNIT_WORDS[unit]
    return f"{amount} {one if amount == 1 else many}"


def working(anchor_date: date, *, amount: int, unit: TimeUnit, anchor: Anchor) -> str:
    """How ``due_date`` gets there, in plain words.

    >>> working(date(2026, 3, 1), amount=180, unit=TimeUnit.DAY, anchor=Anchor.LETTER_DATE)
    '180 calendar days from the letter date 2026-03-01 (day 1 = 2026-03-02)'
    """
    words = f"{limit_words(amount, unit)} from {ANCHOR_WORDS[anchor]} {anchor_date.isoformat()}"
    match unit:
        case TimeUnit.DAY:
            return f"{words} (day 1 = {(anchor_date + timedelta(days=1)).isoformat()})"
        case TimeUnit.BUSINESS_DAY:
            first = _business_days_after(anchor_date, 1).isoformat()
            return f"{words} (day 1 = {first}; weekends and federal holidays not counted)"
        case TimeUnit.MONTH | TimeUnit.YEAR:
            moved = due_date(anchor_date, amount=amount, unit=unit).day != anchor_date.day
            return (
                f"{words} ({'that day is missing, so the first of the next month' if moved else 'same day of month'})"
            )
        case TimeUnit.HOUR:
            return f"{words} (counted from the first minute of that day)"


def _business_days_after(day: date, amount: int) -> date:
    while amount > 0:
        day += timedelta(days=1)
        amount -= is_business_day(day)
    return day


def _months_after(day: date, amount: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)


@cache
def _federal_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("US", years=year, observed=False))
