"""Words of pages become one string: lines from top to bottom, a tab for a wide gap, a form feed between pages."""

from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from pipeline.read.lines import height_of, lines_of, middle_of
from pipeline.read.page import PageWords, Placed
from pipeline.read.sidebars import in_reading_order
from pipeline.read.two_up import pages_on
from pipeline.values.text import Page, Text, Word

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
        content, words = _page_text(page, start)
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


def _page_text(page: PageWords, start: int) -> tuple[str, tuple[Word, ...]]:
    sheets = pages_on(page.words, width=page.width_pt, height=page.height_pt)
    lines = [line for words in sheets for line in in_reading_order(words)] + lines_of(page.marks)
    step = _usual_step(lines)
    pieces: list[str] = []
    out: list[Word] = []
    at = start
    for index, line in enumerate(lines):
        if index and not 0 <= middle_of(line) - middle_of(lines[index - 1]) <= step * _PARAGRAPH_GAP:
            pieces.append("\n")
            at += 1
        height = height_of(line)
        for place, word in enumerate(line):
            if place:
                gap = word.on_line.x0 - line[place - 1].on_line.x1
                pieces.append("\t" if gap > height * _COLUMN_GAP else " ")
                at += 1
            out.append(Word(at, at + len(word.text), word.box, word.confidence, word.other))
            pieces.append(word.text)
            at += len(word.text)
        pieces.append("\n")
        at += 1
    return "".join(pieces), tuple(out)


def _usual_step(lines: list[list[Placed]]) -> float:
    steps = [middle_of(b) - middle_of(a) for a, b in pairwise(lines)]
    heights = [height_of(line) for line in lines]
    if not steps:
        return float("inf")
    # Half of the steps of a letter with short paragraphs are paragraph gaps, so the lower quartile is the line step;
    # never less than the letters are high, or two words slightly askew would set it.
    return max(sorted(steps)[len(steps) // 4], median(heights))
