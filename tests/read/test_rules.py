"""Rules of tables go off the page; what is printed stays, also where a letter's stroke crosses a rule."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.read.rules import without_rules
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
