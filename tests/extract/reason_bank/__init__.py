"""Sentences that do and do not give a reason, in a half that rule writers look at and a half that only measures.

``python -m tests.extract.reason_bank`` prints recall and false reasons of both halves; ``--look`` lists what is wrong
in the first. The half of a sentence follows from its hash, so that new sentences never move old ones.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import yaml

from pipeline.extract.reasons.training import is_looked_at

HERE = Path(__file__).parent
LETTER = (
    "Example Health Plan\nMarch 4, 2026\n\nDear Dr. Example:\n\nWe reviewed your request and denied it.\n\n{body}\n\n"
    "You may ask for an appeal within 180 days of this letter.\n\nSincerely,\n"
)
"""The letter around a sentence; it says nothing of its own about why."""


class Sentence(NamedTuple):
    """A sentence of the bank; ``category`` is None where it gives no reason."""

    text: str
    category: str | None
    near: str
    looked_at: bool


def sentences() -> Iterator[Sentence]:
    """All sentences of the bank."""
    for file in sorted(HERE.glob("*.yaml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
            name = entry["category"]
            for text, category in [(t, name) for t in entry["says"]] + [(t, None) for t in entry["not_reasons"]]:
                yield Sentence(text=text, category=category, near=name, looked_at=is_looked_at(text))


@dataclass(slots=True)
class Tally:
    """How the sentences of one half fared, over all categories."""

    said: int = 0
    recognised: int = 0
    other: int = 0
    near_misses: int = 0
    false: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the reasons given that were recognised."""
        return self.recognised / self.said

    @property
    def precision(self) -> float:
        """Share of the categories answered that are those of their sentence."""
        return self.recognised / max(1, self.recognised + self.other + self.false)


def measured(read: Callable[[str], set[str]], *, looked_at: bool) -> Tally:
    """The tally of one half, ``read`` giving the categories of a letter's text."""
    tally = Tally()
    for sentence in sentences():
        if sentence.looked_at is not looked_at:
            continue
        found = read(LETTER.format(body=sentence.text))
        if sentence.category is None:
            tally.near_misses += 1
            tally.false += len(found)
        else:
            tally.said += 1
            tally.recognised += sentence.category in found
            tally.other += len(found - {sentence.category})
        if found != ({sentence.category} if sentence.category else set()):
            tally.wrong.append(
                (f"{sentence.near}{'' if sentence.category else ' (none)'}", f"{sentence.text} -> {sorted(found)}")
            )
    return tally
