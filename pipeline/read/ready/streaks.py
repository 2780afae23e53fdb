"""Streaks, the straight lines that dirt on a scanner's glass draws through a whole page, taken off it.

They run along the way the paper moved, however askew the print lies, so they are looked for before the page is
levelled; a rule of the letter itself never runs from edge to edge. Measured on the 27 identifiers of 312 that scans of
`benchmarks.classes` lost: a third stood under a streak.
"""

import numpy as np
import numpy.typing as npt

from pipeline.read.ready.small import level

Grey = npt.NDArray[np.uint8]
Levels = npt.NDArray[np.int16]
Flags = npt.NDArray[np.bool_]

_EVERY = 6
"""Rows looked at to find streaks: one in so many."""
_WIDEST = 5
"""Pixels: a streak is thinner, the stroke of a capital at 300 dpi as thick."""
_DARKER = 24
"""Levels by which a streak is darker than the paper on both its sides."""
_RUNS, _SEEN = 0.85, 0.5
"""Of the rows: on which it shows, where no print stands beside it, and on which no print does."""
_MOST = 12
"""Streaks; a page with more is a pattern."""
_PRINT = 30
"""Levels by which print under a grey streak is darker than the streak."""


def without_streaks(grey: Grey) -> Grey:
    """The page as displayed, dark on light, without its streaks; the print that they cross is kept."""
    down = _streaks(grey)
    across = _streaks(grey.T)
    if not down and not across:
        return grey
    bare = grey.copy()
    for start, end in down:
        _mend(bare, start, end)
    for start, end in across:
        _mend(bare.T, start, end)
    return bare


def _streaks(grey: Grey) -> list[tuple[int, int]]:
    """The columns of each streak: first, and one past the last."""
    rows = np.ascontiguousarray(grey[::_EVERY])
    if min(rows.shape) <= 2 * _WIDEST:
        return []
    dark = _darker_than_both_sides(rows.astype(np.int16), level(rows, 50))
    runs = [run for run in _runs(dark) if run[1] - run[0] <= _WIDEST]
    return runs if len(runs) <= _MOST else []


def _darker_than_both_sides(rows: Levels, ground: float) -> Flags:
    """Which columns are darker than the paper ``_WIDEST`` pixels beside them, all the way down.

    ``ground`` is the usual level of the page.
    """
    beside = np.full_like(rows, -1)
    beside[:, _WIDEST:-_WIDEST] = np.minimum(rows[:, : -2 * _WIDEST], rows[:, 2 * _WIDEST :])
    paper = beside > ground - 2 * _DARKER
    shows = paper & (beside - rows > _DARKER)
    clear = paper.sum(axis=0)
    found: Flags = (clear >= _SEEN * len(rows)) & (shows.sum(axis=0) >= _RUNS * clear)
    return found


def _runs(flags: Flags) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _mend(page: Grey, start: int, end: int) -> None:
    """In place: the columns as their neighbours on both sides go over into each other, but for darker print."""
    first, last = start - 1, end + 1  # its soft edges too
    left, right = page[:, first - 1].astype(np.float32), page[:, last].astype(np.float32)
    level = np.median(page[:, first:last], axis=0)
    for column in range(first, last):
        share = (column - first + 1) / (last - first + 1)
        ground = left + (right - left) * share
        own = page[:, column]
        print_below = own.astype(np.float32) < level[column - first] - _PRINT
        page[:, column] = np.where(print_below, own, np.maximum(own, ground)).astype(np.uint8)
