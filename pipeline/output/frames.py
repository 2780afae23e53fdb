"""Tasks, letters and findings as pandas frames, one row a thing.

Every identifier is text, money a Decimal, a day a date.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from pipeline.output.columns import FINDINGS, REQUIREMENTS, WORKLIST, Column
from pipeline.values.letter import Document, Finding, Letter
from pipeline.values.task import Requirement, Status, Task


def worklist(tasks: Iterable[Task], *, today: date) -> pd.DataFrame:
    """One row a task, in the order given; columns of ``columns.WORKLIST``."""
    rows = [_task_row(task, today=today) for task in tasks]
    return pd.DataFrame(rows, columns=_names(WORKLIST))


def requirements(tasks: Iterable[Task]) -> pd.DataFrame:
    """One row a requirement of a task."""
    rows = [_requirement_row(task, need) for task in tasks for need in task.requirements]
    return pd.DataFrame(rows, columns=_names(REQUIREMENTS))


def findings(documents: Iterable[Document]) -> pd.DataFrame:
    """One row a value found in a letter, with its page, verbatim text, rule and confidence."""
    rows = [
        {
            "letter_id": letter.letter_id, "field": field, "value": found.value, "text": found.text, "page": found.page,
            "confidence": found.confidence, "sure": found.sure, "rule": found.rule,
        }
        for document in documents for letter in document.letters for field, found in _values(letter)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=_names(FINDINGS)).astype({"sure": bool})


def missing_evidence(task: Task) -> tuple[str, ...]:
    """What is missing for a task, each once, in order."""
    open_needs = (r for r in task.requirements if r.missing and r.status not in {Status.MET, Status.NOT_APPLICABLE})
    return tuple(dict.fromkeys(r.missing.what for r in open_needs if r.missing))


def _names(columns: Iterable[Column]) -> list[str]:
    return [column.name for column in columns]


def _values(letter: Letter) -> Iterable[tuple[str, Finding]]:
    for field in letter.__dataclass_fields__:
        value = getattr(letter, field)
        for found in value if isinstance(value, tuple) else (value,):
            if isinstance(found, Finding):
                yield field, found


def _task_row(task: Task, *, today: date) -> dict[str, Any]:
    due = _day(task.due)
    row: dict[str, Any] = {name: getattr(task, name) for name in _names(WORKLIST) if hasattr(task, name)}
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
