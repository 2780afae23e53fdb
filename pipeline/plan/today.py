"""The day that a task is worked out for, and until when what was worked out for it holds.

A new day changes what a hundred thousand letters are about in very few of them. So planning never sees the day itself:
it can only ask whether another day has passed, and every question that was answered with "not yet" is remembered. Up to
the first of those days working the task out again would give the same; what a day shows of every task (how many days
are left, no step in the past) is laid on by ``plan.seen``.
"""

from datetime import date, timedelta

NEVER = date.max
"""What holds until then holds on every day."""


class Today:
    """A day that is asked; ``holds_until`` is the first day on which one of its answers would be another.

    >>> today = Today(date(2026, 3, 4))
    >>> today.passed("2026-03-03"), today.passed(date(2026, 3, 9)), today.holds_until
    (True, False, datetime.date(2026, 3, 10))
    """

    __slots__ = ("_day", "holds_until")

    def __init__(self, day: date) -> None:
        self._day = day
        self.holds_until = NEVER

    def passed(self, day: date | str) -> bool:
        """Whether a day, as a date or in ISO form, lies before this one."""
        asked = date.fromisoformat(day) if isinstance(day, str) else day
        if asked < self._day:
            return True
        if asked < NEVER:
            self.holds_until = min(self.holds_until, asked + timedelta(days=1))
        return False
