"""What is said by ideas that meet in one clause: little + help is a failure, light + trouble is photophobia.

A list of phrases knows the wordings that somebody wrote down. A frame knows the ideas, each with its words, and finds
every clause in which they meet. Both give the same hits.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, permutations, product
from typing import NamedTuple

from pipeline.knowledge.frames import Frame

_PARTS = re.compile(r"[;:]|[.?!]\s|\b(?:but|however|although|except|though|whereas|while)\b", re.IGNORECASE)
_PARTS_LIST = re.compile(rf",|{_PARTS.pattern}", re.IGNORECASE)
DENIER = "denier"
"""The idea that takes a finding back: inside a frame that has not asked for it, the frame says that it is not so."""


class Met(NamedTuple):
    """A frame that was found: what it gives, its characters and tokens, and whether its own words deny it."""

    gives: str
    start: int
    end: int
    first: int
    last: int
    denied: bool


class Word(NamedTuple):
    """Words of an idea in a statement: characters in its text, tokens in the document."""

    idea: str
    start: int
    end: int
    first: int
    last: int


def frames_met(text: str, words: Sequence[Word], frames: Iterable[Frame]) -> Iterator[Met]:
    """Every frame that a statement's words meet, at its tightest place."""
    by_idea: dict[str, list[Word]] = {}
    for word in words:
        by_idea.setdefault(word.idea, []).append(word)
    for frame in frames:
        if all(idea in by_idea for idea in frame.ideas):
            met = min(_places(text, by_idea, frame), key=lambda m: (m.last - m.first, m.start), default=None)
            if met is not None:
                yield met


def _places(text: str, by_idea: dict[str, list[Word]], frame: Frame) -> Iterator[Met]:
    for chosen in product(*(by_idea[idea] for idea in frame.ideas)):
        for ordered in (chosen,) if frame.ordered else permutations(chosen):
            if not _stand_together(text, ordered, frame):
                continue
            first, last = ordered[0], ordered[-1]
            cancelled = any(
                first.first - 1 <= word.first <= last.last + frame.near
                and (word.first <= last.last or not _PARTS_LIST.search(text, last.end, word.start))
                for idea in frame.unless
                for word in by_idea.get(idea, ())
            )
            if not cancelled:
                denied = DENIER not in frame.ideas and any(
                    first.end <= w.start and w.end <= last.start for w in by_idea.get(DENIER, ())
                )
                yield Met(frame.gives, first.start, last.end, first.first, last.last, denied)


def _stand_together(text: str, words: Sequence[Word], frame: Frame) -> bool:
    parts = _PARTS if frame.within_list else _PARTS_LIST
    return all(
        one.last <= other.first
        and other.first - one.last <= frame.within
        and not parts.search(text, one.end, other.start)
        for one, other in pairwise(words)
    )
