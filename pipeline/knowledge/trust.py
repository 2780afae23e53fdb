"""Schema of ``models/trust.yaml``: from which confidence on the answers of a rule were measured to be right.

The file is made by ``python -m benchmarks.trust --write`` from generated letters of houses by which no rule is written.
"""

from pydantic import Field

from pipeline.knowledge.entry import Strict

PRECISION = 0.995
"""The share that must be right of what is accepted unseen."""


class Trusted(Strict):
    """Answers of one mechanism with a confidence of ``least`` or more: ``right`` of ``every`` were right.

    ``rules`` are those of its rules that gave answers enough; empty where the mechanism is a rule itself.
    """

    mechanism: str
    rules: tuple[str, ...] = ()
    least: float = Field(ge=0.5, le=1)
    right: int
    every: int


class TrustTable(Strict):
    """What is trusted, and by which letters that was measured."""

    measured: str
    trusted: tuple[Trusted, ...]


def mechanism_of(rule: str) -> str:
    """What found a value: a field's rule is one of its own, the cues of a subject are one together.

    >>> mechanism_of("field.letter_date.colon"), mechanism_of("plan.part_d")
    ('field.letter_date.colon', 'plan')
    """
    first = rule.partition(".")[0]
    return rule if first in ("field", "claims") else first
