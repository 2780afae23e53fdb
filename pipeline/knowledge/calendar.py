"""Date arithmetic of time limits: pure, and never a day late.

A limit can be read in more than one way. ``due_date`` is the earliest day that any reading gives, ``latest_date`` the
last one. Day 1 is the day after the trigger. Business days: the payer's office may be closed on a holiday or not, so
the earliest reading counts every Monday to Friday. Months keep the day of the month; where the month lacks it, the
earliest reading is the month's last day, and the first of the next month holds only where a law says so (external
review, 45 CFR 147.136(d)(2)(i)). Hours run from the first minute of the trigger's day, because a letter seldom prints a
time. The earliest day is never moved for a weekend or a holiday.

>>> due_date(date(2026, 3, 1), amount=180, unit=TimeUnit.DAY)
datetime.date(2026, 8, 28)
>>> due_date(date(2026, 8, 31), amount=6, unit=TimeUnit.MONTH)
datetime.date(2027, 2, 28)
>>> due_date(date(2026, 10, 31), amount=4, unit=TimeUnit.MONTH, next_month=True)
datetime.date(2027, 3, 1)
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

import holidays

from pipeline.values.vocabulary import Anchor, ClockKind, TimeUnit

LONGEST_YEARS = 20
"""No time limit of this field is longer; a larger amount is a misreading."""

_LONGEST = {
    TimeUnit.HOUR: LONGEST_YEARS * 366 * 24,
    TimeUnit.DAY: LONGEST_YEARS * 366,
    TimeUnit.BUSINESS_DAY: LONGEST_YEARS * 262,
    TimeUnit.MONTH: LONGEST_YEARS * 12,
    TimeUnit.YEAR: LONGEST_YEARS,
}

_MONTHS = {TimeUnit.MONTH: 1, TimeUnit.YEAR: 12}
_SATURDAY = 5

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


def days_left(due: str | None, *, today: date) -> int | None:
    """Calendar days from ``today`` to an ISO day, negative when it has passed; None without a day.

    >>> days_left("2026-03-12", today=date(2026, 3, 10)), days_left(None, today=date(2026, 3, 10))
    (2, None)
    """
    return (date.fromisoformat(due) - today).days if due else None


def due_date(anchor_date: date, *, amount: int, unit: TimeUnit, next_month: bool = False) -> date:
    """The earliest safe last day of a limit of ``amount`` ``unit`` that ``anchor_date`` starts.

    ``next_month``: the law itself moves a day that the month lacks to the first of the next month.

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
            return _weekdays_after(anchor_date, amount)
        case TimeUnit.MONTH | TimeUnit.YEAR:
            return _months_after(anchor_date, _MONTHS[unit] * amount, next_month=next_month)


def moves_on(kind: ClockKind, *, amount: int, unit: TimeUnit) -> bool:
    """Whether a day that the month lacks becomes the first of the next: the four months of external review alone."""
    return kind is ClockKind.EXTERNAL_REVIEW and (amount, unit) == (4, TimeUnit.MONTH)


def latest_date(anchor_date: date, *, amount: int, unit: TimeUnit) -> date:
    """The last day that any reading of the same limit gives; hours to the end of the day on which they run out."""
    match unit:
        case TimeUnit.HOUR:
            return anchor_date + timedelta(days=-(-amount // 24))
        case TimeUnit.DAY:
            return anchor_date + timedelta(days=amount)
        case TimeUnit.BUSINESS_DAY:
            return business_days_after(anchor_date, amount)
        case TimeUnit.MONTH | TimeUnit.YEAR:
            return _months_after(anchor_date, _MONTHS[unit] * amount, next_month=True)


def business_days_after(day: date, amount: int) -> date:
    """The day that lies ``amount`` business days after ``day``: when work that takes so long is done."""
    while amount > 0:
        day += timedelta(days=1)
        amount -= is_business_day(day)
    return day


def business_days_before(day: date, amount: int) -> date:
    """The day that lies ``amount`` business days before ``day``: the last one for what is due so long before it."""
    while amount > 0:
        day -= timedelta(days=1)
        amount -= is_business_day(day)
    return day


def business_day_on_or_after(day: date) -> date:
    """The day itself, or the next business day: where a law moves a last day on (never relied on for ``due``)."""
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def is_business_day(day: date) -> bool:
    """Monday to Friday and no federal holiday of 5 U.S.C. 6103(a).

    A holiday's "observed" day counts as a business day: 6103(b) moves it for pay and leave only.
    """
    return day.weekday() < _SATURDAY and day not in _federal_holidays(day.year)


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


def working(anchor_date: date, *, amount: int, unit: TimeUnit, anchor: Anchor, next_month: bool = False) -> str:
    """How ``due_date`` gets there, in plain words.

    >>> working(date(2026, 3, 1), amount=180, unit=TimeUnit.DAY, anchor=Anchor.LETTER_DATE)
    '180 calendar days from the letter date 2026-03-01 (day 1 = 2026-03-02)'
    """
    words = f"{limit_words(amount, unit)} from {ANCHOR_WORDS[anchor]} {anchor_date.isoformat()}"
    match unit:
        case TimeUnit.DAY:
            return f"{words} (day 1 = {(anchor_date + timedelta(days=1)).isoformat()})"
        case TimeUnit.BUSINESS_DAY:
            return f"{words} ({_business_words(anchor_date, amount)})"
        case TimeUnit.MONTH | TimeUnit.YEAR:
            due = due_date(anchor_date, amount=amount, unit=unit, next_month=next_month)
            moved = "so the first of the next month" if next_month else "so the last day of the month"
            return f"{words} ({'same day of month' if due.day == anchor_date.day else f'that day is missing, {moved}'})"
        case TimeUnit.HOUR:
            return f"{words} (counted from the first minute of that day)"


def _business_words(start: date, amount: int) -> str:
    end = _weekdays_after(start, amount)
    span = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    closed = [day.isoformat() for day in span if day.weekday() < _SATURDAY and not is_business_day(day)]
    told = f"day 1 = {_weekdays_after(start, 1).isoformat()}; weekends not counted"
    return told + (f"; {', '.join(closed)} counted, because the payer may work on that holiday" if closed else "")


def _weekdays_after(day: date, amount: int) -> date:
    while amount > 0:
        day += timedelta(days=1)
        amount -= day.weekday() < _SATURDAY
    return day


def _months_after(day: date, amount: int, *, next_month: bool) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    last = monthrange(year, month + 1)[1]
    if day.day > last and next_month:
        return date(year, month + 1, last) + timedelta(days=1)
    return date(year, month + 1, min(day.day, last))


@cache
def _federal_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("US", years=year, observed=False))
