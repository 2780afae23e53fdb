"""The installed Tesseract library through its C API: an engine that is opened once and reads page after page.

A `tesseract` process loads its model anew each time and takes its images as files; an open engine takes pixels from
memory, and what a forked process inherits costs it nothing. The functions used here have had the same shape since
Tesseract 3, and every release of Tesseract 5 has them under one library name.

One thread only: libgomp reads ``OMP_THREAD_LIMIT`` when it is loaded, so it is set before the library is.
"""

import ctypes
import os
import time
from ctypes import POINTER, byref, c_char_p, c_float, c_int, c_void_p
from functools import cache
from typing import Any

from PIL import Image

from pipeline.errors import DocumentError, ProblemCode

_NAME = "libtesseract.so.5"
_PAGE_AUTO, _ORIENTATION_ONLY = 3, 0
"""Page segmentation modes; 3 is what the command `tesseract` uses unless told otherwise."""
_SILENT = 6
"""Leptonica's severity above which it prints: nothing. Its messages would go to the person's terminal."""


class NoLibraryError(Exception):
    """The library is not there to be loaded, or cannot open its data; the command may still work."""


class Engine:
    """An open Tesseract, of one language and one page segmentation mode. Not for several threads at once.

    It may be opened before a fork and used after it; what it read before does not change what it reads next.
    ``library`` is the path of another library than the installed one. Raises ``NoLibraryError``.
    """

    def __init__(self, language: str, *, orientation: bool = False, library: str | None = None) -> None:
        self._api = _library(library or _NAME)
        self._handle = c_void_p(self._api.TessBaseAPICreate())
        if self._api.TessBaseAPIInit3(self._handle, None, language.encode()) != 0:
            self._api.TessBaseAPIDelete(self._handle)
            raise NoLibraryError(language)
        self._api.TessBaseAPISetVariable(self._handle, b"debug_file", os.devnull.encode())
        self._api.TessBaseAPISetPageSegMode(self._handle, _ORIENTATION_ONLY if orientation else _PAGE_AUTO)

    def table(self, image: Image.Image, *, dpi: int, seconds: float) -> str:
        """The words of a grey image as the tab-separated table that `tesseract ... tsv` prints, without its head.

        Raises ``DocumentError`` (too_slow, crashed). The deadline is looked at between words; a page that is stuck
        elsewhere ends with its process.
        """
        self._show(image, dpi=dpi)
        monitor = c_void_p(self._api.TessMonitorCreate())
        deadline = time.monotonic() + seconds
        try:
            self._api.TessMonitorSetDeadlineMSecs(monitor, round(seconds * 1000))
            failed = self._api.TessBaseAPIRecognize(self._handle, monitor) != 0
            if failed:
                late = time.monotonic() >= deadline
                raise DocumentError(ProblemCode.TOO_SLOW if late else ProblemCode.CRASHED)
            return self._text(self._api.TessBaseAPIGetTsvText(self._handle, 0))
        finally:
            self._api.TessMonitorDelete(monitor)
            self._forget()

    def turn(self, image: Image.Image, *, dpi: int) -> int | None:
        """By how many degrees clockwise the image must be turned; None where too little is on it to tell."""
        self._show(image, dpi=dpi)
        degrees, sure, script_sure, script = c_int(), c_float(), c_float(), c_char_p()
        try:
            told = self._api.TessBaseAPIDetectOrientationScript(
                self._handle, byref(degrees), byref(sure), byref(script), byref(script_sure)
            )
            return -degrees.value % 360 if told else None
        finally:
            self._forget()

    def _show(self, image: Image.Image, *, dpi: int) -> None:
        pixels = image.tobytes()
        self._api.TessBaseAPISetImage(self._handle, pixels, image.width, image.height, 1, image.width)
        self._api.TessBaseAPISetSourceResolution(self._handle, dpi)

    def _text(self, found: int | None) -> str:
        if not found:
            raise DocumentError(ProblemCode.CRASHED)
        try:
            return ctypes.string_at(found).decode("utf-8", errors="replace")
        finally:
            self._api.TessDeleteText(c_void_p(found))

    def _forget(self) -> None:
        """Frees the page, and whatever of it could colour the reading of the next."""
        self._api.TessBaseAPIClear(self._handle)
        self._api.TessBaseAPIClearAdaptiveClassifier(self._handle)


def library_version() -> str:
    """As ``5.3.0``. Raises ``NoLibraryError``."""
    version: bytes = _library(_NAME).TessVersion()
    return version.decode().removeprefix("v").split("-")[0]


@cache
def _library(name: str) -> Any:
    """The library with its functions declared; a strange one fails here and not in the middle of a page."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        return _declared(ctypes.CDLL(name))
    except (OSError, AttributeError):
        raise NoLibraryError(name) from None


def _declared(api: ctypes.CDLL) -> ctypes.CDLL:
    shapes: dict[str, tuple[Any, list[Any]]] = {
        "TessVersion": (c_char_p, []),
        "TessBaseAPICreate": (c_void_p, []),
        "TessBaseAPIDelete": (None, [c_void_p]),
        "TessBaseAPIInit3": (c_int, [c_void_p, c_char_p, c_char_p]),
        "TessBaseAPISetVariable": (c_int, [c_void_p, c_char_p, c_char_p]),
        "TessBaseAPISetPageSegMode": (None, [c_void_p, c_int]),
        "TessBaseAPISetImage": (None, [c_void_p, c_char_p, c_int, c_int, c_int, c_int]),
        "TessBaseAPISetSourceResolution": (None, [c_void_p, c_int]),
        "TessBaseAPIRecognize": (c_int, [c_void_p, c_void_p]),
        "TessBaseAPIGetTsvText": (c_void_p, [c_void_p, c_int]),
        "TessBaseAPIDetectOrientationScript": (
            c_int, [c_void_p, POINTER(c_int), POINTER(c_float), POINTER(c_char_p), POINTER(c_float)],
        ),
        "TessBaseAPIClear": (None, [c_void_p]),
        "TessBaseAPIClearAdaptiveClassifier": (None, [c_void_p]),
        "TessDeleteText": (None, [c_void_p]),
        "TessMonitorCreate": (c_void_p, []),
        "TessMonitorDelete": (None, [c_void_p]),
        "TessMonitorSetDeadlineMSecs": (None, [c_void_p, c_int]),
        "setMsgSeverity": (c_int, [c_int]),  # Leptonica's, which the library brings along
    }  # fmt: skip
    for name, (result, arguments) in shapes.items():
        function = getattr(api, name)
        function.restype, function.argtypes = result, arguments
    api.setMsgSeverity(_SILENT)
    return api
