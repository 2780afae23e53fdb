"""Words of a page as lines."""

from collections.abc import Iterable
from statistics import median

from pipeline.read.page import Placed

_SAME_LINE = 0.5
"""Two words stand on one line where they share this part of the lower one's height."""


def lines_of(words: Iterable[Placed]) -> list[list[Placed]]:
    """The words as lines, top to bottom, each from left to right.

    A word joins the line whose last words it overlaps most in height; so a line that climbs a little over the width
    of a skewed page stays one line.
    """
    lines: list[list[Placed]] = []
    ends: list[tuple[float, float]] = []  # top and bottom of each line's last word
    for word in sorted(words, key=lambda w: (w.on_line.x0, w.on_line.top)):
        _, top, _, bottom = word.on_line
        best, share = None, _SAME_LINE
        for number, (other_top, other_bottom) in enumerate(ends):
            if other_top < bottom and other_bottom > top:  # spares most lines the arithmetic
                overlap = _overlap(other_top, other_bottom, top, bottom)
                if overlap > share:
                    best, share = number, overlap
        if best is None:
            lines.append([word])
            ends.append((top, bottom))
        else:
            lines[best].append(word)
            ends[best] = (top, bottom)
    return sorted(lines, key=lambda line: (median(w.on_line.top for w in line), line[0].on_line.x0))


def _overlap(top: float, bottom: float, other_top: float, other_bottom: float) -> float:
    shared = min(bottom, other_bottom) - max(top, other_top)
    lower = min(bottom - top, other_bottom - other_top)
    return shared / lower if lower > 0 else 0.0
