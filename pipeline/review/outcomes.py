"""What became of denials, counted over a desk: the same page for the command line and for the desk's download."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline import store
from pipeline.desk import Desk
from pipeline.errors import UsageError
from pipeline.knowledge.preventable import load_preventable
from pipeline.store import Within

if TYPE_CHECKING:
    from pipeline.output.reports import Report

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def outcomes_of(desk: Desk, *, month: str | None, within: Within = None) -> "tuple[str, Sequence[Report]]":
    """A title and the reports; of a ``month`` (2026-03) only what was decided, moved or came in then.

    ``within``: over the cases of these locations alone.

    Raises ``UsageError`` where it is no month.
    """
    if month is not None and not _MONTH.fullmatch(month):
        raise UsageError(f"month {month[:20]}", why="it is no month", advice="Write it as 2026-03.")
    from pipeline.output.outcomes import ended, outcome_reports  # pandas loads in seconds

    letters = {letter.letter_id: letter for document in desk.documents() for letter in document.letters}
    tasks = [task for task in desk.tasks(finished=True) if within is None or (task.location or "") in within]
    found = ended(tasks, letters, of_cases=store.letters_by_case())
    title = f"What became of denials, {month or f'up to {desk.today():%Y-%m-%d}'}"
    return title, outcome_reports(found, preventable=load_preventable(), month=month)
