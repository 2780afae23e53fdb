"""The letter as a Word file that a biller edits: the same blocks, real headings and tables, nothing that runs.

A Word file is a ZIP archive; its members get one fixed time, so the same draft gives the same bytes.
"""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from pipeline.values.packet import Block, Draft, Form, Part, Role, Sentence, Shape

_FONT, _HEAD_FONT = "Georgia", "Arial"
_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP archive can name."""
_GREY = "E4E4E4"


def letter_docx(draft: Draft) -> bytes:
    """The letter as DOCX."""
    document = docx.Document()
    _set_up(document, draft)
    if draft.form is not Form.LETTER:
        document.add_heading(draft.title, level=1)
    for block in draft.blocks:
        if block.heading:
            document.add_heading(block.heading, level=2)
        _SHAPES[block.shape](document, block)
        if block.name == "addressed":
            document.add_heading(draft.title, level=1)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _set_up(document: Document, draft: Draft) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    section.top_margin = section.bottom_margin = Inches(0.9)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in (("Heading 1", 15), ("Heading 2", 11)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = _HEAD_FONT, Pt(size), True
        style.font.color.rgb = RGBColor(0x11, 0x11, 0x11)
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
        del style.element.rPr.rFonts.attrib[qn("w:asciiTheme")]
    core = document.core_properties
    core.title, core.author, core.comments = draft.title, "", ""
    core.last_modified_by, core.revision = "", 1


def _write(paragraph: Paragraph, sentence: Sentence) -> None:
    for part in sentence.parts:
        _run(paragraph, part)


def _run(paragraph: Paragraph, part: Part) -> None:
    run = paragraph.add_run(part.text)
    if part.role is Role.GAP:
        run.bold = True
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), _GREY)
        run._r.get_or_add_rPr().append(shade)
    elif part.role is Role.EXHIBIT:
        run.bold = True


def _paragraph(document: Document, block: Block) -> None:
    paragraph = document.add_paragraph()
    for place, sentence in enumerate(block.sentences):
        if place:
            paragraph.add_run(" ")
        _write(paragraph, sentence)


def _lines(document: Document, block: Block) -> None:
    for sentence in block.sentences:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        _write(paragraph, sentence)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _letterhead(document: Document, block: Block) -> None:
    _lines(document, block)
    first = document.paragraphs[0]
    for run in first.runs:
        run.bold, run.font.size, run.font.name = True, Pt(14), _HEAD_FONT


def _list(document: Document, block: Block) -> None:
    for sentence in block.sentences:
        paragraph = document.add_paragraph(style="List Continue" if sentence.follows else "List Bullet")
        _write(paragraph, sentence)


def _pairs(document: Document, block: Block) -> None:
    for sentence in block.sentences:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.paragraph_format.left_indent = Inches(1.7)
        paragraph.paragraph_format.first_line_indent = Inches(-1.7)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Inches(1.7), WD_TAB_ALIGNMENT.LEFT)
        paragraph.add_run(f"{sentence.label}\t").font.name = _HEAD_FONT
        _write(paragraph, sentence)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _table(document: Document, block: Block) -> None:
    for sentence in block.sentences:
        _write(document.add_paragraph(), sentence)
    if not block.rows:
        return
    used = [i for i in range(len(block.columns)) if any(row[i].parts for row in block.rows)]
    table: Any = document.add_table(rows=1, cols=len(used), style="Table Grid")
    for cell, i in zip(table.rows[0].cells, used, strict=True):
        _fill(cell, Sentence(parts=(Part(text=block.columns[i]),)), bold=True)
    for row in block.rows:
        for cell, i in zip(table.add_row().cells, used, strict=True):
            _fill(cell, row[i])
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(cell: _Cell, sentence: Sentence, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    _write(paragraph, sentence)
    for run in paragraph.runs:
        run.font.size = Pt(9.5)
        run.bold = bold or run.bold


def _signature(document: Document, block: Block) -> None:
    for sentence in block.sentences:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        if any(part.role is Role.BLANK for part in sentence.parts):
            paragraph.paragraph_format.space_before = Pt(24)
        _write(paragraph, sentence)


_SHAPES: dict[Shape, Callable[[Document, Block], None]] = {
    Shape.PARAGRAPH: _paragraph,
    Shape.LETTERHEAD: _letterhead,
    Shape.LINES: _lines,
    Shape.LIST: _list,
    Shape.PAIRS: _pairs,
    Shape.TABLE: _table,
    Shape.SIGNATURE: _signature,
}


def _timeless(data: bytes) -> bytes:
    """The archive with every member of one time, and the day of making left out of the file's properties."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename, date_time=_DAY)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, old.read(entry))
    return out.getvalue()
