"""What a fact of a chart is worth to a question, and why."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from pipeline.values.chart import Fact


class Weight(StrEnum):
    """What a fact is worth."""

    PLAIN = "plain"
    STALE = "stale"
    POST_DATED = "post_dated"
    NOTHING = "nothing"


class Weighed(NamedTuple):
    """A fact with its weight, and why it is not plain; ``day`` is the day it speaks of."""

    fact: Fact
    weight: Weight
    why: str
    day: date | None
