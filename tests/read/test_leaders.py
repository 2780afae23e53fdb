"""Dot leaders come off the page; full stops, ellipses and the dots of letters stay."""

import io

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from pipeline.read import Tesseract, read
from pipeline.read.ready.glyphs import glyphs_of
from pipeline.read.ready.leaders import without_leaders
from pipeline.values.limits import Limits

FIELDS = {
    "Member ID": "XBP804417263",
    "Claim number": "2026-0412-7781",
    "Group": "77120",
    "Date of service": "03/14/2026",
}
PROSE = "We looked at the notes... and the policy. It is a list of visits i. e. minimal iiiiii in all."


def page(dpi: tuple[int, int]) -> Image.Image:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(612, 792))
    sheet.setFont("Courier", 11)
    for place, (label, value) in enumerate(FIELDS.items()):
        sheet.drawString(72, 700 - 20 * place, f"{label}{'.' * (30 - len(label))}: {value}")
        sheet.drawString(72, 560 - 20 * place, PROSE)
    sheet.save()
    with pdfium.PdfDocument(out.getvalue()) as document:
        image = document[0].render(scale=max(dpi) / 72).to_pil().convert("L")
    return image.resize((round(8.5 * dpi[0]), round(11 * dpi[1])))


@pytest.mark.parametrize("dpi", [(200, 200), (204, 98)])
def test_label_and_value_are_read_apart(dpi):
    out = io.BytesIO()
    page(dpi).point(lambda v: 255 if v > 150 else 0).convert("1").save(out, "TIFF", compression="group4", dpi=dpi)
    text = read(out.getvalue(), ocr=Tesseract(), limits=Limits()).content
    for label, value in FIELDS.items():
        (line,) = (line for line in text.split("\n") if label in line)
        assert line.split("\t")[-1].strip(" :").endswith(value), line
        assert "..." not in line


def test_dots_of_prose_stay():
    grey = np.asarray(page((200, 200)))
    bare = without_leaders(grey, glyphs_of(grey).specks, capital=18.0)
    prose = slice(int(200 * (792 - 575) / 72), int(200 * (792 - 490) / 72))
    assert (bare[prose] == grey[prose]).all()
    assert (bare != grey).any()


def test_pieces_of_digits_that_a_fax_cut_are_no_leader():
    """Between two scan lines that were lost, pieces of a number's digits stand in a row as the dots of a leader do."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(612, 792))
    sheet.setFont("Times-Roman", 11)
    for row in range(12):
        sheet.drawString(72, 700 - 30 * row, "Reference Number")
        sheet.drawString(250, 700 - 30 * row, "PA-2026-08998638")
    sheet.save()
    with pdfium.PdfDocument(out.getvalue()) as document:
        cut = np.array(document[0].render(scale=230 / 72).to_pil().convert("L"))
    for row in range(12):
        foot = round((792 - 700 + 30 * row) * 230 / 72)
        for lost in (foot - 5, foot - 11):
            cut[lost : lost + 2, 780:] = 255
    assert (without_leaders(cut, glyphs_of(cut).specks, capital=24.0) == cut).all()
