"""Date arithmetic: tables of days counted by hand, and what holds for every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.knowledge.calendar import (
    business_day_on_or_after,
    business_day_on_or_before,
    business_days_between,
    due_date,
    is_business_day,
    latest_date,
    moves_on,
    working,
)
from pipeline.values.vocabulary import Anchor, ClockKind, TimeUnit

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))
D, B, M, Y, H = TimeUnit.DAY, TimeUnit.BUSINESS_DAY, TimeUnit.MONTH, TimeUnit.YEAR, TimeUnit.HOUR


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2026-03-01", 180, D, "2026-08-28"),
        ("2026-01-31", 1, D, "2026-02-01"),
        ("2024-02-28", 1, D, "2024-02-29"),
        ("2023-08-31", 180, D, "2024-02-27"),  # over a leap February that is not reached
        ("2023-09-03", 180, D, "2024-03-01"),  # over the leap day
        ("2022-09-03", 180, D, "2023-03-02"),  # the same days without one
        ("2026-08-24", 60, D, "2026-10-23"),
        ("2026-10-31", 4, M, "2027-02-28"),  # no 31 February: its last day
        ("2026-10-28", 4, M, "2027-02-28"),
        ("2023-10-29", 4, M, "2024-02-29"),
        ("2026-08-31", 6, M, "2027-02-28"),
        ("2026-05-31", 1, M, "2026-06-30"),
        ("2026-12-31", 2, M, "2027-02-28"),
        ("2026-01-15", 12, M, "2027-01-15"),
        ("2024-02-29", 1, Y, "2025-02-28"),
        ("2024-02-29", 4, Y, "2028-02-29"),
        ("2026-07-22", 1, Y, "2027-07-22"),
        ("2026-07-10", 10, B, "2026-07-24"),
        ("2026-07-02", 1, B, "2026-07-03"),  # 4 July 2026 is a Saturday: the observed Friday is counted
        ("2026-11-25", 1, B, "2026-11-26"),  # Thanksgiving: the payer may work
        ("2026-12-24", 2, B, "2026-12-28"),  # Christmas counted, the weekend not
        ("2026-01-16", 1, B, "2026-01-19"),  # Martin Luther King day
        ("2026-06-18", 1, B, "2026-06-19"),  # Juneteenth on a Friday
        ("2026-01-08", 48, H, "2026-01-10"),
        ("2026-01-08", 72, H, "2026-01-11"),
        ("2026-01-08", 24, H, "2026-01-09"),
        ("2026-01-08", 36, H, "2026-01-09"),
        ("2026-01-08", 0, D, "2026-01-08"),
    ],
)
def test_days_counted_by_hand(start: str, amount: int, unit: TimeUnit, due: str) -> None:
    assert due_date(date.fromisoformat(start), amount=amount, unit=unit) == date.fromisoformat(due)


@pytest.mark.parametrize(("amount", "unit"), [(-1, D), (99999, D), (500, M), (21, Y)])
def test_an_amount_that_no_limit_has_is_refused(amount: int, unit: TimeUnit) -> None:
    with pytest.raises(ValueError, match="not the amount"):
        due_date(date(2026, 1, 1), amount=amount, unit=unit)


@settings(deadline=None)
@given(start=DAYS, amount=st.integers(0, 400))
def test_calendar_days_are_days(start: date, amount: int) -> None:
    assert due_date(start, amount=amount, unit=D) - start == timedelta(days=amount)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "latest"),
    [
        ("2026-10-31", 4, M, "2027-03-01"),  # 45 CFR 147.136(d)(2)(i): the first day of the fifth month
        ("2026-08-31", 6, M, "2027-03-01"),
        ("2024-02-29", 1, Y, "2025-03-01"),
        ("2026-11-25", 1, B, "2026-11-27"),  # Thanksgiving
        ("2026-12-24", 2, B, "2026-12-29"),  # Christmas and a weekend
        ("2026-07-02", 1, B, "2026-07-03"),  # 4 July 2026 is a Saturday; the observed Friday is for pay and leave
        ("2026-01-08", 36, H, "2026-01-10"),
        ("2026-03-01", 180, D, "2026-08-28"),
    ],
)
def test_the_last_day_of_any_reading(start: str, amount: int, unit: TimeUnit, latest: str) -> None:
    assert latest_date(date.fromisoformat(start), amount=amount, unit=unit) == date.fromisoformat(latest)


def test_only_the_four_months_of_external_review_move_on() -> None:
    assert due_date(date(2026, 10, 31), amount=4, unit=M, next_month=True) == date(2027, 3, 1)
    assert moves_on(ClockKind.EXTERNAL_REVIEW, amount=4, unit=M)
    assert not moves_on(ClockKind.EXTERNAL_REVIEW, amount=6, unit=M)
    assert not moves_on(ClockKind.INTERNAL_APPEAL, amount=4, unit=M)


@settings(deadline=None)
@given(start=DAYS, amount=st.integers(1, 60))
def test_months_keep_the_day_or_end_with_the_month(start: date, amount: int) -> None:
    due, latest = due_date(start, amount=amount, unit=M), latest_date(start, amount=amount, unit=M)
    assert (due.year - start.year) * 12 + due.month - start.month == amount
    assert due.day == start.day or (due + timedelta(days=1)).day == 1
    assert latest == due or (latest.day, latest - due) == (1, timedelta(days=1))


@settings(deadline=None)
@given(start=DAYS, amount=st.integers(1, 60))
def test_business_days_whether_the_payer_keeps_holidays_or_not(start: date, amount: int) -> None:
    due, latest = due_date(start, amount=amount, unit=B), latest_date(start, amount=amount, unit=B)
    assert due.weekday() < 5
    assert sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, (due - start).days + 1)) == amount
    assert is_business_day(latest)
    assert business_days_between(start, latest) == amount
    assert business_days_between(latest, start) == -amount
    assert due <= latest


@settings(deadline=None)
@given(day=DAYS)
def test_a_day_that_moves_on_is_the_next_one_open(day: date) -> None:
    moved = business_day_on_or_after(day)
    assert is_business_day(moved)
    assert not any(is_business_day(day + timedelta(days=n)) for n in range((moved - day).days))


@settings(deadline=None)
@given(start=DAYS, amount=st.integers(1, 200), unit=st.sampled_from([D, B, M]))
def test_a_longer_limit_and_a_later_start_never_end_earlier(start: date, amount: int, unit: TimeUnit) -> None:
    due = due_date(start, amount=amount, unit=unit)
    assert due > start
    assert due_date(start, amount=amount + 1, unit=unit) >= due
    assert due_date(start + timedelta(days=1), amount=amount, unit=unit) >= due


@settings(deadline=None)
@given(start=DAYS, hours=st.integers(1, 200), minute=st.integers(0, 24 * 60 - 1))
def test_hours_never_end_after_the_true_moment(start: date, hours: int, minute: int) -> None:
    """Whatever the minute of the trigger was, the day given is not after the day on which the hours run out."""
    true_day = start + timedelta(days=(minute + hours * 60) // (24 * 60))
    assert due_date(start, amount=hours, unit=H) <= true_day


@settings(deadline=None)
@given(day=DAYS)
def test_the_business_day_before_is_close_and_never_after(day: date) -> None:
    before = business_day_on_or_before(day)
    assert is_business_day(before)
    assert timedelta(0) <= day - before <= timedelta(days=5)


@settings(deadline=None)
@given(start=DAYS, amount=st.integers(1, 200), unit=st.sampled_from(list(TimeUnit)))
def test_the_working_names_amount_and_start(start: date, amount: int, unit: TimeUnit) -> None:
    amount = min(amount, 20) if unit is Y else amount
    words = working(start, amount=amount, unit=unit, anchor=Anchor.LETTER_DATE)
    assert words.startswith(f"{amount} ")
    assert start.isoformat() in words
