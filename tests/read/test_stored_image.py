"""A page that is one grey image is not drawn: its levels are those of the file, and only where they show as stored."""

import io

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from pipeline.read.pdf.render import frame_of, ocr_image, picture_of
from pipeline.read.pdf.structure import checked
from pipeline.values.limits import Limits

WIDTH, HEIGHT, DPI = 1275, 1650, 150


def levels() -> npt.NDArray[np.uint8]:
    page = Image.new("L", (WIDTH, HEIGHT), 250)
    draw = ImageDraw.Draw(page)
    for line in range(30):
        draw.text((130, 120 + 45 * line), f"Line {line} of a letter about a claim", fill=20, font_size=28)
    return np.asarray(page)


def scanned(*, content: bytes = b"q 612 0 0 792 0 0 cm /Im0 Do Q", **changes: object) -> bytes:
    """A PDF of one page with one grey image on it; ``changes`` go into the image's dictionary."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(612, 792))
        image = pdf.make_stream(
            levels().tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=WIDTH, Height=HEIGHT,
            ColorSpace=Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip
        for key, value in changes.items():
            image[f"/{key}"] = pdf.make_stream(*value) if isinstance(value, tuple) else value
        page = pdf.pages[0]
        page.Resources = Dictionary(XObject=Dictionary(Im0=image), Font=Dictionary(F1=FONT))
        page.Contents = pdf.make_stream(content)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
MASK = (
    bytes(WIDTH * HEIGHT // 2) + b"\xff" * (WIDTH * HEIGHT - WIDTH * HEIGHT // 2),
    Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=WIDTH, Height=HEIGHT, ColorSpace=Name.DeviceGray,
               BitsPerComponent=8),
)  # fmt: skip
WHOLE = b"q 612 0 0 792 0 0 cm /Im0 Do Q"


def read_as(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[bool, npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Whether the page was drawn, the levels that are made ready, and those that PDFium draws."""
    whole = checked(data, Limits())
    with pdfium.PdfDocument(whole.data) as document:
        page = document[0]
        frame = frame_of(page, whole.units[0])
        shown = picture_of(page, frame, DPI)
        drawn: list[int] = []
        taken: list[npt.NDArray[np.uint8]] = []
        with monkeypatch.context() as patch:
            patch.setattr("pipeline.read.pdf.render.picture_of", lambda *args: drawn.append(1) or picture_of(*args))
            patch.setattr("pipeline.read.pdf.render.ready", lambda picture, **_: taken.append(picture))
            ocr_image(page, frame, Limits(), as_stored=whole.as_stored[0])
    return bool(drawn), taken[0], shown


def test_a_lone_grey_image_is_taken_as_it_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, taken, shown = read_as(scanned(), monkeypatch)
    assert not drawn
    assert (taken == levels()).all()
    assert (taken == shown).all()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(scanned(SMask=MASK), id="half of it lies under a mask"),
        pytest.param(scanned(Mask=Array([0, 60])), id="its dark levels are masked out"),
        pytest.param(scanned(Decode=Array([1, 0])), id="its levels are turned over"),
        pytest.param(scanned(content=b"q 306 0 612 792 re W n 612 0 0 792 0 0 cm /Im0 Do Q"), id="half is clipped off"),
        pytest.param(scanned(content=b"q -612 0 0 792 612 0 cm /Im0 Do Q"), id="it is mirrored"),
        pytest.param(scanned(content=b"q 612 0 0 -792 0 792 cm /Im0 Do Q"), id="it stands on its head"),
        pytest.param(scanned(content=b"q 500 0 0 700 50 40 cm /Im0 Do Q"), id="it has a margin"),
        pytest.param(scanned(content=WHOLE + b" BT /F1 24 Tf 50 400 Td (Denied) Tj ET"), id="print is drawn over it"),
    ],
)
def test_any_other_page_is_drawn(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, _, _ = read_as(data, monkeypatch)
    assert drawn
