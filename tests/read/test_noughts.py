"""A nought read as the letter O is told by its width, where the print says so; an O stays one."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.read.ocr.noughts import with_noughts
from pipeline.read.ocr.scan import OcrWord
from pipeline.values.text import Box


def drawn(text: str, *, size: int = 34) -> tuple[Image.Image, Box]:
    """A word in print, and its box."""
    page = Image.new("L", (600, 100), 255)
    font = ImageFont.load_default(size=size)
    draw = ImageDraw.Draw(page)
    draw.text((40, 30), text, fill=0, font=font)
    return page, Box(*draw.textbbox((40, 30), text, font=font))


def told(printed: str, read: str) -> OcrWord:
    page, box = drawn(printed)
    (word,) = with_noughts(np.asarray(page), [OcrWord(read, box, 0.93)])
    return word


@pytest.mark.parametrize(
    ("printed", "read"), [("TMH018776772", "TMHO18776772"), ("A01918263", "AQ1918263"), ("2026-30582", "2O26-30582")]
)
def test_a_nought_among_digits_is_one_and_is_not_sure(printed: str, read: str) -> None:
    word = told(printed, read)
    assert (word.text, word.other) == (printed, read)
    assert word.confidence < 0.9


@pytest.mark.parametrize("printed", ["PRO18776772", "CO2533689", "Q2533689"])
def test_a_letter_stays_a_letter(printed: str) -> None:
    assert told(printed, printed) == OcrWord(printed, drawn(printed)[1], 0.93)


def test_print_that_does_not_fall_into_its_signs_tells_nothing() -> None:
    page, box = drawn("TMH018776772")
    pixels = np.asarray(page).copy()
    pixels[int(box.top) + 8 : int(box.top) + 10, int(box.x0) : int(box.x1)] = 0  # a pen stroke through all of it
    word = OcrWord("TMHO18776772", box, 0.93)
    assert with_noughts(pixels, [word]) == (word,)


@pytest.mark.parametrize("text", ["OREGON", "JO585", "TMHO1", "Box 12"])
def test_words_and_short_codes_are_left(text: str) -> None:
    page, box = drawn(text.replace("O", "0"))
    assert with_noughts(np.asarray(page), [OcrWord(text, box, 0.93)]) == (OcrWord(text, box, 0.93),)


def test_a_sign_in_two_pieces_is_one_sign() -> None:
    page, box = drawn("2026-30582")
    pixels = np.asarray(page).copy()
    middle = int((box.top + box.bottom) / 2)
    pixels[middle : middle + 2] = 255  # a line that the scanner lost
    (word,) = with_noughts(pixels, [OcrWord("2O26-30582", box, 0.93)])
    assert word.text == "2026-30582"
