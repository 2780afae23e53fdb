"""Grey as OCR reads it best: dark print on even, light paper, whatever the colours, the light and the shading were."""

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.read.ready.small import level, reduced

Grey = npt.NDArray[np.uint8]
Colour = npt.NDArray[np.uint8]

_SMALL = 500
"""Pixels of the longer side of the small image that decisions are made on."""
_BETTER = 1.3
"""So much more contrast a colour channel must have to be taken instead of the grey of the eye."""
_COLOURFUL = 24
"""Levels by which the channels of some of a page differ before colours are looked at."""


def grey_of(picture: Colour) -> Grey:
    """A colour picture (red, green, blue) in the grey that parts print from paper best.

    That is the eye's grey, unless one channel parts them much better: black on red paper in red light, for one.
    """
    eye: Grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)  # type: ignore[assignment]
    small = reduced(picture, _SMALL)
    if level(small.max(axis=2) - small.min(axis=2), 98) < _COLOURFUL:
        return eye
    contrasts = [_contrast(small[:, :, channel]) for channel in range(3)]
    best = int(np.argmax(contrasts))
    if contrasts[best] > _BETTER * _contrast(reduced(eye, _SMALL)):
        return np.ascontiguousarray(picture[:, :, best])
    return eye


def dark_on_light(grey: Grey) -> Grey:
    """The page with its print dark on light: white-on-black pages and bands turned over, shadows made even."""
    small = reduced(grey, _SMALL)
    if _is_light_on_dark(small):
        grey, small = cv2.bitwise_not(grey), cv2.bitwise_not(small)  # type: ignore[assignment]
    grey = _bands_turned(grey, small)  # before the paper is looked at, for which a dark letterhead is a deep shadow
    small = reduced(grey, _SMALL)
    glance = _paper(small, every=2)
    bright = level(glance, 90)
    if level(glance, 4) < _UNEVEN * bright or bright < _DULL:
        grey = _even(grey, _paper(small))
        grey = _bands_turned(grey, reduced(grey, _SMALL))
    return grey


_UNEVEN = 0.80
"""Paper this much darker in one place than in another is shaded."""
_DULL = 150


def _contrast(channel: Grey) -> float:
    """Levels between the paper and what differs from it most."""
    middle = level(channel, 50)
    return max(middle - level(channel, 1), level(channel, 99) - middle)


def _is_light_on_dark(small: Grey) -> bool:
    """Whether what stands out from the ground is lighter than it, on a ground that is rather dark."""
    ground = level(small, 50)
    return ground < 140 and level(small, 99.5) - ground > ground - level(small, 0.5)


def _paper(small: Grey, *, every: int = 1) -> Grey:
    """The paper without the print on it, small: all of it, or one row and column in two, in a quarter of the time."""
    without_print = cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9)))
    window = 15 if every == 1 else 7
    return cv2.medianBlur(without_print[::every, ::every], window)  # type: ignore[return-value]


def _even(grey: Grey, paper: Grey) -> Grey:
    ground = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, ground, scale=255)  # type: ignore[return-value]


_DARK_SHARE = 0.5
"""Of a band of white print a quarter is print; of a line of bold black print less than half."""
_BAND = (14, 4)
"""A band is at least so wide and high in the small image: a third of an inch by a tenth."""
_PRINT_IN_BAND = (21, 9)
"""Dense print inside a band is no darker than paper with print on it; it has band above and below, and beside."""


def _bands_turned(grey: Grey, small: Grey) -> Grey:
    """White print on dark bands, as in table headers, turned over; other dark areas are left."""
    dark = (small < _DARK_SHARE * level(small, 80)).astype(np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, _BAND))
    if not solid.any():
        return grey
    solid = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, _PRINT_IN_BAND))
    grey = grey.copy()
    factor = grey.shape[1] / small.shape[1]
    _, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4)
    for left, top, width, height, area in stats[1:]:
        if area < 0.6 * width * height:
            continue
        part = _trimmed(grey, *(round(v * factor) for v in (left - 2, top - 2, left + width + 2, top + height + 2)))
        if part is not None and _has_light_print(part):
            np.subtract(255, part, out=part)
    return grey


def _trimmed(grey: Grey, left: int, top: int, right: int, bottom: int) -> Grey | None:
    """The part of the page that is dark to its edges."""
    part = grey[max(0, top) : bottom, max(0, left) : right]
    dark = part < 128
    rows = np.flatnonzero(dark.mean(axis=1) > 0.5)
    columns = np.flatnonzero(dark.mean(axis=0) > 0.35)
    if not len(rows) or not len(columns):
        return None
    return part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _has_light_print(part: Grey) -> bool:
    """Whether what stands out in a dark area, if anything does, is lighter than it."""
    ground = level(part, 50)
    return level(part, 99) - ground >= ground - level(part, 1)
