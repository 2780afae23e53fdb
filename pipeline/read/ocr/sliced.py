"""Lines that a lost scan line cut in two, and that were read as two low lines: shown whole to the second reader.

A telephone that drops a line of a fax, or a bright streak across a scan, leaves the upper and the lower half of the
print with white between them. Tesseract takes the halves for lines ("ALINRAEE299" over "AUUOIODDILZ." for AU0366322).
Words that are too low to be any, one right over another, are cut out together and shown to the line model
(``Ocr.lines``). What was read first is kept, and no number of it is sure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from pipeline.read.ocr.reread import Grey, is_number, read_line, whole_of
from pipeline.read.ocr.scan import Ocr, OcrWord
from pipeline.values.text import Box

_BADLY, _WELL = 0.7, 0.8
"""Confidence of print that may be anything, and of words whose height is that of the page's print."""
_LOW = 0.65
"""Of the height of print: half a line is no higher."""
_FEWEST = 8
"""Words read well, by which the height of the print is known."""
_NEAR = 0.35
"""Between the halves of a line, by the height of print."""
_CELL = 1.5
"""Between words of one line, by the height of print."""
_HEIGHT = (0.7, 1.7)
"""Of the halves together, by the height of print."""
_NARROWEST = 1.5
_LEAST_SURE, _NUMBER_SURE = 0.5, 0.7
"""How sure the second reader must be of each word, and of a number."""
_CHANGED = 0.85
"""The most that can be told of it."""
_MOST = 6
"""Places of a page; a page with more is no print."""


def without_slices(page: Grey, words: Sequence[OcrWord], ocr: Ocr) -> tuple[OcrWord, ...]:
    """The words, with lines that were read in halves as the second reader has them whole, if it is sure."""
    height = _height(words)
    out: dict[int, Sequence[OcrWord]] = {n: (word,) for n, word in enumerate(words)}
    for halves in list(_halves(words, height))[:_MOST] if height else ():
        found = _whole(page, [words[n] for n in halves], ocr)
        if found:
            out.update({n: () for n in halves})
            out[min(halves)] = found
    return tuple(word for n in range(len(words)) for word in out[n])


def _height(words: Sequence[OcrWord]) -> float:
    """The height of the page's print, 0 where that is not known."""
    well = [word.box.bottom - word.box.top for word in words if word.confidence >= _WELL and len(word.text) > 1]
    return median(well) if len(well) >= _FEWEST else 0.0


def _halves(words: Sequence[OcrWord], height: float) -> Iterator[list[int]]:
    """The words of each line that was read in halves, by their numbers."""
    badly = [n for n, word in enumerate(words) if word.confidence < _BADLY and any(ch.isalnum() for ch in word.text)]
    left = set(badly)
    for start in badly:
        if start not in left:
            continue
        group, grown = [start], 0
        left.discard(start)
        while grown < len(group):
            near = [n for n in left if _is_of_one_line(words[group[grown]], words[n], height)]
            group += near
            left.difference_update(near)
            grown += 1
        if _is_sliced([words[n] for n in group], height):
            # A short word may be read in its half; it is of the line all the same.
            box = whole_of([words[n] for n in group]).box
            yield [n for n, word in enumerate(words) if n in group or _is_inside(word.box, box)]


def _is_inside(inner: Box, outer: Box) -> bool:
    across, down = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 < across < outer.x1 and outer.top < down < outer.bottom


def _is_of_one_line(first: OcrWord, second: OcrWord, height: float) -> bool:
    """Whether two badly read words stand right over one another, or side by side."""
    upper, lower = sorted((first.box, second.box), key=lambda box: box.top)
    level = min(upper.bottom, lower.bottom) - max(upper.top, lower.top)
    across = min(upper.x1, lower.x1) - max(upper.x0, lower.x0)
    if across > 0:
        return -_NEAR * height < level <= 0 and upper.bottom - upper.top < _LOW * height
    return level > 0 and across > -_CELL * height


def _is_sliced(words: Sequence[OcrWord], height: float) -> bool:
    box = whole_of(words).box
    low = [word for word in words if word.box.bottom - word.box.top < _LOW * height]
    stacked = any(
        min(a.box.x1, b.box.x1) > max(a.box.x0, b.box.x0) and a.box.bottom <= b.box.top for a in low for b in words
    )
    fits = _HEIGHT[0] * height <= box.bottom - box.top <= _HEIGHT[1] * height
    return stacked and fits and box.x1 - box.x0 >= _NARROWEST * height


def _whole(page: Grey, halves: Sequence[OcrWord], ocr: Ocr) -> Sequence[OcrWord]:
    """The words of the whole line, where the second reader is sure of all of them."""
    found = read_line(page, whole_of(halves).box, ocr)
    if not found or any(w.confidence < (_NUMBER_SURE if is_number(w.text) else _LEAST_SURE) for w in found):
        return ()
    first = " ".join(word.text for word in sorted(halves, key=lambda word: (word.box.top, word.box.x0)))
    return [replace(word, confidence=min(_CHANGED, word.confidence), other=first) for word in found]
