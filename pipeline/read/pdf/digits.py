"""Whether the digits of a page look like what its text layer calls them.

A font tells which letter each of its drawings is. Where that map is wrong for the digits alone, the text is good
English and every number in it false. So each digit is cut out of the page as drawn and compared with the digits of the
standard typefaces; one that looks like another digit, from close by too, puts the page in doubt.

Measured over 15,800 digits, 22 typefaces at three sizes and letters at hand: of digits given another's name 98 % stand
out, of rightly named ones one in a thousand does, and then OCR, which has the last word, confirms the text.
"""

import ctypes
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.read.page import turned
from pipeline.read.pdf.textlayer import Frame
from pipeline.values.text import Box

_TYPEFACES = (
    "Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Times-Roman", "Times-Bold", "Times-Italic", "Courier",
    "Courier-Bold",
)  # fmt: skip
_WIDE, _HIGH, _OVER = 12, 16, 2
"""A digit is compared as 12 by 16 grey values, each the mean of 2 by 2 samples."""
_APART, _CLEARLY_APART = 0.10, 0.12
"""How much more a digit must look like another one, on the page as seen and then from close by."""
_CLOSE_DPI = 432
_MOST_CLOSE_LOOKS = 4
_MOST_DIGITS = 3000
"""Of a page that has more, every second or third is looked at: a wrong map is wrong everywhere."""
_LEAST_HEIGHT_PT = 3.0
_UPRIGHT = 0.1
"""Radians."""

Grey = npt.NDArray[np.uint8]
Shapes = npt.NDArray[np.float32]


class _Digit(NamedTuple):
    at: int
    digit: int
    box: Box


def misdrawn(
    page: pdfium.PdfPage, text: pdfium.PdfTextPage, frame: Frame, *, rotation: int, seen: Grey, dpi: float
) -> bool:
    """Whether a digit of the page is drawn as another one. ``seen`` is the page turned upright by ``rotation``."""
    digits = [d for d in _digits(text, frame, rotation) if d.box.bottom - d.box.top >= _LEAST_HEIGHT_PT]
    if not digits:
        return False
    digits = digits[:: 1 + len(digits) // _MOST_DIGITS]
    told = np.array([d.digit for d in digits])
    alike = _alike(_shapes(seen, [d.box for d in digits], dpi / 72))
    excess = alike.max(axis=1) - alike[np.arange(len(told)), told]
    doubtful = sorted(np.flatnonzero(excess > _APART), key=lambda n: -excess[n])
    # One of each confusion tells as much as all of them.
    kinds = {(told[n], alike[n].argmax()): digits[n] for n in reversed(doubtful)}
    closer = [d for d in kinds.values() if abs(_angle(text, d.at, frame, rotation)) < _UPRIGHT]
    return any(_is_another(page, frame, d, rotation=rotation) for d in closer[-_MOST_CLOSE_LOOKS:])


def _digits(text: pdfium.PdfTextPage, frame: Frame, rotation: int) -> list[_Digit]:
    """The digits that lie on the page, with their boxes in upright space."""
    width, height = frame.size
    sides = [ctypes.c_double() for _ in range(4)]
    left, right, low, high = sides
    found = []
    for index in _places(text):
        code = pdfium_c.FPDFText_GetUnicode(text.raw, index)
        if not 0x30 <= code <= 0x39 or not pdfium_c.FPDFText_GetCharBox(text.raw, index, left, right, low, high):
            continue
        shown = frame.shown(left.value, low.value, right.value, high.value)
        if shown.x0 >= 0 and shown.top >= 0 and shown.x1 <= width and shown.bottom <= height and shown.x1 > shown.x0:
            box = turned(shown, degrees=rotation, width=width, height=height) if rotation else shown
            found.append(_Digit(index, code - 0x30, box))
    return found


def _places(text: pdfium.PdfTextPage) -> Sequence[int]:
    """Where digits may stand: told from the whole text, which is much faster than asking for each character."""
    content, count = text.get_text_range(), text.count_chars()
    if len(content) != count:  # characters that Python counts otherwise, or that have no letter
        return range(count)
    return [n for n, ch in enumerate(content) if "0" <= ch <= "9"]


def _angle(text: pdfium.PdfTextPage, index: int, frame: Frame, rotation: int) -> float:
    """By how much a character leans on the upright page, in radians, from half a turn left to half a turn right."""
    turn = pdfium_c.FPDFText_GetCharAngle(text.raw, index) + np.radians(frame.rotate + rotation)
    return float((turn + np.pi) % (2 * np.pi) - np.pi)


def _is_another(page: pdfium.PdfPage, frame: Frame, digit: _Digit, *, rotation: int) -> bool:
    """Looked at from close by, and alone."""
    width, height = frame.size
    size = (width, height) if rotation in (0, 180) else (height, width)
    box = turned(digit.box, degrees=-rotation, width=size[0], height=size[1])
    margin = 2.0
    x0, top = max(0.0, box.x0 - margin), max(0.0, box.top - margin)
    x1, bottom = min(width, box.x1 + margin), min(height, box.bottom + margin)
    crop = (x0 / frame.unit, (height - bottom) / frame.unit, (width - x1) / frame.unit, top / frame.unit)
    bitmap = page.render(scale=_CLOSE_DPI / 72 * frame.unit, crop=crop, grayscale=True, may_draw_forms=True)
    try:
        grey = np.asarray(bitmap.to_pil().convert("L"))
    finally:
        bitmap.close()
    scale = _CLOSE_DPI / 72
    here = turned(
        Box(box.x0 - x0, box.top - top, box.x1 - x0, box.bottom - top),
        degrees=rotation, width=x1 - x0, height=bottom - top,
    )  # fmt: skip
    alike = _alike(_shapes(np.rot90(grey, -rotation // 90), [here], scale))[0]
    return float(alike.max() - alike[digit.digit]) > _CLEARLY_APART


def _shapes(grey: Grey, boxes: Sequence[Box], scale: float) -> Shapes:
    """Each box of an image as a vector of length one and mean zero, whatever its size and its ink."""
    across = (np.arange(_WIDE * _OVER, dtype=np.float32) + 0.5) / (_WIDE * _OVER)
    down = (np.arange(_HIGH * _OVER, dtype=np.float32) + 0.5) / (_HIGH * _OVER)
    at = np.asarray([_ink(grey, box, scale) for box in boxes], dtype=np.float32) - 0.5
    x = at[:, 0, None] + (at[:, 2] - at[:, 0])[:, None] * across
    y = at[:, 1, None] + (at[:, 3] - at[:, 1])[:, None] * down
    full = (len(at), _HIGH * _OVER, _WIDE * _OVER)
    columns = np.broadcast_to(x[:, None, :], full).reshape(-1, full[2])
    rows = np.broadcast_to(y[:, :, None], full).reshape(-1, full[2])
    parts = [  # OpenCV takes at most 32,767 rows at once
        cv2.remap(grey, columns[n : n + _MOST_ROWS], rows[n : n + _MOST_ROWS], cv2.INTER_LINEAR,
                  borderMode=cv2.BORDER_REPLICATE)
        for n in range(0, len(rows), _MOST_ROWS)
    ]  # fmt: skip
    values = np.concatenate(parts).reshape(len(at), _HIGH, _OVER, _WIDE, _OVER).mean(axis=(2, 4), dtype=np.float32)
    flat = values.reshape(len(at), -1)
    flat = flat.mean(axis=1, keepdims=True) - flat
    shapes: Shapes = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)
    return shapes


_MOST_ROWS = 32_000


def _ink(grey: Grey, box: Box, scale: float) -> tuple[float, float, float, float]:
    """The box of what is drawn in a box, in pixels: the one that a font states may be larger than its drawing."""
    left, top = max(0, int(box.x0 * scale)), max(0, int(box.top * scale))
    part = grey[top : int(box.bottom * scale) + 1, left : int(box.x1 * scale) + 1]
    if part.size == 0:
        return left, top, left + 1, top + 1
    low, high, _, _ = cv2.minMaxLoc(part)
    under, right = min(top + part.shape[0], grey.shape[0] - 1), min(left + part.shape[1], grey.shape[1] - 1)
    corners = (int(grey[y, x]) for y in (max(0, top - 1), under) for x in (max(0, left - 1), right))
    is_dark = sorted(corners)[1] * 2 > low + high
    mask = part < 0.6 * high + 0.4 * low if is_dark else part > 0.4 * high + 0.6 * low
    x, y, width, height = cv2.boundingRect(mask.view(np.uint8))
    return left + x, top + y, left + x + max(1, width), top + y + max(1, height)


def _alike(shapes: Shapes) -> Shapes:
    """How much each shape looks like each digit, -1 to 1; white on dark is turned round."""
    # OpenCV's product takes a third of the time of numpy's for so few numbers.
    against = cv2.gemm(shapes, _standard(), 1, np.empty(0, np.float32), 0, flags=cv2.GEMM_2_T)
    turned_round = -against.min(axis=1) > against.max(axis=1)
    against[turned_round] *= -1
    best: Shapes = against.reshape(len(shapes), len(_TYPEFACES), 10).max(axis=1)
    return best


@cache
def _standard() -> Shapes:
    """The digits of the standard typefaces, by typeface and then by digit, as PDFium draws them."""
    size, step = 48, 60
    document = pdfium.PdfDocument.new()
    page = document.new_page(10 * step, step * len(_TYPEFACES))
    for row, name in enumerate(_TYPEFACES):
        font = pdfium_c.FPDFText_LoadStandardFont(document.raw, name.encode())
        for digit in range(10):
            drawn = pdfium_c.FPDFPageObj_CreateTextObj(document.raw, font, ctypes.c_float(size))
            pdfium_c.FPDFText_SetText(drawn, (ctypes.c_ushort * 2)(0x30 + digit, 0))
            pdfium_c.FPDFPageObj_Transform(drawn, 1, 0, 0, 1, digit * step + 12, row * step + 12)
            pdfium_c.FPDFPage_InsertObject(page.raw, drawn)
    pdfium_c.FPDFPage_GenerateContent(page.raw)
    bitmap = page.render(scale=1, grayscale=True)
    grey = np.asarray(bitmap.to_pil().convert("L"))
    boxes = []
    for row in range(len(_TYPEFACES)):
        for digit in range(10):
            x0, top = digit * step, grey.shape[0] - (row + 1) * step
            ink = grey[top : top + step, x0 : x0 + step] < 128
            rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
            boxes.append(Box(x0 + columns[0], top + rows[0], x0 + columns[-1] + 1, top + rows[-1] + 1))
    shapes = _shapes(grey, boxes, 1)
    bitmap.close()
    page.close()
    document.close()
    return shapes
