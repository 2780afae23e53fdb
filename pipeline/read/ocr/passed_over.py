"""Print that the reading of a page passed over: a letterhead, a cell or a column of a table, read again by itself.

Tesseract's layout analysis takes some blocks for pictures or rules and leaves them out without a word. What looks like
letters and lies in no word's box is put on a sheet of its own, line under line, and read as a page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from pipeline.read.ocr.scan import Ocr, OcrWord
from pipeline.read.ready.glyphs import Glyphs
from pipeline.read.ready.small import level
from pipeline.values.text import Box

Points = npt.NDArray[np.float64]
Grey = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Place = tuple[int, int, int, int]

_FEWEST = 3
"""Letters of a line; fewer are specks and marks."""
_APART = 1.3
"""Of a capital's height: letters of one line stand nearer."""
_HEIGHT = (0.6, 2.2)
"""Of a capital's height, of a line's letters together."""
_MARGIN = 0.6
"""Of a capital's height, of paper around a line."""
_MOST_LINES = 60
"""A page with more was not passed over, but is no print."""
_LEAST_SURE = 0.6
_EDGE = 3
"""Pixels around a word's box that still are the word."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """A line on the sheet: where the sheet's part with it lies on the page, and its height on the sheet."""

    place: Place
    top: int
    bottom: int


def passed_over(page: Grey, glyphs: Glyphs, words: Sequence[OcrWord], ocr: Ocr) -> tuple[OcrWord, ...]:
    """The words of a page image that were not among ``words``, in no particular order; ``glyphs`` are its letters."""
    taken = _taken(page.shape, words)
    boxes = _outside(glyphs.boxes, taken) if glyphs.enough else glyphs.boxes[:0]
    lines = list(_joined(boxes, glyphs.capital(), page.shape)) if len(boxes) >= _FEWEST else []
    if not lines or len(lines) > _MOST_LINES:
        return ()
    sheet, strips = _sheet(page, taken, lines)
    (found,) = ocr.words([Image.fromarray(sheet)])
    return tuple(_back(found, strips))


def _taken(shape: tuple[int, ...], words: Sequence[OcrWord]) -> Flags:
    """Where on the page words are."""
    taken = np.zeros(shape, np.bool_)
    for word in words:
        left, top, right, bottom = (round(v) for v in word.box)
        taken[max(0, top - _EDGE) : bottom + _EDGE, max(0, left - _EDGE) : right + _EDGE] = True
    return taken


def _outside(boxes: Points, taken: Flags) -> Points:
    """The letters whose middle no word covers."""
    across, down = ((boxes[:, (0, 1)] + boxes[:, (2, 3)]) / 2).astype(np.int64).T
    height, width = taken.shape
    outside: Points = boxes[~taken[np.minimum(down, height - 1), np.minimum(across, width - 1)]]
    return outside


def _joined(boxes: Points, capital: float, shape: tuple[int, ...]) -> Iterator[Place]:
    """The letters that stand side by side, as lines."""
    ink = np.zeros(shape, np.uint8)
    for left, top, right, bottom in boxes.astype(np.int64):
        ink[top:bottom, left : right + round(_APART * capital)] = 1
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=4)
    rows, columns = ((boxes[:, 1] + boxes[:, 3]) / 2).astype(np.int64), boxes[:, 0].astype(np.int64)
    count = np.bincount(labels[np.minimum(rows, shape[0] - 1), np.minimum(columns, shape[1] - 1)], minlength=len(stats))
    margin = round(_MARGIN * capital)
    for (left, top, width, height, _), letters in zip(stats[1:], count[1:], strict=True):
        if letters >= _FEWEST and _HEIGHT[0] * capital <= height <= _HEIGHT[1] * capital:
            right = left + width - round(_APART * capital)
            yield (
                max(0, int(left) - margin), max(0, int(top) - margin),
                min(shape[1], int(right) + margin), min(shape[0], int(top + height) + margin),
            )  # fmt: skip


def _sheet(page: Grey, taken: Flags, lines: Sequence[Place]) -> tuple[Grey, list[_Strip]]:
    """The lines under one another on paper of their own, without the words that were read beside them."""
    space = max(bottom - top for _, top, _, bottom in lines) // 2
    paper = int(level(page[::8, ::8], 90))
    width = max(right - left for left, _, right, _ in lines) + 2 * space
    sheet = np.full((space + sum(b - t + space for _, t, _, b in lines), width), paper, np.uint8)
    strips, at = [], space
    for left, top, right, bottom in lines:
        part = np.s_[top:bottom, left:right]
        sheet[at : at + bottom - top, space : space + right - left] = np.where(taken[part], paper, page[part])
        strips.append(_Strip((left - space, top, right, bottom), at, at + bottom - top))
        at += bottom - top + space
    return sheet, strips


def _back(found: Sequence[OcrWord], strips: Sequence[_Strip]) -> Iterator[OcrWord]:
    """The words of the sheet where they stand on the page; what was hardly read is left."""
    for word in found:
        box = word.box
        strip = next((s for s in strips if s.top <= (box.top + box.bottom) / 2 <= s.bottom), None)
        if strip and word.confidence >= _LEAST_SURE and any(ch.isalnum() for ch in word.text):
            across, down = strip.place[0], strip.place[1] - strip.top
            yield OcrWord(
                word.text, Box(box.x0 + across, box.top + down, box.x1 + across, box.bottom + down), word.confidence
            )
