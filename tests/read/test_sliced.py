"""A line that was read in two halves, low and of nonsense, is shown whole to the second reader."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.read import Tesseract
from pipeline.read.ocr.scan import OcrWord
from pipeline.read.ocr.sliced import without_slices
from pipeline.values.text import Box

WELL = tuple(OcrWord(f"word{n}", Box(60 + 100 * n, 20, 140 + 100 * n, 48), 0.96) for n in range(8))
LEFT, TOP, HEIGHT = 60, 100, 28


@pytest.fixture(scope="module")
def ocr() -> Tesseract:
    return Tesseract()


def read(print_: str, halves: tuple[OcrWord, ...], ocr: Tesseract) -> list[tuple[str, str | None]]:
    """What becomes of the halves of a line from whose middle two rows of ink are lost."""
    sheet = Image.new("L", (1000, 200), 255)
    ImageDraw.Draw(sheet).text((LEFT, TOP - 6), print_, fill=0, font=ImageFont.load_default(size=36))
    pixels = np.array(sheet)
    pixels[TOP + 12 : TOP + 14] = 255
    return [(word.text, word.other) for word in without_slices(pixels, (*WELL, *halves), ocr)[len(WELL) :]]


def half(text: str, *, upper: bool, sure: float = 0.1, left: float = LEFT, right: float = 300) -> OcrWord:
    top, bottom = (TOP, TOP + 12) if upper else (TOP + 14, TOP + HEIGHT)
    return OcrWord(text, Box(left, top, right, bottom), sure)


HALVES = (half("ALINRA", upper=True), half("AUUOIO", upper=False))


def test_a_number_in_halves_is_read_whole_and_keeps_what_was_read(ocr: Tesseract) -> None:
    assert read("KD0366322", HALVES, ocr) == [("KD0366322", "ALINRA AUUOIO")]


def test_words_in_halves_too_with_the_short_one_that_was_read(ocr: Tesseract) -> None:
    halves = (
        half("NMiliduw", upper=True, right=190),
        half("oi", upper=True, sure=0.9, left=200, right=220),
        half("Deuilv", upper=True, left=230, right=330),
        half("IVIUIUUW", upper=False, right=320),
    )
    found = read("Meadow of Berry", halves, ocr)
    assert [text for text, _ in found] == ["Meadow", "of", "Berry"]


def test_it_is_never_sure(ocr: Tesseract) -> None:
    sheet = Image.new("L", (1000, 200), 255)
    ImageDraw.Draw(sheet).text((LEFT, TOP - 6), "KD0366322", fill=0, font=ImageFont.load_default(size=36))
    found = without_slices(np.asarray(sheet), (*WELL, *HALVES), ocr)
    assert [word.confidence <= 0.85 for word in found[len(WELL) :]] == [True]


@pytest.mark.parametrize(
    "halves",
    [
        tuple(replace(one, confidence=0.9) for one in HALVES),  # two low lines that were read well
        HALVES[:1],  # no other half
        (HALVES[0], replace(HALVES[1], box=HALVES[1].box._replace(x0=400, x1=640))),  # beside, not under it
        (HALVES[0], replace(HALVES[1], box=HALVES[1].box._replace(top=TOP + 40, bottom=TOP + 54))),  # another line
        (replace(HALVES[0], box=HALVES[0].box._replace(top=TOP - 12)), HALVES[1]),  # of a line's height
    ],
)
def test_other_words_are_left(halves: tuple[OcrWord, ...], ocr: Tesseract) -> None:
    assert read("KD0366322", halves, ocr) == [(one.text, None) for one in halves]


def test_what_the_second_reader_cannot_read_is_left(ocr: Tesseract) -> None:
    assert read("", HALVES, ocr) == [(one.text, None) for one in HALVES]
