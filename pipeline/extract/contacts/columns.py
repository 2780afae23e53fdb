"""Numbers in columns: ``For a standard appeal | For a fast appeal`` over two columns of telephones and faxes.

Columns of cells, and those that signs part: ``| Purpose | Phone | Fax |``, ``appeal_fax,provider_fax``.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.extract.codes.columns import below
from pipeline.extract.contacts.reach import Reached
from pipeline.extract.grid import columns
from pipeline.knowledge.contacts import ContactPurpose
from pipeline.knowledge.seldom import Seldom
from pipeline.language import Reading
from pipeline.language.reading import Cell, Line
from pipeline.values.letter import Channel

Hit = tuple[ContactPurpose, int, int]
_FEWEST = 2
"""Columns with a purpose each, by which a row of cells heads numbers."""
_WAY = Seldom(r"(?P<fax>fax|facsimile)|(?P<phone>phone|tel(?:ephone)?|call)", re.IGNORECASE)
_RULE = re.compile(r"[\s|:+-]+")
_FEWEST_PARTED = 3
_NUMBER = re.compile(r"\d{3}\D{0,2}\d{4}")


class Columns:
    """The cells of a letter that stand under a heading which says what numbers are for, or what they are."""

    def __init__(self, reading: Reading, hits: Iterable[Hit]) -> None:
        """``hits``: the words of purposes, at offsets of the prose."""
        offsets = reading.prose.offsets
        every = sorted(((offsets[h[1]], h[0]) for h in hits), key=lambda hit: hit[0])
        named = [(place, entry) for place, entry in every if entry.purpose]
        self._places = [place for place, _ in named]
        self._named = [entry for _, entry in named]
        self._offsets = offsets
        self._under: list[tuple[Cell, ContactPurpose]] = []
        self._ways: list[tuple[Cell, Channel]] = []
        self._refused: list[Cell] = []
        nobodys = [place for place, entry in every if entry.purpose is None]
        for number, line in enumerate(reading.lines):
            if sum(sign.isdigit() for sign in line.text) > 2:
                continue
            self._take_parted(reading.lines, number, nobodys)
            if len(line.cells) < _FEWEST or any(sign.isdigit() for sign in line.text):
                continue
            cells = columns(reading, line)
            heads = [(cell, entry) for cell in cells if (entry := self._inside(cell))]
            if len({entry.purpose for _, entry in heads}) < _FEWEST:
                continue
            for cell, entry in heads:
                under = below(reading, cell, start=number + 1, heading=cells)
                self._under += [(one, entry) for one in under]

    def _take_parted(self, lines: Sequence[Line], number: int, nobodys: Sequence[int]) -> None:
        """The cells under a line of names that signs part, one of which names a way to reach somebody."""
        heads = list(_parted(lines[number])) if _WAY.search(lines[number].text) else []
        if len(heads) < _FEWEST_PARTED:
            return
        for line in lines[number + 1 :]:
            cells = list(_parted(line))
            if len(cells) != len(heads):
                return
            for head, cell in zip(heads, cells, strict=True):
                way, entry = _WAY.search(head.text), self._inside(head)
                if not way or _RULE.fullmatch(line.text) or not _NUMBER.search(cell.text):
                    continue
                self._ways.append((cell, Channel.FAX if way["fax"] else Channel.PHONE))
                if told := entry or self._inside(cells[0]):
                    self._under.append((cell, told))
                if any(head.start <= place < head.end for place in nobodys):
                    self._refused.append(cell)

    def role(self, start: int) -> tuple[ContactPurpose, float] | None:
        """The purpose of a number at an offset of the prose, and how sure it is; its own cell's words come first."""
        place = self._offsets[start]
        for cell, entry in self._under:
            if cell.start <= place < cell.end:
                own = self._inside(cell)
                return own or entry, 0.9
        return None

    def by_channel(self, found: Reached) -> Reached:
        """A number as what the name of its column says it is: a fax under "Fax"."""
        place = self._offsets[found.start]
        way = next((way for cell, way in self._ways if cell.start <= place < cell.end), found.channel)
        written = found.channel in (Channel.FAX, Channel.PHONE)
        return replace(found, channel=way) if written and way is not found.channel else found

    def refuses(self, start: int) -> bool:
        """Whether a number at an offset of the prose stands in a column of numbers that are no contacts."""
        place = self._offsets[start]
        return any(cell.start <= place < cell.end for cell in self._refused)

    def _inside(self, cell: Cell) -> ContactPurpose | None:
        """The purpose that a cell names; of several the one with the highest rank."""
        first, last = bisect_right(self._places, cell.start - 1), bisect_right(self._places, cell.end - 1)
        return max(self._named[first:last], key=lambda entry: entry.rank, default=None)


def _parted(line: Line) -> Iterator[Cell]:
    """The cells of a line between strokes, else between semicolons or commas."""
    mark = max("|;,", key=line.text.count)
    text = line.text
    first, last = 0, len(text)
    if mark == "|":
        first, last = len(text) - len(text.lstrip().removeprefix("|")), len(text.rstrip().removesuffix("|"))
    for cell in re.finditer(rf"(?:[^{re.escape(mark)}]*)(?:{re.escape(mark)}|$)", text[first:last]):
        if cell.group() or cell.start() < last - first:
            words = cell.group().removesuffix(mark)
            start = line.start + first + cell.start()
            yield Cell(
                start=start, end=start + len(words), text=words, left=float(start), right=float(start + len(words))
            )
