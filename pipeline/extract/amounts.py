"""Totals of money, by role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.candidates import SUPPORT, Candidate, choose
from pipeline.extract.labels import How, Labelled
from pipeline.extract.shapes import money
from pipeline.language import Reading
from pipeline.values.letter import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Totals of the letter; decimal strings."""

    billed_amount: Finding | None = None
    denied_amount: Finding | None = None
    patient_responsibility: Finding | None = None


def find_amounts(reading: Reading, labels: Mapping[str, Sequence[Labelled]]) -> Amounts:
    """The totals the letter states."""
    return Amounts(
        billed_amount=_total(reading, labels, "billed_amount"),
        denied_amount=_total(reading, labels, "denied_amount"),
        patient_responsibility=_total(reading, labels, "patient_responsibility"),
    )


def _total(reading: Reading, labels: Mapping[str, Sequence[Labelled]], name: str) -> Finding | None:
    candidates = []
    for label in labels.get(name, ()):
        text = reading.text.content[label.start : label.end]
        amount = money(text)
        if amount is None or text[: amount[1]].strip(" *_:$(") or "$" not in text and "." not in text:
            continue
        total = 0.02 if "total" in label.label else 0.0
        below = -0.15 if label.how is How.BELOW else 0.0
        candidates.append(
            Candidate(
                value=amount[0], start=label.start + amount[1], end=label.start + amount[2],
                support=min(0.99, SUPPORT[label.how] + total + below), rule=f"field.{name}.{label.how.name.casefold()}",
            )
        )  # fmt: skip
    return choose(reading, candidates)
