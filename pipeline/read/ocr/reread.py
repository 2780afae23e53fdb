"""Numbers that were read with doubt are read again, each by itself, by a reader that errs elsewhere.

One wrong sign makes a number another one, and nothing in the words around it says so. Tesseract weighs what usually
follows what, and in a number anything may; so a doubtful number is cut out and shown to the line model
(``Ocr.lines``), pieces of one as one. What that says stands where it is fairly sure. A changed number keeps what was
read first (``OcrWord.other``) and is never sure. A number that the page's own print bears out is not asked about.
Measured in docs/decisions/0041 and 0048; 25 ms a number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from pipeline.read.ocr.own_print import OwnPrint
from pipeline.read.ocr.scan import Ocr, OcrWord
from pipeline.values.text import Box

Grey = npt.NDArray[np.uint8]
_DOUBTFUL = 0.93
"""Confidence below which numbers of faxes are wrong: 1 in 5 under 0.8, 1 in 20 to 0.9, 1 in 110 to here; none above."""
_FEWEST_SIGNS, _FEWEST_DIGITS = 6, 4
"""A shorter number is a ZIP or a procedure code, whose shape the extraction knows better than a vote."""
_MOST = 40
"""Doubtful numbers of a page that are read again; a page with more is a poor one of columns of sums."""
_FAIRLY = 0.7
"""How sure the second reader must be of each sign, where it says something else."""
_UNSURE, _MORE_PAPER = 0.85, 0.2
"""How sure the second reader is of a line that it is shown again, and paper added round it, by the line's height."""
_CHANGED = 0.85
"""The most that can be told of a number that was changed."""
_SAME_LENGTH = 2
"""Signs by which two readings of one print may differ in length."""
_MARGIN = 0.2
"""Paper left round a number, by the height of its word."""
_NEAR, _APART = 0.65, 1.5
"""Gaps inside a number, and between pieces of badly read print, by its height: blanks of print begin at 0.36."""
_BADLY, _WELL = 0.6, 0.8
"""Confidence of print whose pieces may be anything, and of a word that is what it is but for a sign."""
_EDGES = " .,:;'\"`‘’“”~_*°|[]{}"
_DIRT = " '`~_*|+"
_HEAD = re.compile(r"(?:\d{4,}|(?=\w*[A-Z/-])[A-Z\d][\w/-]*[\d-])$")
"""What a number begins with when its rest stands apart. A few digits alone are the day before a year."""
_REST = re.compile(r"\d[\w/-]*[.,:;)]?$")
_PIECE = re.compile(r"(?=\W*\w*\d|[^a-z]*$)\S*?[\w|\]]")
"""A piece of a badly read number: with digits, or without small letters."""
_ENDS = re.compile(r"[.,:;]$")
_ODD = re.compile(r"[^ -~]|--|[^\w\s/.,:;()#$%&'-]")
_REPEATED = re.compile(r"(.)\1+")
_ONES = re.compile(r"(?<=\d)[|\]}!]|\|(?=\d)")


def reread(page: Grey, words: Sequence[OcrWord], ocr: Ocr, *, own: OwnPrint) -> tuple[OcrWord, ...]:
    """The words, with numbers that were read in pieces joined and doubtful ones as the second reader has them.

    ``own`` is the page's own print.
    """
    out: list[OcrWord] = []
    left = _MOST
    sure = {signs_of_number(w.text) for w in words if w.confidence >= _DOUBTFUL and not _is_odd(w.text)}
    for pieces in _runs(words):
        # What is the same as a number that was read well in another place needs no second reader.
        whole = whole_of(pieces)
        known = signs_of_number(whole.text) in sure
        if left and not known and _is_doubtful(whole, pieces) and not _is_borne_out(whole, pieces, own):
            left -= 1
            out += _read_again(page, whole, pieces, ocr)
        else:
            out += pieces
    return tuple(out)


def signs_of_number(text: str) -> str:
    """The letters and digits of a reading, by which readings are compared; a stroke beside a digit is a one."""
    return re.sub(r"[^A-Z0-9]", "", _ONES.sub("1", text).upper())


def is_number(text: str) -> bool:
    """Whether a reading has as many signs, and digits among them, as an identifier or a day."""
    return len(signs_of_number(text)) >= _FEWEST_SIGNS and sum(ch.isdigit() for ch in text) >= _FEWEST_DIGITS


def read_line(grey: Grey, box: Box, ocr: Ocr) -> list[OcrWord]:
    """The words of a place on the page as the second reader has them.

    Where it is not sure of them it is shown them once more, smaller on more paper, and the surer reading counts.
    """
    margin = max(2, round(_MARGIN * (box.bottom - box.top)))
    left, top = max(0, int(box.x0) - margin), max(0, int(box.top) - margin)
    line = grey[top : int(box.bottom) + margin, left : int(box.x1) + margin]
    found = _seen(line, ocr)
    if _least_sure(found) < _UNSURE and line.size:
        more = round(_MORE_PAPER * line.shape[0])
        wide = cv2.copyMakeBorder(line, more, more, more, more, cv2.BORDER_REPLICATE)
        again = _seen(np.asarray(wide, np.uint8), ocr)
        if _least_sure(again) > _least_sure(found):
            left, found = left - more, again
    return [replace(w, box=Box(w.box.x0 + left, box.top, w.box.x1 + left, box.bottom)) for w in found]


def _seen(line: Grey, ocr: Ocr) -> Sequence[OcrWord]:
    (words,) = ocr.lines([Image.fromarray(line)])
    return words


def _least_sure(words: Sequence[OcrWord]) -> float:
    return min((word.confidence for word in words), default=0.0)


def _is_doubtful(whole: OcrWord, pieces: Sequence[OcrWord]) -> bool:
    if len(pieces) > 1 or whole.confidence < _WELL:  # it may be a number with few digits left, as "lyyyysya23"
        return len(signs_of_number(whole.text)) >= _FEWEST_SIGNS and any(ch.isdigit() for ch in whole.text)
    return is_number(whole.text) and (whole.confidence < _DOUBTFUL or _is_odd(whole.text))


def _is_borne_out(whole: OcrWord, pieces: Sequence[OcrWord], own: OwnPrint) -> bool:
    return len(pieces) == 1 and not _is_odd(whole.text) and own.bears_out(whole)


def _is_odd(text: str) -> bool:
    """Whether a number holds marks that no number has."""
    return bool(_ODD.search(text.strip(_EDGES)))


def _runs(words: Sequence[OcrWord]) -> Iterator[tuple[OcrWord, ...]]:
    """Each word alone, or those in a row that may be pieces of one number."""
    run: list[OcrWord] = []
    for word in words:
        if run and not _may_go_on(run[-1], word):
            yield tuple(run)
            run = []
        run.append(word)
    if run:
        yield tuple(run)


def _may_go_on(first: OcrWord, second: OcrWord) -> bool:
    height = min(first.box.bottom - first.box.top, second.box.bottom - second.box.top)
    level = min(first.box.bottom, second.box.bottom) - max(first.box.top, second.box.top) > height / 2
    gap = _gap(first, second)
    if not level or not -_APART < gap < _APART:
        return False
    if gap < _NEAR and _HEAD.match(first.text) and _REST.match(second.text) and is_number(first.text + second.text):
        return True
    badly = min(first.confidence, second.confidence) < _BADLY
    if gap > _NEAR and not any(ch.isdigit() for ch in first.text) and len(first.text) > 1:
        return False  # a word before a number, which the second reader may not part from it
    return badly and not _ENDS.search(first.text) and all(_is_piece(word) for word in (first, second))


def _is_piece(word: OcrWord) -> bool:
    known = word.confidence >= _WELL and not any(ch.isdigit() for ch in word.text)
    return bool(_PIECE.match(word.text)) and not known


def _gap(first: OcrWord, second: OcrWord) -> float:
    """Between two words, by the height of the higher."""
    height = max(first.box.bottom - first.box.top, second.box.bottom - second.box.top)
    return (second.box.x0 - first.box.x1) / height


def whole_of(pieces: Sequence[OcrWord]) -> OcrWord:
    """Pieces as one word, as sure as the least sure of them."""
    boxes = [piece.box for piece in pieces]
    box = Box(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes)
    )
    return OcrWord("".join(piece.text for piece in pieces), box, min(piece.confidence for piece in pieces))


def _read_again(grey: Grey, whole: OcrWord, pieces: Sequence[OcrWord], ocr: Ocr) -> Sequence[OcrWord]:
    """The pieces, or what the second reader has instead of them."""
    found = read_line(grey, whole.box, ocr)
    again = "".join(word.text for word in found)
    first = " ".join(piece.text for piece in pieces)
    if signs_of_number(again) == signs_of_number(whole.text):
        if len(pieces) == 1 and not _is_odd(whole.text):
            return pieces
        return (replace(whole, text=again.strip(_DIRT), other=first),) if len(found) == 1 else pieces
    if _least_sure(found) < _FAIRLY:
        return pieces
    if len(pieces) > 1 and len(found) > 1:
        return _in_words(found, pieces, first) if any(is_number(word.text) for word in found) else pieces
    if not _is_like(again, whole):
        return pieces
    lead, tail = _edges(whole.text) if any(ch.isalnum() for ch in pieces[0].text) else ("", "")
    text = f"{lead}{again.strip(_EDGES)}{tail}"
    return (replace(whole, text=text, confidence=min(_CHANGED, _least_sure(found)), other=first),)


def _in_words(found: Sequence[OcrWord], pieces: Sequence[OcrWord], first: str) -> Sequence[OcrWord]:
    """The words of a second reading; those that were read so before as they were."""
    before = {signs_of_number(piece.text): piece for piece in pieces}
    return tuple(
        before.get(signs_of_number(word.text)) or replace(word, confidence=min(_CHANGED, word.confidence), other=first)
        for word in found
    )


def _is_like(again: str, whole: OcrWord) -> bool:
    """Whether a text may be another reading of a number: one that is as well, and about as long.

    One that only lost a sign at an end is not, of a word read fairly well: a cut-out word loses its first or last sign
    more often than a word of a line gains one. Nor is one that only lost signs beside the same sign, as one of three
    nines: the line model takes what is alike in two steps for one sign. A stroke beside a one may be no sign, though.
    """
    signs, before = signs_of_number(again), signs_of_number(whole.text)
    fewer = len(signs) < len(before) and _REPEATED.sub(r"\1", signs) == _REPEATED.sub(r"\1", before)
    if fewer and not _is_odd(whole.text):
        return False
    lost = before.startswith(signs) or before.endswith(signs)
    if not is_number(again) or (lost and whole.confidence >= _WELL):
        return False
    return whole.confidence < _BADLY or abs(len(signs) - len(before)) <= _SAME_LENGTH


def _edges(text: str) -> tuple[str, str]:
    """The signs before and behind a number in its word, which are no part of it."""
    core = text.strip(_EDGES)
    start = text.find(core)
    return text[:start], text[start + len(core) :]
