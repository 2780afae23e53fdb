"""Payers by name, and the words that make an unknown name one of a payer."""

import re
from functools import cache

from pipeline.knowledge.entry import Exemplified


class Payer(Exemplified):
    """An insurer, program or contractor; ``names`` are matched as whole words, without regard to case."""

    names: tuple[str, ...]

    def matches(self, text: str) -> bool:
        """Whether the text names this payer."""
        return bool(_pattern(self.names).search(text))


class PayerWords(Exemplified):
    """Words in the name of an insurer that nobody listed: ``Mutual``, ``Health Plan`` ..."""

    words: tuple[str, ...]

    def matches(self, text: str) -> bool:
        """Whether the text carries one of the words."""
        return bool(_pattern(self.words).search(text))


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    spelled = sorted(names, key=len, reverse=True)
    parts = (r"[\s-]*".join(map(re.escape, name.split())) for name in spelled)
    return re.compile(r"(?<![A-Za-z])(?:" + "|".join(parts) + r")(?![A-Za-z])", re.IGNORECASE)
