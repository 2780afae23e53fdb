"""Tasks, letters and findings as pandas frames, one row a thing.

Every identifier is text, money a Decimal, a day a date.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from pipeline.values.letter import Document, Finding, Letter
from pipeline.values.task import Requirement, Status, Task

MONEY = {"amount_at_risk", "billed_amount", "denied_amount"}
DATES = {"due", "received_at", "next_touch_on", "letter_date", "by"}

COLUMNS: dict[str, str] = {
    "due": "Day by which the task must be done; earliest safe date.",
    "days_left": "Calendar days from the export's day to 'due'; negative when overdue.",
    "due_why": "How 'due' was counted, in words.",
    "priority": "0 to 100; the worklist is ordered by due, then this.",
    "priority_why": "What made the priority.",
    "action": "What to do.",
    "state": "Where the task stands.",
    "payer": "The insurer that decided.",
    "member_name": "The patient, as printed.",
    "member_id": "The id of the patient's coverage, as printed.",
    "claim_number": "The payer's claim number, as printed.",
    "reference_number": "The payer's number of the request, case or appeal, as printed.",
    "service": "The service, as printed.",
    "amount_at_risk": "Money at stake, in US dollars.",
    "amount_basis": "Which amount of the letter that is.",
    "reasons": "Why the payer denied: categories of the contract.",
    "policies": "The rules that the letter cites.",
    "missing": "Evidence that is not on file.",
    "steps": "What to do, in order, with days.",
    "received_at": "Day the letter came in.",
    "assignee": "Who works on it.",
    "task_id": "The task's id; stays the same after every run.",
    "case_id": "The case's id.",
    "letter_ids": "The letters of the task.",
}
"""The columns of the worklist, in order, each with its meaning."""


def worklist(tasks: Iterable[Task], *, today: date) -> pd.DataFrame:
    """One row a task, in the order given; columns of ``COLUMNS``."""
    rows = [_task_row(task, today=today) for task in tasks]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def requirements(tasks: Iterable[Task]) -> pd.DataFrame:
    """One row a requirement of a task."""
    rows = [_requirement_row(task, need) for task in tasks for need in task.requirements]
    columns = ["task_id", "criterion_id", "statement", "status", "why", "missing", "where_to_find", "owner"]
    return pd.DataFrame(rows, columns=columns)


def findings(documents: Iterable[Document]) -> pd.DataFrame:
    """One row a value found in a letter, with its page, verbatim text, rule and confidence."""
    rows = [
        {
            "letter_id": letter.letter_id, "field": field, "value": found.value, "text": found.text, "page": found.page,
            "confidence": found.confidence, "sure": found.sure, "rule": found.rule,
        }
        for document in documents for letter in document.letters for field, found in _values(letter)
    ]  # fmt: skip
    return pd.DataFrame(
        rows, columns=["letter_id", "field", "value", "text", "page", "confidence", "sure", "rule"]
    ).astype({"sure": bool})


def missing_evidence(task: Task) -> tuple[str, ...]:
    """What is missing for a task, each once, in order."""
    open_needs = (r for r in task.requirements if r.missing and r.status not in {Status.MET, Status.NOT_APPLICABLE})
    return tuple(dict.fromkeys(r.missing.what for r in open_needs if r.missing))


def _values(letter: Letter) -> Iterable[tuple[str, Finding]]:
    for field in letter.__dataclass_fields__:
        value = getattr(letter, field)
        for found in value if isinstance(value, tuple) else (value,):
            if isinstance(found, Finding):
                yield field, found


def _task_row(task: Task, *, today: date) -> dict[str, Any]:
    due = _day(task.due)
    row: dict[str, Any] = {name: getattr(task, name) for name in COLUMNS if hasattr(task, name)}
    row.update(
        due=due,
        days_left=(due - today).days if due else None,
        received_at=_day(task.received_at),
        action=task.action.value,
        state=task.state.value,
        amount_at_risk=Decimal(task.amount_at_risk) if task.amount_at_risk else None,
        reasons=_joined(r.category.value for r in task.denial_reasons),
        policies=_joined(c.value or c.text for c in task.policy_citations),
        missing=_joined(missing_evidence(task)),
        steps=_joined(f"{s.order}. {s.do}" + (f" (by {s.by})" if s.by else "") for s in task.steps),
        letter_ids=_joined(task.letter_ids),
    )
    return row


def _requirement_row(task: Task, need: Requirement) -> dict[str, Any]:
    gap = need.missing
    return {
        "task_id": task.task_id,
        "criterion_id": need.criterion_id,
        "statement": need.statement,
        "status": need.status.value,
        "why": need.why,
        "missing": gap.what if gap else None,
        "where_to_find": gap.where_to_find if gap else None,
        "owner": gap.owner.value if gap else None,
    }


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso[:10]) if iso else None


def _joined(parts: Iterable[str] | Sequence[str]) -> str:
    return "; ".join(parts)
