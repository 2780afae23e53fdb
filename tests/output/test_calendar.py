"""Deadlines as an iCalendar file: what a calendar program needs, and nothing that names a person."""

from dataclasses import replace
from datetime import date

from pipeline.output.calendar import calendar
from pipeline.values.task import Action
from tests.plan.letters import a_letter, clock, the_task

TODAY = date(2026, 3, 5)
TASK = the_task(a_letter(clocks=(clock("internal_appeal", 180),)), today=TODAY)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_an_event_is_all_day_with_alarms_and_a_name_that_stays() -> None:
    lines = _lines(calendar([TASK], today=TODAY))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert {"DTSTART;VALUE=DATE:20260828", "DTEND;VALUE=DATE:20260829"} <= set(lines)
    assert [line for line in lines if line.startswith("TRIGGER")] == ["TRIGGER:-P14D", "TRIGGER:-P7D", "TRIGGER:-P1D"]
    later = _lines(calendar([replace(TASK, due="2026-09-01", priority=1)], today=date(2026, 4, 1)))
    uid = f"UID:{TASK.task_id}@denials.invalid"
    assert uid in lines
    assert uid in later


def test_it_names_nobody_and_keeps_lines_short() -> None:
    text = calendar([replace(TASK, action=Action.EXTERNAL_REVIEW)], today=TODAY)
    for secret in ("DOE", "JANE", "W123456789", "CLM", "Example"):
        assert secret not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_task_without_a_day_has_no_event() -> None:
    assert "VEVENT" not in calendar([replace(TASK, due=None)], today=TODAY)
