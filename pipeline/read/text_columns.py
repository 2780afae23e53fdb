"""Two columns of running text in a plain text file, laid one below the other: lines are not read across them.

The columns of a table hold words and numbers; those of a leaflet hold sentences that go on from line to line on both
sides of one gutter. Only blanks and the order of the lines change.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

_RIGHT = re.compile(r"(?<=\S) {2,}(?=\S)|^ {12,}(?=\S)")
"""What stands before a column on the right."""
_WIDE = re.compile(r"\S {3,}\S")
_LEAST_LEFT = 18
"""Signs of the narrowest column on the left."""
_FEWEST, _WORDS = 4, 4
"""Lines that the gutter parts; words of a line of running text."""
_WRAPS = 3
"""Lines of running text that go on in the next, of both columns together."""


def one_below_the_other(page: str) -> str:
    r"""A page of plain text with each pair of columns of sentences laid left first.

    >>> print(one_below_the_other(
    ...     "You can ask us to look    A fast answer is for when\n"
    ...     "at this again in sixty    you cannot wait for long\n"
    ...     "days from today. Write    because of your health.\n"
    ...     "to the box below.         We answer in three days."
    ... ))
    You can ask us to look
    at this again in sixty
    days from today. Write
    to the box below.
    A fast answer is for when
    you cannot wait for long
    because of your health.
    We answer in three days.
    """
    if len(_WIDE.findall(page)) < _FEWEST:
        return page
    lines = page.split("\n")
    for first, last, gutter in reversed(list(_blocks(lines))):
        block = lines[first:last]
        left, right = [line[:gutter].rstrip() for line in block], [line[gutter:].rstrip() for line in block]
        if _are_sentences(left, right):
            lines[first:last] = [*_trimmed(left), *_trimmed(right)]
    return "\n".join(lines)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Runs of lines, first and behind the last, that leave a gutter free, and where the right column begins."""
    starts = [{hit.end() for hit in _RIGHT.finditer(line) if hit.end() > _LEAST_LEFT} for line in lines]
    place = 0
    while place < len(lines):
        if not starts[place]:
            place += 1
            continue
        last, gutter = max(((_run(lines, starts, place, at), at) for at in starts[place]), default=(place, 0))
        if sum(gutter in of_line for of_line in starts[place:last]) >= _FEWEST:
            yield place, last, gutter
            place = last
        else:
            place += 1


def _run(lines: Sequence[str], starts: Sequence[set[int]], place: int, gutter: int) -> int:
    """Where the lines end that go on from a place beside the same gutter, or stay on the left of it."""
    last = place
    for number in range(place, len(lines)):
        line = lines[number]
        if gutter not in starts[number] and (not line.strip() or len(line.rstrip()) > gutter - 1):
            break
        last = number + 1
    return last


def _are_sentences(left: Sequence[str], right: Sequence[str]) -> bool:
    wraps = [_running_on(side) for side in (left, right)]
    cut = Counter(bool(_WIDE.search(line)) for line in (*left, *right))
    return min(wraps) > 0 and sum(wraps) >= _WRAPS and not cut[True]


def _running_on(lines: Sequence[str]) -> int:
    """How many lines have a sentence that goes on in the next: long ones, and the next begins in lower case."""
    return sum(
        len(one.split()) >= _WORDS and after.lstrip()[:1].islower() and one.rstrip()[-1:] not in ".:"
        for one, after in pairwise(lines)
    )


def _trimmed(lines: Sequence[str]) -> list[str]:
    """The lines without empty ones before and behind them."""
    told = [n for n, line in enumerate(lines) if line.strip()]
    return list(lines[told[0] : told[-1] + 1]) if told else []
