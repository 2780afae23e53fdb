"""Scans, faxes and photos through the real Tesseract: text, boxes on ink, upright whatever way they were fed."""

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read import Tesseract, read
from pipeline.values.limits import Limits
from pipeline.values.text import Method, Page, Text

LINES = [
    "Meadow Valley Health Plan",
    "Notice of Adverse Benefit Determination",
    "",
    "Claim number: 2026041277",
    "Member ID: MVH 443 219 876",
    "",
    "We reviewed the request for onabotulinumtoxinA for chronic migraine.",
    "The request is denied because it is not medically necessary.",
    "The records do not show that two preventive drugs were tried for two months.",
    "You may appeal within 180 days of the date of this letter.",
    "Fax your appeal to 919-555-0148, Attention: Appeals Department.",
]


def sheet(dpi: int = 200, lines: list[str] = LINES) -> Image.Image:
    page = Image.new("L", (round(8.5 * dpi), 11 * dpi), 255)
    font = ImageFont.load_default(size=round(dpi * 11 / 72))
    draw = ImageDraw.Draw(page)
    for index, line in enumerate(lines * 2):
        draw.text((dpi, dpi + index * dpi * 0.3), line, fill=0, font=font)
    return page


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format=form, **options)
    return out.getvalue()


def pdf_of(image: Image.Image, dpi: int = 200) -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(image.width * 72 / dpi, image.height * 72 / dpi))
    page.drawImage(ImageReader(image), 0, 0, image.width * 72 / dpi, image.height * 72 / dpi)
    page.save()
    return out.getvalue()


def ocr(data: bytes) -> Text:
    return read(data, ocr=Tesseract(), limits=Limits())


def assert_read(text: Text, number: int = 0) -> Page:
    page = text.pages[number]
    content = text.content[page.start : page.end]
    assert page.method is Method.OCR
    assert "not medically necessary" in content
    assert "2026041277" in content
    assert "180 days" in content
    assert "919-555-0148" in content
    return page


def share_on_ink(page: Page, upright: Image.Image) -> float:
    assert page.width_pt is not None
    grey = np.asarray(upright.convert("L"))
    scale = upright.width / page.width_pt
    good = 0
    for word in page.words:
        x0, top, x1, bottom = (round(v * scale) for v in word.box)
        good += (grey[top:bottom, x0:x1] < 128).mean() > 0.05
    return good / len(page.words)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_each_image_type(form: str) -> None:
    page = assert_read(ocr(saved(sheet(), form, dpi=(200, 200))))
    assert (page.width_pt, page.height_pt) == pytest.approx((612, 792), abs=1)
    assert share_on_ink(page, sheet()) >= 0.99
    assert page.quality > 0.8


def test_an_image_without_resolution_is_a_letter_wide() -> None:
    page = assert_read(ocr(saved(sheet(230), "PNG")))
    assert page.width_pt == pytest.approx(612, abs=1)


@pytest.mark.slow
@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("wrap", [lambda i: saved(i, "PNG", dpi=(200, 200)), pdf_of])
def test_a_turned_scan_is_turned_back(turn: int, wrap: Callable[[Image.Image], bytes]) -> None:
    fed = sheet().rotate(turn, expand=True)  # anticlockwise, so the reader turns clockwise by as much
    page = assert_read(ocr(wrap(fed)))
    assert page.rotation == turn
    assert page.width_pt == pytest.approx(612, abs=1)
    assert share_on_ink(page, sheet()) >= 0.99


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_exif_orientation(orientation: int) -> None:
    stored = sheet().rotate({3: 180, 6: 90, 8: 270}[orientation], expand=True)
    exif = Image.Exif()
    exif[274] = orientation
    page = assert_read(ocr(saved(stored, "JPEG", exif=exif, dpi=(200, 200))))
    assert page.rotation == 0  # every viewer shows it upright already
    assert share_on_ink(page, sheet()) >= 0.99


def test_a_standard_fax_has_pixels_twice_as_high_as_wide() -> None:
    fine = sheet(204).resize((1728, 11 * 204))
    coarse = fine.resize((1728, 11 * 98), Image.Resampling.BOX).point(lambda v: 255 if v > 140 else 0).convert("1")
    page = ocr(saved(coarse, "TIFF", dpi=(204, 98), compression="group4")).pages[0]
    assert (page.width_pt, page.height_pt) == pytest.approx((1728 / 204 * 72, 792), abs=2)
    assert page.quality > 0.6


def test_a_fine_fax_is_read() -> None:
    fax = sheet(204).resize((1728, 11 * 196)).point(lambda v: 255 if v > 128 else 0).convert("1")
    assert_read(ocr(saved(fax, "TIFF", dpi=(204, 196), compression="group4")))


def test_white_on_black() -> None:
    assert_read(ocr(saved(ImageOps.invert(sheet()), "PNG", dpi=(200, 200))))


def test_sixteen_bits_and_transparency_and_cmyk() -> None:
    wide = Image.fromarray(np.asarray(sheet()).astype(np.uint16) * 200)
    assert_read(ocr(saved(wide, "PNG", dpi=(200, 200))))
    clear = Image.new("RGBA", sheet().size, (0, 0, 0, 0))
    clear.putalpha(ImageOps.invert(sheet()))
    assert_read(ocr(saved(clear, "PNG", dpi=(200, 200))))
    assert_read(ocr(saved(sheet().convert("CMYK"), "JPEG", dpi=(200, 200))))


@pytest.mark.slow
def test_all_frames_of_a_tiff_and_a_blank_back() -> None:
    pages = [sheet(), Image.new("L", sheet().size, 255), sheet()]
    data = saved(pages[0], "TIFF", dpi=(200, 200), save_all=True, append_images=pages[1:])
    text = ocr(data)
    assert [page.number for page in text.pages] == [1, 2, 3]
    assert text.pages[1].words == ()
    assert_read(text, 0)
    assert_read(text, 2)
    assert text.content.count("\f") == 2


def test_a_document_without_a_word_is_unreadable() -> None:
    with pytest.raises(DocumentError) as caught:
        ocr(saved(Image.new("L", (1700, 2200), 255), "PNG"))
    assert caught.value.code is ProblemCode.UNREADABLE


def test_a_small_screenshot_is_enlarged() -> None:
    assert_read(ocr(saved(sheet(96), "PNG", dpi=(96, 96))))


def test_nothing_is_left_in_the_temp_folder(tmp_path: pytest.TempPathFactory) -> None:
    read(saved(sheet(), "PNG"), ocr=Tesseract(temp=tmp_path), limits=Limits())
    assert list(tmp_path.iterdir()) == []


def test_words_know_their_place_in_the_text() -> None:
    text = ocr(saved(sheet(), "PNG"))
    found = [text.content[w.start : w.end] for w in text.pages[0].words]
    assert found == text.content.split()
