"""The pages of exhibits: each set into a letter page with its stamp, and a bar in the margin beside every proof.

The bar stands in the margin, in black, because a highlighted passage arrives black by fax.
"""

import io
from collections.abc import Sequence

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.output.packet.look import HEIGHT, INK, RULE, SANS, SANS_BOLD, SOFT, WIDTH, drawable, fonts
from pipeline.output.packet.plain import Leaf, leaves
from pipeline.values.packet import Exhibit, Sheet, Source

LEFT, RIGHT, LOW, HIGH = 40.0, 572.0, 46.0, 778.0
"""The part of the paper that a page is set into, in points from below."""
_BAR_GAP, _BAR_WIDTH = 6.0, 2.6


def exhibit_pdf(exhibit: Exhibit, sheets: Sequence[Sheet], *, foot: str) -> bytes:
    """The pages of an exhibit, stamped ``Exhibit C, page 2 of 4``; one that says so where the document is not there."""
    fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(f"Exhibit {exhibit.letter}")
    count = len(exhibit.pages)
    if not sheets:
        _placeholder(canvas, exhibit)
        _end(canvas, f"Exhibit {exhibit.letter}", foot)
    for place, sheet in enumerate(sheets, start=1):
        marks = [mark for mark in exhibit.marks if mark.page == sheet.page]
        stamp = f"Exhibit {exhibit.letter}, page {place} of {count}"
        if sheet.kind == "txt":
            table = (exhibit.file_name or "").casefold().endswith(".csv")
            for part, leaf in enumerate(
                leaves(sheet.data.decode(), marks, table=table, room=(RIGHT - LEFT, HIGH - LOW))
            ):
                _print(canvas, leaf)
                _end(canvas, stamp if part == 0 else f"{stamp}, continued", foot)
        else:
            _picture(canvas, sheet, marks)
            _end(canvas, stamp, foot)
    canvas.save()
    return out.getvalue()


def _end(canvas: Canvas, stamp: str, foot: str) -> None:
    """The stamp of a page, under a thin line, and its end."""
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, LOW - 8, RIGHT, LOW - 8)
    canvas.setFillColor(SOFT)
    canvas.setFont(SANS, 8.5)
    canvas.drawString(LEFT, LOW - 21, drawable(foot))
    canvas.setFillColor(INK)
    canvas.setFont(SANS_BOLD, 10.5)
    canvas.drawRightString(RIGHT, LOW - 22, stamp)
    canvas.showPage()


def _picture(canvas: Canvas, sheet: Sheet, marks: Sequence[Source]) -> None:
    """A page as it looks, as large as the paper allows."""
    image = ImageReader(io.BytesIO(sheet.data))
    across, down = image.getSize()
    scale = min((RIGHT - LEFT) / across, (HIGH - LOW) / down)
    width, height = across * scale, down * scale
    left = LEFT + (RIGHT - LEFT - width) / 2
    canvas.drawImage(image, left, HIGH - height, width, height)
    if sheet.width and sheet.height:
        for mark in marks:
            for box in mark.boxes:
                _bar(canvas, left, HIGH - box.top / sheet.height * height, HIGH - box.bottom / sheet.height * height)


def _print(canvas: Canvas, leaf: Leaf) -> None:
    """A leaf of plain text."""
    canvas.setFillColor(INK)
    canvas.setFont(SANS, leaf.size)
    for run in leaf.runs:
        canvas.drawString(LEFT + run.x, HIGH - run.down, run.text)
    for x, top, bottom in leaf.bars:
        _bar(canvas, LEFT + x, HIGH - top, HIGH - bottom)


def _bar(canvas: Canvas, left: float, top: float, bottom: float) -> None:
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(_BAR_WIDTH)
    canvas.line(left - _BAR_GAP, top, left - _BAR_GAP, bottom)


def _placeholder(canvas: Canvas, exhibit: Exhibit) -> None:
    canvas.setFillColor(INK)
    canvas.setFont(SANS_BOLD, 14)
    canvas.drawCentredString(WIDTH / 2, HEIGHT / 2 + 12, drawable(f"Exhibit {exhibit.letter}: {exhibit.title}"))
    canvas.setFont(SANS, 11)
    canvas.drawCentredString(WIDTH / 2, HEIGHT / 2 - 8, "Put the printed document here before this is sent.")
