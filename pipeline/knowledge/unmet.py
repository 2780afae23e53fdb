"""Schema of ``models/unmet.yaml``: how letters say which criteria are not met."""

from enum import StrEnum

from pydantic import Field

from pipeline.knowledge.entry import Exemplified


class UnmetSort(StrEnum):
    """What a phrase does: opens a list, fills a cell, heads a table, or says what is asked for."""

    LIST = "list"
    CELL = "cell"
    COLUMN = "column"
    REQUIRES = "requires"


class UnmetCue(Exemplified):
    """Phrases of one sort."""

    sort: UnmetSort
    phrases: tuple[str, ...] = Field(min_length=1)
