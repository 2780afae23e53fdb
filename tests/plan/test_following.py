"""After sending: the payer's time, when to ask, what a delay means, what answers a sending; days by the calendar."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.case import CaseLetter, work_out
from pipeline.values.letter import Channel, Letter
from pipeline.values.practice import Practice
from pipeline.values.task import Action, FollowUp, FollowUpAct, Task, TaskState
from tests.plan.letters import KNOWLEDGE, a_letter, clock, contact

WRITTEN = date(2026, 3, 2)
LAST = "2026-08-29"  # 180 days later
BEFORE = {
    "service_timing": "pre_service",
    "claim_number": None,
    "reference_number": "REF-77",
    "plan_type": "marketplace",
}


def row(act: str, day: str, place: int = 1, **more: Any) -> FollowUp:
    values: dict[str, Any] = {"letter_id": "a-1", "by": "dana", "at": f"{day}T10:00:00+00:00", "id": place} | more
    if act == "sent":
        values = {"action": Action.APPEAL} | values
    return FollowUp(act=FollowUpAct(act), day=day, **values)


def _came(letter: Letter) -> date:
    assert letter.letter_date is not None
    return date.fromisoformat(letter.letter_date.value or "") + timedelta(days=2)


def planned(*letters: Letter, rows: tuple[FollowUp, ...], today: str) -> Task:
    """The task of the highest level."""
    return tasks_planned(*letters, rows=rows, today=today)[-1]


def tasks_planned(*letters: Letter, rows: tuple[FollowUp, ...], today: str) -> tuple[Task, ...]:
    """The tasks of a case; ``rows`` are what was sent about its first letter."""
    told = [
        CaseLetter(letter=one, received=_came(one), follow_ups=rows if one.letter_id == "a-1" else ())
        for one in letters
    ]
    day = date.fromisoformat(today)
    return work_out(told, case_id="c", today=day, knowledge=KNOWLEDGE, practice=Practice())


def denial(**more: Any) -> Letter:
    fax = contact("appeal", "fax", "8885550132")
    return a_letter(**{"letter_date": str(WRITTEN), "clocks": (clock("internal_appeal", 180),), "contacts": (fax,)}
                    | BEFORE | more)  # fmt: skip


def test_what_was_sent_starts_the_payers_time() -> None:
    sent = row("sent", "2026-03-10", channel=Channel.FAX, number="8885550132", proof="FX-20931")
    task = planned(denial(), rows=(sent,), today="2026-03-10")
    # 30 days before the service (29 CFR 2560.503-1(i)(2)(ii)): day 1 is the day after.
    assert (task.state, task.due, task.waiting_on) == (TaskState.SENT, "2026-04-09", "payer")
    assert "sent on 2026-03-10" in task.due_why
    assert [(step.do.split(",")[0], step.by) for step in task.steps] == [
        ("Ask the payer whether it has arrived", "2026-03-12"),
        ("Ask the payer how it stands", "2026-04-02"),
        ("If no answer has come", "2026-04-09"),
    ]
    assert task.next_touch_on == "2026-03-12"
    assert task.follow_ups == (sent,)


def test_it_waits_for_a_decision_once_the_payer_has_it() -> None:
    rows = (row("sent", "2026-03-10", channel=Channel.FAX, proof="F1"), row("arrived", "2026-03-12", 2, proof="C-77"))
    task = planned(denial(), rows=rows, today="2026-03-12")
    assert (task.state, task.due) == (TaskState.AWAITING_DECISION, "2026-04-11")
    assert not any("has arrived" in step.do for step in task.steps)


def test_the_days_of_asking_follow_the_way_it_was_sent() -> None:
    asked = {
        channel: next(
            step.by
            for step in planned(denial(), rows=(row("sent", "2026-03-10", channel=channel),), today="2026-03-10").steps
            if "has arrived" in step.do
        )
        for channel in (Channel.FAX, Channel.PORTAL, Channel.EMAIL, Channel.MAIL, None)
    }
    assert [asked[c] for c in (Channel.FAX, Channel.PORTAL, Channel.EMAIL)] == [
        "2026-03-12",
        "2026-03-11",
        "2026-03-12",
    ]
    assert asked[Channel.MAIL] == "2026-03-19"
    lacking = planned(denial(), rows=(row("sent", "2026-03-10"),), today="2026-03-10").steps[0]
    assert lacking.do.startswith("Write down how it was sent")


def test_a_wrong_number_is_told() -> None:
    wrong = row("sent", "2026-03-10", channel=Channel.FAX, number="8885550199", proof="F1")
    task = planned(denial(), rows=(wrong,), today="2026-03-10")
    assert "does not give 8885550199" in task.steps[0].do
    right = planned(denial(), rows=(row("sent", "2026-03-10", channel=Channel.FAX, number="8885550132", proof="F1"),),
                    today="2026-03-10")  # fmt: skip
    assert not any("does not give" in step.do for step in right.steps)


@pytest.mark.parametrize(
    ("plan_type", "cite"),
    [
        ("marketplace", "45 CFR 147.136(b)(2)(ii)(F)"),
        ("medicare_advantage", "42 CFR 422.590"),
        ("medicaid", "42 CFR 438.408(c)(3)"),
        ("fehb", None),
    ],
)
def test_a_payer_that_is_late_has_brought_something_upon_itself(plan_type: str, cite: str | None) -> None:
    sent = row("sent", "2026-03-10", channel=Channel.FAX, proof="F1")
    task = planned(denial(plan_type=plan_type), rows=(sent,), today="2026-06-30")
    last = next(step for step in task.steps if step.do.startswith("The payer's time ended on"))
    assert (cite in last.do) if cite else "(" not in last.do
    assert last.by == "2026-06-30"


def test_a_new_letter_of_the_payer_answers_what_was_sent_before_it() -> None:
    sent = row("sent", "2026-03-10", channel=Channel.FAX, proof="F1")
    again = denial(letter_id="b-1", letter_date="2026-04-01")
    task = planned(denial(), again, rows=(sent,), today="2026-04-02")
    assert task.state in (TaskState.NEEDS_EVIDENCE, TaskState.NEEDS_REVIEW)
    assert task.due == LAST  # counted from the first letter: the second starts nothing anew
    assert any("was sent on 2026-03-10, before" in step.do for step in task.steps)
    copy = denial(letter_id="b-1")
    assert planned(denial(), copy, rows=(sent,), today="2026-04-02").state is TaskState.SENT


def test_what_was_taken_back_was_not_sent() -> None:
    rows = (row("sent", "2026-03-10", channel=Channel.FAX, proof="F1"), row("taken_back", "2026-03-11", 2, undoes=1))
    task = planned(denial(), rows=rows, today="2026-03-11")
    assert task.state is TaskState.NEEDS_EVIDENCE
    assert (task.due, task.follow_ups) == (LAST, ())


def test_a_reminder_brings_a_task_up() -> None:
    rows = (row("remind", "2026-03-09", note="ask the nurse again"),)
    task = planned(denial(), rows=rows, today="2026-03-04")
    assert any(step.do == "Reminder: ask the nurse again" and step.by == "2026-03-09" for step in task.steps)
    assert planned(denial(), rows=rows, today="2026-03-20").steps[-1].by == "2026-03-20"


def test_a_decision_after_sending_counts() -> None:
    sent = row("sent", "2026-03-10", channel=Channel.FAX, proof="F1")
    won = denial(letter_id="c-1", kind="appeal_overturned", letter_date="2026-04-01", reasons=(), clocks=())
    task = planned(denial(), won, rows=(sent,), today="2026-04-02")
    assert (task.state, task.action) == (TaskState.OVERTURNED, Action.SCHEDULE_SERVICE)


@settings(deadline=None)
@given(
    limit=st.integers(5, 200), sent=st.integers(0, 260), today=st.integers(0, 400),
    plan=st.sampled_from(["marketplace", "medicaid", "medicare_advantage", None]),
)  # fmt: skip
def test_a_sending_never_hides_a_day_of_ours_that_is_ahead(limit: int, sent: int, today: int, plan: str | None) -> None:
    """What was sent may not have arrived: until the appeal's own day has passed, the queue shows no later one."""
    today = max(sent, today)
    rows = (row("sent", str(WRITTEN + timedelta(days=sent)), channel=Channel.FAX, proof="F1"),)
    letter = denial(clocks=(clock("internal_appeal", limit),), plan_type=plan)
    task = planned(letter, rows=rows, today=str(WRITTEN + timedelta(days=today)))
    own = WRITTEN + timedelta(days=limit)
    assert task.due is not None
    if own >= WRITTEN + timedelta(days=today):
        assert date.fromisoformat(task.due) <= own
    assert str(own) in {c.due for c in task.clocks} | {task.due}
