"""The margins that a page image is spared: nothing that is printed, however pale or small, is cut off."""

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from pipeline.read.ready import ready
from pipeline.read.ready.margins import Grey, printed_part
from pipeline.values.text import Box
from tests.read.pages import sheet


def _page(*words: tuple[str, int, int], size: int = 30, level: int = 0) -> Grey:
    """A page of letter size at 200 dpi, with words at their places."""
    page = Image.new("L", (1700, 2200), 255)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(size)
    for word, x, y in words:
        draw.text((x, y), word, fill=level, font=font)
    return np.asarray(page)


def _is_kept(page: Grey, word: tuple[str, int, int], size: int) -> bool:
    part = printed_part(page)
    if part is None:
        return True
    _, x, y = word
    left, top, right, bottom = part
    return left < x and top < y and x + size < right and y + size < bottom


@pytest.mark.parametrize(("size", "level"), [(30, 0), (17, 0), (17, 150), (30, 225)])
@pytest.mark.parametrize("at", [(500, 40), (40, 1100), (500, 2120), (1560, 1100)])
def test_a_word_in_the_margin_is_kept(size: int, level: int, at: tuple[int, int]) -> None:
    word = ("Ref 8", *at)
    page = np.minimum(_page(("Dear member", 500, 900)), _page(word, size=size, level=level))
    assert _is_kept(page, word, size)


def test_margins_are_taken_off_and_a_little_paper_stays() -> None:
    page = _page(("Dear member", 500, 900), ("Sincerely", 700, 1300))
    part = printed_part(page)
    assert part is not None
    left, top, right, bottom = part
    ink_y, ink_x = np.nonzero(page < 128)
    assert 15 <= ink_x.min() - left <= 30
    assert 15 <= ink_y.min() - top <= 30
    assert 15 <= right - ink_x.max() <= 30
    assert 15 <= bottom - ink_y.max() <= 30


def test_dust_is_no_print() -> None:
    page = _page(("Dear member", 500, 900)).copy()
    clean = printed_part(page)
    rng = np.random.default_rng(5)
    page[rng.integers(0, 2200, 40), rng.integers(0, 1700, 40)] = 0
    assert printed_part(page) == clean


def test_an_empty_page_and_a_full_one_stay_whole() -> None:
    assert printed_part(np.full((2200, 1700), 255, np.uint8)) is None
    assert printed_part(_page(("A", 20, 20), ("B", 1650, 2140))) is None


def test_a_stamp_over_print_that_reaches_into_the_margin_is_kept_whole() -> None:
    page = sheet().convert("RGB")
    ink = Image.new("RGB", page.size, "white")
    ImageDraw.Draw(ink).rectangle((420, 330, 1680, 640), outline="#d02030", width=9)
    ImageDraw.Draw(ink).text((480, 350), "RECEIVED", fill="#d02030", font=ImageFont.load_default(120))
    image = ready(np.asarray(ImageChops.multiply(page, ink)), across=0.36, down=0.36)
    assert image.marks is not None
    across = np.flatnonzero((np.asarray(image.marks) < 200).any(axis=0))
    right = image.place.hull(Box(int(across[-1]), 0, int(across[-1]) + 1, 1)).x1 / 0.36
    assert right == pytest.approx(1680, abs=3)
