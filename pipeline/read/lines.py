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
    for word in sorted(words, key=lambda w: (w.on_line.x0, w.on_line.top)):
        best, share = None, _SAME_LINE
        for line in lines:
            overlap = _overlap(line[-1], word)
            if overlap > share:
                best, share = line, overlap
        if best is None:
            lines.append([word])
        else:
            best.append(word)
    return sorted(lines, key=lambda line: (median(w.on_line.top for w in line), line[0].on_line.x0))


def _overlap(left: Placed, right: Placed) -> float:
    shared = min(left.on_line.bottom, right.on_line.bottom) - max(left.on_line.top, right.on_line.top)
    lower = min(left.on_line.bottom - left.on_line.top, right.on_line.bottom - right.on_line.top)
    return shared / lower if lower > 0 else 0.0
