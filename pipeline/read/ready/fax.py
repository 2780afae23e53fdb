"""A standard fax: half as many lines an inch as dots, black and white, and some of its lines lost on the wire.

Between two of its lines lies nothing that could be known, but along a line the dots are twice as fine, so the stretched
page may be made smooth along its lines and must not be across them. Measured on generated faxes, identifiers read
exactly: 79 % as stretched, 85 % smoothed both ways, 90 % along the lines only (``docs/decisions/0008``).
"""

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]

_SMOOTH = 0.048
"""Of a capital's height: how far ink spreads along its line."""
_ACROSS = 0.3
"""Pixels; the least that a blur can be told."""
_INK = 128
_EMPTY, _FULL = 2, 40
"""Dots of a line that was lost, and of its neighbours where they have print."""
_SHARED = 0.2
"""Of the print of the neighbours: as much stands in both above each other where only one line lies between them."""


def with_lost_lines(grey: Grey) -> Grey:
    """The page with the lines that the wire lost drawn anew, where the print above and below them is the same."""
    ink = grey < _INK
    dots = ink.sum(axis=1)
    lost = np.flatnonzero((dots[1:-1] <= _EMPTY) & (dots[:-2] > _FULL) & (dots[2:] > _FULL)) + 1
    mended = grey.copy()
    for row in lost:
        both = ink[row - 1] & ink[row + 1]
        if both.sum() > _SHARED * min(dots[row - 1], dots[row + 1]):
            mended[row, both] = 0
    return mended


def smoothed(grey: Grey, *, capital: float) -> Grey:
    """The stretched page, not turned yet, smooth along its lines; ``capital`` is its capitals' height in pixels."""
    return cv2.GaussianBlur(grey, (0, 0), sigmaX=_SMOOTH * capital, sigmaY=_ACROSS)  # type: ignore[return-value]
