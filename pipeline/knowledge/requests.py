"""Schema of ``models/requests/`` and ``models/asking.yaml``: the words by which letters name evidence."""

import re
from enum import StrEnum
from functools import cache

from pydantic import Field

from pipeline.knowledge.entry import Exemplified

_WORD = re.compile(r"[a-z]{3,}")


class RequestPhrases(Exemplified):
    """Phrases that name one evidence type; ``evidence`` is an id of ``models/evidence.yaml``.

    ``unless`` are phrases that take a hit in the same sentence back. ``broad`` names a bundle of papers and gives way
    to a narrower type on the same words.
    """

    evidence: str = Field(pattern=r"^ev\.[a-z_.]+$")
    phrases: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    broad: bool = False


@cache
def words_of_papers(entries: tuple[RequestPhrases, ...]) -> frozenset[str]:
    """The words in small letters by which papers are named."""
    return frozenset(word for entry in entries for phrase in entry.phrases for word in _WORD.findall(phrase.casefold()))


class Asking(StrEnum):
    """How a letter brings up a paper: it opens a list, asks in a sentence, or says that it was missing.

    ``VAIN``: it tells that it asked and nothing came; no phrases, but how two sentences go together.
    ``LIKELY``: no phrase knows its words, and the opinion on sentences says that it asks.
    """

    LIST = "list"
    PLAIN = "plain"
    MISSING = "missing"
    VAIN = "vain"
    LIKELY = "likely"


class AskingEntry(Exemplified):
    """Phrases of one way to ask."""

    sort: Asking
    phrases: tuple[str, ...] = Field(min_length=1)
