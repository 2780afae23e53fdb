"""Line breaks that somebody made on purpose: the line had room for the next word, so a new entry begins after it.

Prose of a letter joins what was wrapped. Clinical notes are full of lines that only look wrapped: a line for each
finding, each muscle, each medicine.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from pipeline.language.prose import prose_index
from pipeline.language.reading import Line, Reading

_ROOM = 0.08
"""Of the width at which a page is wrapped: so much must be left over beside the next word."""
_GOES_ON = re.compile(
    r"(?:[,(/&+\-]|\b(?:a|an|and|as|at|because|been|but|by|due|for|from|had|has|have|her|his|in|into|is|most|my|no|not|of"
    r"|on|or|our|per|than|that|the|their|these|this|to|until|was|were|which|who|will|with|without|w/|w/o|dr\.?|mr\.?|mrs\.?"
    r"|ms\.?))$",
    re.IGNORECASE,
)


def breaks_of(reading: Reading) -> list[int]:
    """The prose places at which a new line was begun on purpose, in order."""
    pairs = [(a, b) for a, b in pairwise(reading.lines) if a.cells and b.cells and a.page == b.page]
    widths = _widths(pairs)
    return [prose_index(reading.prose, b.start) for a, b in pairs if _is_meant(a, b, widths.get(a.page))]


def _widths(pairs: Iterable[tuple[Line, Line]]) -> dict[int, float]:
    """How far to the right the lines of a page reach that go on in small letters; without such it is not wrapped."""
    widths: dict[int, float] = {}
    for before, line in pairs:
        if len(before.cells) == len(line.cells) == 1 and line.text.strip()[0].islower():
            widths[before.page] = max(widths.get(before.page, 0.0), before.cells[0].right)
    return widths


def _is_meant(before: Line, line: Line, width: float | None) -> bool:
    begun = line.text.strip()
    if (begun[0].islower() and len(line.cells) == 1) or _GOES_ON.search(before.text.rstrip()):
        return False
    if width is None:
        return True
    right = before.cells[-1].right
    letter = (right - before.cells[0].left) / max(len(before.text.strip()), 1)
    return right + letter * (len(begun.split()[0]) + 1) < width * (1 - _ROOM)
