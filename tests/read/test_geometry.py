"""Word boxes lie on the ink of the page as displayed, whatever the page's rotation, boxes and unit."""

import io
from itertools import product

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen import canvas

from pipeline.read import Tesseract, read
from pipeline.values.limits import Limits
from pipeline.values.text import Method, Page, Text

LINES = [
    "Notice of adverse determination",
    "Claim number 2026-0412-77 for J0585 and 64615",
    "Your appeal must reach us within 180 days of the date of this letter.",
    "The request did not show two months of a preventive drug.",
]


def pdf(
    *, rotate: int, crop: list[float] | None, origin: tuple[float, float], unit: float, text_turn: int = 0
) -> bytes:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=(612, 792))
    page.setFont("Helvetica", 11)
    if text_turn:
        page.translate(306, 396)
        page.rotate(text_turn)
        page.translate(-306, -396)
    for index, line in enumerate(LINES * 6):
        page.drawString(130, 600 - index * 18, line)
    page.save()
    with pikepdf.open(io.BytesIO(buffer.getvalue())) as opened:
        leaf = opened.pages[0].obj
        x, y = origin
        if (x, y) != (0, 0):
            opened.pages[0].contents_add(b"q 1 0 0 1 %d %d cm" % (x, y), prepend=True)
            opened.pages[0].contents_add(b"Q")
            leaf.MediaBox = pikepdf.Array([x, y, 612 + x, 792 + y])
        if crop:
            leaf.CropBox = pikepdf.Array([crop[0] + x, crop[1] + y, crop[2] + x, crop[3] + y])
        leaf.Rotate = rotate
        if unit != 1:
            leaf.UserUnit = unit
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def share_on_ink(data: bytes, page: Page, index: int = 0) -> float:
    """The share of a page's word boxes that are at least a tenth as inked as print is, and whose ring is not cut."""
    assert page.width_pt is not None
    with pdfium.PdfDocument(data) as document:
        shown = document[index]
        image = shown.render(scale=2, grayscale=True).to_pil().convert("L")
    if page.rotation:
        image = image.rotate(-page.rotation, expand=True)
    grey = np.asarray(image)
    scale = image.width / page.width_pt
    good = 0
    for word in page.words:
        x0, top, x1, bottom = (v * scale for v in word.box)
        inside = grey[max(0, int(top)) : int(bottom) + 1, max(0, int(x0)) : int(x1) + 1]
        good += inside.size > 0 and (inside < 128).mean() > 0.04
    return good / len(page.words)


def words(text: Text) -> list[str]:
    return [text.content[w.start : w.end] for w in text.pages[0].words]


CROPS = [None, [100.0, 150.0, 560.0, 700.0]]
ORIGINS = [(0, 0), (-40, 90)]
UNITS = [1, 2]


@pytest.mark.parametrize(("rotate", "crop", "origin", "unit"), list(product((0, 90, 180, 270), CROPS, ORIGINS, UNITS)))
def test_boxes_lie_on_ink(rotate: int, crop: list[float] | None, origin: tuple[int, int], unit: int) -> None:
    data = pdf(rotate=rotate, crop=crop, origin=origin, unit=unit)
    text = read(data, ocr=Tesseract(), limits=Limits())
    page = text.pages[0]
    assert page.method is Method.TEXT
    # The page is displayed turned, and its text with it: the reader turns it back.
    assert page.rotation == -rotate % 360
    assert words(text)[:4] == ["Notice", "of", "adverse", "determination"]
    assert "Your appeal must reach us within 180 days of the date of this letter." in text.content
    assert share_on_ink(data, page) >= 0.99
    shown_width = (560 - 100 if crop else 612) * unit
    assert page.width_pt == pytest.approx(shown_width)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_displayed_upright_is_not_turned(turn: int) -> None:
    # Text drawn sideways on the sheet, and the sheet turned so that it is displayed upright: what most scanners and
    # landscape pages do.
    data = pdf(rotate=turn, crop=None, origin=(0, 0), unit=1, text_turn=turn)
    text = read(data, ocr=Tesseract(), limits=Limits())
    assert text.pages[0].rotation == 0
    assert LINES[2] in text.content
    assert share_on_ink(data, text.pages[0]) >= 0.99
