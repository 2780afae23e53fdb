"""A task's day is never after the true last day, whichever way an ambiguous limit is read."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.knowledge.calendar import due_date
from pipeline.values.vocabulary import TimeUnit
from tests.plan.letters import a_letter, clock, the_task

WRITTEN = st.dates(date(2024, 1, 1), date(2027, 12, 31))
LIMITS = st.sampled_from([(180, "day"), (60, "day"), (10, "business_day"), (4, "month"), (6, "month"), (1, "year")])
ANCHORS = st.sampled_from(["letter_date", "receipt", "unstated", "remittance_date"])


@settings(deadline=None)
@given(written=WRITTEN, limit=LIMITS, anchor=ANCHORS, mail=st.integers(0, 14))
def test_due_is_safe_whether_counted_from_letter_or_receipt(
    written: date, limit: tuple[int, str], anchor: str, mail: int
) -> None:
    amount, unit = limit
    received = written + timedelta(days=mail)
    letter = a_letter(letter_date=written.isoformat(), clocks=(clock("internal_appeal", amount, unit, anchor=anchor),))
    due = the_task(letter, today=received, received=received).due
    for start in (written, received):
        true = due_date(start, amount=amount, unit=TimeUnit(unit))
        assert due is not None
        assert due <= true.isoformat()


@settings(deadline=None)
@given(written=WRITTEN, limit=LIMITS, mail=st.integers(0, 5))
def test_without_a_readable_date_it_is_safe_for_mail_of_up_to_five_days(
    written: date, limit: tuple[int, str], mail: int
) -> None:
    amount, unit = limit
    received = written + timedelta(days=mail)
    letter = a_letter(letter_date=None, clocks=(clock("internal_appeal", amount, unit),))
    due = the_task(letter, today=received, received=received).due
    assert due is not None
    assert due <= due_date(written, amount=amount, unit=TimeUnit(unit)).isoformat()


@settings(deadline=None)
@given(written=WRITTEN, limit=LIMITS, printed=st.integers(-30, 700))
def test_of_a_printed_and_a_counted_day_the_earlier_is_worked_to(
    written: date, limit: tuple[int, str], printed: int
) -> None:
    amount, unit = limit
    day = written + timedelta(days=printed)
    both = (clock("internal_appeal", amount, unit), clock("internal_appeal", due=day.isoformat()))
    due = the_task(a_letter(letter_date=written.isoformat(), clocks=both), today=written, received=written).due
    counted = due_date(written, amount=amount, unit=TimeUnit(unit))
    assert due == min(counted, day if day >= written else counted).isoformat()
