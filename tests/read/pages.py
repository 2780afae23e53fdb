"""Pages to be read, and the share of word boxes that lie on ink of the page as a viewer shows it."""

import io

import numpy as np
import pikepdf
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from pipeline.values.text import Page

CLAIM, MEMBER, FAX = "2026041277", "MVH443219876", "919-555-0148"
LINES = [
    "Meadow Valley Health Plan",
    "Notice of Adverse Benefit Determination",
    f"Claim number: {CLAIM}",
    f"Member ID: {MEMBER}",
    "We reviewed the request for onabotulinumtoxinA for chronic migraine.",
    "The request is denied because it is not medically necessary.",
    "The records do not show that two preventive drugs were tried.",
    "You may appeal within 180 days of the date of this letter.",
    f"Fax your appeal to {FAX}, Attention: Appeals Department.",
]


def sheet(dpi: int = 200, *, lines: list[str] = LINES, points: float = 11, times: int = 2) -> Image.Image:
    """A letter-size page of print."""
    page = Image.new("L", (round(8.5 * dpi), 11 * dpi), 255)
    font = ImageFont.load_default(size=round(dpi * points / 72))
    draw = ImageDraw.Draw(page)
    for index, line in enumerate(lines * times):
        draw.text((dpi, 1.2 * dpi + index * dpi * points * 0.028), line, fill=0, font=font)
    return page


def skewed(page: Image.Image, degrees: float) -> Image.Image:
    """The page turned anticlockwise by a few degrees on paper of the same size."""
    return page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255) if degrees else page


def faxed(page: Image.Image, *, fine: bool) -> Image.Image:
    """The page in the dots of a fax: 1728 a line."""
    size = (1728, 2156 if fine else 1078)
    return page.resize(size, Image.Resampling.LANCZOS).point(lambda v: 255 if v > 140 else 0).convert("1")


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """The image as a file."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def scan_pdf(
    image: Image.Image,
    *,
    rotate: int = 0,
    crop: bool = False,
    origin: tuple[int, int] = (0, 0),
    unit: float = 1,
    landscape: bool = False,
) -> bytes:
    """The image as the only thing on a PDF page of letter size; ``rotate`` is the page's own."""
    buffer = io.BytesIO()
    size = (792, 612) if landscape else (612, 792)
    page = canvas.Canvas(buffer, pagesize=size)
    page.drawImage(ImageReader(image.convert("L")), 0, 0, *size)
    page.save()
    with pikepdf.open(io.BytesIO(buffer.getvalue())) as opened:
        leaf = opened.pages[0].obj
        x, y = origin
        if origin != (0, 0):
            opened.pages[0].contents_add(b"q 1 0 0 1 %d %d cm" % origin, prepend=True)
            opened.pages[0].contents_add(b"Q")
            leaf.MediaBox = pikepdf.Array([x, y, size[0] + x, size[1] + y])
        if crop:
            leaf.CropBox = pikepdf.Array([30 + x, 24 + y, size[0] - 18 + x, size[1] - 36 + y])
        leaf.Rotate = rotate
        if unit != 1:
            leaf.UserUnit = unit
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def displayed(data: bytes) -> Image.Image:
    """The first page as a viewer shows it."""
    if data.startswith(b"%PDF"):
        with pdfium.PdfDocument(data) as document:
            return document[0].render(scale=2, grayscale=True).to_pil().convert("L")
    with Image.open(io.BytesIO(data)) as image:
        return ImageOps.exif_transpose(image).convert("L")


def share_on_ink(page: Page, shown: Image.Image) -> float:
    """The share of word boxes that hold strokes, and that are no larger than a word of this length may be."""
    assert page.width_pt is not None
    assert page.height_pt is not None
    assert page.words
    grey = np.asarray(shown.rotate(-page.rotation, expand=True) if page.rotation else shown, dtype=np.int16)
    across, down = grey.shape[1] / page.width_pt, grey.shape[0] / page.height_pt
    least = 0.4 * (int(np.percentile(grey, 99.5)) - int(np.percentile(grey, 0.5)))
    good = 0
    for word in page.words:
        x0, top, x1, bottom = word.box
        part = grey[max(0, int(top * down)) : int(bottom * down) + 1, max(0, int(x0 * across)) : int(x1 * across) + 1]
        fits = (x1 - x0) < (word.end - word.start + 1) * (bottom - top) * 1.6
        good += fits and part.size > 0 and (abs(part - np.median(part)) > least).mean() > 0.04
    return good / len(page.words)
