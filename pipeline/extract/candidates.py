"""Candidates compete for a field: the best supported wins, the others stay with the reason why they lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.labels.labelled import How, Labelled
from pipeline.language import Reading
from pipeline.language.reading import finding, rejected, word_confidence
from pipeline.values.letter import OUTDONE, RIVAL, Finding

SUPPORT = {How.COLON: 0.97, How.NEXT_CELL: 0.95, How.BELOW: 0.9, How.INLINE: 0.82}
"""How far a label supports a value, by where the value stands to it."""
_GUESSED = 0.12
"""What a label that no list has says less: its value is never accepted unseen."""
SURE = 0.88
"""Confidence from which a value may be accepted unseen."""
_AGREES = 0.03
"""What each further place that prints the same value adds, up to two."""
_READ_WELL = 0.8
_CLOSE = 0.05
_MOST_REJECTED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible value at a content span, with its support (0 to 1) and the rule that proposes it.

    ``against`` is the reason why it cannot be the value.
    """

    value: str
    start: int
    end: int
    support: float
    rule: str
    against: str | None = None


def backing(label: Labelled) -> float:
    """How far a label supports its value."""
    return SUPPORT[label.how] - (_GUESSED if label.guessed else 0.0)


def same_value(value: str) -> str:
    """What two spellings of a value have in common: its letters and digits."""
    return "".join(ch for ch in value.casefold() if ch.isalnum())


def choose(
    reading: Reading,
    candidates: Sequence[Candidate],
    *,
    same: Callable[[str, str], bool] = lambda a, b: same_value(a) == same_value(b),
) -> Finding | None:
    """The finding of the best candidate that has nothing against it; the first of equals.

    It is ``sure`` where its support is strong, its words were read well, and no rival of nearly equal standing has a
    value that is not the ``same``. A value that two places print is better supported than either of them says.
    """
    able = [c for c in candidates if c.against is None]
    if not able:
        return None
    best = max(able, key=lambda c: (round(c.support, 3), -c.start))
    others = [c for c in candidates if not same(c.value, best.value)]
    rivals = [c for c in others if c.against is None and c.support >= best.support - _CLOSE]
    places = {c.start for c in able if same(c.value, best.value)}
    confidence = min(0.99, best.support + _AGREES * (min(3, len(places)) - 1)) - (0.2 if rivals else 0.0)
    found = finding(reading, (best.start, best.end), value=best.value, rule=best.rule, confidence=confidence)
    read_well = word_confidence(reading.text, best.start, best.end) >= _READ_WELL
    losers = {(same_value(c.value), c.against): c for c in others}
    return replace(
        found,
        sure=not rivals and read_well and confidence >= SURE,
        rejected=tuple(
            rejected(reading, (c.start, c.end), value=c.value, why=c.against or (RIVAL if c in rivals else OUTDONE))
            for c in list(losers.values())[:_MOST_REJECTED]
        ),
    )
