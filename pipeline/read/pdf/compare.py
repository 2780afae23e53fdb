"""Two readings of one page, word by word: what its text layer says and what OCR sees, matched by place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from pipeline.read.page import Placed

_SHARED = 0.5
"""Two words are of one place where they share this part of the smaller one's area."""
_MISPLACED = 0.3
"""Fewer words than this part confirmed where they stand: the layer may lie beside the picture, so order decides."""
_LONGEST_SWAP = 6
"""Words in a row of which each may stand for another; a longer stretch is other text, not other readings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """For each word of one reading what the other says: None where it has nothing there.

    ``others`` is by index of the words compared, ``agree`` tells whether it is the same, ``unmatched`` are the indices
    of the other reading's words that stand where the one has none, ``agreement`` is the part of the words (those with
    a letter or digit) that the other confirms, 0 to 1.
    """

    others: tuple[Placed | None, ...]
    agree: tuple[bool, ...]
    unmatched: tuple[int, ...]
    agreement: float


def said(text: str) -> str:
    """What counts of a word: letters, digits and a decimal point; not its case, nor the marks around it.

    >>> said("($1,204.50),")
    '1204.50'
    """
    return _MARKS.sub("", text).casefold()


_MARKS = re.compile(r"(?!(?<=\d)\.(?=\d))[\W_]")


def compared(words: Sequence[Placed], against: Sequence[Placed]) -> Comparison:
    """The words of one reading against those of another, by place; by order where the places do not fit at all."""
    by_place = _by_place(words, against)
    if by_place.agreement >= _MISPLACED:
        return by_place
    by_order = _by_order(words, against)
    return max(by_place, by_order, key=lambda c: c.agreement)


def _by_place(words: Sequence[Placed], against: Sequence[Placed]) -> Comparison:
    if not words or not against:
        return _comparison(words, [None] * len(words), [not said(w.text) for w in words], range(len(against)))
    touch = _touching(words, against)
    others: list[Placed | None] = []
    agree = []
    for index, word in enumerate(words):
        there = sorted(np.flatnonzero(touch[index]).tolist(), key=lambda n: against[n].box.x0)
        # One reading may part what the other joins, so both sides are as many words as stand together.
        beside = sorted({n for t in there for n in np.flatnonzero(touch[:, t]).tolist()}, key=lambda n: words[n].box.x0)
        here = "".join(said(words[n].text) for n in beside) if there else said(word.text)
        other = "".join(said(against[n].text) for n in there)
        others.append(_together([against[n] for n in there]) if there else None)
        agree.append(here == other or (bool(there) and said(word.text) == other))
    return _comparison(words, others, agree, np.flatnonzero(~touch.any(axis=0)))


def _touching(words: Sequence[Placed], against: Sequence[Placed]) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    a, b = (np.array([w.box for w in side], dtype=np.float64) for side in (words, against))
    across = np.minimum(a[:, None, 2], b[None, :, 2]) - np.maximum(a[:, None, 0], b[None, :, 0])
    down = np.minimum(a[:, None, 3], b[None, :, 3]) - np.maximum(a[:, None, 1], b[None, :, 1])
    areas = [np.maximum((s[:, 2] - s[:, 0]) * (s[:, 3] - s[:, 1]), 1e-6) for s in (a, b)]
    shared = np.maximum(across, 0) * np.maximum(down, 0)
    touching: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    touching = shared >= _SHARED * np.minimum(areas[0][:, None], areas[1][None, :])
    return touching


def _by_order(words: Sequence[Placed], against: Sequence[Placed]) -> Comparison:
    others: list[Placed | None] = [None] * len(words)
    agree = [not said(w.text) for w in words]
    left = set(range(len(against)))
    matcher = SequenceMatcher(None, [said(w.text) for w in words], [said(w.text) for w in against], autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and a1 - a0 == b1 - b0 <= _LONGEST_SWAP):
            for here, there in zip(range(a0, a1), range(b0, b1), strict=True):
                others[here] = against[there]
                agree[here] = agree[here] or tag == "equal"
                left.discard(there)
    return _comparison(words, others, agree, sorted(left))


def _comparison(
    words: Sequence[Placed], others: list[Placed | None], agree: list[bool], unmatched: Sequence[int] | np.ndarray
) -> Comparison:
    telling = [n for n, word in enumerate(words) if said(word.text)]
    confirmed = sum(1 for n in telling if agree[n])
    return Comparison(
        others=tuple(others),
        agree=tuple(agree),
        unmatched=tuple(int(n) for n in unmatched),
        agreement=confirmed / len(telling) if telling else 0.0,
    )


def _together(words: Sequence[Placed]) -> Placed:
    if len(words) == 1:
        return words[0]
    return Placed(" ".join(w.text for w in words), words[0].box, min(w.confidence for w in words))
