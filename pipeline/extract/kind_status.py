"""The outcome that a table, a portal page or a form states in a cell of its own: beside its label, or below it."""

import re
from collections.abc import Iterator

from pipeline.extract.grid import aligned
from pipeline.knowledge.outcomes import OutcomeWords
from pipeline.language import Reading
from pipeline.language.reading import Cell, Line
from pipeline.language.zones import Zone
from pipeline.values.letter import LetterKind

# A box that nobody ticked before an outcome.
_UNTICKED = re.compile(r"\s*(?:\[\s{0,3}\]|\(\s{1,3}\)|☐|□)")
_ELSEWHERE = frozenset({Zone.BOILERPLATE, Zone.RIGHTS, Zone.CONTACTS})


def stated_outcomes(reading: Reading, words: OutcomeWords) -> Iterator[LetterKind]:
    """The kinds of the labelled outcomes, in order of place."""
    for line in reading.lines:
        if line.zone not in _ELSEWHERE:
            for place, cell in enumerate(line.cells):
                found = _outcome(reading, line, place, cell, words)
                if found:
                    yield found


def _outcome(reading: Reading, line: Line, place: int, cell: Cell, words: OutcomeWords) -> LetterKind | None:
    label, colon, value = cell.text.partition(":")
    if colon and value.strip():
        return _chosen(value, words) if words.is_label(label) else None
    if not words.is_label(cell.text):
        return None
    beside = line.cells[place + 1 : place + 2]
    return next(
        (kind for other in (*beside, *_below(reading, line, place, cell)) if (kind := _chosen(other.text, words))), None
    )


def _chosen(text: str, words: OutcomeWords) -> LetterKind | None:
    return None if _UNTICKED.match(text) else words.outcome(text)


def _below(reading: Reading, line: Line, place: int, cell: Cell) -> Iterator[Cell]:
    """The cell that begins under the label, or the one in its column where the next row has as many."""
    if found := aligned(reading, line, cell):
        yield found
    row = next((row for row in reading.lines[line.number + 1 : line.number + 3] if row.cells), None)
    if row is not None and len(row.cells) == len(line.cells) > 1:
        yield row.cells[place]
