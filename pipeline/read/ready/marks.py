"""Stamps and pen in colour over black print: taken off the page, so that the print under them reads, and read apart."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.read.ready.small import reduced

Colour = npt.NDArray[np.uint8]
Grey = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

_SMALL, _CLOSER = 500, 1100
_PALE_COLOUR, _COLOUR = 30, 60
"""Levels between the highest and the lowest channel: of a stroke made small, and of ink."""
_LIGHT = 190
"""What is lighter is a highlighter or paper, which hide nothing."""
_FRINGE = (5, 1)
"""Pixels across and down over which the fringes of print on a screen make up for each other."""
_BLACK = 100
_SHARE = (0.002, 0.2)
"""Of a page, that marks cover; more is coloured paper."""
_GROUP = 25
"""Pixels: the letters and the frame of one stamp are nearer to one another."""
_TOUCHING = 0.02
"""Of a mark, so much black print lies at its edge. A letterhead in colour stands beside the print and touches none."""
_STROKE = 15
_SOLID = 0.3
"""Of the colour, that is wider than a stroke: a coloured table is ground, no mark."""


@dataclass(frozen=True, slots=True)
class Layers:
    """The page without its marks, and the marks alone, dark on white."""

    print: Colour
    marks: Grey


def marks_apart(picture: Colour) -> Layers | None:
    """The layers of a page (red, green, blue) whose print is marked over in colour; None where none is.

    Looked for first on the page made small, which is all that a page without marks costs.
    """
    small = reduced(picture, _SMALL)
    if not _SHARE[0] < float((_levels(small)[0] > _PALE_COLOUR).mean()) < _SHARE[1]:
        return None
    if not _marks_of(reduced(picture, _CLOSER), _PALE_COLOUR).any():
        return None
    marks = _marks_of(picture, _COLOUR)
    if not marks.any():
        return None
    near = cv2.dilate(marks.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    bare = picture.copy()
    bare[near & (_levels(picture)[1] >= _BLACK)] = np.percentile(small.reshape(-1, 3), 80, axis=0).astype(np.uint8)
    eye = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return Layers(bare, np.where(marks, eye, 255).astype(np.uint8))


def _levels(picture: Colour) -> tuple[Grey, Grey]:
    """By how much the channels of each place differ, and the highest of each pixel's.

    Black print on a screen has a red edge and a blue one, a pixel wide each, to look sharper: within a letter's stroke
    they make up for each other, so that only colour as wide as a stroke counts.
    """
    red, green, blue = cv2.split(cv2.blur(picture, _FRINGE))
    spread = cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue))
    red, green, blue = cv2.split(picture)
    return spread, cv2.max(cv2.max(red, green), blue)  # type: ignore[return-value]


def _marks_of(picture: Colour, least: int) -> Mask:
    """Where strokes of colour are that run over black print."""
    levels, highest = _levels(picture)
    coloured = (levels > least) & (cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) < _LIGHT)
    marks = _over_print(coloured, (levels <= least) & (highest < _BLACK))
    return np.zeros_like(marks) if _is_solid(marks) else marks


def _over_print(coloured: Mask, black: Mask) -> Mask:
    """Of what is coloured, the groups that run over black print."""
    flat = coloured.astype(np.uint8)
    groups = cv2.dilate(flat, np.ones((_GROUP, _GROUP), np.uint8))
    count, label = cv2.connectedComponents(groups, connectivity=8)
    edge = (cv2.dilate(flat, np.ones((5, 5), np.uint8)) > 0) & black
    touching = np.bincount(label[edge], minlength=count)
    size = np.bincount(label[coloured], minlength=count)
    over = touching > _TOUCHING * np.maximum(size, 1)
    over[0] = False
    return np.asarray(over[label] & coloured)


def _is_solid(marks: Mask) -> bool:
    strokes_gone = cv2.morphologyEx(marks.astype(np.uint8), cv2.MORPH_OPEN, np.ones((_STROKE, _STROKE), np.uint8))
    return int(strokes_gone.sum()) > _SOLID * int(marks.sum())
