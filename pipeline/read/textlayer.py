"""The words of a PDF page's own text, through pdfplumber, as the page is displayed.

pdfplumber reads the page without its /Rotate (with it, it reverses words at 180 and 270 degrees) and knows nothing of
where the crop box starts or of UserUnit; so its characters are taken in the page's own space and moved to the
displayed one before they are joined to words.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import atan2, degrees
from typing import Any

import pdfplumber.page
import pdfplumber.pdf
from pdfplumber.utils.text import WordExtractor, dedupe_chars

from pipeline.read.page import Placed, turned
from pipeline.values.text import Box

Char = dict[str, Any]
_NEARLY_UPRIGHT = 10.0
"""Characters turned less than this many degrees from a right angle are on a skewed line, not slanted decoration."""


_WORDS = WordExtractor(x_tolerance_ratio=0.15, y_tolerance=2, use_text_flow=True)
"""A gap of 0.15 of the height parts two words, in small print and headlines alike (the default is 3 points).
Characters are joined in the order in which the file draws them: two texts printed over each other stay two.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where on the displayed page a point of the page's own space is.

    ``crop`` is what is shown (x0, y0, x1, y1, y upwards), ``rotate`` the page's /Rotate, ``unit`` its UserUnit.
    """

    crop: tuple[float, float, float, float]
    rotate: int
    unit: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed, in points."""
        width = (self.crop[2] - self.crop[0]) * self.unit
        height = (self.crop[3] - self.crop[1]) * self.unit
        return (height, width) if self.rotate in (90, 270) else (width, height)

    def shown(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box of the page's own space (y upwards) on the displayed page."""
        left, _, right, upper = self.crop
        box = Box(x0 - left, upper - y1, x1 - left, upper - y0)
        at = turned(box, degrees=self.rotate, width=right - left, height=upper - self.crop[1])
        return Box(*(v * self.unit for v in at)) if self.unit != 1 else at


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLayer:
    """The words of a page in upright space, and the turn (clockwise) that made it upright.

    ``image_share`` is how much of the page is covered by images, 0 to 1.
    """

    words: tuple[Placed, ...]
    rotation: int
    width_pt: float
    height_pt: float
    image_share: float


def text_layer(page: pdfplumber.page.Page, frame: Frame) -> TextLayer:
    """The text layer of a page, upright: a page whose text runs up, down or upside down is turned."""
    page = _without_rotation(page)
    chars = _displayed(page, frame)
    groups: dict[int, list[Char]] = defaultdict(list)
    for char in chars:
        groups[char["turn"]].append(char)
    rotation = max(groups, key=lambda turn: len(groups[turn]), default=0)
    width, height = frame.size
    words: list[Placed] = []
    for turn in sorted(groups, key=lambda t: t != rotation):
        joined = _joined(groups[turn], turn=turn, size=(width, height))
        words.extend(_to_upright(w, turn=turn, rotation=rotation, size=(width, height)) for w in joined)
    share = _image_share(page, frame)
    page.close()
    if rotation in (90, 270):
        width, height = height, width
    return TextLayer(words=tuple(words), rotation=rotation, width_pt=width, height_pt=height, image_share=share)


def _without_rotation(page: pdfplumber.page.Page) -> pdfplumber.page.Page:
    """The page in its own space; pdfplumber fixes a page's boxes when it makes it, so it is made again."""
    if not page.page_obj.rotate:
        return page
    page.page_obj.rotate = 0
    page.page_obj.attrs["Rotate"] = 0
    return pdfplumber.page.Page(page.pdf, page.page_obj, page_number=page.page_number)


def _displayed(page: pdfplumber.page.Page, frame: Frame) -> list[Char]:
    """The characters that lie on the displayed page, each with its displayed box and the turn that makes it upright."""
    base = page.page_obj.mediabox[1]
    width, height = frame.size
    shown = []
    for char in dedupe_chars(page.chars, tolerance=1):
        box = frame.shown(char["x0"], char["y0"] + base, char["x1"], char["y1"] + base)
        if box.x1 > 0 and box.bottom > 0 and box.x0 < width and box.top < height:
            turn = _turn_of(char["matrix"], frame.rotate)
            shown.append({"text": char["text"], "turn": turn, "box": box, "fontname": char["fontname"]})
    return shown


def _turn_of(matrix: tuple[float, ...], rotate: int) -> int:
    """By how much the displayed page must be turned clockwise for a character of this matrix to stand upright."""
    if matrix[1] == 0 and matrix[0] > 0 and rotate == 0:
        return 0
    angle = degrees(atan2(matrix[1], matrix[0])) - rotate
    turn = round(angle / 90) * 90
    return turn % 360 if abs(angle - turn) <= _NEARLY_UPRIGHT else 0


def _joined(chars: list[Char], *, turn: int, size: tuple[float, float]) -> list[Placed]:
    """The characters as words, in the space in which they stand upright."""
    for char in chars:
        box = turned(char.pop("box"), degrees=turn, width=size[0], height=size[1])
        char.update(x0=box.x0, x1=box.x1, top=box.top, bottom=box.bottom, doctop=box.top, upright=True)
        char.update(size=box.bottom - box.top, height=box.bottom - box.top, width=box.x1 - box.x0)
    words = _WORDS.extract_words(chars)
    return [Placed(w["text"], Box(w["x0"], w["top"], w["x1"], w["bottom"])) for w in words]


def _to_upright(word: Placed, *, turn: int, rotation: int, size: tuple[float, float]) -> Placed:
    """The word from the space it is upright in to that of the page, where most words are upright."""
    if turn == rotation:
        return _rounded(word.text, word.box)
    width, height = size if turn in (0, 180) else (size[1], size[0])
    shown = turned(word.box, degrees=-turn, width=width, height=height)
    return _rounded(word.text, turned(shown, degrees=rotation, width=size[0], height=size[1]))


def _rounded(text: str, box: Box) -> Placed:
    return Placed(text, Box(*(round(v, 2) for v in box)))


def _image_share(page: pdfplumber.page.Page, frame: Frame) -> float:
    """How much of the displayed page is covered by images, 0 to 1; tiles of one scan add up."""
    base = page.page_obj.mediabox[1]
    width, height = frame.size
    covered = 0.0
    for image in page.images:
        box = frame.shown(image["x0"], image["y0"] + base, image["x1"], image["y1"] + base)
        across = min(box.x1, width) - max(box.x0, 0)
        down = min(box.bottom, height) - max(box.top, 0)
        covered += max(0.0, across) * max(0.0, down)
    return min(1.0, covered / (width * height)) if width * height else 0.0
