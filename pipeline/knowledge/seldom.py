r"""Patterns that few texts match: whether a piece of text that they need is there is asked first.

To find that ``\b(?:at least|no more than) \d`` stands nowhere in a sentence takes the engine of the standard library
a try at every sign; to find that neither "at least" nor "no more than" does takes a twentieth of that.
"""

import re
from collections.abc import Iterator

from pipeline.knowledge.needed import literals


class Seldom:
    """A pattern with the pieces of which one stands in whatever it matches, worked out of itself.

    Raises:
        ValueError: nothing need stand in what it matches, so that it is as quick as it is.
    """

    __slots__ = ("_needed", "_pattern")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern = re.compile(pattern, flags)
        needed = literals(self._pattern)
        if needed is None:
            raise ValueError(f"nothing need stand where this matches: {pattern[:60]}")
        self._needed = tuple(sorted(needed))

    def _may(self, text: str) -> bool:
        folded = text.casefold()
        if not folded.isascii():  # what matches an "i" without regard to case
            folded = folded.replace("\u0131", "i").replace("i\u0307", "i")
        for piece in self._needed:
            if piece in folded:
                break
        else:
            return False
        return True

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return self._pattern.search(text) if self._may(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the beginning of a text."""
        return self._pattern.match(text) if self._may(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match that is the whole text."""
        return self._pattern.fullmatch(text) if self._may(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in a text."""
        return self._pattern.finditer(text) if self._may(text) else iter(())
