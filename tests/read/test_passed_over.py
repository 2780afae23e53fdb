"""Print that lies in no word's box is read by itself; what was read is not read twice."""

import numpy as np
import pytest

from pipeline.read import Tesseract
from pipeline.read.ocr.passed_over import passed_over
from pipeline.read.ready.glyphs import glyphs_of
from tests.read.pages import CLAIM, MEMBER, sheet


@pytest.fixture(scope="module")
def ocr() -> Tesseract:
    return Tesseract()


def test_lines_without_words_are_read_where_they_stand(ocr: Tesseract) -> None:
    page = sheet(250, points=10)
    (words,) = ocr.words([page])
    lost = [w for w in words if w.text in (CLAIM, MEMBER, "Meadow", "Valley")]
    assert len(lost) >= 6
    found = passed_over(np.asarray(page), glyphs_of(np.asarray(page)), [w for w in words if w not in lost], ocr)
    assert sorted(w.text for w in found) == sorted(w.text for w in lost)
    for word in lost:
        again = min((w for w in found if w.text == word.text), key=lambda w: abs(w.box.top - word.box.top))
        assert all(abs(a - b) <= 6 for a, b in zip(again.box, word.box, strict=True))


def test_a_page_read_whole_is_not_read_again(ocr: Tesseract) -> None:
    page = sheet(250, points=10)
    (words,) = ocr.words([page])
    assert passed_over(np.asarray(page), glyphs_of(np.asarray(page)), words, ocr) == ()
