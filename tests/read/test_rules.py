"""Rules of tables go off the page; what is printed stays, also where a letter's stroke crosses a rule."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.read.ready.rules import without_rules
from tests.read.pages import sheet

CAPITAL = 24


@pytest.mark.parametrize("tone", [0, 150, 215])
@pytest.mark.parametrize("tilt", [-0.3, 0.0, 0.3])
def test_a_table_leaves_its_print(tone: int, tilt: float) -> None:
    page = sheet(200)
    bare = np.asarray(page).astype(int)
    pen = ImageDraw.Draw(page)
    for row in range(6):
        pen.line((100, 1500 + 60 * row, 1500, 1500 + 60 * row), fill=tone, width=3)
    for column in (100, 700, 1500):
        pen.line((column, 1500, column, 1800), fill=tone, width=3)
    ruled = page.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
    found = without_rules(np.asarray(ruled), capital=CAPITAL).astype(int)
    assert (np.asarray(ruled)[1450:1850] < 250).sum() > 20_000
    assert (found[1450:1850] < 230).mean() < 0.001
    if tilt == 0:
        assert np.abs(found[:1400] - bare[:1400]).max() < 40


def test_a_page_without_rules_is_not_touched() -> None:
    page = np.asarray(sheet(200))
    assert without_rules(page, capital=CAPITAL) is page


def test_a_shaded_heading_is_no_rule() -> None:
    page = sheet(200)
    ImageDraw.Draw(page).rectangle((100, 1600, 1500, 1660), fill=190)
    assert np.array_equal(without_rules(np.asarray(page), capital=CAPITAL), np.asarray(page))


def test_a_stroke_across_a_rule_is_kept() -> None:
    page = Image.new("L", (600, 300), 255)
    pen = ImageDraw.Draw(page)
    pen.line((50, 150, 550, 150), fill=0, width=3)
    pen.line((300, 130, 300, 175), fill=0, width=5)
    found = without_rules(np.asarray(page), capital=CAPITAL)
    assert (found[148:153, 299:302] < 128).all()
    assert (found[140:160, 60:280] > 200).all()


def test_a_rule_with_holes_goes_and_the_feet_of_letters_stay() -> None:
    page = sheet(200)
    bare = np.asarray(page)
    pen = ImageDraw.Draw(page)
    for start in range(100, 1500, 37):
        pen.line((start, 1500, start + 30, 1500), fill=0, width=2)
        pen.line((60, start, 60, start + 30), fill=0, width=2)
    ruled = np.asarray(page)
    found = without_rules(ruled, capital=CAPITAL)
    assert (ruled < 128).sum() - (bare < 128).sum() > 4000
    assert np.abs(found.astype(int) - bare).max() < 40


def test_print_at_the_edge_of_a_shaded_field_keeps_its_stems() -> None:
    page = Image.new("L", (900, 1200), 255)
    pen = ImageDraw.Draw(page)
    pen.rectangle((100, 100, 106, 1100), fill=232)
    stems = [(102, top, 105, top + 18) for top in range(120, 1080, 48)]
    for stem in stems:
        pen.rectangle(stem, fill=10)
    found = without_rules(np.asarray(page), capital=CAPITAL)
    assert all((found[top + 3 : bottom - 3, left + 1 : right] < 60).all() for left, top, right, bottom in stems)


def test_light_print_on_a_dark_ground_is_not_cut() -> None:
    dark = 255 - np.asarray(sheet(200, points=20))
    print_around = cv2.dilate(dark, np.ones((9, 9), np.uint8)) > 200
    found = without_rules(dark, capital=2 * CAPITAL)
    assert (found.astype(int) - dark > 60)[print_around].mean() < 0.02
