"""Numbers in columns: ``For a standard appeal | For a fast appeal`` over two columns of telephones and faxes."""

from bisect import bisect_right
from collections.abc import Iterable

from pipeline.extract.codes.columns import below
from pipeline.extract.grid import columns
from pipeline.knowledge.contacts import ContactPurpose
from pipeline.language import Reading
from pipeline.language.reading import Cell

Hit = tuple[ContactPurpose, int, int]
_FEWEST = 2
"""Columns with a purpose each, by which a row of cells heads numbers."""


class Columns:
    """The cells of a letter that stand under a heading which says what numbers are for."""

    def __init__(self, reading: Reading, hits: Iterable[Hit]) -> None:
        """``hits``: the words of purposes, at offsets of the prose."""
        offsets = reading.prose.offsets
        named = sorted(((offsets[h[1]], h[0]) for h in hits if h[0].purpose), key=lambda hit: hit[0])
        self._places = [place for place, _ in named]
        self._named = [entry for _, entry in named]
        self._offsets = offsets
        self._under: list[tuple[Cell, ContactPurpose]] = []
        for number, line in enumerate(reading.lines):
            if len(line.cells) < _FEWEST or any(sign.isdigit() for sign in line.text):
                continue
            cells = columns(reading, line)
            heads = [(cell, entry) for cell in cells if (entry := self._inside(cell))]
            if len({entry.purpose for _, entry in heads}) < _FEWEST:
                continue
            for cell, entry in heads:
                under = below(reading, cell, start=number + 1, heading=cells)
                self._under += [(one, entry) for one in under]

    def role(self, start: int) -> tuple[ContactPurpose, float] | None:
        """The purpose of a number at an offset of the prose, and how sure it is; its own cell's words come first."""
        place = self._offsets[start]
        for cell, entry in self._under:
            if cell.start <= place < cell.end:
                own = self._inside(cell)
                return own or entry, 0.9
        return None

    def _inside(self, cell: Cell) -> ContactPurpose | None:
        """The purpose that a cell names; of several the one with the highest rank."""
        first, last = bisect_right(self._places, cell.start - 1), bisect_right(self._places, cell.end - 1)
        return max(self._named[first:last], key=lambda entry: entry.rank, default=None)
