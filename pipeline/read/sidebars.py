"""A column beside the text of a page, read by itself: its lines would cut through the sentences of the other one.

A table's cells stand on the lines of their labels; a sidebar's lines fall where they fall. So a page with a gutter is
two columns only where one of them holds sentences and the lines of the other do not keep to its lines, or where
sentences run on from line to line in both, as in a printed leaflet, on one grid or not. Two kinds of appeals, one
beside the other, are always two columns.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from pipeline.read.lines import height_of, lines_of, middle_of
from pipeline.read.page import Placed

Line = list[Placed]

_STANDARD, _FAST = (
    re.compile(rf"\W*(?:{words})\b", re.IGNORECASE)
    for words in ("standard|regular", "fast|expedited|urgent|quick|rush")
)
"""What the headings of the two kinds of appeals begin with."""
_GUTTER = 1.6
"""Of a line's height: the least gap between the columns."""
_FEWEST, _FEW = 6, 4
"""Lines that the gutter parts; fewer of them are columns only where sentences run on in both."""
_APART = 0.7
"""Of a line's height: the least gap where headings name the columns; blanks between words are narrower."""
_SENTENCE = 6
"""Words of a line of running text."""
_SENTENCES = 3
_WRAPS = 3
"""Lines of running text that go on in the next, in each of two columns of sentences; of few lines in both together."""
_ON_A_LINE = 0.2
"""Of a line's height: so near are a label and its value, or less."""
_NEXT_LINE = 1.6
"""Of a line's height: the step to the next line of a paragraph, at most."""
_ROWS, _MOST_SHIFTED = 1.8, 0.45
"""Of a line's height: the step of rows that stand apart, and by how much one column of them may lie lower."""
_MOST_KEPT = 0.6
"""Of the sidebar's lines, that keep to lines of the text by chance."""


def in_reading_order(words: Sequence[Placed]) -> list[Line]:
    """The lines of a page from top to bottom; where two columns stand side by side, the left one's lines first."""
    lines = lines_of(words)
    if kinds := _kinds_of_appeal(lines):
        first, last, gutter = kinds
        left, right = _sides(lines[first : last + 1], gutter)
        return [*_again(lines[:first]), *left, *right, *_again(lines[last + 1 :])]
    return _again(lines)


def _kinds_of_appeal(lines: Sequence[Line]) -> tuple[int, int, float] | None:
    """The lines, first and last, under ``Standard appeal`` beside ``Fast appeal``, however few, and what parts them.

    Medicare's notices have the two so. Read line by line, the fax of the one would stand under the other.
    """
    for first, line in enumerate(lines):
        if not _STANDARD.match(line[0].text):
            continue
        for _, right in _gaps(line):
            beside = next(word.text for word in line if word.on_line.x0 >= right)
            if _FAST.match(beside):
                gutter = right - 1  # the columns are wider than their headings
                last = _end_of_kinds(lines, first, gutter)
                if last > first:
                    return first, last, gutter
    return None


def _end_of_kinds(lines: Sequence[Line], first: int, gutter: float) -> int:
    """The last line below ``first`` that two columns reach, the left one's where it goes on without a wider step."""
    last = first
    for number in range(first + 1, len(lines)):
        line = lines[number]
        left = max((w.on_line.x1 for w in line if w.on_line.x0 < gutter), default=0.0)
        right = min((w.on_line.x0 for w in line if w.on_line.x0 > gutter), default=None)
        if left > gutter or (right is not None and right - left < _APART * height_of(line)):
            break
        goes_on = middle_of(line) - middle_of(lines[number - 1]) <= _ROWS * height_of(line)
        if any(w.on_line.x0 > gutter for w in line) or (number == last + 1 and goes_on):
            last = number
    return last


def _parted(lines: list[Line], first: int, last: int, gutter: float) -> list[Line]:
    left, right = _sides(lines[first : last + 1], gutter)
    wraps = [_running_on(side) for side in (left, right)]
    few = sum(_is_cut(line, gutter) for line in lines[first : last + 1]) < _FEWEST
    if few and (not all(wraps) or sum(map(len, wraps)) < _WRAPS):
        return lines
    if few or min(len(found) for found in wraps) >= _WRAPS:
        last = _end_of_columns(lines, last, gutter)
        # Labels and headings above the first sentence keep to their rows; more columns may stand above and below.
        top = min(middle_of(found[0]) - height_of(found[0]) for found in wraps)
        first += next(n for n, line in enumerate(lines[first:]) if middle_of(line) > top)
        left, right = _sides(lines[first : last + 1], gutter)
        return [*_again(lines[:first]), *left, *right, *_again(lines[last + 1 :])]
    if not (_has_sentences(left) or _has_sentences(right)) or _kept(left, right) > _MOST_KEPT:
        return lines
    return [*lines[:first], *left, *right, *lines[last + 1 :]]


def _end_of_columns(lines: Sequence[Line], last: int, gutter: float) -> int:
    """The last line of two columns of which one is longer: it stands on one side, as near as the lines before it."""
    while last + 1 < len(lines):
        before, after = lines[last], lines[last + 1]
        beside = all(w.on_line.x1 <= gutter for w in after) or all(w.on_line.x0 >= gutter for w in after)
        if not beside or middle_of(after) - middle_of(before) > _NEXT_LINE * height_of(before):
            break
        last += 1
    return last


def _is_cut(line: Line, gutter: float) -> bool:
    return any(a < gutter < b for a, b in _gaps(line))


def _again(lines: list[Line]) -> list[Line]:
    found = _gutter(lines)
    return lines if found is None else _parted(lines, *found)


def _sides(lines: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    words = [word for line in lines for word in line]
    left, right = ([w for w in words if w.on_line.x1 <= gutter], [w for w in words if w.on_line.x0 >= gutter])
    return lines_of(left), lines_of(right)


def _running_on(lines: Sequence[Line]) -> list[Line]:
    """The lines whose sentence goes on in the next: long ones, and the next begins in lower case."""
    return [one for one, after in pairwise(lines) if len(one) >= _SENTENCE and after[0].text[:1].islower()]


def _gutter(lines: Sequence[Line]) -> tuple[int, int, float] | None:
    """The longest run of lines, first and last, whose words leave a gutter free, and where that is."""
    best: tuple[int, int, float] | None = None
    most = _FEW - 1
    gaps = [list(_gaps(line)) for line in lines]
    for gutter in {round((left + right) / 2) for of_line in gaps for left, right in of_line}:
        run: list[int] = []
        for number, line in enumerate([*lines, None]):
            if line is not None and not any(w.on_line.x0 < gutter < w.on_line.x1 for w in line):
                run.append(number)
                continue
            parted = [n for n in run if any(a < gutter < b for a, b in gaps[n])]
            if len(parted) > most:
                most, best = len(parted), (parted[0], parted[-1], float(gutter))
            run = []
    return best


def _gaps(line: Line) -> Iterator[tuple[float, float]]:
    """The wide gaps of a line: from where to where."""
    height = median(w.on_line.bottom - w.on_line.top for w in line)
    for before, after in pairwise(line):
        if after.on_line.x0 - before.on_line.x1 > _GUTTER * height:
            yield before.on_line.x1, after.on_line.x0


def _has_sentences(lines: Sequence[Line]) -> bool:
    return sum(len(line) >= _SENTENCE for line in lines) >= _SENTENCES


def _kept(left: Sequence[Line], right: Sequence[Line]) -> float:
    """The share of the lines of the column with fewer sentences that stand on a line of the other.

    Rows of a table stand apart, and a scan that is a little askew, or a shaded column, shifts all of its cells alike.
    """
    side, text = sorted((left, right), key=lambda lines: sum(len(line) for line in lines) / len(lines))
    middles = [middle_of(line) for line in text]
    height = min(median(height_of(line) for line in column) for column in (side, text))
    off = [min((m - middle_of(line) for m in middles), key=abs) for line in side]
    steps = [middle_of(b) - middle_of(a) for a, b in pairwise(side)]
    shift = median(off) if steps and median(steps) >= _ROWS * height else 0.0
    if abs(shift) > _MOST_SHIFTED * median(height_of(line) for line in side):
        shift = 0.0
    return sum(abs(o - shift) <= _ON_A_LINE * height_of(line) for o, line in zip(off, side, strict=True)) / len(side)
