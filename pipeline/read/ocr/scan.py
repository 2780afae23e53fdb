"""OCR: page images to words, through Tesseract.

The library is opened once and kept open (``tesseract_api``); where it cannot be loaded, the installed command does the
same work in a process of its own (``tesseract_command``). Single lines are read by another engine (``line_model``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path
from typing import Protocol

import numpy as np
from PIL import Image

from pipeline.errors import MissingToolError
from pipeline.read.ocr.line_model import LineModel, NoModelError, Sign
from pipeline.read.ocr.tesseract_api import Engine, NoLibraryError, library_version
from pipeline.read.ocr.tesseract_command import Command
from pipeline.values.text import Box

_PAGES_AT_ONCE = 8
"""Of the command. Bounds the page images that lie in the temp folder: eight grey pages at 300 dpi are 67 MB."""
_LANGUAGE = "eng"
_ORIENTATION = "osd"
_DPI = 300
"""What Tesseract is told of every image, whatever its scale: it bounds the letter sizes that it looks for."""


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A word that was read; the box is in pixels of the image, ``confidence`` 0 to 1.

    ``other`` is what was read first, where the word was read again and other readings outvoted it.
    """

    text: str
    box: Box
    confidence: float
    other: str | None = None


class Ocr(Protocol):
    """Reads page images. Images are 8-bit grey, upright as far as known."""

    @property
    def version(self) -> str:
        """Which engine, for the versions of a document."""
        ...

    def words(self, images: Iterable[Image.Image]) -> Iterator[tuple[OcrWord, ...]]:
        """The words of each image, in order. Images are taken a few at a time, so a generator may make them."""
        ...

    def lines(self, images: Iterable[Image.Image]) -> Iterator[tuple[OcrWord, ...]]:
        """The words of each image, which shows one line of print, in order, as a second reader has them."""
        ...

    def turn(self, image: Image.Image) -> int | None:
        """By how many degrees clockwise the image must be turned to be upright; None where that cannot be told."""
        ...


class Tesseract:
    """Tesseract 5 with English, and PP-OCR's model of lines beside it as a second reader.

    ``seconds`` bounds the reading of one page. ``library`` False keeps to the command; ``temp`` is where that puts page
    images (default: the process's temp folder).
    """

    def __init__(self, *, temp: Path | None = None, seconds: float = 120.0, library: bool = True) -> None:
        self._command = Command(temp=temp, seconds=seconds)
        self._seconds = seconds
        self._library = library

    def open(self) -> None:
        """Loads the models now, so that whoever is forked from this process has them.

        Raises ``MissingToolError`` where Tesseract is not installed.
        """
        _ = self._second
        if self._reader is None:
            self._command.version()
        else:
            _ = self._turner

    @cached_property
    def version(self) -> str:
        """As ``5.3.0``. Raises ``MissingToolError`` where Tesseract is not installed."""
        return self._command.version() if self._reader is None else library_version()

    def words(self, images: Iterable[Image.Image]) -> Iterator[tuple[OcrWord, ...]]:
        """See ``Ocr.words``. Raises ``DocumentError`` (too_slow, out_of_memory, crashed) and ``MissingToolError``."""
        if self._reader is not None:
            for image in images:
                yield from _pages_of(self._reader.table(image, dpi=_DPI, seconds=self._seconds), 1)
            return
        rest = iter(images)
        while batch := list(islice(rest, _PAGES_AT_ONCE)):
            table = self._command.table(batch, language=_LANGUAGE, dpi=_DPI)
            yield from _pages_of(table, len(batch))

    def lines(self, images: Iterable[Image.Image]) -> Iterator[tuple[OcrWord, ...]]:
        """See ``Ocr.lines``; as PP-OCR has them (``line_model``)."""
        for image in images:
            yield tuple(_words_of(self._second.read(np.asarray(image)), image.height))

    def turn(self, image: Image.Image) -> int | None:
        """See ``Ocr.turn``; from Tesseract's orientation detection (``osd.traineddata``)."""
        engine = self._turner
        return self._command.turn(image, dpi=_DPI) if engine is None else engine.turn(image, dpi=_DPI)

    @cached_property
    def _reader(self) -> Engine | None:
        return _opened(_LANGUAGE) if self._library else None

    @cached_property
    def _second(self) -> LineModel:
        try:
            return LineModel()
        except NoModelError:
            raise MissingToolError(
                "the model of lines is not installed",
                why="doubtful numbers on scans cannot be read a second time without it",
                advice="Install the packages of requirements.lock again; the model comes with rapidocr.",
            ) from None

    @cached_property
    def _turner(self) -> Engine | None:
        return _opened(_ORIENTATION) if self._library else None


def _opened(language: str) -> Engine | None:
    try:
        return Engine(language, orientation=language == _ORIENTATION)
    except NoLibraryError:
        return None


def _words_of(signs: Iterable[Sign], height: int) -> Iterator[OcrWord]:
    """The signs of a line as words, each as sure as its least sure letter or digit."""
    for is_blank, run in groupby(signs, key=lambda sign: sign.text == " "):
        if not is_blank:
            word = list(run)
            told = [sign.confidence for sign in word if sign.text.isalnum()]
            wide = (word[-1].middle - word[0].middle) / max(1, len(word) - 1) or height / 2
            box = Box(word[0].middle - wide / 2, 0, word[-1].middle + wide / 2, height)
            yield OcrWord("".join(sign.text for sign in word), box, min(told, default=word[0].confidence))


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
