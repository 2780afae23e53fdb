"""Print in a cell of its own of which nothing was made out is shown to the second reader: it may be a number."""

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.read import Tesseract
from pipeline.read.ocr.hardly_read import numbers_hardly_read
from pipeline.read.ocr.scan import OcrWord
from pipeline.values.text import Box

NUMBER = "KD-4471-90635"
LABEL = OcrWord("Reference", Box(100, 100, 230, 126), 0.96)


@pytest.fixture(scope="module")
def ocr() -> Tesseract:
    return Tesseract()


def page(print_: str) -> npt.NDArray[np.uint8]:
    sheet = Image.new("L", (900, 400), 255)
    font = ImageFont.load_default(size=32)
    ImageDraw.Draw(sheet).text((100, 100), "Reference", fill=0, font=font)
    ImageDraw.Draw(sheet).text((100, 160), print_, fill=0, font=font)
    return np.asarray(sheet)


def made_out(*texts: str, sure: float = 0.2, left: float = 98, right: float = 340) -> tuple[OcrWord, ...]:
    """The second line as it was read, the words side by side."""
    wide = (right - left) / len(texts)
    boxes = (Box(left + n * wide, 164, left + (n + 1) * wide - 6, 190) for n in range(len(texts)))
    return tuple(OcrWord(text, box, sure) for text, box in zip(texts, boxes, strict=True))


def read(words: tuple[OcrWord, ...], ocr: Tesseract, print_: str = NUMBER) -> list[tuple[str, str | None]]:
    found = numbers_hardly_read(page(print_), (LABEL, *words), ocr)
    return [(word.text, word.other) for word in found[1:]]


@pytest.mark.parametrize("texts", [("HHT",), ("DA", "_INVE_NeENCO")])
def test_what_stands_alone_and_was_hardly_read_is_the_number_that_the_second_reader_sees(
    texts: tuple[str, ...], ocr: Tesseract
) -> None:
    assert read(made_out(*texts), ocr) == [(NUMBER, " ".join(texts))]


def test_it_is_never_sure(ocr: Tesseract) -> None:
    found = numbers_hardly_read(page(NUMBER), made_out("HHT"), ocr)
    assert [word.confidence <= 0.85 for word in found] == [True]


def test_words_stay_words(ocr: Tesseract) -> None:
    assert read(made_out("Amber", "Tuntil"), ocr, "Amber Tunstill") == [("Amber", None), ("Tuntil", None)]


@pytest.mark.parametrize("sure", [0.5, 0.9])
def test_what_was_read_a_little_is_left(sure: float, ocr: Tesseract) -> None:
    assert read(made_out("HHT", sure=sure), ocr) == [("HHT", None)]


def test_what_has_a_neighbour_that_was_read_is_left(ocr: Tesseract) -> None:
    beside = OcrWord("Provider", Box(346, 164, 450, 190), 0.95)
    assert read((*made_out("HHT"), beside), ocr) == [("HHT", None), ("Provider", None)]


def test_a_short_or_very_long_place_is_left(ocr: Tesseract) -> None:
    assert read(made_out("HHT", right=150), ocr) == [("HHT", None)]
    assert read(made_out("HHT", right=880), ocr) == [("HHT", None)]
