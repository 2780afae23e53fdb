"""A PDF's pages: each from its own text, or through OCR where that text is missing or cannot be trusted."""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial

import pdfplumber
import pypdfium2 as pdfium
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read.ocr import read_image
from pipeline.read.ocr.scan import Ocr
from pipeline.read.page import PageWords, Placed, Spread
from pipeline.read.pdf.quick import quick_layer
from pipeline.read.pdf.render import UNSEEN, Sight, frame_of, look, ocr_image
from pipeline.read.pdf.structure import Whole, checked
from pipeline.read.pdf.textlayer import Frame, TextLayer, text_layer
from pipeline.read.pdf.trust import Doubt, doubt_of, reconciled
from pipeline.values.limits import Limits
from pipeline.values.text import Method


@dataclass(frozen=True, slots=True)
class _Looked:
    """A page whose text layer was read and compared with what is seen."""

    frame: Frame
    words: PageWords
    doubt: Doubt


def pdf_pages(data: bytes, *, ocr: Ocr, limits: Limits, spread: Spread, password: str | None = None) -> list[PageWords]:
    """The words of each page. Raises ``DocumentError``; see ``structure.checked`` for the codes of damage.

    Pages that need OCR are handed to ``spread`` together, each drawn where it is read.
    """
    whole = checked(data, limits, password=password)
    with _opened(whole) as (drawn, laid_out):
        looked = [_looked(drawn[index], unit, partial(laid_out, index)) for index, unit in enumerate(whole.units)]
        doubtful = [i for i, page in enumerate(looked) if page.doubt not in (Doubt.NONE, Doubt.BLANK)]
        works = [partial(_seen, drawn[i], looked[i].frame, whole.as_stored[i], ocr, limits) for i in doubtful]
        seen = dict(zip(doubtful, spread(works), strict=True))
    return [
        reconciled(page.words, seen[index], page.doubt) if index in seen else page.words
        for index, page in enumerate(looked)
    ]


@contextmanager
def opened_pages(data: bytes, limits: Limits, *, password: str | None = None) -> Iterator[pdfium.PdfDocument]:
    """The file's pages as they are drawn, for people to look at; the same checks come first as before reading."""
    whole = checked(data, limits, password=password)
    try:
        with pdfium.PdfDocument(whole.data) as drawn:
            drawn.init_forms()
            yield drawn
    except pdfium.PdfiumError:
        raise DocumentError(ProblemCode.CORRUPT) from None


@contextmanager
def _opened(whole: Whole) -> Iterator[tuple[pdfium.PdfDocument, Callable[[int], pdfplumber.page.Page]]]:
    """The file in PDFium, and what gives a page of it in pdfplumber, opened when first asked for.

    Their errors are translated. Whoever opens it must find the pages that qpdf found.
    """
    count = len(whole.units)
    try:
        with ExitStack() as files:

            @cache
            def plumber() -> pdfplumber.pdf.PDF:
                opened = files.enter_context(pdfplumber.open(io.BytesIO(whole.data)))
                _must_be(len(opened.pages), count)
                return opened

            drawn = files.enter_context(pdfium.PdfDocument(whole.data))
            _must_be(len(drawn), count)
            drawn.init_forms()
            yield drawn, lambda index: plumber().pages[index]
    except MemoryError:
        raise DocumentError(ProblemCode.OUT_OF_MEMORY) from None
    except (DocumentError, TimeoutError):
        raise
    except (
        pdfium.PdfiumError, PdfminerException, MalformedPDFException,
        ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, AssertionError,
    ):  # fmt: skip
        # What pdfminer raises on a damaged page is whatever its parser stumbled over.
        raise DocumentError(ProblemCode.CORRUPT) from None


def _must_be(found: int, count: int) -> None:
    if found != count:
        raise DocumentError(ProblemCode.CORRUPT)


def _looked(page: pdfium.PdfPage, unit: float, laid_out: Callable[[], pdfplumber.page.Page]) -> _Looked:
    frame = frame_of(page, unit)
    text = page.get_textpage()
    try:
        layer = quick_layer(page, text, frame) or text_layer(laid_out(), frame)
        # Without words there is nothing to compare with what is seen, and whoever reads the page finds out if it is
        # blank.
        sight = look(page, text, frame, layer) if layer.words else UNSEEN
    finally:
        text.close()
    return _Looked(frame, _text_words(layer, sight), doubt_of(layer, sight))


def _seen(page: pdfium.PdfPage, frame: Frame, as_stored: bool, ocr: Ocr, limits: Limits) -> PageWords:
    return read_image(ocr_image(page, frame, limits, as_stored=as_stored), ocr)


def _text_words(layer: TextLayer, sight: Sight) -> PageWords:
    """The page as its text layer says it, without the words that nobody sees."""
    words = tuple(_with_bullet(w) for i, w in enumerate(layer.words) if i not in sight.hidden)
    return PageWords(
        method=Method.TEXT,
        width_pt=layer.width_pt,
        height_pt=layer.height_pt,
        rotation=layer.rotation,
        quality=1.0,
        words=words,
    )


_UNMAPPED = re.compile(r"\(cid:\d+\)")


def _with_bullet(word: Placed) -> Placed:
    """The word; a glyph alone that its font maps to no letter is, in a text that is otherwise sound, a bullet."""
    return replace(word, text="\u2022") if _UNMAPPED.fullmatch(word.text) else word
