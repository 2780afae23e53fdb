"""Numbers read with doubt are read again; what most readings say stands, and what was read first is kept."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from pipeline.read import Tesseract
from pipeline.read.ocr.own_print import OwnPrint
from pipeline.read.ocr.reread import reread as read_twice
from pipeline.read.ocr.scan import OcrWord
from pipeline.values.text import Box
from tests.read.pages import CLAIM, MEMBER, sheet

WRONG = "Z026O41271"


@pytest.fixture(scope="module")
def ocr() -> Tesseract:
    return Tesseract()


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return sheet(250, points=10, times=1)


@pytest.fixture(scope="module")
def words(page: Image.Image, ocr: Tesseract) -> tuple[OcrWord, ...]:
    return next(iter(ocr.words([page])))


def reread(page: Image.Image, words: tuple[OcrWord, ...], ocr: Tesseract) -> tuple[OcrWord, ...]:
    grey = np.asarray(page)
    return read_twice(grey, words, ocr, own=OwnPrint(grey, words))


def changed(words: tuple[OcrWord, ...], which: str, **values: object) -> tuple[OcrWord, ...]:
    return tuple(replace(w, **values) if w.text == which else w for w in words)  # type: ignore[arg-type]


def halves(words: tuple[OcrWord, ...], text: str, *, at: int, gap: float = 0.0) -> tuple[OcrWord, ...]:
    """The words with one of them parted: each half has its share of the box, ``gap`` pixels apart."""
    out: list[OcrWord] = []
    for word in words:
        if word.text != text:
            out.append(word)
            continue
        cut = word.box.x0 + (word.box.x1 - word.box.x0) * at / len(text)
        out.append(replace(word, text=text[:at], box=word.box._replace(x1=cut - gap / 2)))
        out.append(replace(word, text=text[at:], box=word.box._replace(x0=cut + gap / 2)))
    return tuple(out)


def test_a_doubtful_number_is_what_the_readings_say_and_keeps_what_was_read_first(
    page: Image.Image, words: tuple[OcrWord, ...], ocr: Tesseract
) -> None:
    found = reread(page, changed(words, CLAIM, text=WRONG, confidence=0.6), ocr)
    (claim,) = (w for w in found if w.other)
    assert (claim.text, claim.other) == (CLAIM, WRONG)
    assert 0.6 < claim.confidence < 0.9
    assert changed(found, CLAIM, other=None, confidence=1.0) == changed(words, CLAIM, confidence=1.0)


def test_a_number_read_well_is_left(page: Image.Image, words: tuple[OcrWord, ...], ocr: Tesseract) -> None:
    told = changed(words, CLAIM, text=WRONG, confidence=0.95)
    assert reread(page, told, ocr) == told


def test_a_number_that_was_read_well_in_another_place_needs_no_vote(
    page: Image.Image, words: tuple[OcrWord, ...], ocr: Tesseract
) -> None:
    first = changed(words, CLAIM, text=WRONG, confidence=0.5)
    elsewhere = replace(next(w for w in words if w.text == CLAIM), text=WRONG, confidence=0.95)
    assert WRONG not in [w.text for w in reread(page, first, ocr)]
    assert reread(page, (*first, elsewhere), ocr) == (*first, elsewhere)


def test_readings_that_agree_make_nothing_surer(page: Image.Image, words: tuple[OcrWord, ...], ocr: Tesseract) -> None:
    doubtful = changed(words, MEMBER, confidence=0.7)
    assert reread(page, doubtful, ocr) == doubtful


def test_a_reading_of_something_else_changes_nothing(
    page: Image.Image, words: tuple[OcrWord, ...], ocr: Tesseract
) -> None:
    """A name stands where the word is said to be, so that no reading is one of a number."""
    name = next(w for w in words if w.text == "Meadow")
    told = (replace(name, text="4471190823", confidence=0.4),)
    assert reread(page, told, ocr) == told


@pytest.mark.parametrize("gap", [0.0, 10.0])
def test_a_number_read_in_two_halves_is_one(
    gap: float, page: Image.Image, words: tuple[OcrWord, ...], ocr: Tesseract
) -> None:
    found = reread(page, halves(words, CLAIM, at=6, gap=gap), ocr)
    assert [w.text for w in found] == [w.text for w in words]
    (claim,) = (w for w in found if w.text == CLAIM)
    assert claim.box == next(w.box for w in words if w.text == CLAIM)


def test_two_numbers_with_a_blank_between_them_stay_two(ocr: Tesseract) -> None:
    lines = ["Sent on 11/20/2026 1042 to us", "Lot 4471190 82316"]
    page = sheet(250, points=10, lines=lines, times=1)
    words = next(iter(ocr.words([page])))
    assert " ".join(w.text for w in reread(page, words, ocr)) == " ".join(lines)


def test_a_day_and_its_year_stay_two() -> None:
    class Deaf(Tesseract):
        """Reads nothing, so that only what stands beside each other decides."""

        def lines(self, images: object) -> object:  # type: ignore[override]
            raise AssertionError(images)

    words = (OcrWord("19", Box(0, 0, 30, 24), 0.8), OcrWord("2026", Box(36, 0, 90, 24), 0.8))
    assert reread(Image.new("L", (100, 30), 255), words, Deaf()) == words


def test_a_cut_that_lost_the_last_sign_of_a_number_changes_nothing(
    page: Image.Image, words: tuple[OcrWord, ...], ocr: Tesseract
) -> None:
    claim = next(w for w in words if w.text == CLAIM)
    short = claim.box._replace(x1=claim.box.x1 - (claim.box.x1 - claim.box.x0) / len(CLAIM))
    assert reread(page, (replace(claim, box=short, confidence=0.85),), ocr) == (
        replace(claim, box=short, confidence=0.85),
    )


@pytest.mark.parametrize("odd", ["20™26041277", "2026--041277"])
def test_a_number_with_marks_that_no_number_has_is_as_the_second_reader_has_it(
    odd: str, page: Image.Image, words: tuple[OcrWord, ...], ocr: Tesseract
) -> None:
    (claim,) = (w for w in reread(page, changed(words, CLAIM, text=odd, confidence=0.96), ocr) if w.other)
    assert (claim.text, claim.other) == (CLAIM, odd)


class Telling(Tesseract):
    """A second reader that says the given readings, one after the other, and how sure it is of them."""

    def __init__(self, *told: tuple[str, float]) -> None:
        super().__init__()
        self.told = list(told)

    def lines(self, images: Iterable[Image.Image]) -> Iterator[tuple[OcrWord, ...]]:
        for image in images:
            text, sure = self.told.pop(0)
            yield (OcrWord(text, Box(0, 0, image.width, image.height), sure),)


def said(first: str, ocr: Telling, *, confidence: float) -> str:
    page, word = Image.new("L", (300, 60), 255), OcrWord(first, Box(20, 15, 220, 40), confidence)
    return " ".join(w.text for w in reread(page, (word,), ocr))


@pytest.mark.parametrize(
    ("again", "stands"), [("199968237", "1999968237"), ("1999988237", "1999988237"), ("19999968237", "19999968237")]
)
def test_a_second_reading_that_only_ran_like_signs_together_changes_nothing(again: str, stands: str) -> None:
    assert said("1999968237", Telling((again, 0.99)), confidence=0.5) == stands


def test_a_stroke_beside_a_one_may_be_a_one_read_twice() -> None:
    assert said("XBP71!10856791", Telling(("XBP710856791", 0.99)), confidence=0.4) == "XBP710856791"


def test_a_badly_read_word_with_a_digit_may_be_a_number() -> None:
    assert said("Toosoo6o71", Telling(("1999996071", 0.99)), confidence=0.3) == "1999996071"
    assert said("lyyyysya23", Telling(("1999949823", 0.99)), confidence=0.7) == "1999949823"
    assert said("Toosoo6o71", Telling(), confidence=0.85) == "Toosoo6o71"  # nobody is asked


def test_a_line_of_which_the_second_reader_is_not_sure_is_shown_once_more() -> None:
    doubt = ("CLM1-2026-954709", 0.8)
    assert said("CLAM-2026-954709", Telling(doubt, ("CLM-2026-954709", 0.95)), confidence=0.3) == "CLM-2026-954709"
    assert said("CLAM-2026-954709", Telling(doubt, ("CLM-2026-954709", 0.75)), confidence=0.3) == doubt[0]
