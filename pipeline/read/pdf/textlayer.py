"""The words of a PDF page's own text, through pdfplumber, as the page is displayed.

pdfplumber reads the page without its /Rotate (with it, it reverses words at 180 and 270 degrees) and knows nothing of
where the crop box starts or of UserUnit; so its characters are taken in the page's own space and moved to the
displayed one before they are joined to words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import atan2, degrees
from typing import Any

import pdfplumber.page
import pdfplumber.pdf
from pdfminer.layout import LTChar, LTComponent, LTFigure, LTImage, LTItem
from pdfplumber.utils.text import WordExtractor

from pipeline.read.page import Placed, turned
from pipeline.values.text import Box

Char = dict[str, Any]
SAME_PLACE = 0.25
"""Two equal letters nearer than this part of their width are one: "ll" stands a whole width apart."""
_NEARLY_UPRIGHT = 10.0
"""Characters turned less than this many degrees from a right angle are on a skewed line, not slanted decoration."""


GAP, Y_TOLERANCE = 0.15, 2.0
"""A gap of 0.15 of the height parts two words, in small print and headlines alike (pdfplumber's own is 3 points);
so does a step down of more than 2 points.
"""
_WORDS = WordExtractor(x_tolerance_ratio=GAP, y_tolerance=Y_TOLERANCE, use_text_flow=True)
"""Characters are joined in the order in which the file draws them: two texts printed over each other stay two."""


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
        at = turned(box, degrees=self.rotate, width=right - left, height=upper - self.crop[1]) if self.rotate else box
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
    page.page_obj.rotate = 0
    leaves = list(_leaves(page.layout))
    # pdfminer counts from the corner of the media box.
    left, base = (float(v) for v in page.page_obj.mediabox[:2])
    chars = _displayed((leaf for leaf in leaves if isinstance(leaf, LTChar)), frame, left, base)
    groups: dict[int, list[Char]] = defaultdict(list)
    for char in chars:
        groups[char["turn"]].append(char)
    rotation = max(groups, key=lambda turn: len(groups[turn]), default=0)
    width, height = frame.size
    words: list[Placed] = []
    for turn in sorted(groups, key=lambda t: t != rotation):
        joined = _joined(groups[turn], turn=turn, size=(width, height))
        words.extend(_to_upright(w, turn=turn, rotation=rotation, size=(width, height)) for w in joined)
    images = [_shown(leaf, frame, left, base) for leaf in leaves if isinstance(leaf, LTImage)]
    page.close()
    share = covered(images, width, height)
    if rotation in (90, 270):
        width, height = height, width
    return TextLayer(words=tuple(words), rotation=rotation, width_pt=width, height_pt=height, image_share=share)


def _leaves(container: Iterable[Any]) -> Iterator[LTItem]:
    """Characters, images and rules, out of the figures (form XObjects) that hold them.

    Taken from pdfplumber's layout and not from its ``chars``, whose dictionaries cost as much as reading the page.
    """
    for item in container:
        if isinstance(item, LTFigure):
            yield from _leaves(item)
        else:
            yield item


def _shown(item: LTComponent, frame: Frame, left: float, base: float) -> Box:
    return frame.shown(item.x0 + left, item.y0 + base, item.x1 + left, item.y1 + base)


def _displayed(found: Iterable[LTChar], frame: Frame, left: float, base: float) -> list[Char]:
    """The characters that lie on the displayed page, each with its displayed box and the turn that makes it upright."""
    width, height = frame.size
    shown = []
    drawn: dict[tuple[str, int, int], tuple[float, float]] = {}
    for char in found:
        box = _shown(char, frame, left, base)
        if box.x1 > 0 and box.bottom > 0 and box.x0 < width and box.top < height and not _is_again(char, box, drawn):
            turn = _turn_of(char.matrix, frame.rotate)
            shown.append({"text": char.get_text(), "turn": turn, "box": box})
    return shown


CELL = 2.0
"""Points: letters drawn before are filed by squares of this size, and nobody prints bold with a wider step."""


def _is_again(char: LTChar, box: Box, drawn: dict[tuple[str, int, int], tuple[float, float]]) -> bool:
    """Whether the same letter was drawn here before, a hair's breadth aside: bold or shadow made by printing twice.

    pdfplumber's own ``dedupe_chars`` compares every character with every other and takes seconds on a dense page.
    """
    x0, top, x1, bottom = box
    near = min(SAME_PLACE * min(bottom - top, x1 - x0), CELL)
    text, column, row = char.get_text(), int(x0 // CELL), int(top // CELL)
    for x in range(int((x0 - near) // CELL), int((x0 + near) // CELL) + 1):
        for y in range(int((top - near) // CELL), int((top + near) // CELL) + 1):
            before = drawn.get((text, x, y))
            if before and abs(before[0] - x0) < near and abs(before[1] - top) < near:
                return not text.isspace()
    drawn[text, column, row] = (x0, top)
    return False


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
        box = turned(char["box"], degrees=turn, width=size[0], height=size[1]) if turn else char["box"]
        x0, top, x1, bottom = box
        char.update(x0=x0, x1=x1, top=top, bottom=bottom, doctop=top, upright=True)
        char.update(size=bottom - top, height=bottom - top, width=x1 - x0)
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


def covered(images: Iterable[Box], width: float, height: float) -> float:
    """How much of the displayed page is covered by images, 0 to 1; tiles of one scan add up."""
    covered = 0.0
    for box in images:
        across = min(box.x1, width) - max(box.x0, 0)
        down = min(box.bottom, height) - max(box.top, 0)
        covered += max(0.0, across) * max(0.0, down)
    return min(1.0, covered / (width * height)) if width * height else 0.0
