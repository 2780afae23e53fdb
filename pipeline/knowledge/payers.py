"""Payers by name, and the words that make an unknown name one of a payer."""

from pipeline.knowledge.entry import Exemplified
from pipeline.knowledge.names import word_pattern


class Payer(Exemplified):
    """An insurer, program or contractor; ``names`` are matched as whole words, without regard to case."""

    names: tuple[str, ...]

    def matches(self, text: str) -> bool:
        """Whether the text names this payer."""
        return bool(word_pattern(self.names).search(text))


class PayerWords(Exemplified):
    """Words in the name of an insurer that nobody listed: ``Mutual``, ``Health Plan`` ..."""

    words: tuple[str, ...]

    def matches(self, text: str) -> bool:
        """Whether the text carries one of the words."""
        return bool(word_pattern(self.words).search(text))
