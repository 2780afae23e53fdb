"""Counting time limits and saying dates, by rules of our own, so that gold does not depend on the pipeline."""

from datetime import date, timedelta
from random import Random

from pipeline.values.letter import TimeUnit

# Federal holidays of the span that letters are dated in; a limit in business days is never drawn across one.
HOLIDAYS = tuple(
    date.fromisoformat(d)
    for d in (
        "2026-07-03",
        "2026-09-07",
        "2026-10-12",
        "2026-11-11",
        "2026-11-26",
        "2026-12-25",
        "2027-01-01",
        "2027-01-18",
    )
)
_WORDS = {
    2: "two",
    3: "three",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    10: "ten",
    14: "fourteen",
    15: "fifteen",
    20: "twenty",
    24: "twenty-four",
    30: "thirty",
    45: "forty-five",
    60: "sixty",
    65: "sixty-five",
    72: "seventy-two",
    90: "ninety",
    120: "one hundred twenty",
    180: "one hundred eighty",
    365: "three hundred sixty-five",
}


def due(start: date, amount: int, unit: TimeUnit) -> date:
    """The last safe day of a limit; day one is the day after ``start``, hours are counted as whole days."""
    if unit is TimeUnit.HOUR:
        return start + timedelta(days=amount // 24)
    if unit is TimeUnit.DAY:
        return start + timedelta(days=amount)
    if unit is TimeUnit.BUSINESS_DAY:
        return _business(start, amount)
    months = start.month - 1 + amount * (12 if unit is TimeUnit.YEAR else 1)
    return start.replace(year=start.year + months // 12, month=months % 12 + 1)


def crosses_holiday(start: date, amount: int) -> bool:
    """Whether a federal holiday lies in a span of business days, where plans count differently."""
    end = _business(start, amount)
    return any(start < h <= end for h in HOLIDAYS)


def _business(start: date, amount: int) -> date:
    day = start
    while amount:
        day += timedelta(days=1)
        amount -= day.weekday() < 5
    return day


def say_number(rng: Random, n: int) -> str:
    """A number in one of the forms of such letters: 180, or one hundred eighty (180)."""
    return f"{_WORDS[n]} ({n})" if n in _WORDS and rng.random() < 0.3 else str(n)


def say_date(rng: Random, day: date) -> str:
    """A date in one of the usual American forms."""
    return day.strftime(rng.choice(["%B {d}, %Y", "%B {d}, %Y", "%m/%d/%Y", "%b {d}, %Y", "%m-%d-%Y"])).replace(
        "{d}", str(day.day)
    )


def short_date(day: date) -> str:
    """The form of tables."""
    return day.strftime("%m/%d/%Y")


def money(cents: int) -> str:
    """Dollars as printed."""
    return f"${cents / 100:,.2f}"
