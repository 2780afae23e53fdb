"""The second reader: what it reads, where it says that stands, and that a fork reads with what its parent loaded."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.read.ocr import line_model
from pipeline.read.ocr.line_model import LineModel, NoModelError

LINE = "Claim Number: CLM-2026-490111"


@pytest.fixture(scope="module")
def model() -> LineModel:
    return LineModel()


def drawn(text: str = LINE, *, size: int = 34) -> tuple[Image.Image, list[float]]:
    """A line of print, and the middle of each sign of it."""
    font = ImageFont.load_default(size=size)
    page = Image.new("L", (round(font.getlength(text)) + 20, size + 20), 255)
    ImageDraw.Draw(page).text((10, 5), text, fill=0, font=font)
    return page, [10 + (font.getlength(text[:n]) + font.getlength(text[: n + 1])) / 2 for n in range(len(text))]


@pytest.mark.parametrize("size", [20, 34, 60])
def test_a_line_is_read_with_the_places_of_its_signs(size: int, model: LineModel) -> None:
    page, middles = drawn(size=size)
    signs = model.read(np.asarray(page))
    printed = [(ch, at) for ch, at in zip(LINE, middles, strict=True) if ch != " "]
    read = [sign for sign in signs if sign.text != " "]
    assert "".join(sign.text for sign in read) == "".join(ch for ch, _ in printed)
    assert all(abs(sign.middle - at) < size / 2 for sign, (_, at) in zip(read, printed, strict=True))
    assert min(sign.confidence for sign in read) > 0.5


def test_paper_says_nothing(model: LineModel) -> None:
    assert model.read(np.full((30, 400), 255, np.uint8)) == []


def test_what_was_read_before_changes_nothing(model: LineModel) -> None:
    lines = [np.asarray(drawn(text)[0]) for text in (LINE, "NPI 1999931136", "Subscriber ID: 9GH8-JK6-MN89")]
    assert [model.read(line) for line in lines] == [model.read(line) for line in lines[::-1]][::-1]


def test_weights_that_are_not_there_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_model, "_MODEL", "models/none.onnx")
    with pytest.raises(NoModelError):
        LineModel()
