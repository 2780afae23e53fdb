"""A photographed sheet: its four corners on the desk, and the sheet cut out and seen from straight above."""

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.read.ready.small import reduced
from pipeline.read.ready.warp import Warp

Grey = npt.NDArray[np.uint8]
Corners = npt.NDArray[np.float32]

_SMALL = 500
_DARK_EDGE = 0.3
"""A photo of a sheet has so much of its edge on the desk; a scan has its paper there."""
_LEAST_STOPS = 0.5
"""A desk is darker than paper by more than this; less is grain."""
_LEAST, _MOST = 0.25, 0.97
"""How much of the picture a sheet fills."""
_STRAIGHT = 0.93
"""How much of the outline's area its four corners enclose, and the other way round."""

_MOST_OFF, _MOST_UNEVEN = 1.0, 1.03
"""Degrees that a side of a sheet may lean, and how much longer it may be than the side across from it, to be left as it
is: of eight photos leaning up to 0.6 degrees 0.7 % of the characters were wrong as they were, 2.8 % cut out."""


def sheet_of(grey: Grey) -> tuple[Grey, Warp] | None:
    """The sheet, and where its points are in the picture; None where the picture is all page.

    A sheet is a bright area with four corners whose surroundings are darker.
    """
    corners = _corners(grey)
    if corners is None or _lies_straight(corners):
        return None
    top, right, bottom, left = (float(np.linalg.norm(corners[i] - corners[(i + 1) % 4])) for i in range(4))
    width, height = round(max(top, bottom)), round(max(left, right))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, flat)
    cut = cv2.warpPerspective(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return cut, Warp(np.asarray(matrix, dtype=np.float64)).back()  # type: ignore[return-value]


def _lies_straight(corners: Corners) -> bool:
    """Whether the sheet was seen from straight above: cutting it out then costs sharpness and brings nothing."""
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.linalg.norm(sides, axis=1)
    off = np.degrees(np.arctan2(np.abs(sides).min(axis=1), np.abs(sides).max(axis=1)))
    uneven = max(float(max(a, b) / min(a, b)) for a, b in zip(lengths[:2], lengths[2:], strict=True))
    return float(off.max()) <= _MOST_OFF and uneven <= _MOST_UNEVEN


def _corners(grey: Grey) -> Corners | None:
    """Top left, top right, bottom right and bottom left corner of the sheet, in pixels of the picture."""
    small = reduced(grey, _SMALL)
    factor = small.shape[1] / grey.shape[1]
    without_print = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    stops = _evenly_lit(without_print)
    if float(np.ptp(np.percentile(stops, (3, 97)))) < _LEAST_STOPS:
        return None
    grades = cv2.normalize(stops, None, 0, 255, cv2.NORM_MINMAX, dtype=cv2.CV_8U)  # type: ignore[call-overload]
    smooth = cv2.GaussianBlur(grades, (5, 5), 0)
    _, bright = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    edge = np.concatenate([bright[0], bright[-1], bright[:, 0], bright[:, -1]])
    if float((edge == 0).mean()) < _DARK_EDGE:
        return None
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    outline = cv2.convexHull(max(outlines, key=cv2.contourArea))
    area = cv2.contourArea(outline)
    if not _LEAST < area / small.size < _MOST:
        return None
    for slack in (0.01, 0.02, 0.03, 0.05):
        four = cv2.approxPolyDP(outline, slack * cv2.arcLength(outline, closed=True), closed=True)
        if len(four) == 4:
            break
    else:
        return None
    if not _STRAIGHT < cv2.contourArea(four) / area < 1 / _STRAIGHT or _has_print_outside(small, four):
        return None
    return _ordered(four.reshape(4, 2).astype(np.float32) / factor)


def _evenly_lit(small: Any) -> Any:
    """The picture without the light that falls off from one side of it to the other: a plane in stops of exposure."""
    stops = np.log2(small.astype(np.float32) + 4)
    ys, xs = np.mgrid[0 : small.shape[0], 0 : small.shape[1]].astype(np.float32)
    some = (slice(None, None, 8), slice(None, None, 8))
    terms = np.stack([xs[some].ravel(), ys[some].ravel(), np.ones(xs[some].size, np.float32)], axis=1)
    across, down, _ = np.linalg.lstsq(terms, stops[some].ravel(), rcond=None)[0]
    return stops - across * xs - down * ys


_STROKE = 24
_PRINT_OUTSIDE = 0.04
"""Of all print; what a deep shadow cuts off has more."""


def _has_print_outside(small: Any, four: Any) -> bool:
    """Whether what would be cut away holds print: then the corners are those of a shadow, or of a dark letterhead."""
    near = np.ones((5, 5), np.uint8)
    strokes = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, near) > _STROKE
    white_strokes = cv2.morphologyEx(small, cv2.MORPH_TOPHAT, near) > _STROKE
    sheet = cv2.fillPoly(np.zeros_like(small), [four], 1)
    outside = cv2.dilate(sheet, np.ones((13, 13), np.uint8)) == 0
    return float(((strokes | white_strokes) & outside).sum()) > _PRINT_OUTSIDE * float(strokes.sum())


def _ordered(four: Corners) -> Corners:
    """The corners clockwise from the top left one.

    >>> _ordered(np.array([[90, 100], [10, 5], [12, 98], [95, 2]], dtype=np.float32)).astype(int).tolist()
    [[10, 5], [95, 2], [90, 100], [12, 98]]
    """
    along, across = four.sum(axis=1), four[:, 0] - four[:, 1]
    order = [np.argmin(along), np.argmax(across), np.argmax(along), np.argmin(across)]
    return np.ascontiguousarray(four[order])
