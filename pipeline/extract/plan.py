"""Plan type and funding, from cues."""

from dataclasses import dataclass

from pipeline.language import Language, Reading
from pipeline.values.letter import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What kind of coverage the letter shows; None where it does not say."""

    plan_type: Finding | None = None
    funding: Finding | None = None


def find_plan(reading: Reading, language: Language) -> Plan:
    """Plan type and funding as far as the letter says."""
    return Plan()
