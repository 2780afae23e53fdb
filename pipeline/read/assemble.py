"""Words of pages become one string: lines from top to bottom, a tab for a wide gap, a form feed between pages."""

from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from pipeline.read.page import PageWords, Placed
from pipeline.values.text import Page, Text, Word

_SAME_LINE = 0.5
"""Two words stand on one line where they share this part of the lower one's height."""
_COLUMN_GAP = 1.6
"""A gap wider than this many line heights parts two cells; a space in print is about a quarter of the height."""
_PARAGRAPH_GAP = 1.75
"""Lines further apart than this many times the page's usual line step have a blank line between them."""


def assemble(pages: Iterable[PageWords]) -> Text:
    """One text of all pages, each word with its offsets."""
    parts: list[str] = []
    placed: list[Page] = []
    start = 0
    for number, page in enumerate(pages, start=1):
        content, words = _page_text(page.words, start)
        placed.append(
            Page(
                number=number,
                method=page.method,
                width_pt=round(page.width_pt, 2),
                height_pt=round(page.height_pt, 2),
                rotation=page.rotation,
                quality=round(page.quality, 3),
                start=start,
                end=start + len(content),
                words=words,
            )
        )
        parts.append(content)
        start += len(content) + 1
    return Text(content="\f".join(parts), pages=tuple(placed))


def lines_of(words: Iterable[Placed]) -> list[list[Placed]]:
    """The words as lines, top to bottom, each from left to right.

    A word joins the line whose last words it overlaps most in height; so a line that climbs a little over the width
    of a skewed page stays one line.
    """
    lines: list[list[Placed]] = []
    for word in sorted(words, key=lambda w: (w.box.x0, w.box.top)):
        best, share = None, _SAME_LINE
        for line in lines:
            overlap = _overlap(line[-1], word)
            if overlap > share:
                best, share = line, overlap
        if best is None:
            lines.append([word])
        else:
            best.append(word)
    return sorted(lines, key=lambda line: (median(w.box.top for w in line), line[0].box.x0))


def _overlap(left: Placed, right: Placed) -> float:
    shared = min(left.box.bottom, right.box.bottom) - max(left.box.top, right.box.top)
    lower = min(left.box.bottom - left.box.top, right.box.bottom - right.box.top)
    return shared / lower if lower > 0 else 0.0


def _page_text(words: Iterable[Placed], start: int) -> tuple[str, tuple[Word, ...]]:
    lines = lines_of(words)
    step = _usual_step(lines)
    pieces: list[str] = []
    out: list[Word] = []
    at = start
    for index, line in enumerate(lines):
        if index and _middle(line) - _middle(lines[index - 1]) > step * _PARAGRAPH_GAP:
            pieces.append("\n")
            at += 1
        height = median(w.box.bottom - w.box.top for w in line)
        for place, word in enumerate(line):
            if place:
                gap = word.box.x0 - line[place - 1].box.x1
                pieces.append("\t" if gap > height * _COLUMN_GAP else " ")
                at += 1
            out.append(Word(at, at + len(word.text), word.box, word.confidence))
            pieces.append(word.text)
            at += len(word.text)
        pieces.append("\n")
        at += 1
    return "".join(pieces), tuple(out)


def _middle(line: list[Placed]) -> float:
    return median((w.box.top + w.box.bottom) / 2 for w in line)


def _usual_step(lines: list[list[Placed]]) -> float:
    steps = [_middle(b) - _middle(a) for a, b in pairwise(lines)]
    heights = [median(w.box.bottom - w.box.top for w in line) for line in lines]
    if not steps:
        return float("inf")
    # Half of the steps of a letter with short paragraphs are paragraph gaps, so the lower quartile is the line step;
    # never less than the letters are high, or two words slightly askew would set it.
    return max(sorted(steps)[len(steps) // 4], median(heights))
