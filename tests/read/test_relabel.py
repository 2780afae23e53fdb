"""A label that was read badly is read again where a number stands beside it; other words are left."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.read import Tesseract
from pipeline.read.ocr.relabel import relabel
from pipeline.read.ocr.scan import OcrWord
from tests.read.pages import CLAIM, sheet


@pytest.fixture(scope="module")
def ocr() -> Tesseract:
    return Tesseract()


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return sheet(250, points=10, times=1)


@pytest.fixture(scope="module")
def words(page: Image.Image, ocr: Tesseract) -> tuple[OcrWord, ...]:
    return next(iter(ocr.words([page])))


def misread(words: tuple[OcrWord, ...], *which: str, text: str = "Cr:n", sure: float = 0.4) -> tuple[OcrWord, ...]:
    return tuple(replace(w, text=text, confidence=sure) if w.text in which else w for w in words)


def line_of(words: tuple[OcrWord, ...], number: str) -> str:
    place = next(w.box for w in words if w.text == number)
    beside = [w for w in words if w.box.top < place.bottom and w.box.bottom > place.top]
    return " ".join(w.text for w in sorted(beside, key=lambda w: w.box.x0))


def test_a_badly_read_label_is_what_the_second_reader_says_and_keeps_what_was_read_first(
    page: Image.Image, words: tuple[OcrWord, ...], ocr: Tesseract
) -> None:
    found = relabel(np.asarray(page), misread(words, "Claim", "number:"), ocr)
    assert line_of(found, CLAIM) == f"Claim number: {CLAIM}"
    assert {w.other for w in found if w.other} == {"Cr:n Cr:n"}
    assert [w for w in found if not w.other] == [w for w in words if w.text not in ("Claim", "number:")]


def test_a_label_that_was_read_well_is_left(page: Image.Image, words: tuple[OcrWord, ...], ocr: Tesseract) -> None:
    told = misread(words, "Claim", sure=0.8)
    assert relabel(np.asarray(page), told, ocr) == told


def test_words_with_no_number_behind_them_are_left(
    page: Image.Image, words: tuple[OcrWord, ...], ocr: Tesseract
) -> None:
    told = misread(words, "Notice", "Health", "drugs")
    assert relabel(np.asarray(page), told, ocr) == told


def test_a_page_without_words_has_none() -> None:
    assert relabel(Image.new("L", (60, 40), 255), (), Tesseract()) == ()


def test_a_label_over_its_number_is_read_again(ocr: Tesseract) -> None:
    page = Image.new("L", (900, 300), 255)
    font = ImageFont.load_default(size=36)
    ImageDraw.Draw(page).multiline_text((80, 80), f"Health Plan ID\n{CLAIM}", fill=0, font=font)
    told = misread(next(iter(ocr.words([page]))), "Health", "ID")
    assert [w.text for w in relabel(np.asarray(page), told, ocr)][:4] == ["Health", "Plan", "ID", CLAIM]
