"""What reading yields: one string, and where on which page each word of it stands."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in PDF points (1/72 inch), from the top left corner of the page as displayed."""

    x0: float
    top: float
    x1: float
    bottom: float


class Method(StrEnum):
    """How the words of a page were found: its text layer, OCR, or each compared with the other, word by word."""

    TEXT = "text"
    OCR = "ocr"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page. ``start`` and ``end`` are offsets into ``Text.content``.

    ``confidence`` is 0 to 1: 1.0 for a text layer, Tesseract's word confidence / 100 for OCR. ``other`` is what the
    other reading of the page says here, where text layer and OCR were compared and do not agree.
    """

    start: int
    end: int
    box: Box
    confidence: float
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page as displayed; ``start`` and ``end`` bound its part of ``Text.content``.

    Sizes are in points and None for a plain-text page, which has no words either (no geometry).
    ``rotation`` is what the reader turned the page by, in degrees clockwise, to show it upright.
    ``quality`` is 0 to 1, how far the words can be trusted.
    """

    number: int
    method: Method
    width_pt: float | None
    height_pt: float | None
    rotation: int
    quality: float
    start: int
    end: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A document, or the pages of one letter, as one string.

    ``content`` holds the pages in order, joined by a form feed; lines end with a newline; a gap between two columns of
    a line is a tab in text that was placed by geometry (two words of one cell have one space between them). A
    plain-text file is kept verbatim, its columns being runs of spaces.
    """

    content: str
    pages: tuple[Page, ...]
