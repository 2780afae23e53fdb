"""A page made small: what is decided about a page is decided on few pixels."""

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]


def reduced(picture: Pixels, side: int) -> Pixels:
    """The picture with its longer side of so many pixels, or as it is where it is no larger.

    Far larger pictures are thinned first: averaging every pixel of a page takes as long as looking for its letters.

    >>> reduced(np.zeros((3300, 2550), np.uint8), 500).shape
    (500, 386)
    """
    step = max(picture.shape[:2]) // (2 * side)
    if step > 1:
        picture = np.ascontiguousarray(picture[::step, ::step])
    factor = side / max(picture.shape[:2])
    if factor >= 1:
        return picture
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]
