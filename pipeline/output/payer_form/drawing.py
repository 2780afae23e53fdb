"""Words drawn into the boxes of fields, with a font of ours inside the file, so that every viewer shows the same.

A viewer left to draw a value by itself has its own idea of it, and the fonts that forms name know no Polish or
Vietnamese letter. Each box is a page of one PDF, and so they share a font.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from pipeline.output.packet.look import INK, SANS, drawable, fonts

_LEAST, _OWN = 6.0, 11.0
"""Print is no smaller than this; where a form leaves the size to us it is at most that, in points."""
_STEP, _LEADING, _SIDE = 0.5, 1.18, 2.0
_DESCENT, _HEIGHT = 0.22, 0.68
"""Of the size: how far letters hang below their line, and how high capitals stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Words for one box of ``width`` and ``height`` points.

    ``size`` is the form's own, 0 where it leaves it to us; ``align`` is 0 left, 1 middle, 2 right; ``cells`` are those
    of a comb, one sign in each; ``lines``: it may go over several.
    """

    text: str
    width: float
    height: float
    size: float = 0.0
    align: int = 0
    cells: int = 0
    lines: bool = False


def size_of(one: Writing) -> float | None:
    """The size in which the words fit into their box; None where they do not fit in any that can be read."""
    fonts()
    text = drawable(one.text)
    if one.cells:
        return min(one.size or _OWN, one.height * 0.8) if len(text) <= one.cells else None
    size = one.size or (_OWN if one.lines else min(_OWN, one.height * 0.75))
    while size >= _LEAST:
        if _fits(text, one, size):
            return size
        size -= _STEP
    return None


def _fits(text: str, one: Writing, size: float) -> bool:
    room = one.width - 2 * _SIDE
    if not one.lines:
        return stringWidth(text, SANS, size) <= room and size <= one.height
    laid = simpleSplit(text, SANS, size, room)
    widest = max((stringWidth(line, SANS, size) for line in laid), default=0.0)
    return widest <= room and len(laid) * size * _LEADING <= one.height


def drawings(several: Sequence[Writing]) -> bytes:
    """One page a box, as large as it, with its words on it, which fit (``size_of``). The same words, the same bytes."""
    fonts()
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for one in several:
        canvas.setPageSize((one.width, one.height))
        canvas.setFillColor(INK)
        _draw(canvas, one, size_of(one) or _LEAST)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, one: Writing, size: float) -> None:
    text = drawable(one.text)
    canvas.setFont(SANS, size)
    middle = (one.height - size * _HEIGHT) / 2
    if one.cells:
        wide = one.width / one.cells
        for place, sign in enumerate(text):
            canvas.drawCentredString((place + 0.5) * wide, middle, sign)
    elif one.lines:
        top = one.height - size * (_LEADING - _DESCENT)
        for place, line in enumerate(simpleSplit(text, SANS, size, one.width - 2 * _SIDE)):
            _line(canvas, one, line, top - place * size * _LEADING)
    else:
        _line(canvas, one, text, max(middle, size * _DESCENT))


def _line(canvas: Canvas, one: Writing, text: str, base: float) -> None:
    if one.align == 1:
        canvas.drawCentredString(one.width / 2, base, text)
    elif one.align == 2:
        canvas.drawRightString(one.width - _SIDE, base, text)
    else:
        canvas.drawString(_SIDE, base, text)
