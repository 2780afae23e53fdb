"""Tesseract as a command, through pytesseract: for an installation without the shared library.

Many pages go to one process as uncompressed images named in a list: a process and a PNG a page would cost more than
half as much again as reading the page (measured: 0.55 against 0.40 s). ``OMP_THREAD_LIMIT=1``: Tesseract's own threads
make it several times slower when two run at once.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytesseract
from PIL import Image
from pytesseract.pytesseract import run_tesseract

from pipeline.errors import DocumentError, MissingToolError, ProblemCode


class Command:
    """The command `tesseract`, in a private temp folder.

    ``temp`` is where page images lie while they are read (default: the process's temp folder, which in a document's
    child is private and is removed with the child). ``seconds`` bounds one process.
    """

    def __init__(self, *, temp: Path | None, seconds: float) -> None:
        self._temp = temp
        self._seconds = seconds
        # pytesseract hands our environment on to Tesseract; there is no other way to tell it.
        os.environ["OMP_THREAD_LIMIT"] = "1"

    def version(self) -> str:
        """As ``5.3.0``. Raises ``MissingToolError`` where Tesseract is not installed."""
        with _translated():
            return str(pytesseract.get_tesseract_version()).split(maxsplit=1)[0]

    def table(self, images: list[Image.Image], *, language: str, dpi: int) -> str:
        """The words of the images as one table; column ``page`` counts them from 1.

        Raises ``DocumentError`` (too_slow, out_of_memory, crashed) and ``MissingToolError``.
        """
        config = f"--dpi {dpi} -c tessedit_create_tsv=1"
        return self._run(images, config=config, suffix="tsv", language=language)

    def turn(self, image: Image.Image, *, dpi: int) -> int | None:
        """By how many degrees clockwise the image must be turned; None where that cannot be told."""
        try:
            found = self._run([image], config=f"--dpi {dpi} --psm 0", suffix="osd", language="osd")
        except DocumentError as problem:
            if problem.code is ProblemCode.CRASHED:  # "Too few characters": its way to say that it cannot tell
                return None
            raise
        fields = dict(line.split(": ", 1) for line in found.splitlines() if ": " in line)
        return int(fields.get("Rotate", "0"))

    def _run(self, images: list[Image.Image], *, config: str, suffix: str, language: str) -> str:
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
                    config=config,
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
