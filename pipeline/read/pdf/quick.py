"""The words of a plain PDF page through PDFium, where it gives what pdfplumber gives, at a twentieth of the cost.

PDFium puts a page's characters in reading order, leaves out what is printed twice, believes the wording that a tagged
file states beside its drawing, and joins what overlaps; pdfplumber takes what is drawn as it is drawn. So a page is
plain, and read here, where none of this can matter: upright Latin text on a page that is not turned, no two letters or
words in one place, every letter named by its font. Any other page is left to ``textlayer``. Decision 0015.
"""

import ctypes
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.read.page import Placed
from pipeline.read.pdf.objects import Bounds, objects_of
from pipeline.read.pdf.textlayer import CELL, GAP, SAME_PLACE, Y_TOLERANCE, Frame, TextLayer, covered
from pipeline.values.text import Box

Numbers = npt.NDArray[np.float64]

_HYPHEN = "\ufffe"
"""What PDFium writes for a hyphen at the end of a line, and for a letter without a name."""
_MADE = frozenset(" \r\n")
"""What PDFium may add between words and lines."""
_BLOCKS = ((0x20, 0x7F), (0xA0, 0x0590), (0x2000, 0x2C00), (0xE000, 0xF900))
"""Letters up to Hebrew, signs, and symbol fonts' private signs; right to left and vertical writing lie outside."""
_PICTURE = 0.5
"""A page whose larger part is a picture has the text that some reader put under it."""
_OVERLAP = 0.5
"""Of the narrower of two neighbours: more than tight print, and less than letters drawn in one place."""
_SAME_ROW = 0.25
"""Words stand in one row where their middles differ by less than this part of their height."""
_TOUCH_PT = 0.5


class _Chars(NamedTuple):
    """The characters that are drawn, in PDFium's order, as displayed; sizes in points."""

    text: str
    x0: Numbers
    x1: Numbers
    top: Numbers
    size: Numbers


def quick_layer(page: pdfium.PdfPage, text: pdfium.PdfTextPage, frame: Frame) -> TextLayer | None:
    """The text layer of a page, or None where only pdfplumber tells it for certain. ``text`` is the page's own."""
    width, height = frame.size
    objects = objects_of(page)
    share = covered((frame.shown(*bounds) for bounds in objects.images.tolist()), width, height)
    if not text.count_chars():
        words: tuple[Placed, ...] | None = ()
    elif frame.rotate or not objects.plain or share > _PICTURE:
        return None
    else:
        words = _words(text, frame, blanks=objects.blanks)
    if words is None:
        return None
    return TextLayer(words=words, rotation=0, width_pt=width, height_pt=height, image_share=share)


def _words(text: pdfium.PdfTextPage, frame: Frame, *, blanks: Bounds) -> tuple[Placed, ...] | None:
    """The words of an upright page; None where a letter, a word or a blank between two may be otherwise drawn."""
    chars = _chars(text, frame)
    if chars is None or not chars.text:
        return None if chars is None else ()
    blank = np.array([ch.isspace() for ch in chars.text])
    drawn = np.flatnonzero(~blank)
    if not len(drawn):
        return ()
    begins = blank[drawn - 1]  # the first one is taken care of below
    here, before = drawn[1:], drawn[:-1]
    begins[1:] |= (
        (chars.x0[here] < chars.x0[before])
        | (chars.x0[here] > chars.x1[before] + GAP * chars.size[before])
        | (np.abs(chars.top[here] - chars.top[before]) > Y_TOLERANCE)
    )
    begins[0] = True
    if _overlap(chars, before[~begins[1:]], here[~begins[1:]]) or _is_twice(chars, drawn):
        return None
    first = np.flatnonzero(begins)
    boxes = np.column_stack(
        [
            np.minimum.reduceat(chars.x0[drawn], first),
            np.minimum.reduceat(chars.top[drawn], first),
            np.maximum.reduceat(chars.x1[drawn], first),
            np.maximum.reduceat((chars.top + chars.size)[drawn], first),
        ]
    )
    if _is_overprinted(boxes) or _is_parted(boxes, [frame.shown(*bounds) for bounds in blanks.tolist()]):
        return None
    letters = "".join([chars.text[n] for n in drawn])
    ends = [*first[1:].tolist(), len(drawn)]
    return tuple(
        Placed(letters[start:end], Box(*box))
        for start, end, box in zip(first.tolist(), ends, boxes.round(2).tolist(), strict=True)
    )


def _chars(text: pdfium.PdfTextPage, frame: Frame) -> _Chars | None:
    """The characters on the displayed page; None where one of them is not plain."""
    count, content = text.count_chars(), text.get_text_range()
    if len(content) != count or not all(map(_is_plain, set(content))):
        return None
    raw = text.raw
    if not all(pdfium_c.FPDFText_IsHyphen(raw, n) == 1 for n, ch in enumerate(content) if ch == _HYPHEN):
        return None
    if any(map(partial(pdfium_c.FPDFText_HasUnicodeMapError, raw), range(count))):
        return None
    made = [n for n, ch in enumerate(content) if ch in _MADE and pdfium_c.FPDFText_IsGenerated(raw, n)]
    kept = np.ones(count, dtype=np.bool_)
    kept[made] = False
    places = np.flatnonzero(kept)
    boxes = _loose(raw, count)[places]
    lines = _lines(raw, boxes, places)
    if lines is None:
        return None
    letters = np.array(list(content.replace(_HYPHEN, "-")))[places]
    left, _, _, upper = frame.crop
    x0, x1 = (boxes[:, 0] - left) * frame.unit, (boxes[:, 2] - left) * frame.unit
    size = lines[:, 1] * frame.unit
    top = (upper - lines[:, 0]) * frame.unit - size
    width, height = frame.size
    shown = (x1 > 0) & (top + size > 0) & (x0 < width) & (top < height)
    if ((x1 <= x0) & (letters != " ") & shown).any():
        return None
    return _Chars("".join(letters[shown]), x0[shown], x1[shown], top[shown], size[shown])


def _is_plain(char: str) -> bool:
    return char in _MADE or char == _HYPHEN or any(first <= ord(char) < end for first, end in _BLOCKS)


def _loose(raw: Any, count: int) -> Numbers:
    """The box of each character with its font's height and its advance: left, low, right, high, y upwards."""
    rects = (pdfium_c.FS_RECTF * count)()
    for index, rect in enumerate(rects):
        pdfium_c.FPDFText_GetLooseCharBox(raw, index, rect)
    values = np.frombuffer(rects, dtype=np.float32).reshape(count, 4).astype(np.float64)
    return values[:, [0, 3, 2, 1]]  # the structure has left, top, right, bottom


def _lines(raw: Any, boxes: Numbers, places: npt.NDArray[np.int64]) -> Numbers | None:
    """How low each character's line reaches, and the font size as drawn; None where a character leans.

    A font's own box is as high as its tallest letter wants; the line is as high as the font size, and lies as far
    under the base line as the font says that it descends. Asked once a run of characters whose own boxes are level.
    """
    changes = (np.diff(boxes[:, 1]) != 0) | (np.diff(boxes[:, 3]) != 0)
    starts = np.concatenate(([0], np.flatnonzero(changes) + 1))
    lines = []
    matrix, low, x, y = pdfium_c.FS_MATRIX(), ctypes.c_float(), ctypes.c_double(), ctypes.c_double()
    for place in places[starts].tolist():
        pdfium_c.FPDFText_GetMatrix(raw, place, matrix)
        if matrix.b or matrix.c or matrix.a <= 0 or matrix.d <= 0:
            return None
        size = pdfium_c.FPDFText_GetFontSize(raw, place)
        font = pdfium_c.FPDFTextObj_GetFont(pdfium_c.FPDFText_GetTextObject(raw, place))
        pdfium_c.FPDFFont_GetDescent(font, size, low)
        pdfium_c.FPDFText_GetCharOrigin(raw, place, x, y)
        lines.append((y.value + low.value * matrix.d, size * matrix.d))
    return np.repeat(np.array(lines), np.diff([*starts, len(boxes)]), axis=0)


def _overlap(chars: _Chars, before: npt.NDArray[np.int64], here: npt.NDArray[np.int64]) -> bool:
    """Whether neighbours in a word lie in one place: the parts of a ligature, two texts drawn over each other."""
    narrower = np.minimum(chars.x1[before] - chars.x0[before], chars.x1[here] - chars.x0[here])
    return bool((chars.x1[before] - chars.x0[here] > _OVERLAP * narrower).any())


def _is_twice(chars: _Chars, drawn: npt.NDArray[np.int64]) -> bool:
    """Whether a letter may have been drawn here before, a hair's breadth aside."""
    x0, top = chars.x0[drawn], chars.top[drawn]
    near = np.minimum(SAME_PLACE * np.minimum(chars.size[drawn], chars.x1[drawn] - x0), CELL)
    most = max(float(near.max()), 1e-6)
    codes = np.array([ord(chars.text[n]) for n in drawn])
    for across in (0.0, most):
        for down in (0.0, most):
            # Two that are nearer than half a cell in both ways share a cell of one of the four grids.
            columns, rows = np.floor((x0 + across) / (2 * most)), np.floor((top + down) / (2 * most))
            order = np.lexsort((x0, rows, columns, codes))
            one, other = order[:-1], order[1:]
            same = (codes[one] == codes[other]) & (columns[one] == columns[other]) & (rows[one] == rows[other])
            close = (np.abs(x0[one] - x0[other]) < near[other]) & (np.abs(top[one] - top[other]) < near[other])
            if (same & close).any():
                return True
    return False


def _is_overprinted(boxes: Numbers) -> bool:
    """Whether two words stand in one place."""
    middle, height = (boxes[:, 1] + boxes[:, 3]) / 2, boxes[:, 3] - boxes[:, 1]
    order = np.argsort(middle, kind="stable")
    rows = np.zeros(len(boxes), dtype=np.int64)
    rows[order[1:]] = np.cumsum(np.diff(middle[order]) > _SAME_ROW * np.minimum(height[order[1:]], height[order[:-1]]))
    across = np.lexsort((boxes[:, 0], rows))
    one, other = across[:-1], across[1:]
    return bool(((rows[one] == rows[other]) & (boxes[other, 0] < boxes[one, 2] - _TOUCH_PT)).any())


def _is_parted(boxes: Numbers, blanks: list[Box]) -> bool:
    """Whether a blank that PDFium leaves out stands in a word."""
    for blank in blanks:
        across = (boxes[:, 0] + _TOUCH_PT < blank.x0) & (blank.x0 < boxes[:, 2] - _TOUCH_PT)
        if (across & (boxes[:, 1] < blank.bottom) & (blank.top < boxes[:, 3])).any():
            return True
    return False
