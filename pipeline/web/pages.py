"""What each page shows, as one value a page."""

from dataclasses import dataclass
from datetime import date

from pipeline.values.task import StatusCounts, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task in the worklist; ``days_left`` is negative when overdue and None where no day is known."""

    task: Task
    days_left: int | None
    missing: int

    @property
    def urgency(self) -> str:
        """In words, so that colour is never the only sign."""
        if self.days_left is None:
            return "no date"
        if self.days_left < 0:
            return f"overdue by {-self.days_left} d"
        return "today" if self.days_left == 0 else f"{self.days_left} d left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """The queue, most urgent first, with the counts that add up."""

    rows: tuple[Row, ...]
    counts: StatusCounts
    due_soon: int
    overdue: int
    today: date


def worklist_page(tasks: tuple[Task, ...], counts: StatusCounts, *, today: date) -> Worklist:
    """The worklist of ``tasks`` as of ``today``."""
    rows = tuple(row_of(task, today=today) for task in tasks)
    days = [row.days_left for row in rows if row.days_left is not None]
    return Worklist(
        rows=rows,
        counts=counts,
        due_soon=sum(0 <= left <= 7 for left in days),
        overdue=sum(left < 0 for left in days),
        today=today,
    )


def row_of(task: Task, *, today: date) -> Row:
    """A task as a row."""
    left = (date.fromisoformat(task.due) - today).days if task.due else None
    return Row(task=task, days_left=left, missing=sum(need.missing is not None for need in task.requirements))
