"""OCR: page images to words, through Tesseract.

Many pages go to one Tesseract process as uncompressed images named in a list: a process and a PNG a page would cost
more than half as much again as reading the page (measured: 0.55 against 0.40 s). ``OMP_THREAD_LIMIT=1``: Tesseract's
own threads make it several times slower when two run at once.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Protocol

import pytesseract
from PIL import Image
from pytesseract.pytesseract import run_tesseract

from pipeline.errors import DocumentError, MissingToolError, ProblemCode
from pipeline.values.text import Box

_PAGES_AT_ONCE = 8
"""Bounds the page images that lie in the temp folder: eight grey pages at 300 dpi are 67 MB."""
_LANGUAGE = "eng"


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word that was read; the box is in pixels of the image, ``confidence`` 0 to 1."""

    text: str
    box: Box
    confidence: float


class Ocr(Protocol):
    """Reads page images. Images are 8-bit grey, upright as far as known."""

    @property
    def version(self) -> str:
        """Which engine, for the versions of a document."""
        ...

    def words(self, images: Iterable[Image.Image]) -> Iterator[tuple[OcrWord, ...]]:
        """The words of each image, in order. Images are taken a few at a time, so a generator may make them."""
        ...

    def turn(self, image: Image.Image) -> int | None:
        """By how many degrees clockwise the image must be turned to be upright; None where that cannot be told."""
        ...


class Tesseract:
    """Tesseract 5 with English, in a private temp folder.

    ``temp`` is where page images lie while they are read (default: the process's temp folder, which in a document's
    child is private and is removed with the child). ``seconds`` bounds one Tesseract process.
    """

    def __init__(self, *, temp: Path | None = None, seconds: float = 120.0) -> None:
        self._temp = temp
        self._seconds = seconds
        # pytesseract hands our environment on to Tesseract; there is no other way to tell it.
        os.environ["OMP_THREAD_LIMIT"] = "1"

    @cached_property
    def version(self) -> str:
        """As ``5.3.0``. Raises ``MissingToolError`` where Tesseract is not installed."""
        with _translated():
            return str(pytesseract.get_tesseract_version()).split(maxsplit=1)[0]

    def words(self, images: Iterable[Image.Image]) -> Iterator[tuple[OcrWord, ...]]:
        """See ``Ocr.words``. Raises ``DocumentError`` (too_slow, out_of_memory, crashed) and ``MissingToolError``."""
        rest = iter(images)
        while batch := list(islice(rest, _PAGES_AT_ONCE)):
            tsv = self._run(batch, config="-c tessedit_create_tsv=1", suffix="tsv")
            yield from _pages_of(tsv, len(batch))

    def turn(self, image: Image.Image) -> int | None:
        """See ``Ocr.turn``; from Tesseract's orientation detection (``osd.traineddata``)."""
        try:
            found = self._run([image], config="--psm 0", suffix="osd", language="osd")
        except DocumentError as problem:
            if problem.code is ProblemCode.CRASHED:  # "Too few characters": its way to say that it cannot tell
                return None
            raise
        fields = dict(line.split(": ", 1) for line in found.splitlines() if ": " in line)
        return int(fields.get("Rotate", "0"))

    def _run(self, images: list[Image.Image], *, config: str, suffix: str, language: str = _LANGUAGE) -> str:
        """One Tesseract process over the images.

        ``image_to_data`` of pytesseract would write a PNG a call and its output beside it under the default umask,
        and leave both behind when killed; its ``run_tesseract`` takes a list of our own files in our own folder.
        """
        folder = Path(tempfile.mkdtemp(prefix="ocr-", dir=self._temp))  # mkdtemp makes it 0700
        try:
            names = []
            for index, image in enumerate(images):
                path = folder / f"{index}.pgm"
                image.save(path, format="PPM")
                names.append(str(path))
            pages = folder / "pages.txt"
            pages.write_text("\n".join(names) + "\n")
            out = folder / "out"
            with _translated():
                run_tesseract(
                    input_filename=str(pages),
                    output_filename_base=str(out),
                    extension=suffix,
                    lang=language,
                    config=f"--dpi 300 {config}",
                    timeout=self._seconds,
                )
            return out.with_suffix(f".{suffix}").read_text(encoding="utf-8", errors="replace")
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _translated() -> Iterator[None]:
    """Foreign errors as ours; their text can name files and is left behind."""
    try:
        yield
    except pytesseract.TesseractNotFoundError:
        raise MissingToolError(
            "Tesseract is not installed",
            why="scanned pages cannot be read without it",
            advice="Install it with the system's package manager, on Debian: apt-get install tesseract-ocr",
        ) from None
    except pytesseract.TesseractError as error:
        killed_by = -error.status
        aborted = killed_by in (signal.SIGABRT, signal.SIGKILL)  # what a failed allocation, or the kernel, ends it with
        raise DocumentError(ProblemCode.OUT_OF_MEMORY if aborted else ProblemCode.CRASHED) from None
    except RuntimeError:  # pytesseract's time-out
        raise DocumentError(ProblemCode.TOO_SLOW) from None


_WORD_LEVEL = "5"


def _pages_of(tsv: str, count: int) -> Iterator[tuple[OcrWord, ...]]:
    """The words of Tesseract's table, by page.

    Its columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
    """
    pages: list[list[OcrWord]] = [[] for _ in range(count)]
    for row in tsv.splitlines():
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        page, left, top, width, height = (int(cells[i]) for i in (1, 6, 7, 8, 9))
        box = Box(left, top, left + width, top + height)
        pages[page - 1].append(OcrWord(cells[11].strip(), box, max(0.0, float(cells[10])) / 100))
    return (tuple(page) for page in pages)
