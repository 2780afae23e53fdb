"""Noughts that were read as the letter O among digits, told by how wide they are drawn.

Tesseract reads ``TMH018`` as ``TMHO18``, sure of it or not. In most typefaces a nought is as wide as the other digits
and an O a third wider, so the digits of the same number say which of the two it is. Between the two, as in
typewriter print, or where the strokes of the number do not fall into its signs, nothing is changed. Measured in
docs/decisions/0025.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.read.ocr.scan import OcrWord

Grey = npt.NDArray[np.uint8]

_DOUBTFUL = re.compile(r"(?<=[A-Z\d])[OQ](?=\d{2})|(?<=\d{2})[OQ]")
_FEWEST_SIGNS = 6
_WIDE_DIGITS = frozenset("0235689")
"""Digits as wide as a nought; 1, 4 and 7 are not in every typeface."""
_FEWEST_DIGITS = 2
_AS_WIDE = 1.12
"""An O of Helvetica or Times is 1.4 times as wide as its digits, of Courier 1.15 times."""
_CHANGED = 0.85
_SPECK = 0.4
"""Of the height of a sign: what is lower is a hyphen, a full stop or dirt."""


def with_noughts(page: Grey, words: Sequence[OcrWord]) -> tuple[OcrWord, ...]:
    """The words, with letters O among digits made noughts where they are as narrow; what was read is kept."""
    return tuple(_mended(page, word) if _is_doubtful(word.text) else word for word in words)


def _is_doubtful(text: str) -> bool:
    return bool(_DOUBTFUL.search(text)) and sum(ch.isalnum() for ch in text) >= _FEWEST_SIGNS


def _mended(grey: Grey, word: OcrWord) -> OcrWord:
    signs = [n for n, ch in enumerate(word.text) if ch.isalnum()]
    left, top, right, bottom = (int(v) for v in word.box)
    widths = _widths(grey[top:bottom, left:right])
    if len(widths) != len(signs):
        return word
    wide = dict(zip(signs, widths, strict=True))
    digits = [width for n, width in wide.items() if word.text[n] in _WIDE_DIGITS]
    if len(digits) < _FEWEST_DIGITS:
        return word
    most = _AS_WIDE * float(np.median(digits))
    text = _DOUBTFUL.sub(lambda hit: "0" if wide[hit.start()] <= most else hit[0], word.text)
    if text == word.text:
        return word
    return replace(word, text=text, confidence=min(word.confidence, _CHANGED), other=word.other or word.text)


def _widths(print_: Grey) -> list[int]:
    """The widths of the signs of a number in print, from left to right."""
    places = signs_of(print_)
    return [right - left for left, top, right, bottom in places if bottom - top >= _SPECK * print_.shape[0]]


def signs_of(print_: Grey) -> list[tuple[int, int, int, int]]:
    """The pieces of ink of a word in print, from left to right: left, top, right and bottom of each.

    What stands over one another is one piece.
    """
    if print_.size == 0:
        return []
    _, ink = cv2.threshold(print_, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    signs: list[tuple[int, int, int, int]] = []
    for left, top, width, height, _ in sorted(stats[1:].tolist()):
        right, bottom = left + width, top + height
        if signs and left < signs[-1][2] - 1:
            first, high, last, low = signs.pop()
            left, top, right, bottom = first, min(high, top), max(last, right), max(low, bottom)
        signs.append((left, top, right, bottom))
    return signs
