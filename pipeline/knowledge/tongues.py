"""Schema of ``models/tongues.yaml``: the small words by which the tongue of a letter is known."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from pipeline.knowledge.entry import Exemplified

_WORD = re.compile(r"[^\W\d_]+")


class Tongue(Exemplified):
    """Small words of one tongue, in small letters."""

    words: tuple[str, ...]

    @cached_property
    def known(self) -> frozenset[str]:
        """The words, to be looked up."""
        return frozenset(self.words)


def tongue_of(text: str, tongues: Iterable[Tongue], *, fewest: int = 8) -> str | None:
    """The tongue of which a text has the most small words; None where it has fewer than ``fewest`` of any.

    >>> tongue_of("Hemos negado la solicitud de su doctor.", (), fewest=1) is None
    True
    """
    words = Counter(map(str.casefold, _WORD.findall(text)))
    counts = {tongue.id: sum(words[word] for word in words.keys() & tongue.known) for tongue in tongues}
    best = max(counts, key=lambda one: counts[one], default=None)
    return best if best is not None and counts[best] >= fewest else None
