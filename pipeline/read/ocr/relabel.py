"""What stands before or over a number, read again where it was read badly: a label that is lost loses its number.

The words on the line of a number, up to the end of what was said before it, or those over one that begins its line, are
cut out and shown to the line model (``Ocr.lines``). Measured in docs/decisions/0041.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from pipeline.read.ocr.reread import Grey, is_number, read_line
from pipeline.read.ocr.scan import Ocr, OcrWord
from pipeline.values.text import Box

Boxes = npt.NDArray[np.float64]
_BADLY = 0.8
"""Confidence of a word of a label that may be another one."""
_MOST_WORDS = 5
"""Of a label."""
_CELL = 2.0
"""A gap between two cells, by the height of the words."""
_MOST = 20
"""Labels of a page that are read again."""
_SURE, _LEAST_SURE, _SURER = 0.6, 0.4, 0.1
"""How sure the second reader must be of the words, on average and of each, and by how much surer than the first."""
_OVER, _BESIDE = 1.4, 1.5
"""How far over a number, and how far to its side, its label begins, by its height."""
_ENDS = (";", ",", ".", ":")


def relabel(page: Grey, words: Sequence[OcrWord], ocr: Ocr) -> tuple[OcrWord, ...]:
    """The words, with those before a number as the second reader has them where it is surer of them."""
    out: dict[int, Sequence[OcrWord]] = {n: (word,) for n, word in enumerate(words)}
    left = _MOST
    for cell in _cells_before_numbers(words):
        if left and min(words[n].confidence for n in cell) < _BADLY and all(len(out[n]) == 1 for n in cell):
            left -= 1
            again = _read_again(page, [words[n] for n in cell], ocr)
            if again:
                out.update({n: () for n in cell})
                out[cell[0]] = again
    return tuple(word for n in range(len(words)) for word in out[n])


def _cells_before_numbers(words: Sequence[OcrWord]) -> Iterator[Sequence[int]]:
    """The words of the cell before each number, or between it and what it stands behind in its cell."""
    if not words:
        return
    boxes = np.array([word.box for word in words])
    for word in words:
        if is_number(word.text):
            cell = _before(word.box, boxes, words) or _over(word.box, boxes, words)
            if cell:
                yield sorted(cell, key=lambda n: boxes[n, 0])


def _before(number: Box, boxes: Boxes, words: Sequence[OcrWord]) -> list[int]:
    left, top, _, bottom = number
    height = bottom - top
    level = _share(boxes, top, bottom) > height / 2
    before = np.flatnonzero(level & (boxes[:, 2] < left + height / 2))
    cell: list[int] = []
    for n in before[np.argsort(-boxes[before, 2])][:_MOST_WORDS].tolist():
        gap = (boxes[cell[-1], 0] if cell else left) - boxes[n, 2]
        if is_number(words[n].text) or (cell and (gap > _CELL * height or words[n].text.endswith(_ENDS))):
            break
        cell.append(n)
    return cell


def _over(number: Box, boxes: Boxes, words: Sequence[OcrWord]) -> list[int]:
    """The words of the line over a number that begins its line, from where the number begins."""
    left, top, _, bottom = number
    height = bottom - top
    line = (boxes[:, 3] > top - _OVER * height) & (boxes[:, 3] < top + height / 2)
    over = np.flatnonzero(line & (boxes[:, 0] > left - _BESIDE * height))
    cell: list[int] = []
    for n in over[np.argsort(boxes[over, 0])][:_MOST_WORDS].tolist():
        far = boxes[n, 0] - (boxes[cell[-1], 2] if cell else left)
        if is_number(words[n].text) or far > _BESIDE * height:
            break
        cell.append(n)
    return cell


def _share(boxes: Boxes, top: float, bottom: float) -> Boxes:
    """How much of their height boxes have in common with a line, in pixels."""
    return np.minimum(boxes[:, 3], bottom) - np.maximum(boxes[:, 1], top)


def _read_again(grey: Grey, cell: Sequence[OcrWord], ocr: Ocr) -> Sequence[OcrWord]:
    """The words of a cell as the second reader has them; none where they are the same, or it is no surer."""
    boxes = np.array([word.box for word in cell])
    box = Box(*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist())
    found = read_line(grey, box, ocr)
    if min((word.confidence for word in found), default=0.0) < _LEAST_SURE:
        return ()
    same = "".join(word.text for word in found) == "".join(word.text for word in cell)
    if same or _sure(found) < max(_SURE, _sure(cell) + _SURER) or not any(ch.isalpha() for w in found for ch in w.text):
        return ()
    first = " ".join(word.text for word in cell)
    return [replace(word, other=first) for word in found]


def _sure(words: Sequence[OcrWord]) -> float:
    """How sure words are, on average by their length."""
    letters = sum(len(word.text) for word in words)
    return sum(len(word.text) * word.confidence for word in words) / letters if letters else 0.0
