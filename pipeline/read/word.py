"""Word files (``.docx``): their text in order. They have no pages of their own; an explicit break begins one."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from pipeline.errors import DocumentError, ProblemCode
from pipeline.values.limits import Limits

DOCUMENT = "word/document.xml"
_LARGEST_PART = 50_000_000
"""Bytes of one part of the package when unpacked; a letter's XML has less than one."""


def word_text(data: bytes, limits: Limits) -> str:
    """The text of a Word file: headers, body with tables (a tab between cells) and text boxes, footers.

    Raises ``DocumentError``: too_large, corrupt.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            sizes = [entry.file_size for entry in package.infolist()]
        if max(sizes, default=0) > _LARGEST_PART or sum(sizes) > limits.max_unpacked_bytes:
            raise DocumentError(ProblemCode.TOO_LARGE)
        document = docx.Document(io.BytesIO(data))  # its parser resolves no entities
        body = "\n".join(_blocks(document))
        heads, feet = (_margins(document, where) for where in ("header", "footer"))
    except (
        zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
        NotImplementedError, etree.XMLSyntaxError,
    ):  # fmt: skip
        raise DocumentError(ProblemCode.CORRUPT) from None
    return "\n".join(part for part in (heads, body, feet) if part.strip())


def _blocks(holder: Any) -> Iterator[str]:
    for block in holder.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield _paragraph(block)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is not last:  # a cell that spans columns comes once for each
                cells.append(" ".join(line.strip() for line in _blocks(cell) if line.strip()))
            last = cell._tc
        yield "\t".join(cells)


def _paragraph(paragraph: Paragraph) -> str:
    text = ""
    for element in paragraph._p.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr")):
        if _is_twin(element):
            continue
        if element.tag == qn("w:t"):
            text += element.text or ""
        elif element.tag == qn("w:tab"):
            text += "\t" if element.getparent().tag == qn("w:r") else ""
        else:
            text += "\f" if element.get(qn("w:type")) == "page" else "\n"
    return text


def _is_twin(element: Any) -> bool:
    """Whether it stands in the copy of a text box that Word keeps for older programs."""
    fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    return any(parent.tag == fallback for parent in element.iterancestors())


def _margins(document: Any, where: str) -> str:
    """The text of all sections' headers or footers, each once."""
    texts = ("\n".join(_blocks(getattr(section, where))) for section in document.sections)
    return "\n".join(dict.fromkeys(text for text in texts if text.strip()))
