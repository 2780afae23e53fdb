"""The days of the queue as an iCalendar file (RFC 5545), for the calendar that a team keeps open.

An all-day event a task, with a UID that stays, and alarms 14, 7 and 1 days before. Nothing in it names a person: a
calendar is shared, copied to telephones and sent about.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from pipeline.values.task import Task

ALARM_DAYS = (14, 7, 1)
_OCTETS = 75


def calendar(tasks: Iterable[Task], *, today: date) -> str:
    """The file's text; tasks without a day have no event."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//denials//deadlines//EN", "CALSCALE:GREGORIAN",
        *(line for task in tasks if task.due is not None for line in _event(task, task.due, today)),
        "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(task: Task, due: str, today: date) -> Iterator[str]:
    day = date.fromisoformat(due)
    what = task.action.value.replace("_", " ")
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(task.task_id)}@denials.invalid"
    yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'Last day: {what} ({task.task_id})')}"
    yield f"DESCRIPTION:{_text(f'State: {task.state.value}; priority {task.priority}; level {task.level}')}"
    yield "TRANSP:TRANSPARENT"
    for days in ALARM_DAYS:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(f'{what}: {days} days left')}"
        yield f"TRIGGER:-P{days}D"
        yield "END:VALARM"
    yield "END:VEVENT"


def _text(value: str) -> str:
    r"""A value with the signs that mean something in the format escaped.

    >>> _text("a; b, c")
    'a\\; b\\, c'
    """
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(escaped.split())


def _folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, the later ones after a space."""
    part = ""
    for sign in line:
        if len(f"{part}{sign}".encode()) > _OCTETS:
            yield part
            part = " "
        part += sign
    yield part
