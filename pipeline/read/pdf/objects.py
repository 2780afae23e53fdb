"""What a page draws, object by object, as PDFium keeps it: its images, and texts that PDFium's words may not tell.

PDFium leaves out a text that stands, with the same letters, over or just under one drawn shortly before (a cell
printed again in a tight table looks like that too), and texts whose letters have no ink. Of a text that the file words
otherwise than it draws (``ActualText``) it believes the wording.
"""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

Bounds = npt.NDArray[np.float64]

_LATELY = 5
"""With so many texts drawn before it PDFium compares one."""
_HALF = 0.5
_NO_WIDTH = 0.01
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Objects:
    """Left, low, right and high of a page's images and of its blank texts, in points of the page's own space.

    ``plain``: none of its texts may be missing from PDFium's words or be worded otherwise, and each image and blank
    text lies on the page itself and not in a form of its own space.
    """

    images: Bounds
    blanks: Bounds
    plain: bool


def objects_of(page: pdfium.PdfPage) -> Objects:
    """The images and texts that a page draws."""
    raw = page.raw
    images, texts, plain = _drawn(
        pdfium_c.FPDFPage_CountObjects(raw), lambda n: pdfium_c.FPDFPage_GetObject(raw, n), level=0
    )
    blank = texts[:, 2] - texts[:, 0] < _NO_WIDTH
    return Objects(images, texts[blank], plain)


def _drawn(count: int, at: Callable[[int], Any], *, level: int) -> tuple[Bounds, Bounds, bool]:
    """Bounds of the images and of the texts of a page or form, and whether all of them, forms too, are plain."""
    images: list[list[float]] = []
    texts: list[list[float]] = []
    plain = True
    sides = [ctypes.c_float() for _ in range(4)]
    for number in range(count):
        item = at(number)
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            plain = plain and level < _DEEPEST and _is_plain_form(item, level + 1)
        elif kind in (pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_IMAGE):
            pdfium_c.FPDFPageObj_GetBounds(item, *sides)
            is_text = kind == pdfium_c.FPDF_PAGEOBJ_TEXT
            (texts if is_text else images).append([side.value for side in sides])
            plain = plain and not (is_text and _is_reworded(item))
    bounds = np.array(texts, dtype=np.float64).reshape(-1, 4)
    return np.array(images, dtype=np.float64).reshape(-1, 4), bounds, plain and not _may_be_left_out(bounds)


def _is_plain_form(form: Any, level: int) -> bool:
    images, texts, plain = _drawn(
        pdfium_c.FPDFFormObj_CountObjects(form), lambda n: pdfium_c.FPDFFormObj_GetObject(form, n), level=level
    )
    return plain and not len(images) and bool((texts[:, 2] - texts[:, 0] >= _NO_WIDTH).all())


def _is_reworded(text: Any) -> bool:
    marks = (pdfium_c.FPDFPageObj_GetMark(text, n) for n in range(pdfium_c.FPDFPageObj_CountMarks(text)))
    return any(pdfium_c.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") for mark in marks)


def _may_be_left_out(texts: Bounds) -> bool:
    """Whether a text covers a good part of one drawn shortly before."""
    inked = texts[texts[:, 2] - texts[:, 0] >= _NO_WIDTH]
    for lag in range(1, min(_LATELY + 1, len(inked))):
        one, other = inked[:-lag], inked[lag:]
        across = np.minimum(one[:, 2], other[:, 2]) - np.maximum(one[:, 0], other[:, 0])
        down = np.minimum(one[:, 3], other[:, 3]) - np.maximum(one[:, 1], other[:, 1])
        if ((down > 0) & (across >= _HALF * (other[:, 2] - other[:, 0]))).any():
            return True
    return False
