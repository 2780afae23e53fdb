"""Where a point of a prepared image is on the page: projective maps, put one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
import numpy.typing as npt

from pipeline.values.text import Box

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Warp:
    """A projective map of the plane, as the 3 x 3 matrix OpenCV uses: x to the right, y downwards."""

    matrix: Matrix

    def then(self, later: Warp) -> Warp:
        """This map and, after it, the later one.

        >>> tuple(round(v) for v in scaling(2).then(turning(90, width=10, height=20)).hull(Box(0, 0, 5, 2)))
        (16, 0, 20, 10)
        """
        return Warp(later.matrix @ self.matrix)

    def back(self) -> Warp:
        """The map that undoes this one."""
        return Warp(np.asarray(np.linalg.inv(self.matrix), dtype=np.float64))

    def hull(self, box: Box) -> Box:
        """The upright rectangle around where the box goes to.

        >>> tuple(round(v, 1) for v in tilting(5, width=100, height=100).hull(Box(0, 45, 100, 55)))
        (-0.2, 40.7, 100.2, 59.3)
        """
        return Box(*self.hulls(np.array([box])).tolist()[0])

    def hulls(self, boxes: Matrix) -> Matrix:
        """The same of many boxes at once, a row each."""
        x0, top, x1, bottom = boxes.T
        corners = np.stack([[x0, x1, x1, x0], [top, top, bottom, bottom], np.ones((4, len(boxes)))])
        across, down, depth = np.tensordot(self.matrix, corners, axes=1)
        xs, ys = across / depth, down / depth
        return np.stack([xs.min(axis=0), ys.min(axis=0), xs.max(axis=0), ys.max(axis=0)], axis=1)


def scaling(across: float, down: float | None = None) -> Warp:
    """Stretches by so much across and (default: the same) down."""
    return Warp(np.diag([across, across if down is None else down, 1.0]))


def shifting(right: float, down: float) -> Warp:
    """Moves by so much to the right and downwards."""
    return Warp(np.array([[1.0, 0.0, right], [0.0, 1.0, down], [0.0, 0.0, 1.0]]))


def turning(degrees: int, *, width: float, height: float) -> Warp:
    """Turns an area of this size clockwise by a multiple of 90 degrees, its new top left corner being the origin.

    >>> tuple(round(v) for v in turning(90, width=612, height=792).hull(Box(10, 20, 30, 25)))
    (767, 10, 772, 30)
    """
    match degrees % 360:
        case 90:
            rows = [[0, -1, height], [1, 0, 0], [0, 0, 1]]
        case 180:
            rows = [[-1, 0, width], [0, -1, height], [0, 0, 1]]
        case 270:
            rows = [[0, 1, 0], [-1, 0, width], [0, 0, 1]]
        case _:
            rows = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    return Warp(np.array(rows, dtype=np.float64))


def tilting(degrees: float, *, width: float, height: float) -> Warp:
    """Turns an area of this size about its middle, clockwise, by a few degrees."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    x, y = width / 2, height / 2
    return Warp(np.array([[c, -s, x - c * x + s * y], [s, c, y - s * x - c * y], [0.0, 0.0, 1.0]]))
