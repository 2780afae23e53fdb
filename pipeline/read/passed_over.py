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

from pipeline.read.glyphs import glyphs_of
from pipeline.read.scan import Ocr, OcrWord
from pipeline.values.text import Box

Points = npt.NDArray[np.float64]

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
    """A line on the sheet: where it stands on the page, and at which height on the sheet it begins and ends."""

    place: tuple[int, int, int, int]
    top: int
    bottom: int


def passed_over(image: Image.Image, words: Sequence[OcrWord], ocr: Ocr) -> tuple[OcrWord, ...]:
    """The words of a page image that were not among ``words``, in no particular order."""
    page = np.asarray(image)
    lines = _lines(page, words)
    if not lines or len(lines) > _MOST_LINES:
        return ()
    sheet, strips = _sheet(page, lines)
    (found,) = ocr.words([Image.fromarray(sheet)])
    return tuple(_back(found, strips))


def _lines(page: npt.NDArray[np.uint8], words: Sequence[OcrWord]) -> list[tuple[int, int, int, int]]:
    """The places of lines of letters outside all words: left, top, right, bottom, with paper around."""
    glyphs = glyphs_of(page)
    if not glyphs.enough:
        return []
    capital = glyphs.capital()
    boxes = glyphs.boxes
    taken = np.zeros(page.shape, np.uint8)
    for word in words:
        left, top, right, bottom = (round(v) for v in word.box)
        taken[max(0, top - _EDGE) : bottom + _EDGE, max(0, left - _EDGE) : right + _EDGE] = 1
    middle = ((boxes[:, :2] + boxes[:, 2:]) / 2).astype(np.int64)
    middle = np.clip(middle, 0, [page.shape[1] - 1, page.shape[0] - 1])
    left_out = boxes[taken[middle[:, 1], middle[:, 0]] == 0]
    return list(_joined(left_out, capital, page.shape)) if len(left_out) >= _FEWEST else []


def _joined(boxes: Points, capital: float, shape: tuple[int, ...]) -> Iterator[tuple[int, int, int, int]]:
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


def _sheet(
    page: npt.NDArray[np.uint8], lines: Sequence[tuple[int, int, int, int]]
) -> tuple[npt.NDArray[np.uint8], list[_Strip]]:
    """The lines under one another on paper of their own."""
    space = max(bottom - top for _, top, _, bottom in lines) // 2
    width = max(right - left for left, _, right, _ in lines) + 2 * space
    strips, at = [], space
    for place in lines:
        height = place[3] - place[1]
        strips.append(_Strip(place, at, at + height))
        at += height + space
    sheet = np.full((at, width), int(np.percentile(page[::8, ::8], 90)), np.uint8)
    for strip in strips:
        left, top, right, bottom = strip.place
        sheet[strip.top : strip.bottom, space : space + right - left] = page[top:bottom, left:right]
    return sheet, [_Strip((s.place[0] - space, *s.place[1:]), s.top, s.bottom) for s in strips]


def _back(found: Sequence[OcrWord], strips: Sequence[_Strip]) -> Iterator[OcrWord]:
    """The words of the sheet where they stand on the page; what spans two lines or was hardly read is left."""
    for word in found:
        box = word.box
        strip = next((s for s in strips if s.top <= box.top and box.bottom <= s.bottom), None)
        if strip and word.confidence >= _LEAST_SURE and any(ch.isalnum() for ch in word.text):
            across, down = strip.place[0], strip.place[1] - strip.top
            yield OcrWord(
                word.text, Box(box.x0 + across, box.top + down, box.x1 + across, box.bottom + down), word.confidence
            )
