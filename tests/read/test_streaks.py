"""Streaks of a scanner's glass go off the page; the letters that they cross and the rules of the letter stay."""

import numpy as np
import pytest
from PIL import ImageDraw

from pipeline.read.ready.streaks import without_streaks
from tests.read.pages import sheet, skewed


@pytest.mark.parametrize("tone", [0, 120, 180])
@pytest.mark.parametrize("sideways", [False, True])
def test_a_streak_goes_and_the_print_under_it_stays(tone: int, *, sideways: bool) -> None:
    page = skewed(sheet(200), 1.5)
    clean = np.asarray(page)
    dirty = clean.copy()
    for x in (401, 640, 977):
        dirty[:, x : x + 2] = np.minimum(dirty[:, x : x + 2], tone)
    found = without_streaks(dirty.T if sideways else dirty)
    found = found.T if sideways else found
    off = np.abs(found.astype(int) - clean)
    worst = np.abs(dirty.astype(int) - clean)
    assert (worst[:, 401:403] > 60).mean() > 0.7
    assert (off[:, 401:403] > 60).mean() < 0.15


def test_rules_and_stems_of_letters_are_no_streaks() -> None:
    page = sheet(200, times=3)
    pen = ImageDraw.Draw(page)
    for column in (100, 700, 1500):
        pen.line((column, 300, column, 1800), fill=0, width=3)
    ruled = np.asarray(page)
    assert without_streaks(ruled) is ruled


def test_a_pattern_is_left() -> None:
    page = np.full((1100, 850), 255, np.uint8)
    page[:, 40:800:20] = 0
    assert without_streaks(page) is page
