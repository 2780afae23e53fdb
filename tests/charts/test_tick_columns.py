"""Choices whose boxes are only drawn, labels in cells, and lines for answers that nobody filled in."""

from io import BytesIO

from reportlab.pdfgen import canvas

from pipeline.charts import ChartFile
from pipeline.charts.chart import read_document
from pipeline.read import Tesseract, read
from pipeline.read.plain import plain_pages
from pipeline.values.chart import ChartDocument, Context, Fact
from pipeline.values.limits import Limits
from tests.charts.test_clinical_sentences import clinical


def drawn(lines: list[tuple[float, str]]) -> tuple[ChartDocument, tuple[Fact, ...]]:
    """A page of words at places from the left."""
    out = BytesIO()
    page = canvas.Canvas(out)
    for number, (left, words) in enumerate(lines):
        page.drawString(left, 780 - 20 * number, words)
        if words.startswith("X "):
            page.rect(left - 2, 778 - 20 * number, 12, 12)
    page.save()
    file = ChartFile(name="form.pdf", data=out.getvalue())
    return read_document(file, clinical=clinical(), reader=lambda d: read(d, ocr=Tesseract(), limits=Limits()))[0]


def typed(content: str) -> tuple[ChartDocument, tuple[Fact, ...]]:
    file = ChartFile(name="form.txt", data=content.encode())
    return read_document(file, clinical=clinical(), reader=lambda data: plain_pages(data.decode()))[0]


def test_a_choice_without_a_tick_in_a_column_of_ticks_is_only_printed():
    _, facts = drawn(
        [
            (60, "Botulinum toxin order set"),
            (60, "Indication (mark one)"),
            (60, "X Chronic migraine"),
            (70.7, "Cervical dystonia"),
            (70.7, "Blepharospasm"),
            (60, "Comments"),
        ]
    )
    told = {f.name: f.context for f in facts if f.kind.value == "diagnosis"}
    assert told == {
        "chronic_migraine": None, "cervical_dystonia": Context.HYPOTHETICAL, "blepharospasm": Context.HYPOTHETICAL
    }  # fmt: skip


def test_a_line_for_an_answer_that_nobody_filled_in_says_nothing():
    _, facts = typed(
        "Headache days per month: ______ HIT-6 baseline: ____ current: ____\nMigraine days per month: 12\n"
    )
    plain = [(f.kind.value, f.value) for f in facts if f.context is None]
    assert plain == [("migraine_days", 12.0)]


def test_a_request_form_tells_facts_and_its_labels_whose_it_is():
    document, facts = typed(
        "Neurotoxin precertification request\nPatient name      Ellery Winthrop\nDate of birth     02/03/1980\n"
        "Requested drug    Botox\nRequested units   155 units\nSubmitted         04/04/2026\n"
    )
    assert (document.evidence_type, document.patient_name) == ("ev.pa_form", "Ellery Winthrop")
    assert (document.date, document.date_of_birth) == ("2026-04-04", "1980-02-03")
    assert [(f.kind.value, f.units) for f in facts] == [("order", 155.0)]
