"""Numbers that were read with doubt are read again, each by itself and in other forms, and the readings vote.

One wrong sign makes a number another one, and nothing in the words around it says so. What Tesseract makes of a sign
depends on its edges, its size and the neighbours it is shown in; so a doubtful number is cut out and read softened, as
one line, and where that says something else, twice more, smaller and heavier. A changed number keeps what was read
first (``OcrWord.other``) and is never sure. Measured in docs/decisions/0025 and 0033; 8 ms a reading.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike
from PIL import Image

from pipeline.read.scan import Ocr, OcrWord
from pipeline.values.text import Box

Grey = npt.NDArray[np.uint8]
_DOUBTFUL = 0.9
"""Confidence below which 44 % (under 0.8) and 8 % of the numbers of scans and faxes are wrong; above it 0.7 %."""
_FEWEST_SIGNS, _FEWEST_DIGITS = 6, 4
"""A shorter number is a ZIP or a procedure code, whose shape the extraction knows better than a vote."""
_MOST = 40
"""Doubtful numbers of a page that are read again; a page with more is a poor one of columns of sums."""
_SOFTER, _SMALLER, _HEAVIER = 1.0, 0.6, np.ones((2, 2), np.uint8)
"""The width of the blur in pixels, the share of the size, and by how much strokes are widened."""
_ANY = 0.1
"""What a reading counts for whatever its confidence."""
_LESS_SURE = 0.1
"""By how much the readings that win may be less sure than the first one was."""
_CHANGED = 0.85
"""The most that can be told of a number that was changed."""
_SAME_LENGTH = 2
"""Signs by which two readings of one print may differ in length."""
_MARGIN, _PAPER = 0.3, 10
"""Paper left round a number, by the height of its word, and put round that, in pixels."""
_TOUCHING, _NEAR = 0.3, 0.65
"""Gaps inside a number, and gaps that may be one, by its height: blanks of print begin at 0.36."""
_DIGIT_LIKE = "OQILSBZGP"
"""Letters that are read of digits."""
_EDGES = " .,:;'\"`‘’“”~_*°"
_HEAD = re.compile(r"(?:\d{4,}|(?=\w*[A-Z/-])[A-Z\d][\w/-]*[\d-])$")
"""What a number begins with when its rest stands apart. A few digits alone are the day before a year."""
_REST = re.compile(r"\d[\w/-]*[.,:;)]?$")
_ONES = re.compile(r"(?<=\d)[|\]}!]|\|(?=\d)")


def reread(page: Image.Image, words: Sequence[OcrWord], ocr: Ocr) -> tuple[OcrWord, ...]:
    """The words, with numbers that were read in two parts joined and doubtful ones as most readings have them."""
    grey = np.asarray(page)
    paper = int(np.percentile(grey[::8, ::8], 90)) if grey.size else 255
    out: list[OcrWord] = []
    left = _MOST
    sure = {_signs(word.text) for word in words if word.confidence >= _DOUBTFUL}
    for word, parts in _joined(words):
        # What is the same as a number that was read well in another place needs no vote.
        if left and (parts or (_is_doubtful(word) and _signs(word.text) not in sure)):
            left -= 1
            out += _voted(_cut(grey, word.box, paper), word, parts, ocr)
        else:
            out += parts or (word,)
    return tuple(out)


def _is_doubtful(word: OcrWord) -> bool:
    return word.confidence < _DOUBTFUL and _is_number(word.text)


def _is_number(text: str) -> bool:
    return len(_signs(text)) >= _FEWEST_SIGNS and sum(ch.isdigit() for ch in text) >= _FEWEST_DIGITS


def _signs(text: str) -> str:
    """The letters and digits of a reading, by which readings are compared; a stroke beside a digit is a one."""
    return re.sub(r"[^A-Z0-9]", "", _ONES.sub("1", text).upper())


def _joined(words: Sequence[OcrWord]) -> Iterator[tuple[OcrWord, tuple[OcrWord, ...]]]:
    """Each word alone, or two that may be the halves of one number as one word, with the halves."""
    waiting: OcrWord | None = None
    for word in words:
        if waiting is not None and _may_go_on(waiting, word):
            (left, top, _, bottom), (_, high, right, low) = waiting.box, word.box
            box = Box(left, min(top, high), right, max(bottom, low))
            whole = OcrWord(waiting.text + word.text, box, min(waiting.confidence, word.confidence))
            yield whole, (waiting, word)
            waiting = None
            continue
        if waiting is not None:
            yield waiting, ()
        waiting = word
    if waiting is not None:
        yield waiting, ()


def _may_go_on(first: OcrWord, second: OcrWord) -> bool:
    height = min(first.box.bottom - first.box.top, second.box.bottom - second.box.top)
    level = min(first.box.bottom, second.box.bottom) - max(first.box.top, second.box.top) > height / 2
    return (
        level
        and _gap(first, second) < _NEAR
        and bool(_HEAD.match(first.text) and _REST.match(second.text))
        and _is_number(first.text + second.text)
    )


def _gap(first: OcrWord, second: OcrWord) -> float:
    """Between two words, by the height of the higher."""
    height = max(first.box.bottom - first.box.top, second.box.bottom - second.box.top)
    return (second.box.x0 - first.box.x1) / height


def _cut(grey: Grey, box: Box, paper: int) -> Grey:
    """A word's place on the page, with paper round it."""
    margin = max(1, round(_MARGIN * (box.bottom - box.top)))
    left, top = max(0, int(box.x0) - margin), max(0, int(box.top) - margin)
    part = grey[top : int(box.bottom) + margin, left : int(box.x1) + margin]
    return cv2.copyMakeBorder(part, *(_PAPER,) * 4, cv2.BORDER_CONSTANT, value=paper)  # type: ignore[return-value]


def _voted(print_: Grey, word: OcrWord, parts: tuple[OcrWord, ...], ocr: Ocr) -> tuple[OcrWord, ...]:
    """The word as most readings have it; the halves where they are two words."""
    first = _read(cv2.GaussianBlur(print_, (0, 0), _SOFTER), ocr)
    readings = [first]
    if first is None or _signs(first.text) != _signs(word.text) or parts:
        smaller = cv2.resize(print_, None, fx=_SMALLER, fy=_SMALLER, interpolation=cv2.INTER_AREA)
        readings += [_read(smaller, ocr), _read(cv2.erode(print_, _HEAVIER), ocr)]
    like = [r for r in readings if r is not None and _is_like(r.text, word.text)]
    if parts and _gap(*parts) >= _TOUCHING and sum(" " in r.text for r in like) * 2 >= len(like):
        return parts
    best = _winner(word, like)
    return (best,) if not parts or best.other is None else (replace(best, other=" ".join(p.text for p in parts)),)


def _is_like(again: str, first: str) -> bool:
    """Whether a text may be another reading of a number: about as long, and without letters that were digits before.

    A letter more may stand at its beginning, which was read as a sign or not at all. One that only lost a sign at an
    end counts nothing: a cut-out word loses its first or last sign more often than a word of a line gains one.
    """
    signs, before = _signs(again), _signs(first)
    if signs != before and (before.startswith(signs) or before.endswith(signs)):
        return False
    more_letters = sum(ch.isalpha() for ch in signs) - sum(ch.isalpha() for ch in before)
    opens = signs[:1].isalpha() and signs[0] not in _DIGIT_LIKE and not before[:1].isalpha()
    return abs(len(signs) - len(before)) <= _SAME_LENGTH and more_letters <= opens


def _read(print_: MatLike, ocr: Ocr) -> OcrWord | None:
    """What one line says, as one word; blanks in it stay."""
    (words,) = ocr.lines([Image.fromarray(print_)])
    if not words:
        return None
    return OcrWord(" ".join(w.text for w in words), words[0].box, min(w.confidence for w in words))


def _winner(word: OcrWord, readings: Sequence[OcrWord]) -> OcrWord:
    """The word with the text that has most votes, each as heavy as it is sure."""
    votes: dict[str, float] = defaultdict(float)
    for one in (word, *readings):
        votes[_signs(one.text)] += one.confidence + _ANY
    best = max(votes, key=lambda signs: votes[signs])
    same = [r for r in readings if _signs(r.text) == best]
    if best == _signs(word.text) or not same:
        return word
    sharpest = max(same, key=lambda r: r.confidence)
    if sharpest.confidence < word.confidence - _LESS_SURE:
        return word
    text = sharpest.text.replace(" ", "").strip(_EDGES)
    lead, tail = _edges(word.text)
    return replace(word, text=f"{lead}{text}{tail}", confidence=min(_CHANGED, sharpest.confidence), other=word.text)


def _edges(text: str) -> tuple[str, str]:
    """The signs before and behind a number in its word, which are no part of it."""
    core = text.strip(_EDGES)
    start = text.find(core)
    return text[:start], text[start + len(core) :]
