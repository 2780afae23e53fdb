"""Pages to read against the clock: the sample letters as scanner, fax and telephone deliver them, with their text."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

from PIL import Image

from pipeline.errors import DocumentError
from pipeline.read import read
from pipeline.read.ocr.scan import OcrWord
from pipeline.values.limits import Limits
from sample_letters.generator import media

LETTERS = Path(__file__).parents[1] / "sample_letters" / "letters"
CLASSES = ("clean 300", "scan 200", "fine fax", "standard fax", "photo")
_FEWEST_LETTERS = 600


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file and the true text of each of its pages."""

    data: bytes
    suffix: str
    truth: tuple[str, ...]


class NoOcr:
    """An engine for pages that need none; a page that does has no place in a measurement of text layers."""

    version = "none"

    def words(self, images: object) -> Iterator[tuple[OcrWord, ...]]:
        """Never called for a page with a text layer."""
        raise LookupError

    def lines(self, images: object) -> Iterator[tuple[OcrWord, ...]]:
        """Never called either."""
        raise LookupError

    def turn(self, image: object) -> int | None:
        """Never called either."""
        raise LookupError


@cache
def born_digital() -> tuple[tuple[bytes, tuple[str, ...]], ...]:
    """The sample letters that are text PDFs, with the text of their pages."""
    found = []
    for path in sorted(LETTERS.glob("*.pdf")):
        data = path.read_bytes()
        try:
            text = read(data, ocr=NoOcr(), limits=Limits())
        except (LookupError, DocumentError):
            continue
        found.append((data, tuple(text.content[page.start : page.end] for page in text.pages)))
    return tuple(found)


def letters(how: str, count: int) -> list[Sheet]:
    """One-page files of a page class, ``count`` different pages."""
    return [
        _delivered([page], how, [truth], Random(number))  # noqa: S311 - a seed for noise
        for number, (page, truth) in _pages(count)
    ]


def long_file(how: str, pages: int) -> Sheet:
    """One file of many pages."""
    drawn = [page for _, page in _pages(pages)]
    return _delivered([page for page, _ in drawn], how, [truth for _, truth in drawn], Random(7))  # noqa: S311 - a seed for noise


def _pages(count: int) -> Iterator[tuple[int, tuple[Image.Image, str]]]:
    """Full pages of different letters at 300 dpi, with their text."""
    return enumerate(islice(_full_pages(), count))


def _full_pages() -> Iterator[tuple[Image.Image, str]]:
    for data, texts in born_digital():
        for page, text in zip(media.pages_of(data, 300), texts, strict=True):
            if len(text) >= _FEWEST_LETTERS and page.height > page.width:
                yield page, text


def _delivered(pages: list[Image.Image], how: str, truth: list[str], rng: Random) -> Sheet:
    halves = [page.resize((page.width * 2 // 3, page.height * 2 // 3), Image.Resampling.BOX) for page in pages]
    match how:
        case "clean 300":
            return Sheet(_pdf(pages, 300), "pdf", tuple(truth))
        case "scan 200":
            return Sheet(media.scan(halves, rng), "pdf", tuple(truth))
        case "fine fax" | "standard fax":
            return Sheet(media.fax(halves, "FAX", rng, fine=how == "fine fax"), "tif", tuple(truth))
        case "photo":
            return Sheet(media.photo(halves[0], rng), "jpg", tuple(truth[:1]))
    raise ValueError(how)


def _pdf(pages: list[Image.Image], dpi: int) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi)
    return out.getvalue()
