"""Pages as pictures for people: what is looked at beside the values, drawn here so that no PDF reaches a browser.

The picture covers the page as displayed and turned upright, so that the boxes of the words lie on their ink whatever
its size in pixels.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from pipeline.errors import DocumentError, ProblemCode
from pipeline.read.pdf import opened_pages
from pipeline.read.pdf.render import frame_of, is_scanned, picture_of
from pipeline.read.picture import displayed, frame_count
from pipeline.read.plain import plain_pages
from pipeline.read.triage import FileKind, decoded, kind_of
from pipeline.read.word import word_text
from pipeline.read.x12 import remittance, remittance_pages
from pipeline.values.limits import Limits
from pipeline.values.text import Text

_WIDTH = 1240
"""Pixels across: 150 dpi of a letter page, sharp on a large screen and 20 to 60 kB for print."""
_MOST_HIGH = 4000
_QUALITY = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page for people: the bytes of a ``png`` or ``jpg`` picture, or of the UTF-8 text (``txt``) of a plain page."""

    number: int
    kind: str
    data: bytes


def shown_pages(
    data: bytes, *, turns: Sequence[int], limits: Limits, password: str | None = None
) -> Iterator[Shown]:  # fmt: skip
    """Every page of a document, in order; ``turns`` are the degrees clockwise that each page is turned by.

    Raises ``DocumentError``: encrypted, corrupt, incomplete, too_large, too_many_pages, unsupported_type.
    """
    kind = kind_of(data, limits)
    if kind in (FileKind.TEXT, FileKind.WORD, FileKind.REMITTANCE):
        text = _plain(data, kind, limits)
        for page in text.pages:
            yield Shown(number=page.number, kind="txt", data=text.content[page.start : page.end].encode())
    elif kind is FileKind.PDF:
        with opened_pages(data, limits, password=password) as drawn:
            for number, page in enumerate(drawn, start=1):
                yield _packed(number, _drawn(page, limits), _turn(turns, number), scan=is_scanned(page))
    elif kind is FileKind.IMAGE:
        for index in range(frame_count(data, limits)):
            picture = displayed(data, index)
            yield _packed(index + 1, picture, _turn(turns, index + 1), scan=picture.mode != "1")
    else:
        raise DocumentError(ProblemCode.UNSUPPORTED_TYPE)


def _plain(data: bytes, kind: FileKind, limits: Limits) -> Text:
    if kind is FileKind.REMITTANCE:
        return remittance_pages(remittance(data, limits=limits))
    return plain_pages(decoded(data) if kind is FileKind.TEXT else word_text(data, limits))


def _drawn(page: pdfium.PdfPage, limits: Limits) -> Image.Image:
    frame = frame_of(page, 1.0)
    width, height = frame.size
    dpi = min(_WIDTH / width, _MOST_HIGH / height, (limits.max_pixels / (width * height)) ** 0.5) * 72
    return Image.fromarray(np.ascontiguousarray(picture_of(page, frame, dpi)))


def _turn(turns: Sequence[int], number: int) -> int:
    return turns[number - 1] if number <= len(turns) else 0


def _packed(number: int, picture: Image.Image, turn: int, *, scan: bool) -> Shown:
    """Print as PNG, which stays sharp and small; what a scanner or camera saw as JPEG."""
    grey_or_colour = picture.convert("L") if picture.mode in ("1", "L") else picture.convert("RGB")
    upright = grey_or_colour.rotate(-turn, expand=True) if turn % 360 else grey_or_colour
    upright.thumbnail((_WIDTH, _MOST_HIGH), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if scan:
        upright.save(out, "JPEG", quality=_QUALITY)
    else:
        upright.quantize(32).save(out, "PNG") if upright.mode == "RGB" else upright.save(out, "PNG")
    return Shown(number=number, kind="jpg" if scan else "png", data=out.getvalue())
