"""Print in a cell of its own of which Tesseract made nothing: where a second reader sees a number in it, it is one.

Numbers whose scan lines a telephone lost, or that a broken rule touches, become letters that nobody would ask about as
a number ("DA _INVE_NeENCO"). What stands by itself, as wide as a number, is cut out and shown to the line model
(``Ocr.lines``). Words of a sentence have neighbours that were read, and are left. 0.1 places a page of a scan or fax.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.read.ocr.reread import Grey, is_number, read_line, whole_of
from pipeline.read.ocr.scan import Ocr, OcrWord

_HARDLY = 0.4
"""Confidence of print that may be anything."""
_CELL = 1.5
"""A gap between two cells, by the height of the words."""
_WIDTH = (3.5, 20.0)
"""Of a number, by the height of what was read: it may be higher than its print, by a rule."""
_SURE = 0.9
"""How sure the second reader must be of each sign; of what was read first nothing speaks for it."""
_CHANGED = 0.85
"""The most that can be told of it."""
_LETTERS, _DIGITS = re.compile(r"[A-Za-z]"), re.compile(r"\d")
"""What has a digit left is read again as a number in any case."""
_MOST = 8
"""Places of a page; a page with more is no print."""


def numbers_hardly_read(page: Grey, words: Sequence[OcrWord], ocr: Ocr) -> tuple[OcrWord, ...]:
    """The words, with those that the second reader sees to be a number in their place; what was read first is kept."""
    out: list[OcrWord] = []
    left = _MOST
    for cell in _cells(words):
        number = None
        if left and _is_lost(cell):
            left -= 1
            number = _number(page, cell, ocr)
        out += [number] if number else cell
    return tuple(out)


def _cells(words: Sequence[OcrWord]) -> Iterator[list[OcrWord]]:
    """Words in a row that no wide gap parts."""
    cell: list[OcrWord] = []
    for word in words:
        if cell and not _is_beside(cell[-1], word):
            yield cell
            cell = []
        cell.append(word)
    if cell:
        yield cell


def _is_beside(first: OcrWord, second: OcrWord) -> bool:
    one, other = first.box, second.box
    low, high = sorted((one.bottom - one.top, other.bottom - other.top))
    level = min(one.bottom, other.bottom) - max(one.top, other.top) > low / 2
    return level and -_CELL * high < other.x0 - one.x1 < _CELL * high


def _is_lost(cell: Sequence[OcrWord]) -> bool:
    text = "".join(word.text for word in cell)
    if any(word.confidence >= _HARDLY for word in cell) or not _LETTERS.search(text) or _DIGITS.search(text):
        return False
    box = whole_of(cell).box
    low, high = _WIDTH
    return low <= (box.x1 - box.x0) / max(1.0, box.bottom - box.top) <= high


def _number(page: Grey, cell: Sequence[OcrWord], ocr: Ocr) -> OcrWord | None:
    """What the second reader sees, where that is one word, a number, and it is sure."""
    whole = whole_of(cell)
    found = read_line(page, whole.box, ocr)
    if len(found) != 1 or found[0].confidence < _SURE or not is_number(found[0].text):
        return None
    first = " ".join(word.text for word in cell)
    return replace(whole, text=found[0].text, confidence=min(_CHANGED, found[0].confidence), other=first)
