"""Words of a page as lines."""

from bisect import insort
from collections.abc import Iterable, Sequence
from statistics import median

from pipeline.read.page import Placed

_SAME_LINE = 0.5
"""Two words stand on one line where they share this part of the lower one's height."""


def lines_of(words: Iterable[Placed]) -> list[list[Placed]]:
    """The words as lines, top to bottom, each from left to right.

    A word joins the line whose last words it overlaps most in height; so a line that climbs a little over the width
    of a skewed page stays one line. A speck joins a line too, but holds none together.
    """
    lines: list[list[Placed]] = []
    ends: list[tuple[float, float]] = []  # top and bottom of each line's last word
    specks: list[Placed] = []
    for word in sorted(words, key=lambda w: (w.on_line.x0, w.on_line.top)):
        if _is_speck(word):
            specks.append(word)
            continue
        _, top, _, bottom = word.on_line
        best = _most_overlapped(ends, top, bottom)
        if best is None:
            lines.append([word])
            ends.append((top, bottom))
        else:
            lines[best].append(word)
            ends[best] = (top, bottom)
    for speck in specks:
        _join(lines, speck)
    return sorted(lines, key=lambda line: (median(w.on_line.top for w in line), line[0].on_line.x0))


def middle_of(line: Sequence[Placed]) -> float:
    """How far down the middle of a line's usual word stands, in points."""
    return median((w.on_line.top + w.on_line.bottom) / 2 for w in line)


def height_of(line: Sequence[Placed]) -> float:
    """How high a line's usual word is, in points."""
    return median(w.on_line.bottom - w.on_line.top for w in line)


def _is_speck(word: Placed) -> bool:
    """Whether a word of a picture is no letter and no digit: dirt, a rule or a pen stroke as often as print."""
    return word.confidence < 1.0 and not any(ch.isalnum() for ch in word.text)


def _most_overlapped(places: Sequence[tuple[float, float]], top: float, bottom: float) -> int | None:
    """Which of the tops and bottoms a word shares enough of its height with, and most."""
    best, share = None, _SAME_LINE
    for number, (other_top, other_bottom) in enumerate(places):
        if other_top < bottom and other_bottom > top:  # spares most lines the arithmetic
            overlap = _overlap(other_top, other_bottom, top, bottom)
            if overlap > share:
                best, share = number, overlap
    return best


def _join(lines: list[list[Placed]], speck: Placed) -> None:
    """Puts a speck among the words of the line that it stands on, or on one of its own."""
    x0, top, _, bottom = speck.on_line
    beside = [min(line, key=lambda w: abs(w.on_line.x0 - x0)).on_line for line in lines]
    best = _most_overlapped([(box.top, box.bottom) for box in beside], top, bottom)
    if best is None:
        lines.append([speck])
    else:
        insort(lines[best], speck, key=lambda w: w.on_line.x0)


def _overlap(top: float, bottom: float, other_top: float, other_bottom: float) -> float:
    shared = min(bottom, other_bottom) - max(top, other_top)
    lower = min(bottom - top, other_bottom - other_top)
    return shared / lower if lower > 0 else 0.0
