"""Dirt that is read as a word is no word; marks and letters that print has are."""

from collections.abc import Iterable, Iterator

import numpy as np
import pytest
from PIL import Image

from pipeline.read import Tesseract
from pipeline.read.ocr import read_image
from pipeline.read.ocr.scan import OcrWord
from pipeline.read.ready import PageImage, ready
from pipeline.values.text import Box
from tests.read.pages import sheet


class Telling(Tesseract):
    """An engine that reads a word more than is there."""

    def __init__(self, more: OcrWord) -> None:
        super().__init__()
        self._more = more

    def words(self, images: Iterable[Image.Image]) -> Iterator[tuple[OcrWord, ...]]:
        for words in super().words(images):
            yield (*words, self._more)


@pytest.fixture(scope="module")
def page() -> PageImage:
    return ready(np.asarray(sheet(250, points=10, times=1)), across=72 / 250, down=72 / 250)


@pytest.mark.parametrize(
    ("text", "high", "confidence", "is_read"),
    [
        ('"', 20, 0.5, False),
        ("~_", 20, 0.5, False),
        ("*", 20, 0.9, True),  # a mark of a footnote
        ("*", 20, 0.5, True),  # a dot of a list
        ("#", 20, 0.5, True),
        ("-", 3, 0.5, True),
        ("a", 3, 0.5, False),  # the rest of a rule
        ("a", 18, 0.5, True),
    ],
)
def test_dirt_is_no_word(page: PageImage, *, text: str, high: float, confidence: float, is_read: bool) -> None:
    below = page.image.height - 40
    told = read_image(page, Telling(OcrWord(text, Box(30, below, 50, below + high), confidence))).words
    assert (text in [word.text for word in told[-1:]]) is is_read
