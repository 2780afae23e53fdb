"""A new day: until a task says that it must be worked out anew, working it out anew gives what is laid on anyway."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.plan import seen_on
from pipeline.plan.priority import day_points
from pipeline.plan.seen import bands
from pipeline.values.letter import Channel, Letter
from pipeline.values.task import FollowUp, Task
from tests.plan.letters import a_letter, clock, contact
from tests.plan.test_following import WRITTEN, row, tasks_planned

_LIMITS = ("internal_appeal", "peer_to_peer", "external_review", "second_level", "continuation_of_benefits",
           "provider_dispute", "expedited_appeal", "records_due")  # fmt: skip
_KINDS = ("denial", "partial_denial", "information_request", "overpayment_demand", "dismissal")
_LATER = ("appeal_upheld", "appeal_overturned", "approval", "acknowledgement")


def _on(days: int) -> str:
    return str(WRITTEN + timedelta(days=days))


@st.composite
def cases(draw: st.DrawFn) -> tuple[tuple[Letter, ...], tuple[FollowUp, ...]]:
    """The letters of a case, and what was sent about the first."""
    limits = draw(st.lists(st.tuples(st.sampled_from(_LIMITS), st.integers(2, 200)), max_size=4))
    more: dict[str, Any] = {"plan_type": draw(st.sampled_from(["marketplace", "medicaid", "medicare_advantage", None]))}
    before = draw(st.booleans())
    more |= {"service_timing": "pre_service", "claim_number": None, "reference_number": "REF-77"} if before else {}
    phone = contact("peer_to_peer", "phone", "8005550100")
    first = a_letter(
        kind=draw(st.sampled_from(_KINDS)), letter_date=_on(0), contacts=(phone,),
        clocks=tuple(clock(kind, amount) for kind, amount in limits), **more,
    )  # fmt: skip
    letters = [first]
    if kind := draw(st.sampled_from((None, *_LATER))):
        reasons = ("medical_necessity",) if kind == "appeal_upheld" else ()
        letters.append(a_letter("b-1", kind=kind, letter_date=_on(draw(st.integers(1, 60))), reasons=reasons, **more))
    rows = []
    if draw(st.booleans()):
        rows.append(row("sent", _on(draw(st.integers(1, 90))), channel=Channel.FAX, proof="F1"))
    if draw(st.booleans()):
        rows.append(row("remind", _on(draw(st.integers(1, 200))), place=2))
    return tuple(letters), tuple(rows)


def _plain(task: Task) -> Task:
    """The task without the day until which it holds, which a later day may move."""
    return replace(task, holds_until=None)


@settings(deadline=None, max_examples=60)
@given(case=cases(), day=st.integers(0, 300), later=st.integers(0, 300))
def test_as_long_as_it_holds_only_what_is_laid_on_changes(
    case: tuple[tuple[Letter, ...], tuple[FollowUp, ...]], day: int, later: int
) -> None:
    letters, rows = case
    before, after = WRITTEN + timedelta(days=day), WRITTEN + timedelta(days=day + later)
    for then, now in zip(
        tasks_planned(*letters, rows=rows, today=str(before)), tasks_planned(*letters, rows=rows, today=str(after)),
        strict=True,
    ):  # fmt: skip
        assert then.holds_until is not None
        assert seen_on(now, after) == now
        if str(after) < then.holds_until:
            assert _plain(seen_on(then, after)) == _plain(now)


@settings(deadline=None, max_examples=60)
@given(case=cases(), day=st.integers(0, 300))
def test_a_task_never_says_that_it_holds_when_its_day_passes(
    case: tuple[tuple[Letter, ...], tuple[FollowUp, ...]], day: int
) -> None:
    letters, rows = case
    today = str(WRITTEN + timedelta(days=day))
    task = tasks_planned(*letters, rows=rows, today=today)[-1]
    assume(task.due is not None and task.due >= today)
    assert task.holds_until is not None
    assert task.due is not None
    assert task.holds_until > today
    assert task.holds_until <= str(date.fromisoformat(task.due) + timedelta(days=1))


@given(day=st.dates(date(2025, 1, 1), date(2028, 12, 31)), left=st.integers(-40, 400))
def test_the_bands_give_the_points_of_every_due_day(day: date, left: int) -> None:
    due = day + timedelta(days=left)
    assert next(points for last, points in bands(day) if due <= last) == day_points(due, day)
