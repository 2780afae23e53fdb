"""The terminal shows what a person needs, in words, and nothing that a letter smuggled in."""

import io
import re
from datetime import UTC, date, datetime

import pytest

from pipeline.cli.screen import (
    clean,
    money,
    show_batch,
    show_lines,
    show_next,
    show_soonest,
    show_status,
    show_tasks,
)
from pipeline.knowledge.calendar import days_left
from pipeline.store import SetAside
from pipeline.values.contract import from_json
from pipeline.values.task import BatchSummary, StatusCounts, Task

DAY = date(2026, 3, 10)


REQUIREMENT = {
    "criterion_id": "c.x",
    "statement": "s",
    "source": {},
    "phase": "initial",
    "status": "unknown",
    "why": "w",
    "missing": {
        "evidence_type": "ev.note",
        "what": "office note",
        "where_to_find": "the chart",
        "owner": "clinic_nurse",
        "turnaround_days": 1,
    },
}
STEP = {"order": 1, "do": "Send the appeal", "by": "2026-03-11", "channel": "fax", "contact": "5555550101"}
PLAIN: dict[str, object] = {
    "task_id": "case-1-L1",
    "case_id": "case-1",
    "letter_id": "l-1",
    "letter_ids": ["l-1"],
    "member_name": "Jane Roe",
    "received_at": "2026-03-04",
    "action": "appeal",
    "level": 1,
    "state": "needs_evidence",
    "priority": 61,
    "priority_why": "due soon",
    "due": "2026-03-12",
    "due_at": None,
    "due_why": "180 days from the letter date",
    "clocks": [],
    "track": "erisa",
    "filer": "provider",
    "standing": [],
    "payer": "Example Health",
    "member_id": "W1",
    "claim_number": "26-1",
    "reference_number": None,
    "service": "onabotulinumtoxinA",
    "amount_at_risk": "1284.00",
    "amount_basis": "billed",
    "patient_billing_hold": True,
    "denial_reasons": [],
    "policy_citations": [],
    "requirements": [REQUIREMENT],
    "steps": [STEP],
    "next_touch_on": None,
    "waiting_on": None,
}


def task(**changed: object) -> Task:
    return from_json(Task, PLAIN | changed)


def shown(*tasks: Task) -> str:
    stream = io.StringIO()
    show_tasks(tasks, today=DAY, stream=stream)
    return stream.getvalue()


def test_a_task_answers_every_question_of_a_person():
    text = " ".join(shown(task()).split())
    for answer in (
        "1 task", "1 due within 7 days", "due 2026-03-12, in 2 days", "appeal", "needs evidence", "Jane Roe",
        "Example Health", "claim 26-1", "$1,284.00 billed", "why denied", "office note: the chart",
        "(clinic nurse, 1 working day)", "1. Send the appeal, by 2026-03-11 [fax 5555550101]",
        "180 days from the letter date", "on hold",
    ):  # fmt: skip
        assert answer in text


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ("2026-03-10", "due 2026-03-10, today"),
        ("2026-03-11", "in 1 day "),
        ("2026-03-09", "1 day OVERDUE"),
        (None, "no due date"),
    ],
)
def test_days_left_in_words(due, words):
    assert words in shown(task(due=due))


def soonest(*tasks: Task) -> list[str]:
    stream = io.StringIO()
    show_soonest(tasks, today=DAY, stream=stream)
    return stream.getvalue().splitlines()


def test_after_a_batch_the_days_that_come_next_have_a_line_each_and_no_more_than_three():
    days = ["2026-03-20", None, "2026-03-01", "2026-03-10", "2026-02-01", "2026-05-01", "2026-03-12"]
    counts, *lines = soonest(*[task(due=day, payer="Example " * 20) for day in days])
    assert counts == "7 tasks, 2 overdue, 2 due within 7 days"
    assert [line.split()[1].strip(",") for line in lines] == ["2026-03-10", "2026-03-12", "2026-03-20"]
    assert lines[1].startswith("  due 2026-03-12, in 2 days: appeal for Jane Roe, Example")
    assert all(len(line) <= 120 for line in lines)


def test_a_queue_in_brief_has_a_line_a_task_in_its_order():
    stream = io.StringIO()
    queue = [task(due=due) for due in ("2026-03-02", None, "2026-01-02")]
    show_lines(queue, today=DAY, stream=stream)
    head, *lines = stream.getvalue().splitlines()
    assert head.startswith("3 tasks")
    assert [re.search(r"2026-\d\d-\d\d|no due date", line)[0] for line in lines] == [
        "2026-03-02", "no due date", "2026-01-02",
    ]  # fmt: skip


def test_what_is_overdue_has_a_line_where_little_else_is_due():
    assert "38 days OVERDUE" in soonest(task(due="2026-01-31"), task(due=None))[1]
    assert soonest(task(due=None)) == ["1 task, 0 overdue, 0 due within 7 days"]
    assert soonest() == ["The queue is empty."]


def test_a_letter_cannot_steer_the_terminal_after_a_batch():
    assert "\x1b" not in "".join(soonest(task(member_name="Roe\x1b[2J\nOx", payer="A\u202eB")))


@pytest.mark.parametrize(
    ("told", "tasks", "commands"),
    [
        ({}, 0, ["run"]),
        ({}, 4, ["review", "tasks"]),
        ({"needs_review": 1}, 0, ["review"]),
        ({"quarantined": 2}, 4, ["review", "tasks", "status"]),
    ],
)
def test_after_a_batch_the_next_commands_are_told_with_their_data_folder(told, tasks, commands):
    stream = io.StringIO()
    zeros = dict.fromkeys(("seen", "new", "duplicates", "letters", "tasks_created", "tasks_updated", "pages"), 0)
    summary = BatchSummary(
        **zeros | {"needs_review": 0, "quarantined": 0, "ocr_pages": 0} | told, seconds=1.0, problems={}
    )
    show_next(summary, tasks=tasks, data=" --data 'my data'", stream=stream)
    lines = stream.getvalue().splitlines()[2:]
    assert [line.split("  ")[1] for line in lines] == [f"denials {command} --data 'my data'" for command in commands]


def test_a_letter_cannot_steer_the_terminal():
    evil = "Roe\x1b[2J\x1b]0;owned\x07\u202eeoR\u200b\n[bold red]x[/] \ud800"
    assert clean(evil) == "Roe[2J]0;ownedeoR [bold red]x[/]"
    text = shown(task(member_name=evil, payer=evil, priority_why=evil))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[bold red]x[/]" in text


def test_an_empty_queue_says_so():
    assert shown() == "The queue is empty.\n"


def test_the_law_is_an_equation():
    stream = io.StringIO()
    counts = {"seen": 6, "queued": 1, "working": 0, "needs_review": 2, "done": 2, "quarantined": 1, "in_inbox": 0}
    show_status(StatusCounts(**counts, balanced=True), (), stream=stream)
    show_status(StatusCounts(**counts | {"done": 1}, balanced=False), (), stream=stream)
    right, wrong = stream.getvalue().splitlines()
    assert right.startswith("6 seen = 1 queued + 0 working + 2 needs review + 2 done + 1 quarantined + 0 in inbox")
    assert "NOT BALANCED" in wrong


def test_what_is_set_aside_stands_below_the_law_with_the_id_that_a_retry_takes():
    counts = StatusCounts(
        seen=22, queued=0, working=0, needs_review=0, done=0, quarantined=22, in_inbox=0, balanced=True
    )  # fmt: skip
    aside = [
        SetAside(
            document_id=None if n == 1 else f"{n:064d}", receipt_id=n, file_name="an \x1b[2Jold scan.pdf",
            code="encrypted", message="It needs a password.", advice="Type it.", size=1,
            taken_in=datetime(2026, 11, 24, tzinfo=UTC),
        )
        for n in range(22)
    ]  # fmt: skip
    stream = io.StringIO()
    show_status(counts, aside, stream=stream)
    text = stream.getvalue()
    assert f"{0:064d}  an [2Jold scan.pdf\n  encrypted: It needs a password. Type it.\n" in text
    assert "(not opened)  an" in text
    assert "and 2 more: denials review" in text


def test_a_batch_in_words_says_what_to_do_about_each_file():
    stream = io.StringIO()
    summary = BatchSummary(
        seen=4, new=3, duplicates=1, letters=2, tasks_created=2, tasks_updated=0, needs_review=1, quarantined=1,
        seconds=3.21, pages=5, ocr_pages=2,
        problems={"disk_full": 3, "encrypted": 1, "purged_again": 2, "purged_left": 1},
    )  # fmt: skip
    show_batch(summary, faults=1, stream=stream)
    text = stream.getvalue()
    assert "Looked at 4 files: 3 new, 1 known already." in text
    assert "encrypted 1: The file needs a password. Type the password" in text
    assert "\ndisk_full 3: Left in the inbox" in text
    assert "\npurged_again 2: Forgotten by denials purge, then put into the inbox again: worked on as new." in text
    assert "\npurged_left 1: Forgotten by denials purge, but its file still lies in the inbox: not worked on." in text
    assert "1 could not be worked on" in text


def test_small_words():
    assert money("1284.00") == "$1,284.00"
    assert money(None) is None
    assert days_left("2026-03-12", today=DAY) == 2
    assert days_left(None, today=DAY) is None
