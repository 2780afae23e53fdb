"""Pages in a bad state: bands, shadows, stamps, holes, colours, two on a sheet, small print."""

import io

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps
from reportlab.pdfgen import canvas

from pipeline.read import Tesseract, read
from pipeline.read.ready.marks import marks_apart
from pipeline.read.ready.tone import dark_on_light, grey_of
from pipeline.values.limits import Limits
from pipeline.values.text import Text
from tests.read.pages import CLAIM, LINES, MEMBER, displayed, saved, scan_pdf, share_on_ink, sheet

DPI = (200, 200)


def text_of(data: bytes) -> Text:
    return read(data, ocr=Tesseract(), limits=Limits())


def stamp(colour: str) -> Image.Image:
    """A framed stamp over the lower half of the page's text."""
    ink = Image.new("RGB", sheet().size, "white")
    draw = ImageDraw.Draw(ink)
    draw.rectangle((420, 330, 1180, 640), outline=colour, width=9)
    draw.text((480, 350), "RECEIVED", fill=colour, font=ImageFont.load_default(120))
    draw.text((560, 500), "NOV 20 2026", fill=colour, font=ImageFont.load_default(90))
    return ImageChops.multiply(sheet().convert("RGB"), ink)


def test_white_print_in_a_dark_band_is_turned_over() -> None:
    page = sheet()
    band = (120, 225, 1600, 275)
    page.paste(ImageOps.invert(page.crop(band)), band[:2])
    even = Image.fromarray(dark_on_light(np.asarray(page)))
    assert np.abs(np.asarray(ImageChops.difference(even, sheet()).crop((150, 235, 1570, 265)))).mean() < 3


def test_a_dark_letterhead_over_the_whole_width_is_no_shadow() -> None:
    page = sheet()
    dark = np.asarray(page).copy()
    dark[:290] = np.maximum(255 - dark[:290], 75)
    after = dark_on_light(dark)[225:275]
    assert np.percentile(after, 40) > 240
    assert np.percentile(after, 1) < 60


def test_a_band_with_dark_print_is_left() -> None:
    grey = np.asarray(sheet()).copy()
    grey[225:275, 120:1600] = np.minimum(grey[225:275, 120:1600], 120)
    after = dark_on_light(grey)
    assert np.median(after[225:275, 120:1600]) > after[225:275, 120:1600].min() + 60


def test_a_clean_page_is_not_touched() -> None:
    grey = np.asarray(sheet())
    assert dark_on_light(grey) is grey


def test_shadow_is_evened_out() -> None:
    shade = np.linspace(1, 0.35, sheet().width)[None, :]
    grey = (np.asarray(sheet()) * shade).astype(np.uint8)
    after = dark_on_light(grey)
    assert np.percentile(after, 30) > 235
    assert np.percentile(after, 0.5) < 60


@pytest.mark.parametrize(("paper", "ink"), [("#c02020", "black"), ("#2040c0", "black"), ("white", "#e8c800")])
def test_colours_are_seen_in_the_light_that_parts_them_best(paper: str, ink: str) -> None:
    picture = np.asarray(ImageOps.colorize(sheet(), ink, paper))
    grey = grey_of(picture)
    assert np.median(grey) - np.percentile(grey, 0.5) > 180


def test_a_coloured_stamp_comes_off_the_print_and_a_letterhead_stays() -> None:
    layers = marks_apart(np.asarray(stamp("#d02030")))
    assert layers is not None
    bare = Image.fromarray(layers.print).convert("L")
    # What is left of the stamp is a fringe: next to nothing but the print differs from paper.
    assert np.asarray(ImageChops.difference(bare, sheet())).mean() < 1
    assert (layers.marks < 200).mean() > 0.005
    letter = sheet().convert("RGB")
    letter.paste("#103080", (200, 100, 900, 160), mask=ImageOps.invert(sheet().crop((200, 240, 900, 300))))
    assert marks_apart(np.asarray(letter)) is None


@pytest.mark.slow
def test_print_under_a_stamp_and_the_stamp_itself_are_read() -> None:
    data = saved(stamp("#2030b0"), "JPEG", quality=85, dpi=DPI)
    text = text_of(data)
    assert text.content.count(CLAIM) == text.content.count(MEMBER) == 2
    assert "The request is denied because it is not medically necessary." in text.content
    assert text.content.index("RECEIVED") > text.content.rindex("Appeals Department")
    assert share_on_ink(text.pages[0], displayed(data)) >= 0.99


@pytest.mark.slow
@pytest.mark.parametrize("wrap", ["scan", "turned", "text"])
def test_two_pages_on_one_sheet_are_read_one_after_the_other(wrap: str) -> None:
    left = sheet(times=1)
    second = [line.replace("Claim", "Second") for line in LINES]
    right = sheet(lines=second, times=1)
    both = Image.new("L", (left.width * 2, left.height), 255)
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    match wrap:
        case "scan":
            data = scan_pdf(both, landscape=True)
        case "turned":
            data = saved(both.rotate(90, expand=True), "PNG")
        case _:
            data = _drawn(
                [(x, 560 - y * 14, line) for x, page in ((40, LINES), (436, second)) for y, line in enumerate(page)]
            )
    text = text_of(data)
    assert len(text.pages) == 1
    on_the_right = text.content.index("Second number")
    assert text.content.index("Claim number") < text.content.index("Appeals Department") < on_the_right
    assert "The request is denied because it is not medically necessary.\n" in text.content


def _drawn(words: list[tuple[float, float, str]]) -> bytes:
    """A landscape page with a text layer."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(792, 612))
    page.setFont("Helvetica", 8)
    for x, y, said in words:
        page.drawString(x, y, said)
    page.save()
    return out.getvalue()


def test_the_halves_of_a_wide_table_stay_together() -> None:
    columns = (40, 150, 260, 470, 640)
    rows = [(f"0{index + 1}/12/2026", "J0585", "100", "1,284.00", "CO-50") for index in range(9)]
    data = _drawn([(x, 540 - y * 14, cell) for y, row in enumerate(rows) for x, cell in zip(columns, row, strict=True)])
    assert "J0585\t100\t1,284.00\tCO-50" in text_of(data).content


@pytest.mark.slow
def test_small_print_holes_and_a_black_edge() -> None:
    page = sheet(points=6, times=3)
    draw = ImageDraw.Draw(page)
    for y in (300, 1100, 1900):
        draw.ellipse((30, y, 85, y + 55), fill=20)
    draw.rectangle((page.width - 22, 0, page.width, page.height), fill=15)
    text = text_of(saved(page, "PNG", dpi=DPI))
    assert text.content.count(CLAIM) == text.content.count(MEMBER) == 3


@pytest.mark.slow
@pytest.mark.parametrize("shade", [0.2, 0.7])
def test_a_photo_of_a_sheet(shade: float) -> None:
    page = sheet()
    desk = Image.new("L", (page.width + 300, page.height + 360), 90)
    desk.paste(page, (150, 180))
    w, h = desk.size
    bent = desk.transform((w, h), Image.Transform.QUAD, (90, 0, 0, h, w, h, w - 90, 20), Image.Resampling.BICUBIC)
    light = np.linspace(1, 1 - shade, w)[None, :]
    data = saved(Image.fromarray((np.asarray(bent) * light).astype(np.uint8)), "JPEG", quality=70)
    text = text_of(data)
    assert text.content.count(CLAIM) == text.content.count(MEMBER) == 2
    shown = Image.fromarray(np.clip(np.asarray(displayed(data)) / light, 0, 255).astype(np.uint8))
    assert share_on_ink(text.pages[0], shown) >= 0.99


def test_print_with_the_coloured_fringes_of_a_screen_is_print() -> None:
    # As screens sharpen letters: each channel is the page seen a third of a pixel aside, over five thirds.
    wide = sheet().resize((sheet().width * 3 // 2, sheet().height // 2))
    grey = np.round(np.apply_along_axis(np.convolve, 1, np.asarray(wide), np.array([1, 2, 3, 2, 1]) / 9, "same"))
    grey = grey.astype(np.uint8)
    picture = np.stack([grey[:, 0:-2:3], grey[:, 1:-1:3], grey[:, 2::3]], axis=2)
    assert (picture.max(axis=2).astype(int) - picture.min(axis=2) > 60).mean() > 0.01
    assert marks_apart(picture) is None
