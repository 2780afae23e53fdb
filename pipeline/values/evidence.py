"""The evidence table: what the chart plainly shows of one illness, as an appeal lays it out.

Every row rests on a plain fact of the right patient and carries where it stands. What is said of somebody else,
planned, denied, unsigned, copied forward or dated after the service is in none of them.
"""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.values.chart import Outcome
from pipeline.values.text import Box


class Aspect(StrEnum):
    """Which side of a symptom a row tells of; ``treatment`` is a treatment without a medicine."""

    FREQUENCY = "frequency"
    SEVERITY = "severity"
    DURATION = "duration"
    DAILY_LIFE = "daily_life"
    FEATURE = "feature"
    RESPONSE = "response"
    TREATMENT = "treatment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Where on file something is shown: page, words, their boxes (as in ``Fact``), the ISO day they speak of."""

    file_name: str
    page: int
    text: str
    boxes: tuple[Box, ...] = ()
    date: str | None = None


def born_on(day: str) -> str:
    """The words of a proof that an age follows from: the ISO birth date on a document's head."""
    return f"date of birth {day}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomRow:
    """A symptom; ``value`` in words (``18 to 20 days a month``), empty where only its presence is documented.

    ``date`` is the ISO day that it speaks of. ``earlier``: said of a time before, as a baseline is; without a day of
    its own its ``date`` is then None, never the document's.
    """

    aspect: Aspect
    what: str
    value: str
    date: str | None
    earlier: bool
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentRow:
    """A treatment tried, taken now, or not to be given; dates ISO as far as they are written.

    ``acute_only`` is a medicine for the attack, which is no trial. ``lacks`` names the fields that a complete record of
    a trial has and this one has not.
    """

    what: str
    drug_class: str | None
    dose: str | None = None
    start: str | None = None
    stop: str | None = None
    duration_days: int | None = None
    indication: str | None = None
    outcome: Outcome
    side_effect: str | None = None
    reason: str | None = None
    acute_only: bool = False
    lacks: tuple[str, ...] = ()
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """The value of a scale; ``date`` and ``earlier`` as in ``SymptomRow``."""

    scale: str
    value: float
    date: str | None
    earlier: bool
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceTable:
    """The table of one illness (an id of the knowledge): symptoms by aspect and day, treatments, scores over time."""

    indication: str
    symptoms: tuple[SymptomRow, ...] = ()
    treatments: tuple[TreatmentRow, ...] = ()
    scores: tuple[ScoreRow, ...] = ()
