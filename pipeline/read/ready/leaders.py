"""Dot leaders, the dots between a label and its value: read as letters they take both with them. Off the page."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Boxes = npt.NDArray[np.float64]

_DOT = 0.34
"""Of a capital's height: a full stop is up to a fifth, and a fax makes it fatter."""
_NEXT = (0.2, 1.1)
"""Of a capital's height: from one dot of a leader to the next."""
_EVEN = 0.35
"""By how much a step may differ from the usual one of its leader."""
_FEWEST = 5
"""Dots of a leader; an ellipsis has three."""
_ROW = 0.3
_COLON_STEPS, _COLON_HEIGHT = 1.6, 0.85
"""How far from a leader's end its colon stands, in its steps, and how high, in capitals."""
_SOFT = 3
"""Pixels around a dot that still are its soft edge."""
_HALVES, _MOST_HALVES = 0.3, 0.3
"""How near to half a letter its other half is, by a capital's height, and of how many dots of a leader dirt may be."""
_MOST_DOTS = 20_000
"""A page with more specks is a picture or dirt."""


def without_leaders(grey: Grey, specks: Boxes, *, capital: float) -> Grey:
    """The upright page, dark on light, without its dot leaders.

    ``specks`` are the boxes of what is too small for a letter: left, top, right, bottom; ``capital`` is the height of a
    capital, both in pixels.
    """
    largest = (specks[:, 2:] - specks[:, :2]).max(axis=1, initial=0.0)
    dots = specks[(largest <= _DOT * capital) & (largest >= max(2.0, 0.06 * capital))]
    if not _FEWEST <= len(dots) <= _MOST_DOTS:
        return grey
    bare = grey
    for leader in _leaders(dots, capital):
        if _are_halves(leader, grey, capital):
            continue
        if bare is grey:
            bare = grey.copy()
        for left, top, right, bottom in (_hull(leader), *(_hull(dot[None]) for dot in _colon(leader, dots, capital))):
            bare[max(0, top - _SOFT) : bottom + _SOFT, max(0, left - _SOFT) : right + _SOFT] = 255
    return bare


def _are_halves(leader: Boxes, grey: Grey, capital: float) -> bool:
    """Whether a row of dots is what is left of letters and digits from which a fax lost a line: the rest is over them.

    Over and under the dots of a leader is paper.
    """
    near = max(_SOFT + 1, round(_HALVES * capital))
    dark = (float(np.median(grey)) + float(grey[_part(_hull(leader))].min())) / 2
    halves = 0
    for dot in leader:
        left, top, right, bottom = _hull(dot[None])
        over, under = (
            grey[_part((left, top - near, right, top - 1))],
            grey[_part((left, bottom + 1, right, bottom + near))],
        )
        halves += bool((over < dark).any() or (under < dark).any())
    return halves > _MOST_HALVES * len(leader)


def _part(place: tuple[int, int, int, int]) -> tuple[slice, slice]:
    left, top, right, bottom = (max(0, side) for side in place)
    return slice(top, bottom), slice(left, right)


def _hull(dots: Boxes) -> tuple[int, int, int, int]:
    left, top = np.floor(dots[:, :2].min(axis=0))
    right, bottom = np.ceil(dots[:, 2:].max(axis=0))
    return int(left), int(top), int(right), int(bottom)


def _colon(leader: Boxes, dots: Boxes, capital: float) -> Boxes:
    """The dots of a colon that ends the leader: half of one is read as a quotation mark or an asterisk."""
    left, _, right, bottom = _hull(leader)
    step = (right - left) / len(leader)
    across, foot = (dots[:, 0] + dots[:, 2]) / 2, dots[:, 3]
    near = (across > right - step) & (across < right + _COLON_STEPS * step)
    return dots[near & (foot > bottom - _COLON_HEIGHT * capital) & (foot <= bottom + _ROW * capital)]


def _leaders(dots: Boxes, capital: float) -> Iterator[Boxes]:
    """The rows of dots at even steps."""
    across, foot = (dots[:, 0] + dots[:, 2]) / 2, dots[:, 3]
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
