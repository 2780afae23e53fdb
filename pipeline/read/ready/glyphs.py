"""What is seen of a page's letters before they are read: how high they are, and which way their lines run.

Letters line up on their feet. So of the four sides of all letters, the one on which they line up best says which side
of the page is down, and the tilt at which they do says how far the page is askew (after H. S. Baird, "The skew angle
of printed documents", 1987). Rules, pictures and stamps have other sizes and do not vote.
"""

from dataclasses import dataclass
from enum import IntEnum
from math import radians, tan

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.read.ready.warp import Warp

Grey = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float64]

_SIDE = 1700
"""Pixels of the longer side looked at, or half as many more: letters of 6 points are still 8 high."""
_LEAST_HEIGHT, _MOST_HEIGHT = 5, 120
_ENOUGH = 30
"""Fewer letters say nothing of a page's direction."""


class Foot(IntEnum):
    """The side of the displayed page on which the letters stand; its value is the clockwise turn that rights it."""

    DOWN = 0
    RIGHT = 90
    UP = 180
    LEFT = 270


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """Which way the lines of a page run: ``foot`` is where down is.

    ``over_opposite`` is how much better the letters line up there than on their other end: 1, the same, for capitals
    and digits. ``tilt`` is what the page has to be turned clockwise by, besides, for its lines to be level, in degrees.
    """

    foot: Foot
    over_opposite: float
    tilt: float

    @property
    def is_sure(self) -> bool:
        """Whether the foot may be taken without reading: no page seen was wrong above 1.1."""
        return self.over_opposite >= _SURE


_CLEAR = 1.5
"""Print lines up five to ten times better along its lines than across; what does not is no print."""
_SURE = 1.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """The boxes of what may be letters, in pixels of the image they were found in: left, top, right, bottom.

    ``specks`` are those of all that is too small for a letter: dots, commas, dust.
    """

    boxes: Points
    specks: Points

    def moved(self, to: Warp) -> "Glyphs":
        """Where they are after the page was moved."""
        return Glyphs(boxes=to.hulls(self.boxes), specks=to.hulls(self.specks))

    @property
    def enough(self) -> bool:
        """Whether there are enough letters to tell anything by."""
        return len(self.boxes) >= _ENOUGH

    def capital(self, *, sideways: bool = False) -> float:
        """The height of a capital or a digit: of ten letters of prose three or four are as high, few are higher."""
        low, high = (0, 2) if sideways else (1, 3)
        return float(np.percentile(self.boxes[:, high] - self.boxes[:, low], 80)) if len(self.boxes) else 0.0

    @property
    def shape(self) -> float:
        """Width over height of the usual letter: near 0.8 where pixels are square."""
        widths = self.boxes[:, 2] - self.boxes[:, 0]
        return float(np.median(widths / (self.boxes[:, 3] - self.boxes[:, 1]))) if len(self.boxes) else 0.0


def glyphs_of(grey: Grey) -> Glyphs:
    """The letters of a grey page, dark on light."""
    small, times = _thinned(grey)
    ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    left, top, width, height, area = _components(ink.astype(np.uint8, copy=False)).T
    letter = (height >= _LEAST_HEIGHT) & (height <= _MOST_HEIGHT) & (width >= 2) & (width <= _MOST_HEIGHT)
    letter &= (area >= 0.12 * width * height) & (width < 6 * height) & (height < 8 * width)
    usual = np.median(height[letter]) if letter.any() else _LEAST_HEIGHT
    letter &= (height > 0.5 * usual) & (height < 3 * usual)
    speck = (height <= 0.5 * usual) & (width <= usual)  # a dot of a standard fax is twice as wide as it is high
    boxes = np.stack([left, top, left + width, top + height], axis=1) * times
    return Glyphs(boxes=boxes[letter], specks=boxes[speck])


def _components(ink: Grey) -> Points:
    """What hangs together, a row each: left, top, width, height, pixels. Short labels, where they do, are faster."""
    before = np.array([[1, 1, 1], [1, 0, 0], [0, 0, 0]], np.uint8)
    begun = cv2.countNonZero(cv2.subtract(ink, cv2.dilate(ink, before)))  # at least so many labels are enough
    labels = cv2.CV_16U if begun < np.iinfo(np.uint16).max else cv2.CV_32S
    stats = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=labels)[2]
    return stats[1:].astype(np.float64)


def _thinned(grey: Grey) -> tuple[Grey, int]:
    """The page with a whole number of pixels for one, and that number: whole numbers cost a tenth of others."""
    times = max(1, round(max(grey.shape) / _SIDE))
    if times == 1:
        return grey, 1
    height, width = (side // times for side in grey.shape)
    whole = grey[: height * times, : width * times]
    return cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), times  # type: ignore[return-value]


def direction_of(glyphs: Glyphs) -> Direction | None:
    """Which way the lines run; None where its letters do not tell."""
    if not glyphs.enough:
        return None
    left, top, right, bottom = glyphs.boxes.T
    bin_size = max(1.0, glyphs.capital() / 8)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    # A page turned clockwise by d has level lines: points then move down by x tan d, and to the left by y tan d.
    tilts = {
        Foot.DOWN: _best_tilt(bottom, middle_x, bin_size),
        Foot.UP: _best_tilt(top, middle_x, bin_size),
        Foot.RIGHT: _best_tilt(right, -middle_y, bin_size),
        Foot.LEFT: _best_tilt(left, -middle_y, bin_size),
    }
    foot = max(tilts, key=lambda side: tilts[side][1])
    opposite = Foot((foot + 180) % 360)
    others = [tilts[Foot((foot + 90) % 360)][1], tilts[Foot((foot + 270) % 360)][1]]
    tilt, best = tilts[foot]
    if best < _CLEAR * max(others) or abs(tilt) > _MOST_TILT:
        return None
    return Direction(foot=foot, over_opposite=best / tilts[opposite][1], tilt=tilt)


_MOST_TILT = 6.5
_COARSE, _FINE = 0.5, 0.05


def _best_tilt(edge: Points, along: Points, bin_size: float) -> tuple[float, float]:
    """The tilt, in degrees, at which the edges line up best, and how well they do."""
    coarse = np.arange(-_MOST_TILT, _MOST_TILT + _COARSE / 2, _COARSE)
    near = max(coarse, key=lambda d: _lined_up(edge, along, d, bin_size * 2))
    fine = np.arange(near - _COARSE, near + _COARSE + _FINE / 2, _FINE)
    scores = [_lined_up(edge, along, d, bin_size) for d in fine]
    best = int(np.argmax(scores))
    return float(fine[best]), scores[best]


def _lined_up(edge: Points, along: Points, degrees: float, bin_size: float) -> float:
    """How many pairs of letters share a line at this tilt."""
    at = ((edge + along * tan(radians(degrees))) / bin_size).astype(np.int64)
    counts = np.bincount(at - at.min()).astype(np.float64)
    return float((counts * counts).sum())
