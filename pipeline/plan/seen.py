"""A task as it looks on a day: how urgent it is by then, and no step left in the past.

This is all that a day changes of a task as long as it holds (``plan.today``). It is laid on when a task is worked out
and again when it is looked at on a later day; laying it on twice is the same as once.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pipeline.plan.priority import day_points, with_day
from pipeline.values.task import Task

_FAR = 40
"""Days ahead from which a due day weighs the same however far it is."""


def seen_on(task: Task, day: date) -> Task:
    """The task on a day on which it holds still."""
    steps = tuple(replace(step, by=_not_past(step.by, day)) for step in task.steps)
    task = replace(task, steps=steps, next_touch_on=_not_past(task.next_touch_on, day))
    if task.weight is None:
        return task
    due = date.fromisoformat(task.due) if task.due is not None else None
    points, why = with_day(task.weight, task.weight_why, due=due, today=day)
    return replace(task, priority=points, priority_why=why)


def bands(day: date) -> Iterator[tuple[date, int]]:
    """The points of every due day seen from ``day``: (last day, points), earliest first; the last stands for all after.

    >>> list(bands(date(2026, 3, 4)))[:2]
    [(datetime.date(2026, 3, 9), 50), (datetime.date(2026, 3, 11), 42)]
    """
    points = day_points(day - timedelta(days=1), day)
    for left in range(_FAR):
        due = day + timedelta(days=left)
        if (now := day_points(due, day)) != points:
            yield due - timedelta(days=1), points
            points = now
    yield date.max, points


def _not_past(by: str | None, day: date) -> str | None:
    return max(by, day.isoformat()) if by is not None else None
