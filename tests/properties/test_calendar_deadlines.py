"""A task's day is never after the true last day, whichever way an ambiguous limit is read.

The readings are written here anew, by stepping from day to day; nothing of the calendar that is tested is used.
"""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

import holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.values.task import Task
from tests.plan.letters import a_letter, clock, tasks_of, the_task

WRITTEN = st.dates(date(2024, 1, 1), date(2027, 12, 31))
LIMITS = st.sampled_from(
    [
        (180, "day"), (60, "day"), (65, "day"), (1, "day"), (10, "business_day"), (7, "business_day"),
        (1, "business_day"), (30, "business_day"), (4, "month"), (6, "month"), (1, "month"), (12, "month"),
        (1, "year"), (2, "year"), (72, "hour"), (48, "hour"), (36, "hour"),
    ]
)  # fmt: skip
ANCHORS = st.sampled_from(["letter_date", "receipt", "unstated", "remittance_date"])
KINDS = st.sampled_from(["internal_appeal", "provider_dispute", "reconsideration", "external_review"])
_FEDERAL = holidays.country_holidays("US", years=range(2023, 2032), observed=False)
_OBSERVED = holidays.country_holidays("US", years=range(2023, 2032), observed=True)


def readings(start: date, amount: int, unit: str) -> list[date]:
    """Every last day that somebody may count from ``start``."""
    if unit == "hour":
        return [start + timedelta(hours=amount + minutes / 60) for minutes in (0, 60 * 12, 60 * 23)]
    if unit == "day":
        return [start + timedelta(days=amount)]
    if unit == "business_day":
        return [_stepped(start, amount, closed) for closed in (set(), set(_FEDERAL), set(_OBSERVED))]
    months = amount * (12 if unit == "year" else 1)
    year, month = start.year + (start.month - 1 + months) // 12, (start.month - 1 + months) % 12 + 1
    last = date(year, month, monthrange(year, month)[1])
    return [last, last + timedelta(days=1)] if start.day > last.day else [last.replace(day=start.day)]


def _stepped(day: date, amount: int, closed: set[date]) -> date:
    while amount:
        day += timedelta(days=1)
        amount -= day.weekday() < 5 and day not in closed
    return day


def _due(task: Task) -> date:
    assert task.due is not None
    return date.fromisoformat(task.due)


@settings(deadline=None)
@given(written=WRITTEN, limit=LIMITS, anchor=ANCHORS, mail=st.integers(0, 14), stamped=st.booleans())
def test_due_is_safe_under_every_reading(
    written: date, limit: tuple[int, str], anchor: str, mail: int, stamped: bool
) -> None:
    amount, unit = limit
    received = written + timedelta(days=mail)
    letter = a_letter(
        letter_date=written.isoformat(),
        received_date=received.isoformat() if stamped else None,
        clocks=(clock("internal_appeal", amount, unit, anchor=anchor),),
    )
    task = the_task(letter, today=received, received=received)
    for start in (written, received):
        for true in readings(start, amount, unit):
            assert _due(task) <= true
    told = next(c for c in task.clocks if c.amount == amount)
    if anchor == "receipt" and stamped:
        # An observed holiday counts as a business day: 5 U.S.C. 6103(b) moves it for pay and leave only.
        assert date.fromisoformat(told.due_latest or told.due or "") >= max(readings(received, amount, unit)[:2])


@settings(deadline=None)
@given(received=WRITTEN, limit=LIMITS, anchor=ANCHORS, mail=st.integers(0, 5), wrong=st.integers(0, 800))
def test_due_is_safe_without_a_letter_date_or_with_one_that_cannot_be(
    received: date, limit: tuple[int, str], anchor: str, mail: int, wrong: int
) -> None:
    """Written up to five days before its receipt; the page gives no date, or one after the receipt."""
    amount, unit = limit
    printed = (received + timedelta(days=wrong)).isoformat() if wrong else None
    letter = a_letter(letter_date=printed, clocks=(clock("internal_appeal", amount, unit, anchor=anchor),))
    task = the_task(letter, today=received, received=received)
    assert _due(task) <= min(readings(received - timedelta(days=mail), amount, unit))
    assert task.steps[0].do.startswith("Ask the payer for the last day")


@settings(deadline=None)
@given(true=WRITTEN, limit=LIMITS, anchor=ANCHORS, mail=st.integers(0, 14), late=st.integers(1, 60))
def test_a_stamp_before_the_letters_own_date_is_counted_from(
    true: date, limit: tuple[int, str], anchor: str, mail: int, late: int
) -> None:
    """The letter's date was read too late; the stamp on it, or the line of the fax, shows that it was there before."""
    amount, unit = limit
    stamped = true + timedelta(days=mail)
    misread = stamped + timedelta(days=late)
    letter = a_letter(
        letter_date=misread.isoformat(), received_date=stamped.isoformat(),
        clocks=(clock("internal_appeal", amount, unit, anchor=anchor),),
    )  # fmt: skip
    task = the_task(letter, today=misread, received=misread)
    assert _due(task) <= min(readings(stamped, amount, unit))
    assert task.steps[0].do.startswith("Ask the payer for the last day")


@settings(deadline=None)
@given(
    written=WRITTEN, after=st.integers(20, 200), limits=st.lists(LIMITS, min_size=1, max_size=3),
    first=LIMITS, partly=st.booleans(),
)  # fmt: skip
def test_a_later_decision_is_worked_to_its_own_limits(
    written: date, after: int, limits: list[tuple[int, str]], first: tuple[int, str], partly: bool
) -> None:
    """What is upheld, or won in part, has limits of its own: the first letter's never make the day a later one."""
    decided = written + timedelta(days=after)
    numbers = {"service_timing": "pre_service", "claim_number": None, "reference_number": "REF-1"}
    denial = a_letter("a-1", letter_date=written.isoformat(), clocks=(clock("internal_appeal", *first),), **numbers)
    kind = {"kind": "appeal_overturned", "subtype": "partial"} if partly else {"kind": "appeal_upheld"}
    second = a_letter(
        "b-1", letter_date=decided.isoformat(), clocks=tuple(clock("second_level", *one) for one in limits),
        **kind, **numbers,
    )  # fmt: skip
    task = tasks_of(denial, second, today=decided, received=decided)[-1]
    assert _due(task) <= min(min(readings(decided, *one)) for one in limits)


@settings(deadline=None)
@given(written=WRITTEN, limit=LIMITS, other=LIMITS, kinds=st.tuples(KINDS, KINDS))
def test_a_limit_from_a_day_that_is_not_known_is_worked_to_the_shortest_window(
    written: date, limit: tuple[int, str], other: tuple[int, str], kinds: tuple[str, str]
) -> None:
    """It may have begun any time before the letter: no day later than the shortest window that occurs is shown."""
    unknown = replace(clock(kinds[0], *limit, anchor="unstated"), runs_from="the admission date")
    letter = a_letter(letter_date=written.isoformat(), clocks=(unknown, clock(kinds[1], *other)))
    task = the_task(letter, today=written, received=written)
    if kinds[0] != "external_review":  # which is not ours after the service
        assert _due(task) <= written + timedelta(days=60)


@settings(deadline=None)
@given(written=WRITTEN, limit=LIMITS, off=st.integers(-40, 400), kind=KINDS)
def test_of_a_number_and_a_printed_day_the_earlier_is_worked_to(
    written: date, limit: tuple[int, str], off: int, kind: str
) -> None:
    amount, unit = limit
    counted = min(readings(written, amount, unit))
    printed = max(counted + timedelta(days=off), written)
    stage = "appeal_upheld" if kind == "external_review" else "denial"
    letter = a_letter(
        kind=stage, service_timing="pre_service", claim_number=None, reference_number="REF-1",
        letter_date=written.isoformat(), clocks=(clock(kind, amount, unit), clock(kind, due=printed.isoformat())),
    )  # fmt: skip
    task = the_task(letter, today=written, received=written)
    moves = kind == "external_review" and (amount, unit) == (4, "month")  # 45 CFR 147.136(d)(2)(i)
    assert _due(task) <= min(max(readings(written, amount, unit)) if moves else counted, printed)


@settings(deadline=None)
@given(
    written=WRITTEN,
    limits=st.lists(st.tuples(LIMITS, st.sampled_from(["member", "provider", "either"])), min_size=1, max_size=4),
    before=st.booleans(),
)
def test_of_several_limits_for_one_step_ours_that_ends_first_is_worked_to(
    written: date, limits: list[tuple[tuple[int, str], str]], before: bool
) -> None:
    more = {"service_timing": "pre_service", "claim_number": None, "reference_number": "REF-1"} if before else {}
    clocks = tuple(clock("internal_appeal", amount, unit, party=party) for (amount, unit), party in limits)
    task = the_task(a_letter(letter_date=written.isoformat(), clocks=clocks, **more), today=written, received=written)
    ours = [min(readings(written, *limit)) for limit, party in limits if before or party != "member"]
    # Nothing of ours in the letter: the shortest window that occurs, to be confirmed; a member's limit sets no day.
    assert _due(task) <= min(ours, default=written + timedelta(days=60))


@settings(deadline=None)
@given(written=WRITTEN, passed=st.integers(0, 300))
def test_a_later_day_for_the_same_step_never_hides_one_that_has_passed(written: date, passed: int) -> None:
    clocks = (clock("internal_appeal", 60), clock("internal_appeal", 180))
    letter = a_letter(letter_date=written.isoformat(), clocks=clocks)
    task = the_task(letter, today=written + timedelta(days=passed), received=written)
    assert _due(task) == written + timedelta(days=60)
