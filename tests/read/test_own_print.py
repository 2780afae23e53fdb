"""A sign of a number that looks like another sign of the page is that one; what looks as it was read stays."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.read.ocr.own_print import OwnPrint
from pipeline.read.ocr.scan import OcrWord
from pipeline.values.text import Box

KNOWN = ("CEDAR 1234567890", "FERN 5550114321", "OBSIDIAN 987-654-0012", "GLENDALE 4455667788", "QUEEN 30192837")


def page_of(number: str, *, size: int = 34) -> tuple[Image.Image, list[OcrWord]]:
    """A page of print that was read well, and a number on it that was read as it is printed."""
    page = Image.new("L", (900, 480), 255)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(size=size)
    words = []
    for row, line in enumerate((*KNOWN, *KNOWN, number)):
        across = 20.0
        for text in line.split():
            draw.text((across, 10 + 42 * row), text, fill=0, font=font)
            words.append(OcrWord(text, Box(*draw.textbbox((across, 10 + 42 * row), text, font=font)), 0.97))
            across = words[-1].box.x1 + 20
    return page, words


def mended(page: Image.Image, words: list[OcrWord]) -> tuple[OcrWord, ...]:
    return OwnPrint(np.asarray(page), words).mended(words)


def told(printed: str, read: str, *, confidence: float = 0.9) -> OcrWord:
    page, words = page_of(printed)
    words[-1] = OcrWord(read, words[-1].box, confidence)
    *rest, last = mended(page, words)
    assert rest == words[:-1]
    return last


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("E3966185200", "F3966185200"),
        ("1999994126", "4999994126"),
        ("04/12/2025", "04/42/2025"),
        ("REF0675077", "REFO675077"),
        ("AU-0706008", "AU-O0706008"),  # a sign read twice
        ("SLH97506782", "SLH$7506782"),  # no letter or digit at all
    ],
)
def test_a_sign_that_looks_like_another_is_that_one_and_is_not_sure(printed: str, read: str) -> None:
    word = told(printed, read)
    assert (word.text, word.other) == (printed, read)
    assert word.confidence <= 0.85


def test_a_lost_last_sign_is_found_where_the_number_was_read_with_doubt() -> None:
    assert told("REF6680391", "REF668039", confidence=0.8).text == "REF6680391"
    assert told("REF6680391", "REF668039", confidence=0.95).text == "REF668039"


@pytest.mark.parametrize(
    "number", ["E3966185200", "F3966185200", "PA-2026-30582", "CO2533689", "$4,826.75", "00528733387"]
)
def test_what_looks_as_it_was_read_stays(number: str) -> None:
    page, words = page_of(number)
    words[-1] = OcrWord(number, words[-1].box, 0.5)
    assert mended(page, words) == tuple(words)


def test_a_number_read_beyond_doubt_is_not_looked_at() -> None:
    assert told("E3966185200", "F3966185200", confidence=0.97).text == "F3966185200"


def test_print_that_does_not_fall_into_its_signs_tells_nothing() -> None:
    page, words = page_of("E3966185200")
    pixels, box = np.asarray(page).copy(), words[-1].box
    pixels[int(box.top) + 8 : int(box.top) + 10, int(box.x0) : int(box.x1)] = 0  # a pen stroke through all of it
    words[-1] = OcrWord("F3966185200", box, 0.9)
    assert mended(Image.fromarray(pixels), words) == tuple(words)


def test_two_signs_that_touch_and_a_speck_do_not_shift_the_others() -> None:
    page, words = page_of("REF6869041")
    pixels, box = np.asarray(page).copy(), words[-1].box
    pixels[int(box.bottom) - 4 : int(box.bottom) - 1, int(box.x0) + 4 : int(box.x0) + 36] = 0  # R and E joined
    pixels[int(box.top) + 4 : int(box.bottom), int(box.x1) + 6 : int(box.x1) + 9] = 0
    words[-1] = OcrWord("REF6869041", box._replace(x1=box.x1 + 10), 0.9)
    assert mended(Image.fromarray(pixels), words) == tuple(words)


def test_a_sign_that_the_page_has_nowhere_else_stays() -> None:
    """A Q is not much unlike an O."""
    page, words = page_of("QP40709219")
    words = [w for w in words if w.text != "QUEEN"]
    words[-1] = OcrWord("QP40709219", words[-1].box, 0.9)
    assert mended(page, words) == tuple(words)


def test_a_page_of_one_number_has_nothing_to_compare_it_with() -> None:
    page, words = page_of("E3966185200")
    word = OcrWord("F3966185200", words[-1].box, 0.6)
    assert mended(page, [word]) == (word,)


@pytest.mark.parametrize(
    ("printed", "read", "confidence"),
    [
        ("E3966185200", "E3966185200", 0.9),
        ("AU-0706008", "AU-0706008;", 0.6),
        ("EX966185200", "EX966185200", 0.9),  # one sign that the page has nowhere else
    ],
)
def test_a_number_whose_signs_look_as_they_were_read_is_borne_out(printed: str, read: str, confidence: float) -> None:
    assert is_borne_out(printed, read, confidence)


@pytest.mark.parametrize(
    ("printed", "read", "confidence"),
    [
        ("E3966185200", "F3966185200", 0.9),
        ("E3966185200", "E396618520", 0.9),
        ("REF0675077", "REFO675077", 0.9),
        ("E3966185200", "E3966185200", 0.4),  # hardly read
        ("EX966185200", "EX966185200", 0.8),  # a sign that the page has nowhere else, read with doubt
        ("EXJ66185200", "EXJ66185200", 0.9),
    ],
)
def test_a_number_that_may_be_another_is_not_borne_out(printed: str, read: str, confidence: float) -> None:
    assert not is_borne_out(printed, read, confidence)


def is_borne_out(printed: str, read: str, confidence: float) -> bool:
    page, words = page_of(printed)
    words[-1] = OcrWord(read, words[-1].box, confidence)
    return OwnPrint(np.asarray(page), words).bears_out(words[-1])


def joined(number: str, *, read: str, confidence: float = 0.96) -> OcrWord:
    """A number whose first sign has a foot that joins the second."""
    page, words = page_of(number)
    pixels, box = np.asarray(page).copy(), words[-1].box
    pixels[int(box.bottom) - 4 : int(box.bottom) - 1, int(box.x0) + 3 : int(box.x0) + 30] = 0
    words[-1] = OcrWord(read, box, confidence)
    return mended(Image.fromarray(pixels), words)[-1]


def test_a_first_one_that_is_as_wide_as_none_may_be_an_l() -> None:
    word = joined("L4305596301", read="14305596301")
    assert (word.text, word.other) == ("14305596301", "L4305596301")  # never mended: the print does not say so surely
    assert word.confidence <= 0.85


@pytest.mark.parametrize("number", ["14305596301", "1430559630", "1-800-555-0148", "11/12/2026", "163028"])
def test_a_one_is_left(number: str) -> None:
    assert told(number, number, confidence=0.96).other is None


def test_a_number_of_a_provider_begins_with_no_letter() -> None:
    assert joined("L430559630", read="1430559630").other is None
