"""Tesseract as a library, through tesserocr: an engine that is opened once and reads page after page.

A `tesseract` process loads its model anew each time and takes its images as files; an open engine takes pixels from
memory, and what a forked process inherits costs it nothing. tesserocr's wheel carries its own engine, newer and a fifth
faster than Debian's (``docs/decisions/0024``); the models are those of the installed Tesseract.
"""

import os
import re
import shutil
import subprocess
import time
from functools import cache

from PIL import Image

from pipeline.errors import DocumentError, ProblemCode

try:
    import tesserocr
except ImportError:  # no wheel for this machine: the command reads
    tesserocr = None

_SILENT = {"debug_file": os.devnull}


class NoLibraryError(Exception):
    """The library is not there to be loaded, or there is no model of the language; the command may still work."""


class Engine:
    """An open Tesseract, of one language and one page segmentation mode. Not for several threads at once.

    It may be opened before a fork and used after it; what it read before does not change what it reads next.
    Raises ``NoLibraryError``.
    """

    def __init__(self, language: str, *, orientation: bool = False) -> None:
        if tesserocr is None:
            raise NoLibraryError("tesserocr")
        mode = tesserocr.PSM.OSD_ONLY if orientation else tesserocr.PSM.AUTO
        try:
            self._api = tesserocr.PyTessBaseAPI(path=_models(), lang=language, psm=mode, variables=_SILENT)
        except RuntimeError:
            raise NoLibraryError(language) from None

    def table(self, image: Image.Image, *, dpi: int, seconds: float) -> str:
        """The words of a grey image as the tab-separated table that `tesseract ... tsv` prints, without its head.

        Raises ``DocumentError`` (too_slow, crashed). The deadline is looked at between words; a page that is stuck
        elsewhere ends with its process.
        """
        deadline = time.monotonic() + seconds
        try:
            self._show(image, dpi=dpi)
            if not self._api.Recognize(round(seconds * 1000)):
                late = time.monotonic() >= deadline
                raise DocumentError(ProblemCode.TOO_SLOW if late else ProblemCode.CRASHED)
            return str(self._api.GetTSVText(0))
        except RuntimeError:
            raise DocumentError(ProblemCode.CRASHED) from None
        finally:
            self._forget()

    def turn(self, image: Image.Image, *, dpi: int) -> int | None:
        """By how many degrees clockwise the image must be turned; None where too little is on it to tell."""
        try:
            self._show(image, dpi=dpi)
            told = self._api.DetectOrientationScript()
            return -int(told["orient_deg"]) % 360 if told else None
        finally:
            self._forget()

    def _show(self, image: Image.Image, *, dpi: int) -> None:
        self._api.SetImageBytes(image.tobytes(), image.width, image.height, 1, image.width)
        self._api.SetSourceResolution(dpi)

    def _forget(self) -> None:
        """Frees the page, and whatever of it could colour the reading of the next."""
        self._api.Clear()
        self._api.ClearAdaptiveClassifier()


def library_version() -> str:
    """As ``5.5.4``. Raises ``NoLibraryError``."""
    if tesserocr is None:
        raise NoLibraryError("tesserocr")
    return str(tesserocr.tesseract_version()).split()[1]


@cache
def _models() -> str:
    """The folder of the installed Tesseract's models, as its command names it. Raises ``NoLibraryError``."""
    command = shutil.which("tesseract")
    if command is None:
        raise NoLibraryError("tesseract")
    told = subprocess.run(  # noqa: S603 - the installed Tesseract
        [command, "--list-langs"], capture_output=True, text=True, timeout=60, check=False
    )
    folder = re.search(r'"(.+)"', told.stdout)
    if folder is None:
        raise NoLibraryError("tesseract")
    return folder[1]
