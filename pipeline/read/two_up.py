"""Two pages side by side on one sheet, as copiers and portals print them: read the left one, then the right one."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.read.lines import lines_of
from pipeline.read.page import Placed

_LANDSCAPE = 1.15
"""Two upright pages side by side are at least so much wider than high."""
_MIDDLE = (0.4, 0.6)
_GUTTER = 0.035
"""The free strip between the pages, of the sheet's width: two margins, made smaller with the rest."""
_ACROSS = 0.02
"""Of the words may cross the gutter: a fax header line, a stamp."""
_PROSE_LINES = 3
_PROSE_WORDS = 5
"""A line of so many words with no gap between them is prose; the halves of a wide table hold none."""
_SPACE = 1.6


def pages_on(words: Sequence[Placed], *, width: float, height: float) -> list[list[Placed]]:
    """The words of each page on a sheet of this size: one list, or those of the left and of the right page."""
    if width > _LANDSCAPE * height:
        gutter = _gutter(words, width)
        if gutter is not None:
            halves: tuple[list[Placed], list[Placed]] = ([], [])
            for word in words:
                halves[word.on_line.x0 > gutter].append(word)
            if all(_is_prose(half) for half in halves):
                return list(halves)
    return [list(words)]


def _gutter(words: Sequence[Placed], width: float) -> float | None:
    """The middle of the widest strip near the middle of the sheet that (next to) no word enters."""
    low, high = (round(part * width) for part in _MIDDLE)
    entered = [0] * (high - low)
    for word in words:
        for x in range(max(low, int(word.on_line.x0)), min(high, int(word.on_line.x1) + 1)):
            entered[x - low] += 1
    most = _ACROSS * len(words)
    walls = [low - 1, *(x + low for x, count in enumerate(entered) if count > most), high]
    left, right = max(pairwise(walls), key=lambda strip: strip[1] - strip[0])
    return (left + right) / 2 if right - left >= _GUTTER * width else None


def _is_prose(words: Sequence[Placed]) -> bool:
    return sum(1 for line in lines_of(words) if _longest_run(line) >= _PROSE_WORDS) >= _PROSE_LINES


def _longest_run(line: list[Placed]) -> int:
    """How many words follow one another without a gap that parts columns."""
    height = median(w.on_line.bottom - w.on_line.top for w in line)
    longest = run = 1
    for left, right in pairwise(line):
        run = run + 1 if right.on_line.x0 - left.on_line.x1 < height * _SPACE else 1
        longest = max(longest, run)
    return longest
