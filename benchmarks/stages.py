"""Seconds of each stage over a folder, in one process: Tesseract, the text layer, splitting, spaCy with extraction."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.extract import extract
from pipeline.knowledge import load_knowledge
from pipeline.language import load_language
from pipeline.read import Tesseract, read
from pipeline.split import split
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice


class TimedOcr:
    """An OCR engine that adds up the seconds it takes, without those of the images it asks for."""

    def __init__(self) -> None:
        self._engine = Tesseract()
        self.seconds = 0.0

    @property
    def version(self) -> str:
        """That of the engine."""
        return self._engine.version

    def words(self, images: Iterable[Any]) -> Iterator[Any]:
        """As the engine does; the images are made before the clock starts."""
        return self._timed(self._engine.words, images)

    def lines(self, images: Iterable[Any]) -> Iterator[Any]:
        """As ``words``."""
        return self._timed(self._engine.lines, images)

    def _timed(self, reader: Callable[[list[Any]], Iterator[Any]], images: Iterable[Any]) -> Iterator[Any]:
        made = list(images)
        start = time.perf_counter()
        found = list(reader(made))
        self.seconds += time.perf_counter() - start
        yield from found

    def turn(self, image: Any) -> int | None:
        """As the engine does."""
        start = time.perf_counter()
        turned = self._engine.turn(image)
        self.seconds += time.perf_counter() - start
        return turned


def stages(folder: Path) -> dict[str, float]:
    """Seconds a stage for all documents of ``folder``; those that cannot be read are left out."""
    start = time.perf_counter()
    language = load_language(load_knowledge())
    taken = {"load knowledge and spaCy": time.perf_counter() - start}
    ocr = TimedOcr()
    reading = splitting = extracting = laying = 0.0
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        start = time.perf_counter()
        text = read(data, ocr=ocr, limits=Limits())
        reading += time.perf_counter() - start
        start = time.perf_counter()
        letters = [part.text for part in split(text, language).letters]
        splitting += time.perf_counter() - start
        for letter in letters:
            start = time.perf_counter()
            language.reading(letter)
            laying += time.perf_counter() - start
            start = time.perf_counter()
            extract(letter, letter_id="x", language=language, practice=Practice())
            extracting += time.perf_counter() - start
    taken["Tesseract"] = ocr.seconds
    taken["pdfplumber, PDFium and page images"] = reading - ocr.seconds
    taken["splitting"] = splitting
    taken["spaCy: laying open"] = laying
    taken["extraction over it"] = extracting - laying
    return taken
