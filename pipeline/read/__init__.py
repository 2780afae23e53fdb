"""Bytes of a document to one text with a map to its pages."""

from collections.abc import Iterator
from functools import partial

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read.assemble import assemble
from pipeline.read.containers.inner import Inner
from pipeline.read.inside import CONTAINERS, inside
from pipeline.read.ocr import read_image
from pipeline.read.ocr.scan import Ocr, Tesseract
from pipeline.read.page import PageWords, Spread, one_by_one
from pipeline.read.pdf import pdf_pages
from pipeline.read.picture import frame_count, page_image
from pipeline.read.plain import plain_pages
from pipeline.read.showing import Shown, shown_pages
from pipeline.read.triage import FileKind, decoded, kind_of
from pipeline.read.word import word_text
from pipeline.read.x12 import remittance, remittance_pages
from pipeline.values.limits import Limits
from pipeline.values.remittance import Remittance
from pipeline.values.text import Text

__all__ = [
    "Inner",
    "Ocr",
    "Shown",
    "Spread",
    "Tesseract",
    "documents_in",
    "one_by_one",
    "read",
    "remittance_in",
    "remittance_pages",
    "shown_pages",
]

_LEAST_QUALITY = 0.4
"""What Tesseract makes of noise stays near 0.2, of a bad fax above 0.5."""


def documents_in(data: bytes, *, limits: Limits, password: str | None = None) -> Iterator[Inner] | None:
    """The documents in a mail or an archive, taken out one by one; None where the file is no container.

    Raises ``DocumentError``: empty, too_large, unsupported_type, and as ``inside`` while they are taken out.
    """
    kind = kind_of(data, limits)
    return inside(data, kind, limits=limits, password=password) if kind in CONTAINERS else None


def remittance_in(data: bytes, *, limits: Limits) -> Remittance | None:
    """The remittance in an X12 file; None where the file is none.

    Raises ``DocumentError``: empty, too_large, unsupported_type, and as ``x12.remittance``.
    """
    return remittance(data, limits=limits) if kind_of(data, limits) is FileKind.REMITTANCE else None


def read(data: bytes, *, ocr: Ocr, limits: Limits, spread: Spread = one_by_one, password: str | None = None) -> Text:
    """The text of a PDF, TIFF, PNG, JPEG, HEIC, DOCX, X12 835 or UTF-8 text file, with its pages.

    ``spread`` does the reading of several page images, at the same time where it can.
    Raises ``DocumentError`` with the code of what is wrong, ``unreadable`` where no page has a word;
    ``MissingToolError`` where a page needs OCR and there is no engine.
    """
    match kind_of(data, limits):
        case FileKind.TEXT:
            text = plain_pages(decoded(data))
        case FileKind.IMAGE:
            frames = range(frame_count(data, limits))
            text = assemble(spread([partial(_frame, data, number, ocr) for number in frames]))
        case FileKind.PDF:
            text = assemble(pdf_pages(data, ocr=ocr, limits=limits, spread=spread, password=password))
        case FileKind.WORD:
            text = plain_pages(word_text(data, limits))
        case FileKind.REMITTANCE:
            text = remittance_pages(remittance(data, limits=limits))
        case _:
            raise DocumentError(ProblemCode.UNSUPPORTED_TYPE)
    if len(text.pages) > limits.max_pages:
        raise DocumentError(ProblemCode.TOO_MANY_PAGES)
    if not any(text.content[p.start : p.end].strip() and p.quality >= _LEAST_QUALITY for p in text.pages):
        raise DocumentError(ProblemCode.UNREADABLE)
    return text


def _frame(data: bytes, number: int, ocr: Ocr) -> PageWords:
    return read_image(page_image(data, number), ocr)
