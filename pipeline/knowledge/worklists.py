"""Schema of ``models/worklist_columns.yaml``: the headings under which practice systems list claims."""

import re
from enum import StrEnum

from pipeline.knowledge.entry import Exemplified
from pipeline.knowledge.load import load_entries


class CellShape(StrEnum):
    """What the cells of a column must look like for a guess to hold."""

    NAME = "name"
    DAY = "day"
    ID = "id"
    MONEY = "money"
    TEXT = "text"


class WorklistColumn(Exemplified):
    """A field of a worklist; ``labels`` are headings for it, compared without case, blanks and punctuation."""

    labels: tuple[str, ...]
    shape: CellShape

    def heads(self, heading: str) -> bool:
        """Whether a heading is one of the field's."""
        return bare_heading(heading) in {bare_heading(label) for label in self.labels}


def bare_heading(heading: str) -> str:
    """A heading without case, blanks and punctuation.

    >>> bare_heading("Subscriber I.D. #")
    'subscriberid'
    """
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def load_worklist_columns() -> tuple[WorklistColumn, ...]:
    """The fields of a worklist, in order. Raises ``UsageError`` naming the entry that is wrong."""
    return load_entries("worklist_columns.yaml", WorklistColumn)
