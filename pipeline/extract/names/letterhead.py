"""Lines that can be names: the head of the letter down to its greeting, and the closing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.shapes import DATE
from pipeline.knowledge.names import NameKnowledge
from pipeline.language import Reading
from pipeline.language.reading import Cell, Line

GREETING = re.compile(r"^\W*(?:dear|hello,?|hi)\s+(?P<who>[^:,]{3,60}(?:,\s*(?:jr|sr|ii|iii)\.?)?)", re.IGNORECASE)
STREET = re.compile(
    r"^\W*(?:\d+\s+\w|p\.?\s?o\.?\s?box|suite\b|attn\b|attention\b|c/o\b|one\s+\w+\s+(?:plaza|court|drive))",
    re.IGNORECASE,
)
CITY = re.compile(r"[A-Za-z.' ],?\s+[A-Z]{2}\s+\d{5}")
"""The end of a town's name, its state and its ZIP code."""
_CLOSING = re.compile(
    r"^\W*(?:sincerely|respectfully|regards|best regards|yours truly|thank you|cordially|very truly yours|take care)\b",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"\b(?:Inc|Co|Cos|Corp|Ins|Assn|Assoc|Ltd|P\.?A|P\.?C|Jr|Sr|M\.?D|D\.?O|N\.?P)\.$", re.IGNORECASE
)
_EDGE = " *#_|+=~“”\"'"
_NO_NAME = re.compile(r"[:@?!>☐☑☒]|\[\s?[xX✓✔]?\s?\]|\.(?:\s?\.){2}|\d{3}|https?|www\.|\.com|\.example")
_CAPITAL = re.compile(r"[A-Z]")
_SPACED_OUT = re.compile(r"(?:\w )+\w$")
_WORD = re.compile(r"[A-Za-z][\w'’-]*")
_SIGNS = re.compile(r"[^a-z0-9]")
_STROKE = re.compile(r"\s+[-–—•·|/]\s+|\s{2,}|\s+\((?=(?:your|our|an?|the)\s)")
_HEAD_LINES, _HEAD_NAMES, _CLOSING_LINES = 40, 16, 6
_SHORTEST, _LONGEST = 3, 90
_SMALL = frozenset({"of", "and", "the", "for", "at", "de", "la", "in", "van", "von", "from", "by", "to"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLine:
    """A cell that may be a name; ``place`` counts the lines with such cells from the top of the letter.

    ``part``: it is a piece of a cell that strokes or dots part.
    """

    text: str
    start: int
    line: Line
    place: int
    first: bool
    part: bool = False

    @property
    def end(self) -> int:
        """Where the name ends in the content."""
        return self.start + len(self.text)


def head(reading: Reading, words: NameKnowledge) -> Iterator[NameLine]:
    """The cells above the greeting that may be names, from the top."""
    place = -1
    for line in reading.lines[:_HEAD_LINES]:
        if GREETING.match(line.text) or place >= _HEAD_NAMES:
            return
        able = [
            (n, piece, piece is not cell)
            for n, cell in enumerate(line.cells)
            for piece in pieces(cell)
            if may_be_name(piece.text.strip(_EDGE), words)
        ]
        place += bool(able)
        for number, piece, part in able:
            yield _name_line(piece, line, place=place, first=number == 0, part=part)


def pieces(cell: Cell) -> Iterator[Cell]:
    """A cell, or the pieces of one that strokes and dots part: "Acme Health Plan - Notice of denial"."""
    yield cell
    cuts = list(_STROKE.finditer(cell.text))
    edges = [0, *(edge for cut in cuts for edge in cut.span()), len(cell.text)]
    for begin, end in zip(edges[::2], edges[1::2], strict=True) if cuts else ():
        text = cell.text[begin:end].strip()
        if text:
            start = cell.start + cell.text.index(text, begin)
            yield Cell(start=start, end=start + len(text), text=text, left=cell.left, right=cell.right)


def closing(reading: Reading, words: NameKnowledge) -> list[NameLine]:
    """The names under the last closing formula."""
    rows: list[Line] = []
    for line in reading.lines:
        if _CLOSING.match(line.text):
            rows = [row for row in reading.lines[line.number + 1 : line.number + 1 + _CLOSING_LINES] if row.cells]
    return [
        _name_line(cell, row, place=n, first=True)
        for n, row in enumerate(rows)
        for cell in row.cells[:1]
        if may_be_name(cell.text.strip(_EDGE), words)
    ]


def _name_line(cell: Cell, line: Line, *, place: int, first: bool, part: bool = False) -> NameLine:
    text = cell.text.strip(_EDGE)
    start = cell.start + cell.text.index(text)
    return NameLine(text=text, start=start, line=line, place=place, first=first, part=part)


def may_be_name(text: str, words: NameKnowledge) -> bool:
    """Whether a cell can be a name at all: no heading, label, address, date, number or sentence."""
    return name_like(text) and not words.title.found_in(text)


def name_like(text: str) -> bool:
    """Whether text has the form of a name: capitals, no colon, no address, no date, no long number, no full stop."""
    if not _SHORTEST <= len(text) <= _LONGEST or _NO_NAME.search(text):
        return False
    if DATE.search(text) or STREET.match(text) or CITY.search(text) or not _CAPITAL.match(text):
        return False
    if text.endswith(",") or _CLOSING.match(text):
        return False
    if text.endswith(".") and not _ABBREVIATED.search(text):
        return False
    return proper(text) and not _SPACED_OUT.match(text)


def proper(text: str) -> bool:
    """Whether text is a name and no sentence: it begins with a capital and at most one of its words is without one."""
    found = _WORD.findall(text)
    small = [w for w in found if w[0].islower() and w not in _SMALL]
    return bool(_CAPITAL.match(text)) and len(found) <= 14 and len(small) <= 1


def followed_by_address(reading: Reading, line: Line, *, within: int = 3) -> bool:
    """Whether a street, box or city line stands under the line."""
    rows = reading.lines[line.number + 1 : line.number + 1 + within]
    return any(STREET.match(r.text) or CITY.search(r.text) for r in rows)


def plain(text: str) -> str:
    """Letters and digits alone, look-alikes of a scan made one: for comparison, never for showing."""
    return _SIGNS.sub("", text.casefold()).replace("rn", "m").replace("vv", "w")
