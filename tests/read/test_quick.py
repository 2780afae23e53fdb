"""Pages whose words PDFium tells: the same words in the same places as pdfplumber's, and no page where they part."""

import io
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2 as pdfium
import pytest

from pipeline.read.pdf.objects import objects_of
from pipeline.read.pdf.quick import quick_layer
from pipeline.read.pdf.render import frame_of
from pipeline.read.pdf.textlayer import text_layer

SAMPLES = Path(__file__).parents[2] / "sample_letters" / "letters"
PRINT = b"BT /F1 11 Tf 14 TL 72 700 Td (Claim number: 2026-0412-77) Tj T* (Denied: not medically necessary.) Tj ET"


def page_of(content, *, unit=1, rotate=0, origin=(0, 0), crop=None, **marked):
    """A letter-size page that draws ``content`` in Helvetica; ``marked`` are its property lists."""
    with pikepdf.new() as pdf:
        x, y = origin
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
                                  Encoding=pikepdf.Name.WinAnsiEncoding)  # fmt: skip
        resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font), Properties=pikepdf.Dictionary(**marked))
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page, MediaBox=pikepdf.Array([x, y, x + 612, y + 792]), Resources=resources,
            Contents=pdf.make_stream(content), Rotate=rotate, UserUnit=unit,
        )  # fmt: skip
        if crop:
            page.CropBox = pikepdf.Array(crop)
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@contextmanager
def opened(data, number=0, *, unit=1):
    """A page in PDFium with its text and frame."""
    with pdfium.PdfDocument(data) as document:
        page = document[number]
        text = page.get_textpage()
        yield page, text, frame_of(page, unit)
        text.close()


def quick(data, number=0, *, unit=1):
    with opened(data, number, unit=unit) as (page, text, frame):
        return quick_layer(page, text, frame)


def plumbed(data, number=0, *, unit=1):
    with pdfplumber.open(io.BytesIO(data)) as pdf, opened(data, number, unit=unit) as (_, _, frame):
        return text_layer(pdf.pages[number], frame)


def as_read(layer):
    """The words from top to bottom and left to right; a sign that its font names nothing is told by its place."""
    words = [("\u2022" if w.text.startswith("(cid:") else w.text, w.box) for w in layer.words]
    return sorted(words, key=lambda word: (round(word[1].bottom), word[1].x0))


def assert_same(data, number=0, *, unit=1):
    ours, theirs = quick(data, number, unit=unit), plumbed(data, number, unit=unit)
    assert ours is not None
    assert (ours.rotation, ours.width_pt, ours.height_pt) == (theirs.rotation, theirs.width_pt, theirs.height_pt)
    pairs = list(zip(as_read(ours), as_read(theirs), strict=True))
    assert [one for (one, _), _ in pairs] == [other for _, (other, _) in pairs]
    for (word, here), (_, there) in pairs:
        if word != "\u2022":
            # The readers take how far a standard font descends from tables of their own.
            height = there.bottom - there.top
            assert here == pytest.approx(there, abs=max(0.06 * height, 0.02)), word


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("migraine-[c-n]*.pdf")), ids=lambda path: path.stem)
def test_letters_have_the_same_words_in_the_same_places(path):
    data = path.read_bytes()
    with pdfium.PdfDocument(data) as document:
        count = len(document)
    for number in range(count):
        assert_same(data, number)


@pytest.mark.parametrize(
    ("unit", "origin", "crop"),
    [(1, (0, 0), None), (1, (-90, 40), None), (1, (0, 0), (50, 60, 560, 780)), (2, (0, 0), None)],
)  # fmt: skip
def test_pages_of_any_frame(unit, origin, crop):
    x, y = origin
    content = b"1 0 0 1 %d %d cm " % (x, y) + PRINT
    assert_same(page_of(content, unit=unit, origin=origin, crop=crop), unit=unit)


def test_a_hyphen_at_the_end_of_a_line_stays():
    data = page_of(b"BT /F1 11 Tf 14 TL 72 700 Td (needs a pre-) Tj T* (approval PA-) Tj T* (2026) Tj ET")
    assert_same(data)
    assert [w.text for w in quick(data).words] == ["needs", "a", "pre-", "approval", "PA-", "2026"]


def test_a_page_without_text_has_no_words():
    layer = quick(page_of(b"0 0 612 792 re f"))
    assert layer is not None
    assert layer.words == ()


TWICE = b"BT /F1 11 Tf 72 700 Td (Claim 2026) Tj ET BT 72.3 700 Td (Claim 2026) Tj ET"
TIGHT = b"BT /F1 11 Tf 72 700 Td (gap 0.00) Tj ET BT /F1 11 Tf 72 692 Td (gap 0.00) Tj ET"
OVER = b"/F1 11 Tf BT 72 700 Td (APP) Tj ET BT 94.02 700 Td (ROVED) Tj ET BT 72 700 Td (DENIED) Tj ET"
BLANK = b"BT /F1 11 Tf 72 700 Td (0412) Tj ET BT 1 0 0 1 96.5 700 Tm ( ) Tj ET BT 1 0 0 1 96.6 700 Tm (77) Tj ET"
REWORDED = b"/Span <</ActualText (2026-9999)>> BDC BT /F1 11 Tf 72 700 Td (2026-0412) Tj ET EMC"
ONE_SIGN = b"/Span /P1 BDC BT /F1 11 Tf 72 700 Td (7) Tj ET EMC"
LEANING = b"BT /F1 11 Tf 0.98 0.17 -0.17 0.98 72 700 Tm (Claim 2026) Tj ET"


@pytest.mark.parametrize(
    ("content", "drawn"),
    [
        (TWICE, ["Claim", "2026"]),
        (TIGHT, ["gap", "0.00", "gap", "0.00"]),
        (OVER, ["APPROVED", "DENIED"]),
        (BLANK, ["0412", "77"]),
        (REWORDED, ["2026-0412"]),
        (ONE_SIGN, ["7"]),
        (LEANING, ["Claim", "2026"]),
    ],
    ids=["printed twice", "a cell under its like", "one over another", "a blank beside", "worded otherwise",
         "one sign worded otherwise", "leaning"],
)  # fmt: skip
def test_what_pdfium_may_tell_otherwise_is_left_to_pdfplumber(content, drawn):
    data = page_of(content, P1=pikepdf.Dictionary(ActualText=pikepdf.String("1")))
    assert quick(data) is None
    if content is not LEANING:
        assert sorted(w.text for w in plumbed(data).words) == sorted(drawn)


def test_a_turned_page_is_left_to_pdfplumber():
    assert quick(page_of(PRINT, rotate=90)) is None


def test_a_text_under_a_picture_is_left_to_pdfplumber():
    inline = b"q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q "
    assert quick(page_of(inline + PRINT)) is None


def test_a_font_without_names_is_left_to_pdfplumber():
    data = page_of(PRINT)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        font = pdf.pages[0].Resources.Font.F1
        font.Encoding = pikepdf.Dictionary(Differences=pikepdf.Array([0x43, pikepdf.Name.g17]))
        out = io.BytesIO()
        pdf.save(out)
    assert quick(out.getvalue()) is None


def test_a_form_with_an_image_is_not_plain():
    with pikepdf.open(io.BytesIO(page_of(PRINT + b" /X1 Do"))) as pdf:
        page = pdf.pages[0]
        image = b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
        form = pdf.make_stream(image, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        form.BBox = pikepdf.Array([0, 0, 612, 792])
        page.Resources.XObject = pikepdf.Dictionary(X1=form)
        out = io.BytesIO()
        pdf.save(out)
    with opened(out.getvalue()) as (drawn, _, _):
        assert not objects_of(drawn).plain
