"""What a page's reader hands on: words with boxes, before they are put in one string."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.values.text import Box, Method


@dataclass(frozen=True, slots=True)
class Placed:
    """A word and its box in points from the top left corner of the upright page; ``confidence`` is 0 to 1.

    ``level`` is where the word would stand if the lines of a page that is askew were level: what lines are made of.
    ``other`` as in ``values.text.Word``.
    """

    text: str
    box: Box
    confidence: float = 1.0
    level: Box | None = None
    other: str | None = None

    @property
    def on_line(self) -> Box:
        """The box that is compared with those of its neighbours."""
        return self.level or self.box


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """The words of one page. Sizes in points, as displayed and upright; ``rotation`` as in ``values.text.Page``.

    ``marks`` are words stamped or written over the print, which are no part of its lines.
    """

    method: Method
    width_pt: float
    height_pt: float
    rotation: int
    quality: float
    words: tuple[Placed, ...]
    marks: tuple[Placed, ...] = ()


def turned(box: Box, *, degrees: int, width: float, height: float) -> Box:
    """The box after its page, ``width`` by ``height`` before, was turned clockwise by a multiple of 90 degrees.

    >>> turned(Box(10, 20, 30, 25), degrees=90, width=612, height=792)
    Box(x0=767, top=10, x1=772, bottom=30)
    """
    x0, top, x1, bottom = box
    match degrees % 360:
        case 90:
            return Box(height - bottom, x0, height - top, x1)
        case 180:
            return Box(width - x1, height - bottom, width - x0, height - top)
        case 270:
            return Box(top, width - x1, bottom, width - x0)
        case _:
            return box


Spread = Callable[[Sequence[Callable[[], PageWords]]], Iterable[PageWords]]
"""Reads pages that do not need one another: takes what reads each, and gives their words in order."""


def one_by_one(works: Sequence[Callable[[], PageWords]]) -> Iterable[PageWords]:
    """The pages one after the other, in this process."""
    return (work() for work in works)
