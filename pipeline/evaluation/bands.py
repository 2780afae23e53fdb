"""Reliability: of the answers given with such a confidence, how many are right.

A band is what a desk does with an answer: those marked sure are accepted unseen; of the others the confidence says how
hard a person must look. Every answer counts in one band, so that an average hides nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.evaluation.compare import FIELDS, SCALARS, Letter, compare, items

SURE = "sure"
BANDS = (SURE, "0.90 and more", "0.80 to 0.90", "0.70 to 0.80", "below 0.70")
_LEAST = (0.9, 0.8, 0.7)
_OF_OTHERS = frozenset({"citation_kinds", "due"})
"""Other sides of answers that are counted already."""


@dataclass(slots=True)
class Share:
    """Right answers of all answers, and the confidences with which they were given, added up."""

    right: int = 0
    every: int = 0
    told: float = 0.0

    def add(self, right: bool, *, confidence: float = 0.0) -> None:
        """Count one more."""
        self.right += right
        self.every += 1
        self.told += confidence

    @property
    def precision(self) -> float | None:
        """Share of the answers that are right; None where there are none."""
        return round(self.right / self.every, 4) if self.every else None

    @property
    def predicted(self) -> float | None:
        """The share that the confidences promise: their mean; None where there are no answers."""
        return round(self.told / self.every, 4) if self.every else None


@dataclass(slots=True)
class Reliability:
    """Shares by field and band, and letters whose every scalar is sure."""

    bands: dict[str, dict[str, Share]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Share)))
    settled: Share = field(default_factory=Share)
    """Of all letters, those in which every scalar that was answered is sure."""
    settled_right: Share = field(default_factory=Share)
    """Of those, the letters in which all of these answers are right."""

    def look_at(self, gold: Letter, answer: Letter) -> None:
        """Count the answers of a letter."""
        sure, right = True, True
        for name, confidence, marked, good in _answers(gold, answer):
            band = band_of(confidence, sure=marked)
            self.bands[name][band].add(good, confidence=confidence)
            if name in SCALARS:
                sure, right = sure and band == SURE, right and good
        self.settled.add(sure)
        if sure:
            self.settled_right.add(right)

    def overall(self, names: Sequence[str] = FIELDS) -> dict[str, Share]:
        """The shares of all these fields together, by band."""
        total: dict[str, Share] = {band: Share() for band in BANDS}
        for name in names:
            for band, share in self.bands.get(name, {}).items():
                total[band].right += share.right
                total[band].every += share.every
                total[band].told += share.told
        return total


def band_of(confidence: float, *, sure: bool) -> str:
    """The band of an answer."""
    if sure:
        return SURE
    return next((band for band, least in zip(BANDS[1:], _LEAST, strict=False) if confidence >= least), BANDS[-1])


def _answers(gold: Letter, answer: Letter) -> Iterator[tuple[str, float, bool, bool]]:
    """``(field, confidence, whether sure, whether right)`` of every answer to a field that the gold speaks of."""
    for name in FIELDS:
        wanted = items(name, gold)
        if wanted is None or name in _OF_OTHERS:
            continue
        if name == "kind":
            known = answer.get("kind") == gold.get("kind")
            yield name, float(answer.get("kind_confidence") or 0.0), False, known
            continue
        left: list[Any] = list(wanted)
        given = answer.get(name) or []
        for one in given if isinstance(given, list) else [given]:
            said = items(name, {**answer, name: [one] if isinstance(given, list) else one})
            if not isinstance(one, dict) or not said:
                continue
            hits, left, _ = compare(name, left, said)
            repeated = not hits and bool(compare(name, wanted, said)[0])
            if not repeated:
                yield name, float(one.get("confidence") or 0.0), bool(one.get("sure")), bool(hits)
