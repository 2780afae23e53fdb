"""PDF pages whose text and picture say different things: what is seen wins, and the finding is never sure."""

import io

import pikepdf
import pypdfium2
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from pipeline.errors import DocumentError, ProblemCode
from pipeline.extract import extract
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.read import Tesseract, read
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from pipeline.values.text import Method

LANGUAGE = load_language(load_knowledge())
LETTER = """\
Harborview Mutual
P.O. Box 1, Erie, PA 16501

March 3, 2026

Member Name: Jane Roe
Member ID: HVM-771-20
Claim number: 2026-0412-77
Provider NPI: 1234567893

Dear Dr. Poe:

We denied your claim for Botox because it is not medically necessary. The records do not
show 15 headache days a month. You may appeal within 180 days of the date of this letter.
Fax your appeal to 919-555-0148.

Sincerely,
Harborview Mutual
"""
LEFT, FIRST, STEP = 72, 720, 18


def made(draw):
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(612, 792))
    draw(page)
    page.save()
    return out.getvalue()


def lines(page, content, mode=None):
    block = page.beginText(LEFT, FIRST)
    block.setFont("Helvetica", 11)
    block.setLeading(STEP)
    if mode is not None:
        block.setTextRenderMode(mode)
    for line in content.splitlines():
        block.textLine(line)
    page.drawText(block)


def picture(content=LETTER):
    document = pypdfium2.PdfDocument(made(lambda page: lines(page, content)))
    image = document[0].render(scale=200 / 72, grayscale=True).to_pil()
    document.close()
    return image


def edited(data, change):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def mapped(names):
    """A change that makes the page's fonts call some letters by other names."""

    def change(pdf):
        pairs = b"".join(b"<%02x> <%04x>\n" % (code, ord(names.get(chr(code), chr(code)))) for code in range(32, 127))
        table = b"1 begincodespacerange <00> <ff> endcodespacerange\n95 beginbfchar\n%b endbfchar" % pairs
        body = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n%b\nendcmap end end" % table
        for font in pdf.pages[0].Resources.Font.values():
            font.ToUnicode = pdf.make_stream(body)

    return change


def outcome(data):
    text = read(data, ocr=Tesseract(), limits=Limits())
    return text, extract(text, letter_id="x-1", language=LANGUAGE, practice=Practice())


def assert_disputed(letter, field, *, value, other):
    found = getattr(letter, field)
    assert found.value == value
    assert not found.sure
    assert found.confidence <= 0.5
    assert any(other in loser.text and other in loser.why for loser in found.rejected)
    assert field in {note.field for note in letter.needs_review}


def test_an_honest_page_is_read_without_ocr_and_sure():
    class Refusing(Tesseract):
        def words(self, images):
            raise AssertionError

    text = read(made(lambda page: lines(page, LETTER)), ocr=Refusing(), limits=Limits())
    letter = extract(text, letter_id="x-1", language=LANGUAGE, practice=Practice())
    assert text.pages[0].method is Method.TEXT
    assert letter.claim_number.sure
    assert letter.needs_review == ()


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({str(n): str((n + 3) % 10) for n in range(10)}, "5359-3745-00"),
        ({"7": "1"}, "2026-0412-11"),  # one digit alone, its name shared with another
        ({"2": "6", "6": "2"}, "6062-0416-77"),
        ({"0": "O"}, "2O26-O412-77"),
        (
            {str(n): chr(0xE030 + n) for n in range(10)},
            "\ue032\ue030\ue032\ue036-\ue030\ue034\ue031\ue032-\ue037\ue037",
        ),
    ],
    ids=["all digits", "one digit", "two swapped", "a letter for a digit", "no letters at all"],
)
def test_a_map_that_is_wrong_for_digits_alone(names, told):
    text, letter = outcome(edited(made(lambda page: lines(page, LETTER)), mapped(names)))
    assert text.pages[0].method is Method.BOTH
    assert_disputed(letter, "claim_number", value="2026-0412-77", other=told)
    assert letter.member_name.sure


def test_invisible_text_that_differs_from_the_scan():
    def draw(page):
        page.drawImage(ImageReader(picture()), 0, 0, 612, 792)
        lines(page, LETTER.replace("2026-0412-77", "2026-0999-11").replace("March 3", "March 9"), mode=3)

    text, letter = outcome(made(draw))
    assert text.pages[0].method is Method.BOTH
    assert_disputed(letter, "claim_number", value="2026-0412-77", other="2026-0999-11")
    assert_disputed(letter, "letter_date", value="2026-03-03", other="March 9, 2026")


def test_an_old_bad_ocr_layer_under_a_scan():
    bad = LETTER.replace("2026-0412-77", "2O26-04l2-7?").replace("medically", "rnedical1y").replace("Erie", "Er1e")

    def draw(page):
        lines(page, bad)
        page.drawImage(ImageReader(picture()), 0, 0, 612, 792)

    text, letter = outcome(made(draw))
    assert text.pages[0].method is Method.BOTH
    assert "medically necessary" in text.content
    assert_disputed(letter, "claim_number", value="2026-0412-77", other="2O26-04l2-7?")
    assert letter.member_id.rejected == ()


def test_a_picture_laid_over_a_number():
    row = LETTER.splitlines().index("Claim number: 2026-0412-77")
    strip = picture(LETTER.replace("2026-0412-77", "2026-0388-15"))
    scale = 200 / 72
    bottom = FIRST - STEP * row - 4
    patch = strip.crop(
        (int(140 * scale), int((792 - bottom - 15) * scale), int(300 * scale), int((792 - bottom) * scale))
    )

    def draw(page):
        lines(page, LETTER)
        page.drawImage(ImageReader(patch), 140, bottom, 160, 15)

    text, letter = outcome(made(draw))
    assert text.pages[0].method is Method.BOTH
    assert_disputed(letter, "claim_number", value="2026-0388-15", other="2026-0412-77")


def test_white_text_says_nothing():
    def draw(page):
        lines(page, LETTER.replace("Claim number: 2026-0412-77", ""))
        page.setFillGray(1)
        page.drawString(LEFT, 200, "Claim number: 2026-0999-11")

    _, letter = outcome(made(draw))
    assert letter.claim_number is None


def blank_fields(pdf):
    for annotation in pdf.pages[0].Annots:
        del annotation.AP


def claim_field(page, **how):
    lines(page, LETTER.replace("Claim number: 2026-0412-77", "Claim number:"))
    bottom = FIRST - STEP * LETTER.splitlines().index("Claim number: 2026-0412-77") - 5
    page.acroForm.textfield(
        name="claim", x=150, y=bottom, width=160, height=16, value="2026-0412-77", fontSize=11, borderWidth=0, **how
    )


@pytest.mark.parametrize("change", [lambda pdf: None, blank_fields], ids=["drawn", "without a drawing"])
def test_a_value_that_stands_in_a_form_field_alone(change):
    _, letter = outcome(edited(made(claim_field), change))
    assert letter.claim_number.value == "2026-0412-77"


def test_a_hidden_field_says_nothing():
    _, letter = outcome(made(lambda page: claim_field(page, annotationFlags="hidden")))
    assert letter.claim_number is None


def test_a_note_typed_on_the_page():
    def add(pdf):
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[72, 200, 320, 240],
            Contents=pikepdf.String("Claim number: 2026-0412-77"), DA=pikepdf.String("/Helv 11 Tf 0 g"),
        )  # fmt: skip
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])

    content = LETTER.replace("Claim number: 2026-0412-77", "")
    _, letter = outcome(edited(made(lambda page: lines(page, content)), add))
    assert letter.claim_number.value == "2026-0412-77"


def test_a_form_that_one_program_alone_can_draw_is_unreadable():
    def add(pdf):
        pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"), Fields=pikepdf.Array())
        pdf.Root.NeedsRendering = True

    data = edited(made(lambda page: page.drawString(72, 700, "Please wait...")), add)
    with pytest.raises(DocumentError) as problem:
        outcome(data)
    assert problem.value.code is ProblemCode.UNREADABLE
