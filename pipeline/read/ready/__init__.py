"""A page as it is displayed becomes a page image that is read right: dark on light, upright, level, large enough.

Each step first looks whether it is needed, on a small image or on the boxes of the letters; a clean page passes
unchanged but for its size and its margins. Where a point of the result is on the displayed page is kept, so that words
keep their place.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from pipeline.read.ready.fax import smoothed, with_lost_lines
from pipeline.read.ready.glyphs import Glyphs, direction_of, glyphs_of
from pipeline.read.ready.leaders import without_leaders
from pipeline.read.ready.margins import printed_part
from pipeline.read.ready.marks import marks_apart
from pipeline.read.ready.rules import without_rules
from pipeline.read.ready.sheet import sheet_of
from pipeline.read.ready.small import level
from pipeline.read.ready.streaks import without_streaks
from pipeline.read.ready.tone import dark_on_light, grey_of
from pipeline.read.ready.warp import Warp, scaling, shifting, tilting, turning

cv2.setNumThreads(1)  # pages are what is read side by side; and threads of a parent do not live on in its fork

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """A grey page image with square pixels, ready to be read.

    ``width_pt`` and ``height_pt`` are those of the page as displayed; ``turn`` is what it was turned by, clockwise, to
    be upright, and ``sure`` whether that is beyond doubt. ``place`` maps pixels of the image to points of the displayed
    page; ``scale`` is points a pixel. ``marks`` are stamps and pen in colour, taken off the image, in the same place.
    """

    image: Image.Image
    width_pt: float
    height_pt: float
    scale: float
    place: Warp
    glyphs: Glyphs
    turn: int = 0
    sure: bool = False
    marks: Image.Image | None = None

    def turned(self, degrees: int) -> "PageImage":
        """The image turned clockwise by a multiple of 90 degrees."""
        image = self.image.rotate(-degrees, expand=True)
        back = turning(-degrees, width=image.width, height=image.height)
        return PageImage(
            image=image,
            width_pt=self.width_pt,
            height_pt=self.height_pt,
            scale=self.scale,
            place=back.then(self.place),
            glyphs=self.glyphs.moved(back.back()),
            turn=(self.turn + degrees) % 360,
            marks=self.marks.rotate(-degrees, expand=True) if self.marks else None,
        )


def ready(picture: Pixels, *, across: float, down: float) -> PageImage:
    """The page image of a displayed page: grey, or red, green and blue.

    ``across`` and ``down`` are points a pixel. A standard fax has 204 by 98 dots an inch, so its letters are half as
    high as they are wide until its pixels are made square.
    """
    height, width = picture.shape[:2]
    page = scaling(across, down)
    layers = marks_apart(picture) if picture.ndim == 3 else None
    bare = layers.print if layers else picture
    grey = without_streaks(grey_of(bare) if bare.ndim == 3 else bare)
    sheet = sheet_of(grey)
    if sheet:
        grey, page = sheet[0], sheet[1].then(page)
    grey = dark_on_light(grey)
    printed = printed_part(grey) if layers is None else None  # a stamp may stand in the margin
    if printed:
        left, top, right, bottom = printed
        grey, page = np.ascontiguousarray(grey[top:bottom, left:right]), shifting(left, top).then(page)
    glyphs = glyphs_of(grey)
    found = direction_of(glyphs)
    turn = int(found.foot) if found else 0
    tilt = found.tilt if found and abs(found.tilt) >= _LEAST_TILT else 0.0
    sideways = turn in (90, 270)
    factors = _enlargement(glyphs, grey.size, across=across, down=down, sideways=sideways)
    capital = glyphs.capital(sideways=sideways) * factors[0 if sideways else 1] if glyphs.enough else _CAPITAL
    faxed = down > _FAXED * across
    stretched, moved = _stretched(with_lost_lines(grey) if faxed else grey, factors)
    image, moved = _moved(smoothed(stretched, capital=capital) if faxed else stretched, moved, turn=turn, tilt=tilt)
    glyphs = glyphs.moved(moved)
    if glyphs.enough:
        # The rules of a standard fax are broken; taking off what is left of them brings nothing.
        bare = image if faxed else without_rules(image, capital=capital)
        image = without_leaders(bare, glyphs.specks, capital=capital)
    place = moved.back().then(page)
    return PageImage(
        image=Image.fromarray(image),
        width_pt=width * across,
        height_pt=height * down,
        scale=down / factors[1],
        place=place,
        glyphs=glyphs,
        turn=turn,
        sure=found is not None and found.is_sure,
        marks=_marks(layers.marks, scaling(across, down).then(place.back()), image.shape) if layers else None,
    )


def _marks(marks: Pixels, moved: Warp, shape: tuple[int, ...]) -> Image.Image:
    size = (shape[1], shape[0])
    return Image.fromarray(cv2.warpPerspective(marks, moved.matrix, size, flags=cv2.INTER_LINEAR, borderValue=255))


_LEAST_TILT = 0.4
"""Tesseract reads a tilt of less than this as well, and turning costs sharpness."""
_CAPITAL = 24.0
"""Pixels of a capital letter: below 20 Tesseract errs more, above 24 it only takes longer (docs/decisions/0008)."""
_GOOD = (0.85, 1.2)
"""Enlargements within these bring nothing."""
_GOOD_DPI, _USUAL_DPI = (150.0, 400.0), 300.0
"""Of a page with too few letters to tell their size by."""
_FAXED = 1.5
"""Lines so much further apart than dots are those of a standard fax."""
_MOST_ENLARGED = 4.0
_MOST_PIXELS = 40_000_000
"""Of the enlarged image: a page at 600 dpi is 34 million."""


def _enlargement(glyphs: Glyphs, area: int, *, across: float, down: float, sideways: bool) -> tuple[float, float]:
    """By how much to stretch the page across and down, so that pixels are square and letters of the best size.

    ``area`` is the pixels of the page now, ``across`` and ``down`` are points a pixel.
    """
    finest = min(across, down)
    square = (across / finest, down / finest)
    dpi = 72 / finest
    if glyphs.enough:
        wanted = _CAPITAL / (glyphs.capital(sideways=sideways) * square[0 if sideways else 1])
    else:
        wanted = 1.0 if _GOOD_DPI[0] <= dpi <= _GOOD_DPI[1] else _USUAL_DPI / dpi
    if square == (1.0, 1.0) and _GOOD[0] <= wanted <= _GOOD[1]:
        wanted = 1.0
    most = (_MOST_PIXELS / (area * square[0] * square[1])) ** 0.5
    wanted = min(wanted, _MOST_ENLARGED, most)
    return square[0] * wanted, square[1] * wanted


def _stretched(grey: Pixels, factors: tuple[float, float]) -> tuple[Pixels, Warp]:
    """The image larger or smaller, and where its old points are now."""
    height, width = grey.shape
    size = max(1, round(width * factors[0])), max(1, round(height * factors[1]))
    if size != (width, height):
        kind = cv2.INTER_AREA if size[0] < width else cv2.INTER_CUBIC
        grey = cv2.resize(grey, size, interpolation=kind)  # type: ignore[assignment]
    return grey, scaling(size[0] / width, size[1] / height)


def _moved(grey: Pixels, moved: Warp, *, turn: int, tilt: float) -> tuple[Pixels, Warp]:
    """The image turned and levelled; ``moved`` is what was done to it before."""
    if turn:
        moved = moved.then(turning(turn, width=grey.shape[1], height=grey.shape[0]))
        grey = np.ascontiguousarray(np.rot90(grey, -turn // 90))
    if tilt:
        grey, levelled = _levelled(grey, tilt)
        moved = moved.then(levelled)
    return grey, moved


def _levelled(grey: Pixels, tilt: float) -> tuple[Pixels, Warp]:
    """The image turned by a few degrees, on a canvas that loses none of it, in the colour of its paper."""
    height, width = grey.shape
    turn = tilting(tilt, width=width, height=height)
    left, top, right, bottom = turn.hull((0, 0, width, height))  # type: ignore[arg-type]
    whole = turn.then(shifting(-left, -top))
    size = round(right - left), round(bottom - top)
    paper = int(level(grey[::16, ::16], 90))
    turned = cv2.warpAffine(grey, whole.matrix[:2], size, flags=cv2.INTER_CUBIC, borderValue=paper)
    return turned, whole  # type: ignore[return-value]
