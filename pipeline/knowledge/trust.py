"""Schema of ``models/trust.yaml``: from which confidence on, and by which signs, answers of a rule were measured right.

The file is made by ``python -m benchmarks.trust --write`` from generated letters of houses by which no rule is written.
"""

from enum import StrEnum

from pydantic import Field

from pipeline.knowledge.entry import Strict

PRECISION = 0.995
"""The share that must be right of what is accepted unseen."""


class Sign(StrEnum):
    """What in a letter speaks for a value, besides the place that it was found at (``extract/signs.py``)."""

    AGAIN = "again"
    """The letter prints the value at another place too."""
    ALONE = "alone"
    """Nothing else in the letter could be the value."""
    FITS = "fits"
    """Other values agree: the sum refused is no more than the one billed, a number is nobody else's."""


class Trusted(Strict):
    """Answers of one mechanism with a confidence of ``least`` or more: ``right`` of ``every`` were right.

    ``rules`` are those of its rules that gave answers enough; empty where the mechanism is a rule itself. ``signs`` are
    those that an answer must have all; none where the confidence alone earned it.
    """

    mechanism: str
    rules: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()
    least: float = Field(ge=0.5, le=1)
    right: int
    every: int


class TrustTable(Strict):
    """What is trusted, and by which letters that was measured."""

    measured: str
    trusted: tuple[Trusted, ...]


def field_of(mechanism: str) -> str:
    """The field of a mechanism that reads one, by whichever place; else the mechanism.

    >>> field_of("field.letter_date.colon"), field_of("claims.billed_amount.sum")
    ('field.letter_date', 'claims.billed_amount.sum')
    """
    return mechanism.rpartition(".")[0] if mechanism.startswith("field.") and mechanism.count(".") > 1 else mechanism


def mechanism_of(rule: str) -> str:
    """What found a value: a field's rule is one of its own, the cues of coverage and of its funding are one together.

    >>> mechanism_of("field.letter_date.colon"), mechanism_of("plan.part_d"), mechanism_of("funding.self")
    ('field.letter_date.colon', 'plan', 'plan')
    """
    first = rule.partition(".")[0]
    return rule if first in ("field", "claims") else _CUES.get(first, first)


_CUES = {"funding": "plan"}
