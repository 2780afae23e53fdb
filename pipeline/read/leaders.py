"""Dot leaders, the dots between a label and its value: read as letters they take both with them. Off the page."""

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Boxes = npt.NDArray[np.int64]

_DOT = 0.34
"""Of a capital's height: a full stop is up to a fifth, and a fax makes it fatter."""
_NEXT = (0.2, 1.1)
"""Of a capital's height: from one dot of a leader to the next."""
_EVEN = 0.35
"""By how much a step may differ from the usual one of its leader."""
_FEWEST = 5
"""Dots of a leader; an ellipsis has three."""
_ROW = 0.3
_MOST_DOTS = 20_000
"""A page with more specks is a picture or dirt."""


def without_leaders(grey: Grey, *, capital: float) -> Grey:
    """The upright page, dark on light, without its dot leaders; ``capital`` is the height of a capital in pixels."""
    _, ink = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = stats[1:, :4].astype(np.int64)
    largest = np.maximum(boxes[:, 2], boxes[:, 3])
    dots = boxes[(largest <= _DOT * capital) & (largest >= max(2.0, 0.06 * capital))]
    if not _FEWEST <= len(dots) <= _MOST_DOTS:
        return grey
    bare = grey
    for leader in _leaders(dots, capital):
        if bare is grey:
            bare = grey.copy()
        left, top = leader[:, :2].min(axis=0) - 2
        right, bottom = (leader[:, :2] + leader[:, 2:]).max(axis=0) + 2
        bare[max(0, top) : bottom, max(0, left) : right] = 255
    return bare


def _leaders(dots: Boxes, capital: float) -> Iterator[Boxes]:
    """The rows of dots at even steps."""
    across = dots[:, 0] + dots[:, 2] / 2
    foot = dots[:, 1] + dots[:, 3]
    for offset in (0.0, 0.5):  # a row at the border of two bins is whole in one of the two passes
        rows = np.floor(foot / (_ROW * capital) + offset)
        order = np.lexsort((across, rows))
        steps = np.diff(across[order])
        near = (np.diff(rows[order]) == 0) & (steps >= _NEXT[0] * capital) & (steps <= _NEXT[1] * capital)
        for start, end in _runs(near):
            usual = np.median(steps[start:end])
            even = np.abs(steps[start:end] - usual) <= _EVEN * usual
            for first, last in _runs(even):
                if last - first + 1 >= _FEWEST:
                    yield dots[order[start + first : start + last + 1]]


def _runs(flags: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Where the flags are up, one after the other: begin and end.

    >>> list(_runs(np.array([False, True, True, False, True])))
    [(1, 3), (4, 5)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    yield from ((int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True))
