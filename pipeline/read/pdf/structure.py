"""Whether a PDF is whole: asked of qpdf (pikepdf) before anything else opens the file."""

import io
import re
from dataclasses import dataclass
from decimal import Decimal

import pikepdf

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read.pdf.forms import draw_over, needs_drawing
from pipeline.values.limits import Limits

_TAIL = 2048
_REPAIRED = re.compile(r"reconstruct|damaged|loop|unexpected EOF|EOF while|Pages tree", re.IGNORECASE)
"""What qpdf says when it had to guess; its other warnings are about harmless untidiness."""
_DAMAGED = re.compile(r"unknown token|expected|recover|decod|inflate|EOF|damaged|reconstruct", re.IGNORECASE)
_LINEARIZED_LENGTH = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s+(\d{1,12})|/L\s+(\d{1,12})[^>]{0,200}?/Linearized\b")


@dataclass(frozen=True, slots=True)
class Whole:
    """A PDF ready to be read.

    ``units`` are of each page its UserUnit: how many points a unit of it is; ``as_stored`` whether its only image, if
    it has but one, shows the levels that it stores: no mask lies over it, and no map changes them.
    """

    data: bytes
    units: tuple[float, ...]
    as_stored: tuple[bool, ...]


def checked(data: bytes, limits: Limits, *, password: str | None = None) -> Whole:
    """The PDF ready to be read.

    A file that opens without a password, or with the one given, comes back unlocked (an owner's password only limits
    printing and the like), and one with a form, typed notes or stamps with these drawn on the page. Raises
    ``DocumentError``: encrypted, incomplete, corrupt, too_many_pages, unreadable, unsupported_type.

    A half-written file passes for whole with lenient readers: qpdf "repairs" one of ten pages into one of eight, and
    pdfplumber opens a cut linearized file with no pages and no error. So 0 pages, a page count other than the root's
    and a repair of a file without its end are failures.
    """
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True, password=password or "") as pdf:
            pages = len(pdf.pages)
            stated = pdf.Root.Pages.get("/Count")
            repaired = any(_REPAIRED.search(str(w)) for w in pdf.get_warnings())
            if ends_early(data):
                raise DocumentError(ProblemCode.INCOMPLETE)
            if pages == 0 or (stated is not None and int(stated) != pages):
                raise DocumentError(ProblemCode.CORRUPT)
            if repaired and not _has_trailer(data):
                raise DocumentError(ProblemCode.INCOMPLETE)
            if pages > limits.max_pages:
                raise DocumentError(ProblemCode.TOO_MANY_PAGES)
            if "/Collection" in pdf.Root and pdf.attachments:  # a portfolio: its one page only says so
                raise DocumentError(ProblemCode.UNSUPPORTED_TYPE)
            _touch(pdf)
            units = tuple(_user_unit(page.obj.get("/UserUnit")) for page in pdf.pages)
            as_stored = tuple(_is_as_stored(page) for page in pdf.pages)
            return Whole(_rewritten(pdf, data, repaired=repaired), units, as_stored)
    except pikepdf.PasswordError:
        raise DocumentError(ProblemCode.ENCRYPTED) from None
    except MemoryError:
        raise DocumentError(ProblemCode.OUT_OF_MEMORY) from None
    except (pikepdf.PdfError, AttributeError, KeyError, ValueError, TypeError, RuntimeError, RecursionError):
        raise DocumentError(ProblemCode.INCOMPLETE if ends_early(data) else ProblemCode.CORRUPT) from None


def _user_unit(stated: object) -> float:
    return float(stated) if isinstance(stated, (int, float, Decimal)) and 0.01 <= stated <= 100 else 1.0


_CHANGES = ("/SMask", "/Mask", "/ImageMask", "/Decode", "/SMaskInData")
"""What makes an image show otherwise than it is stored."""


def _is_as_stored(page: pikepdf.Page) -> bool:
    images = list(page.get_images().values())
    return len(images) == 1 and not any(key in images[0] for key in _CHANGES)


def ends_early(data: bytes) -> bool:
    """Whether the file stops before its own end: no end mark, or shorter than a linearized file says it is."""
    if b"%%EOF" not in data[-_TAIL:]:
        return True
    said = _LINEARIZED_LENGTH.search(data[:_TAIL])
    return said is not None and int(said[1] or said[2]) > len(data)


def _touch(pdf: pikepdf.Pdf) -> None:
    """Reads what each page draws; qpdf then tells of a hole in the file, where other readers silently show less.

    Raises ``DocumentError``: corrupt.
    """
    pdf.get_warnings()
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
            if isinstance(stream, pikepdf.Stream):
                stream.read_bytes()
    if any(_DAMAGED.search(str(w)) for w in pdf.get_warnings()):
        raise DocumentError(ProblemCode.CORRUPT)


def _has_trailer(data: bytes) -> bool:
    return b"startxref" in data[-_TAIL:]


def _rewritten(pdf: pikepdf.Pdf, data: bytes, *, repaired: bool) -> bytes:
    """The same bytes where nothing has to change: rewriting costs time and large scans memory."""
    over = needs_drawing(pdf)
    if not (pdf.is_encrypted or over or repaired):
        return data
    if over:
        draw_over(pdf)
    out = io.BytesIO()
    pdf.save(out, encryption=False)
    return out.getvalue()
