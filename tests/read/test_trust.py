"""Which text of a PDF page is believed: its own, or what is seen."""

import io

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from pipeline.read import Tesseract, read
from pipeline.read.pdf.trust import has_letters_for_digits, is_garbled
from pipeline.values.limits import Limits
from pipeline.values.text import Method, Text

SEEN = [
    "Meadow Valley Health Plan",
    "The request for your patient is denied.",
    "You may appeal within 60 days of the date of this letter.",
    "Fax the appeal to 919-555-0148.",
]
TOLD = [
    "Meadow Valley Health Plan",
    "The request for your patient is approved.",
    "You may appeal within 365 days of the date of this letter.",
    "Fax the appeal to 202-555-0100.",
]


def picture() -> Image.Image:
    page = Image.new("L", (1700, 2200), 255)
    draw = ImageDraw.Draw(page)
    for index, line in enumerate(SEEN * 2):
        draw.text((200, 200 + index * 60), line, fill=0, font=ImageFont.load_default(size=32))
    return page


def made(draw: object) -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(612, 792))
    page.setFont("Helvetica", 11)
    draw(page)  # type: ignore[operator]
    page.save()
    return out.getvalue()


def lines(page: canvas.Canvas, texts: list[str], mode: int | None = None) -> None:
    block = page.beginText(72, 700)
    block.setLeading(18)
    if mode is not None:
        block.setTextRenderMode(mode)
    for line in texts:
        block.textLine(line)
    page.drawText(block)


def scan(page: canvas.Canvas) -> None:
    page.drawImage(ImageReader(picture()), 0, 0, 612, 792)


def ocr(data: bytes) -> Text:
    return read(data, ocr=Tesseract(), limits=Limits())


def assert_seen(text: Text, method: Method = Method.OCR) -> None:
    assert text.pages[0].method is method
    assert "within 60 days" in text.content
    assert "919-555-0148" in text.content
    assert "365" not in text.content
    assert "approved" not in text.content


def test_a_scan_without_text() -> None:
    assert_seen(ocr(made(scan)))


def test_invisible_text_over_a_scan_loses() -> None:
    assert_seen(ocr(made(lambda page: (scan(page), lines(page, TOLD * 6, mode=3)))), Method.BOTH)


def test_text_under_a_scan_loses() -> None:
    assert_seen(ocr(made(lambda page: (lines(page, TOLD * 6), scan(page)))), Method.BOTH)


def test_a_fax_header_over_a_scan_does_not_stand_for_the_page() -> None:
    text = ocr(
        made(lambda page: (scan(page), page.drawString(72, 770, "04/12/2026 08:15 FROM: 919-555-0100 PAGE 1/1")))
    )
    assert_seen(text, Method.BOTH)
    assert "04/12/2026" in text.content


def test_white_text_is_not_read() -> None:
    def draw(page: canvas.Canvas) -> None:
        lines(page, SEEN * 4)
        page.setFillGray(1)
        page.drawString(72, 300, "You may appeal within 365 days; approved.")

    text = ocr(made(draw))
    assert text.pages[0].method is Method.TEXT
    assert "within 60 days" in text.content
    assert "365" not in text.content


def test_pale_small_print_is_read() -> None:
    def draw(page: canvas.Canvas) -> None:
        lines(page, SEEN * 4)
        page.setFillGray(0.82)
        page.setFont("Helvetica", 5)
        page.drawString(72, 300, "Form 2026-17 of the plan, page 1")

    text = ocr(made(draw))
    assert text.pages[0].method is Method.TEXT
    assert "Form 2026-17 of the plan, page 1" in text.content


def test_a_letter_on_a_printed_background_keeps_its_text() -> None:
    def draw(page: canvas.Canvas) -> None:
        page.drawImage(ImageReader(Image.new("RGB", (850, 1100), (250, 246, 235))), 0, 0, 612, 792)
        lines(page, SEEN * 3)

    text = ocr(made(draw))
    assert text.pages[0].method is Method.TEXT
    assert "within 60 days" in text.content


def test_a_blank_page_costs_no_ocr() -> None:
    class Refusing(Tesseract):
        def words(self, images: object) -> object:  # type: ignore[override]
            assert list(images) == []  # type: ignore[call-overload]
            return iter(())

    data = made(lambda page: (lines(page, SEEN * 3), page.showPage(), page.showPage()))
    text = read(data, ocr=Refusing(), limits=Limits())  # type: ignore[arg-type]
    assert [len(page.words) > 0 for page in text.pages] == [True, False]


def broken_map(data: bytes) -> bytes:
    """The same page, its fonts claiming that every letter is the one three further on."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pairs = b"".join(b"<%02x> <%04x>\n" % (code, 32 + (code + 3 - 32) % 95) for code in range(33, 127))
        table = b"1 begincodespacerange <00> <ff> endcodespacerange\n94 beginbfchar\n%b endbfchar" % pairs
        body = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n%b\nendcmap end end" % table
        for font in pdf.pages[0].Resources.Font.values():
            font.ToUnicode = pdf.make_stream(body)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_a_font_with_a_wrong_map_is_read_by_sight() -> None:
    data = broken_map(made(lambda page: lines(page, SEEN * 4)))
    assert_seen(ocr(data))


def test_a_rotated_scan_in_a_rotated_page() -> None:
    with pikepdf.open(io.BytesIO(made(scan))) as pdf:
        pdf.pages[0].obj.Rotate = 90
        out = io.BytesIO()
        pdf.save(out)
    text = ocr(out.getvalue())
    assert_seen(text)
    assert text.pages[0].rotation == 270
    assert text.pages[0].width_pt == pytest.approx(612, abs=1)


def test_values_of_a_form_are_read() -> None:
    def draw(page: canvas.Canvas) -> None:
        lines(page, SEEN * 4)
        page.acroForm.textfield(name="claim", x=72, y=300, width=200, height=20, value="CLM-778812", fontSize=11)

    assert "CLM-778812" in ocr(made(draw)).content


def test_two_texts_printed_over_each_other_stay_two() -> None:
    def draw(page: canvas.Canvas) -> None:
        lines(page, SEEN * 4)
        page.drawString(72, 300, "CO-252")
        page.drawString(75, 300, "$8,200.00")

    content = ocr(made(draw)).content
    assert "CO-252" in content
    assert "$8,200.00" in content


def test_bold_by_printing_twice_is_read_once() -> None:
    def draw(page: canvas.Canvas) -> None:
        lines(page, SEEN * 4)
        for shift in (0, 0.3):
            page.drawString(72 + shift, 300, "Billed 1144 wheel full")

    assert "Billed 1144 wheel full\n" in ocr(made(draw)).content


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("The request is denied. " * 10, False),
        ("Wkh uhtxhvw lv ghqlhg iru wkh phpehu ri brxu sodq. " * 5, True),
        ("\uf0b7 The plan does not cover this service for the member of the plan", False),
        ("Sodium Potassium Chloride Creatinine Glucose Albumin Bilirubin Hemoglobin Hematocrit Platelets " * 4, False),
        ("\ue001\ue002\ue003 \ue004\ue005", True),
    ],
)
def test_is_garbled(text: str, garbled: bool) -> None:
    assert is_garbled(text.split()) is garbled


@pytest.mark.parametrize(
    ("text", "suspect"),
    [
        ("March 3, 2O26 2O26-O412-71 8OO-555-O148", True),
        ("March 3, 2026 2O26-O412-71 8OO-555-O148", False),  # the page has zeros: a payer may print an O
        ("Form B12 S5 G6", False),  # one letter each
        ("claims 1B3 1B4 1B7", True),  # no 8 on the page and a B in three numbers: looked at
        ("Dear Dr. Poe the OIG and BSO", False),
    ],
)
def test_letters_in_the_place_of_digits(text: str, suspect: bool) -> None:
    assert has_letters_for_digits(text.split()) is suspect
