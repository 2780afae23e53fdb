"""Candidates compete for a field: the best supported wins, the others stay with the reason why they lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.labels import How
from pipeline.language import Reading
from pipeline.language.reading import finding, rejected
from pipeline.values.letter import Finding

SUPPORT = {How.COLON: 0.97, How.NEXT_CELL: 0.95, How.BELOW: 0.9, How.INLINE: 0.82}
"""How far a label supports a value, by where the value stands to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible value at a content span, with its support (0 to 1) and the rule that proposes it."""

    value: str
    start: int
    end: int
    support: float
    rule: str
    against: str | None = None


def choose(reading: Reading, candidates: Sequence[Candidate], *, rivals_make_unsure: bool = True) -> Finding | None:
    """The finding of the best candidate that has nothing against it; the first of equals.

    It is ``sure`` where its support is strong, its words were read well, and no rival of equal standing differs.
    """
    able = [c for c in candidates if c.against is None]
    if not able:
        return None
    best = max(able, key=lambda c: (round(c.support, 3), -c.start))
    others = [c for c in candidates if _key(c) != _key(best)]
    rivals = [c for c in others if c.against is None and c.support >= best.support - 0.03]
    agreeing = sum(_key(c) == _key(best) for c in able)
    confidence = min(0.99, best.support + 0.01 * (agreeing - 1)) - (0.2 if rivals else 0.0)
    found = finding(reading, (best.start, best.end), value=best.value, rule=best.rule, confidence=confidence)
    clear = best.support >= SUPPORT[How.BELOW] and not (rivals and rivals_make_unsure)
    losers = {(_key(c), c.against): c for c in others}
    return Finding(
        value=found.value,
        text=found.text,
        page=found.page,
        boxes=found.boxes,
        confidence=found.confidence,
        rule=found.rule,
        sure=clear and found.confidence >= SUPPORT[How.BELOW] - 0.01,
        rejected=tuple(
            rejected(
                reading, (c.start, c.end), value=c.value, why=c.against or "another place supports its value better"
            )
            for c in list(losers.values())[:6]
        ),
    )


def _key(candidate: Candidate) -> str:
    return "".join(ch for ch in candidate.value.casefold() if ch.isalnum())
