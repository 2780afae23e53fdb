"""Which way a page's lines run is told from its letters, without reading: turn, tilt and size, on every class."""

import doctest
from itertools import product

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.read import lines, two_up
from pipeline.read.ready import glyphs, ready, sheet, small, warp
from pipeline.read.ready.glyphs import direction_of, glyphs_of
from pipeline.values.text import Box
from tests.read.pages import LINES, faxed, skewed
from tests.read.pages import sheet as drawn

CLASSES = {
    "clean": lambda page: page,
    "fine fax": lambda page: faxed(page, fine=True),
    "standard fax": lambda page: faxed(page, fine=False),
}


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_down_is_where_the_letters_stand(kind: str, turn: int) -> None:
    fed = CLASSES[kind](drawn(times=3)).convert("L").rotate(turn, expand=True)  # anticlockwise
    found = direction_of(glyphs_of(np.asarray(fed)))
    assert found is not None
    assert found.foot == turn
    assert found.is_sure


@pytest.mark.parametrize("tilt", [-5, -2.2, 0, 0.7, 3.3, 5])
def test_the_tilt_is_told_to_a_tenth_of_a_degree(tilt: float) -> None:
    found = direction_of(glyphs_of(np.asarray(skewed(drawn(times=3), tilt))))
    assert found is not None
    assert found.tilt == pytest.approx(tilt, abs=0.1)


def test_capitals_alone_do_not_tell_up_from_down() -> None:
    page = drawn(lines=[line.upper().replace(",", "").replace(":", "") for line in LINES], times=3)
    found = direction_of(glyphs_of(np.asarray(page)))
    assert found is not None
    assert found.foot in (0, 180)
    assert not found.is_sure


def test_little_print_tells_nothing() -> None:
    assert direction_of(glyphs_of(np.asarray(drawn(lines=["Page 2 of 2"], times=1)))) is None
    assert direction_of(glyphs_of(np.full((2200, 1700), 255, np.uint8))) is None


@pytest.mark.parametrize(("dpi", "points"), [(100, 11), (300, 6), (300, 11), (600, 11), (200, 24)])
def test_letters_are_brought_to_one_size(dpi: int, points: float) -> None:
    page = drawn(dpi, points=points, times=1)
    image = ready(np.asarray(page), across=72 / dpi, down=72 / dpi)
    high = glyphs_of(np.asarray(image.image)).capital()
    assert 18 <= high <= 31


def test_a_good_scan_is_left_as_it_is() -> None:
    page = np.asarray(drawn(200))
    image = ready(page, across=0.36, down=0.36)
    left, top = (round(v / 0.36) for v in image.place.hull(Box(0, 0, 1, 1))[:2])
    part = page[top : top + image.image.height, left : left + image.image.width]
    assert np.array_equal(np.asarray(image.image), part)


@pytest.mark.parametrize(("turn", "tilt", "fine"), list(product([0, 90, 180, 270], [-5, 0, 4], [None, False])))
def test_places_on_the_image_are_places_on_the_page(turn: int, tilt: float, fine: bool | None) -> None:
    """A spot is found on the ready image where ``place`` says it is on the displayed page."""
    page = drawn(times=3)
    ImageDraw.Draw(page).rectangle((850, 1900, 889, 1939), fill=0)
    fed = skewed(page, tilt)
    fed = (fed if fine is None else faxed(fed, fine=fine).convert("L")).rotate(turn, expand=True)
    image = ready(np.asarray(fed), across=612 / page.width * page.width / fed.width, down=792 / fed.height)
    assert image.turn == turn
    spot = _largest_dark(np.asarray(image.image))
    shown = _largest_dark(np.asarray(fed))
    at = image.place.hull(spot)
    middle = ((at.x0 + at.x1) / 2, (at.top + at.bottom) / 2)
    across, down = 612 / fed.width, 792 / fed.height
    assert middle == pytest.approx(((shown.x0 + shown.x1) / 2 * across, (shown.top + shown.bottom) / 2 * down), abs=1.5)


def _largest_dark(grey: np.ndarray) -> Box:
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats((grey < 128).astype(np.uint8))
    left, top, width, height, _ = max(stats[1:].tolist(), key=lambda row: row[4])
    return Box(left, top, left + width, top + height)


@pytest.mark.parametrize("module", [glyphs, lines, sheet, small, two_up, warp])
def test_the_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_a_photo_is_cut_to_its_sheet_and_a_scan_is_not() -> None:
    page = drawn(150)
    desk = Image.new("L", (page.width + 300, page.height + 300), 80)
    desk.paste(page, (150, 150))
    tilted = desk.rotate(3, Image.Resampling.BICUBIC, fillcolor=80)
    found = sheet.sheet_of(np.asarray(tilted))
    assert found is not None
    cut, place = found
    assert cut.shape[1] == pytest.approx(page.width, rel=0.02)
    assert cut.shape[0] == pytest.approx(page.height, rel=0.02)
    corner = place.hull(Box(0, 0, 1, 1))
    assert grey_step(np.asarray(tilted), corner) > 100
    assert sheet.sheet_of(np.asarray(page)) is None
    assert sheet.sheet_of(np.asarray(desk)) is None  # it lies straight; a second drawing would only blur it


def test_a_letterhead_in_white_on_dark_is_not_cut_off_with_the_desk() -> None:
    page = drawn(150)
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, page.width, 150), fill=70)
    pen.text((90, 60), "Northbank Mutual Health", fill=255, font_size=32)
    desk = Image.new("L", (page.width + 300, page.height + 300), 80)
    desk.paste(page, (150, 150))
    found = sheet.sheet_of(np.asarray(desk.rotate(3, Image.Resampling.BICUBIC, fillcolor=80)))
    assert found is None or found[0].shape[0] == pytest.approx(page.height, rel=0.02)


def grey_step(grey: np.ndarray, corner: Box) -> int:
    """How much lighter it is inside the corner than outside of it."""
    x, y = round(corner.x0), round(corner.top)
    return int(grey[y + 8, x + 8]) - int(grey[y - 8, x - 8])
