"""The bare engine of the installed Tesseract, through its C API: the limit that reading is measured against."""

import ctypes
import os
from ctypes import c_char_p, c_int, c_void_p
from typing import Any

from PIL import Image

_AUTO = 3
"""The page segmentation mode that the command uses unless told otherwise."""
_SHAPES: dict[str, tuple[Any, list[Any]]] = {
    "TessBaseAPICreate": (c_void_p, []),
    "TessBaseAPIInit3": (c_int, [c_void_p, c_char_p, c_char_p]),
    "TessBaseAPISetPageSegMode": (None, [c_void_p, c_int]),
    "TessBaseAPISetImage": (None, [c_void_p, c_char_p, c_int, c_int, c_int, c_int]),
    "TessBaseAPISetSourceResolution": (None, [c_void_p, c_int]),
    "TessBaseAPIRecognize": (c_int, [c_void_p, c_void_p]),
    "TessBaseAPIGetTsvText": (c_void_p, [c_void_p, c_int]),
    "TessBaseAPIClear": (None, [c_void_p]),
    "TessDeleteText": (None, [c_void_p]),
}


class Installed:
    """One open engine, one thread."""

    def __init__(self) -> None:
        os.environ["OMP_THREAD_LIMIT"] = "1"
        self._api = ctypes.CDLL("libtesseract.so.5")
        for name, (result, arguments) in _SHAPES.items():
            function = getattr(self._api, name)
            function.restype, function.argtypes = result, arguments
        self._handle = c_void_p(self._api.TessBaseAPICreate())
        if self._api.TessBaseAPIInit3(self._handle, None, b"eng") != 0:
            raise SystemExit("the installed Tesseract has no model of English")
        self._api.TessBaseAPISetPageSegMode(self._handle, _AUTO)

    def table(self, image: Image.Image, *, dpi: int) -> str:
        """The words of a grey image as Tesseract's tab-separated table."""
        self._api.TessBaseAPISetImage(self._handle, image.tobytes(), image.width, image.height, 1, image.width)
        self._api.TessBaseAPISetSourceResolution(self._handle, dpi)
        if self._api.TessBaseAPIRecognize(self._handle, None) != 0:
            raise SystemExit("the installed Tesseract could not read a page")
        text = self._api.TessBaseAPIGetTsvText(self._handle, 0)
        try:
            return ctypes.string_at(text).decode("utf-8", errors="replace")
        finally:
            self._api.TessDeleteText(c_void_p(text))
            self._api.TessBaseAPIClear(self._handle)
