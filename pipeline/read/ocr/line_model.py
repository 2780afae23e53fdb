"""PP-OCR's model of one line of print, run by OpenCV: a second reader, which errs elsewhere than Tesseract does.

The weights are those that the package ``rapidocr`` carries (Apache-2.0, PP-OCRv6 small); nothing else of it is used or
loaded. Of its 18,710 signs those of English print are looked at, and blanks among them are not to be relied on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]

_MODEL = "models/PP-OCRv6_rec_small.onnx"
_HEIGHT = 48
"""Pixels of a line as the model takes it."""
_NARROWEST, _WIDEST = 16, 1600
"""Pixels, across, of such a line: 1,600 take 0.2 s and hold a line of a letter."""
_METADATA = 14
"""The field of an ONNX file with its names and texts."""
_PRINTABLE = {chr(n) for n in range(ord(" "), ord("~") + 1)}
_SIGNS = "character"
"""The name under which the model keeps its signs, one a line."""


class NoModelError(Exception):
    """The weights are not where their package keeps them, or are of another make."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of a line: its middle in pixels of the image from the left, and how sure it is, 0 to 1."""

    text: str
    middle: float
    confidence: float


class LineModel:
    """The model, loaded. It may be loaded before a fork and used after it. Raises ``NoModelError``."""

    def __init__(self) -> None:
        data = _weights()
        signs = ["", *_signs(data), " "]
        self._net = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8), cv2.dnn.ENGINE_NEW)
        # The first stands for "no sign here".
        self._kept = np.array([n for n, sign in enumerate(signs) if not sign or sign in _PRINTABLE])
        self._signs = [signs[n] for n in self._kept]

    def read(self, line: Grey) -> list[Sign]:
        """The signs of a grey image that shows one line of print, from left to right."""
        height, width = line.shape
        across = min(_WIDEST, max(_NARROWEST, round(width * _HEIGHT / height)))
        how = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
        levels = cv2.resize(line, (across, _HEIGHT), interpolation=how).astype(np.float32) / 127.5 - 1
        self._net.setInput(np.repeat(levels[None, None], 3, axis=1))
        told = np.asarray(self._net.forward())[0][:, self._kept]
        return list(self._decoded(told / told.sum(axis=1, keepdims=True), width))

    def _decoded(self, told: npt.NDArray[np.float32], width: int) -> Iterator[Sign]:
        """The likeliest sign of each step; a run of the same is one sign, as sure as its surest step."""
        best, sure = told.argmax(axis=1).tolist(), told.max(axis=1).tolist()
        start = 0
        for step in range(1, len(best) + 1):
            if step < len(best) and best[step] == best[start]:
                continue
            if self._signs[best[start]]:
                middle = (start + step) / 2 * width / len(best)
                yield Sign(self._signs[best[start]], middle, max(sure[start:step]))
            start = step


def _weights() -> bytes:
    package = find_spec("rapidocr")  # which does not import it
    for folder in (package.submodule_search_locations or ()) if package else ():
        path = Path(folder) / _MODEL
        if path.is_file():
            return path.read_bytes()
    raise NoModelError(_MODEL)


def _signs(model: bytes) -> list[str]:
    """The signs that a model knows, in the order of its answers, from the texts that its file carries."""
    for field, value in _fields(memoryview(model)):
        if field == _METADATA:
            pair = dict(_fields(value))
            if bytes(pair[1]).decode() == _SIGNS:
                return bytes(pair[2]).decode().splitlines()
    raise NoModelError(_SIGNS)


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview]]:
    """The fields of a protobuf message that hold bytes, texts or messages, by their numbers."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        match key & 7:
            case 0:
                _, at = _varint(message, at)
            case 1:
                at += 8
            case 2:
                length, at = _varint(message, at)
                yield key >> 3, message[at : at + length]
                at += length
            case 5:
                at += 4
            case _:
                raise NoModelError(_MODEL)


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at
