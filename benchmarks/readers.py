"""The three that read the same pages: this project, the bare engine as the limit, and OCRmyPDF as the peer."""

import contextlib
import io
import json
import multiprocessing
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from PIL import Image

from benchmarks.installed import Installed
from benchmarks.sheets import Sheet
from pipeline.read import Ocr, Spread, Tesseract, one_by_one, read
from pipeline.read.ocr.scan import OcrWord
from pipeline.read.ocr.tesseract_api import Engine
from pipeline.sandbox import Sandbox
from pipeline.values.letter import Document, DocumentStatus
from pipeline.values.limits import Limits

CORES = len(os.sched_getaffinity(0))

# Ours: the sandbox as a batch uses it, with children that read and do nothing more. This module is its entry.

_ENGINE = Tesseract()


def warm(limits: Limits) -> dict[str, str]:
    """Called in the template; see ``Sandbox``."""
    _ENGINE.open()
    return {"tesseract": _ENGINE.version}


def process_file(path: Path, *, limits: Limits, spread: Spread = one_by_one, **_order: object) -> Document:
    """Text and word boxes of a file, handed back where a document has its versions; no order but the file counts."""
    text = read(path.read_bytes(), ocr=_ENGINE, limits=limits, spread=spread)
    boxes = [[word.start, word.end, *word.box] for page in text.pages for word in page.words]
    carried = {"text": text.content, "boxes": json.dumps(boxes)}
    return Document(file_name="", document_id="", status=DocumentStatus.READ, versions=carried)


@contextlib.contextmanager
def ours() -> Iterator[Callable[[Sequence[Path]], list[str]]]:
    """A warm sandbox; what it gives reads files and returns their texts."""
    with (
        tempfile.TemporaryDirectory(prefix="denials-bench-") as temp,
        ThreadPoolExecutor(CORES) as pool,
        Sandbox(limits=Limits(), temp=Path(temp), jobs=CORES, entry="benchmarks.readers") as sandbox,
    ):

        def one(path: Path) -> str:
            return sandbox.run(path, file_name="", practice_path=None).versions["text"]

        def run(paths: Sequence[Path]) -> list[str]:
            return list(pool.map(one, paths))

        yield run


class Watching:
    """An engine that keeps the first image of each page it is asked to read."""

    def __init__(self, engine: Ocr) -> None:
        self._engine = engine
        self.version = engine.version
        self.images: list[Image.Image] = []

    def words(self, images: Iterable[Image.Image]) -> Iterator[tuple[OcrWord, ...]]:
        """As the engine does."""
        for image in images:
            self.images.append(image)
            yield from self._engine.words([image])

    def lines(self, images: Iterable[Image.Image]) -> Iterator[tuple[OcrWord, ...]]:
        """As the engine does; a number read again is no page."""
        return self._engine.lines(images)

    def turn(self, image: Image.Image) -> int | None:
        """As the engine does."""
        return self._engine.turn(image)


_IMAGES: list[Image.Image] = []
_OPEN: list[Callable[[Image.Image], str]] = []


@contextlib.contextmanager
def limit(sheets: Sequence[Sheet], *, installed: bool = True) -> Iterator[Callable[[], list[str]]]:
    """One engine a core, open and kept open, over the page images that our reader makes, ready in memory.

    Nothing is drawn, decoded or taken apart: no reader that uses this engine on these images can be faster. A page that
    our reader looked at more than once counts once. ``installed`` False: the engine that our reader uses, as bare.
    """
    images = []
    for sheet in sheets:
        watching = Watching(_ENGINE)
        read(sheet.data, ocr=watching, limits=Limits())
        images += watching.images[: len(sheet.truth)]
    _IMAGES[:] = images
    with multiprocessing.get_context("fork").Pool(CORES, initializer=_open, initargs=(installed,)) as pool:
        pool.map(_table, [0] * CORES, chunksize=1)  # each has its engine open before the clock starts
        yield lambda: pool.map(_table, range(len(images)), chunksize=1)


def _open(installed: bool) -> None:
    if installed:
        _OPEN[:] = [partial(Installed().table, dpi=300)]
    else:
        _OPEN[:] = [partial(Engine("eng").table, dpi=300, seconds=600)]


def _table(number: int) -> str:
    return _OPEN[0](_IMAGES[number])


def words_of(table: str) -> str:
    """The words of Tesseract's table."""
    rows = (line.split("\t", 11) for line in table.splitlines())
    return " ".join(row[11] for row in rows if len(row) == 12 and row[0] == "5")


def ocrmypdf(paths: Sequence[Path], *, side_by_side: bool) -> list[str]:
    """The texts as OCRmyPDF's sidecars have them, one process a file.

    ``side_by_side``: a process a core, each with one job; else one after the other, each with a job a core.
    """

    def one(path: Path) -> str:
        sidecar = path.with_suffix(".txt")
        subprocess.run(
            [
                os.environ.get("OCRMYPDF", "ocrmypdf"), "--quiet", "--output-type", "pdf", "--optimize", "0",
                "--jobs", "1" if side_by_side else str(CORES), "--sidecar", str(sidecar), "--image-dpi", "200",
                str(path), str(path.with_suffix(".out.pdf")),
            ],
            check=True,
            capture_output=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip
        return sidecar.read_text()

    with ThreadPoolExecutor(CORES if side_by_side else 1) as pool:
        return list(pool.map(one, paths))


def has_ocrmypdf() -> bool:
    """Whether the peer is there: on the PATH, or named by the environment variable ``OCRMYPDF``."""
    return shutil.which(os.environ.get("OCRMYPDF", "ocrmypdf")) is not None


@contextlib.contextmanager
def files(sheets: Sequence[Sheet]) -> Iterator[list[Path]]:
    """The sheets as files."""
    with tempfile.TemporaryDirectory(prefix="denials-bench-") as folder:
        paths = []
        for number, sheet in enumerate(sheets):
            path = Path(folder) / f"{number:03}.{sheet.suffix}"
            path.write_bytes(sheet.data)
            paths.append(path)
        yield paths


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def as_pdf(sheet: Sheet) -> Sheet:
    """A picture file as a PDF of the same pixels, for a peer that takes no fax with oblong pixels."""
    if sheet.suffix == "pdf":
        return sheet
    out = io.BytesIO()
    with Image.open(io.BytesIO(sheet.data)) as image:
        image.save(out, "PDF", save_all=True, resolution=200)
    return Sheet(out.getvalue(), "pdf", sheet.truth)
