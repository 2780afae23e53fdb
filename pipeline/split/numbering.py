"""The page number that a page prints: ``Page 2 of 3``, ``- 2 -``, ``2/3``."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_EDGE = 4
"""Lines from the top and from the foot in which a page number stands."""
_LONGEST_FOOT, _FOOT_WORDS = 60, 5
_WITH_WORD = re.compile(
    r"\b(?:page|pg\.?)\s*(?:no\.?|number|#)?\s*:?\s*(?P<n>\d{1,3})(?:\s*(?:of|/)\s*(?P<of>\d{1,3}))?\b", re.IGNORECASE
)
_ALONE = re.compile(r"(?:^|\t)\W*(?P<n>\d{1,2})\s*/\s*(?P<of>\d{1,2})\W*$")
_LAST = re.compile(r"(?:^|\s)(?P<n>\d{1,2})\s+of\s+(?P<of>\d{1,2})\W*$", re.IGNORECASE)
_DASHED = re.compile(r"(?:^|\s)[-–—]\s?(?P<n>\d{1,2})\s?[-–—]$")


class PageCount(NamedTuple):
    """A printed page number and, where it is printed too, how many pages there are."""

    number: int
    total: int | None = None


def page_count(lines: Sequence[str]) -> PageCount | None:
    """The page number in the first or last lines of a page; one that names the total is believed first."""
    edge = [*lines[:_EDGE], *lines[-_EDGE:]]
    found = [count for line in edge if (count := _counted(line))]
    return next((count for count in found if count.total), found[0] if found else None)


def is_numbered(line: str) -> bool:
    """Whether a line is no more than a page number with a word or two beside it, so no head that goes on every page."""
    return len(line) < _LONGEST_FOOT and len(line.split()) <= _FOOT_WORDS and _counted(line) is not None


def _counted(line: str) -> PageCount | None:
    short = len(line) < _LONGEST_FOOT  # the foot of a printed web page counts views, not pages of the letter
    for pattern in (_WITH_WORD, _LAST, _ALONE) if short else (_WITH_WORD,):
        if match := pattern.search(line):
            number, total = int(match["n"]), int(match["of"]) if match["of"] else None
            if number and (total is None or number <= total):
                return PageCount(number, total)
    match = _DASHED.search(line)
    return PageCount(int(match["n"])) if match and int(match["n"]) else None
