"""Serves the review page over two invented tasks, in a process of its own: `review_page.py DATA PORT`."""

import sys
from datetime import date
from pathlib import Path

from pipeline.store import configure
from pipeline.values.letter import Category, Reason
from pipeline.values.task import (
    Action,
    Missing,
    Owner,
    Requirement,
    RequirementSource,
    Status,
    StatusCounts,
    Step,
    Task,
    TaskState,
)
from pipeline.web.options import web_options

HOSTILE = "<script>alert(1)</script>"


def task(task_id: str, *, due: str, name: str) -> Task:
    reason = Reason(
        value="step_therapy", category=Category.STEP_THERAPY, text=f"no trial {HOSTILE}", page=1, boxes=(),
        confidence=0.9, rule="reason.step",
    )  # fmt: skip
    need = Requirement(
        criterion_id="cm.trial", statement="Two preventive drugs were tried",
        source=RequirementSource(), phase="initial",
        status=Status.UNKNOWN, why="nothing on file says",
        missing=Missing(
            evidence_type="ev.failed_trial", what="Failed-therapy record", where_to_find="chart",
            owner=Owner.CLINIC_NURSE,
            turnaround_days=2,
        ),
    )  # fmt: skip
    return Task(
        task_id=task_id, case_id="c", letter_id="l-1", letter_ids=("l-1",), member_name=name, received_at="2026-03-01",
        action=Action.APPEAL, level=1, state=TaskState.NEEDS_EVIDENCE, priority=60, priority_why="due soon", due=due,
        due_at=None, due_why="180 calendar days from the letter date", clocks=(), track="unknown", filer="provider",
        standing=(), payer="Example Health Plan", member_id="M-1", claim_number="00123", reference_number=None,
        service="Botox", amount_at_risk="1250.00", amount_basis="billed", patient_billing_hold=True,
        denial_reasons=(reason,), policy_citations=(), requirements=(need,), steps=(Step(order=1, do="call", by=due),),
        next_touch_on=None, waiting_on=None,
    )  # fmt: skip


class TwoTasks:
    """A queue of two, one of them overdue."""

    def tasks(self) -> tuple[Task, ...]:
        return (task("t-late", due="2026-03-01", name="Sample, Pat"), task("t-next", due="2026-03-14", name=HOSTILE))

    def status(self) -> StatusCounts:
        return StatusCounts(
            seen=4, queued=0, working=0, needs_review=1, done=2, quarantined=1, in_inbox=0, balanced=True
        )

    def today(self) -> date:
        return date(2026, 3, 10)


def main() -> None:
    data, port = Path(sys.argv[1]), int(sys.argv[2])
    configure(data, options=web_options(["127.0.0.1", "localhost"], secret_key="x" * 50))
    from pipeline.web.server import serve

    serve(TwoTasks(), host="127.0.0.1", port=port, out=sys.stdout)


if __name__ == "__main__":
    main()
