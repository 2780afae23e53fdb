"""The outcome that a table, a portal page or a form states in a cell of its own: beside its label, or below it.

A line may begin with it as a sentence of its own: ``Not certified. The film was clear.`` Some tell it in numbers:
``Requested 12, certified 6, not certified 6``, ``Paid $360.00, denied $1,080.00``.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from operator import lt

from pipeline.extract.grid import aligned, columns
from pipeline.knowledge.outcomes import OutcomeWords, bare
from pipeline.language import Reading
from pipeline.language.reading import Cell, Line
from pipeline.language.zones import Zone
from pipeline.values.letter import LetterKind

# A box that nobody ticked before an outcome.
_UNTICKED = re.compile(r"\s*(?:\[\s{0,3}\]|\(\s{1,3}\)|☐|□)")
_BOXES = re.compile(r"\[\s{0,3}[xX✓✔]?\s?\]|\(\s{0,3}[xX✓✔]?\s?\)|[☐□☒☑✓✔]")
_BOX = re.compile(r"\s*(?:\[\s{0,3}[xX✓✔]?\s?\]|\(\s{0,3}[xX✓✔]?\s?\)|[☐□☒☑✓✔])")
# A box that somebody ticked, with what stands beside it up to the next box.
_TICKED = re.compile(r"(?:\[\s?[xX✓✔]\s?\]|\([xX✓✔]\)|☒|☑|✓|✔)\s*(?P<words>[^\[\](){}☐□☒☑✓✔\n]+)")
# How much: "6 visits", "$1,080.00", "none".
_HOW_MUCH = re.compile(
    r"\W*\$?\s?(?P<number>\d[\d,]*(?:\.\d+)?)\b(?![/-]\d)|\W*(?P<none>none|zero|nil|-+)\W*$", re.IGNORECASE
)
# A line that begins with a sentence of at most two words, and goes on.
_HEAD = re.compile(r"\W{0,4}(?P<said>[A-Za-z]+(?:[ -][A-Za-z]+)?)[.!]\s+\S")
# An outcome as the label of the sentence that explains it: "Denial: The code is not one that the plan lists."
_EXPLAINED = re.compile(r"\W{0,4}(?P<said>[A-Z][A-Za-z]+(?:[ -][A-Za-z]+)?)\s?:\s+(?=[A-Z])(?:\S+\s+){5}")
_ENDED = re.compile(r"[.!?:]\W*$|^\W*$")
# What parts the pieces of a line that is no sentence: "Humira request -- NOT AUTHORIZED. Two others are on the list."
_PIECES = re.compile(r"\s[-\u2013\u2014|]{1,3}\s|[.,;:!](?:\s|$)|$")
# The outcome in a row that begins with a day, a code or a label, and what it says how much of: ``... DENIED 3 days``.
_ROW = re.compile(r"\W*(?:\d[\d/.-]{4,}|[A-Z]\d{4}|[\w ]{2,16}:)\s.*\d|.*\$\s?\d", re.DOTALL)
_IN_ROW = re.compile(
    r"(?<![\w-])(?P<said>[Nn]ot [a-z]+|NOT [A-Z]+|[Nn]on-?[a-z]+|NON-?[A-Z]+|[A-Z][A-Za-z]+)"
    r"(?=\s*$|,?\s+(?:\$\s?[\d,.]+|\d{1,3} (?:days?|units?|visits?|hours?|sessions?|weeks?)\b))"
)
_AFTER_LABEL = re.compile(r":|\s?\.{3,}")
# What its writer struck out, and a status that was followed by another: ``~~DENIED 05/05~~ -> APPROVED 05/08``.
_STRUCK = re.compile(r"~~[^~\n]+~~")
_FOLLOWED = re.compile(r"\s*(?:-+>|=+>|\u2192)\s*")
_NEGATED = re.compile(r"^(?:non?[- ]?|not )")
_WHEN = re.compile(r"[\s(]+(?:on )?\d{1,4}[/-]\d{1,2}(?:[/-]\d{2,4})?\W*$")
# An amount that is none: `"paid": 0.00`.
_NOTHING = re.compile(r"\W*(?:0+(?:[.,]0+)*|none|null|nil)\W*", re.IGNORECASE)
# What follows an outcome in its cell: "Certified, PA 7731-0091".
_TAIL = re.compile(r"[,;(].*", re.DOTALL)
_SLACK = 3.0
_ELSEWHERE = frozenset({Zone.BOILERPLATE, Zone.RIGHTS, Zone.CONTACTS})


def stated_outcomes(reading: Reading, words: OutcomeWords) -> Iterator[LetterKind]:
    """The kinds of the labelled outcomes, in order of place; of lines of which one is denied the paid ones too."""
    denied = paid = False
    for line in reading.lines:
        if line.zone not in _ELSEWHERE:
            for place, cell in enumerate(line.cells):
                found = _outcome(reading, line, place, cell, words)
                if found:
                    yield found
                yield from _rows_on(reading, line, place, words)
            if explained := _EXPLAINED.match(line.text):
                if words.outcome(explained["said"]) is LetterKind.DENIAL:
                    yield LetterKind.DENIAL
            elif (spoken := _HEAD.match(line.text)) and (spoken["said"][0].isupper() or _is_begun(reading, line)):
                found = words.spoken_outcome(spoken["said"])
                if found:
                    yield found
            elif len(told := {kind for piece in _pieces(line) if (kind := words.spoken_outcome(piece))}) == 1:
                yield from told
                denied = denied or LetterKind.DENIAL in told
            pieces = _pieces(line)
            paid = paid or any(
                words.counts(piece) is LetterKind.APPROVAL
                and not words.spoken_outcome(piece)
                and not _NOTHING.fullmatch(after)
                for piece, after in zip_longest(pieces, pieces[1:], fillvalue="")
            )
    rows = _in_rows(reading, words)
    if (denied and paid) or {LetterKind.DENIAL, LetterKind.APPROVAL} <= rows:
        yield LetterKind.APPROVAL
    if rows:
        yield from rows - {LetterKind.APPROVAL}


def _is_begun(reading: Reading, line: Line) -> bool:
    """Whether the line above does not go on in this one: "... the claim will be", "denied. Fax ..."."""
    return not line.number or _ENDED.search(reading.lines[line.number - 1].text) is not None


def _in_rows(reading: Reading, words: OutcomeWords) -> set[LetterKind]:
    """The outcomes at the end of rows of days, codes and amounts; those of which some are paid and some are not."""
    found = set()
    for line in reading.lines:
        if line.zone in _ELSEWHERE or not _ROW.match(line.text) or _BOXES.search(line.text):
            continue
        for hit in _IN_ROW.finditer(line.text):
            kind = words.spoken_outcome(hit["said"]) or words.counts(hit["said"])
            if kind is not None:
                found.add(kind)
    return found if {LetterKind.DENIAL, LetterKind.APPROVAL} <= found else set()


def _pieces(line: Line) -> list[str]:
    """What stands between the dashes and stops of a line, but for what it begins with; a line of boxes has none."""
    return [] if _BOXES.search(line.text) else _PIECES.split(line.text)[1:]


def counted_outcome(reading: Reading, words: OutcomeWords) -> LetterKind | None:
    """What the numbers say: a denial in part where some was approved and some was not, or less than was asked for.

    None where the letter does not print both numbers.
    """
    much: dict[LetterKind | None, list[float]] = {}
    for line in reading.lines:
        if line.zone in _ELSEWHERE:
            continue
        cells = columns(reading, line)
        for place, cell in enumerate(cells):
            label, _, value = cell.text.partition(":")
            kind = words.counts(label)
            if kind is None and not words.asks(label):
                continue
            near = [value] if value.strip() else _near(reading, line, cells, place)
            found = next((hit for text in near if (hit := _HOW_MUCH.match(text))), None)
            if found:
                much.setdefault(kind, []).append(float((found["number"] or "0").replace(",", "")))
    approved, denied, asked = (much.get(kind, []) for kind in (LetterKind.APPROVAL, LetterKind.DENIAL, None))
    if not any(approved):
        return None
    if denied:
        return LetterKind.PARTIAL_DENIAL if any(denied) else LetterKind.APPROVAL
    less = len(asked) == len(approved) and any(map(lt, approved, asked))
    return LetterKind.PARTIAL_DENIAL if less else None


def _near(reading: Reading, line: Line, cells: tuple[Cell, ...], place: int) -> list[str]:
    """The texts that may be the number of a label: beside it in a row of two cells, below it in a row of columns."""
    if len(cells) < 3:
        return [cell.text for cell in cells[place + 1 : place + 2]]
    row = next((row for row in reading.lines[line.number + 1 : line.number + 3] if row.cells), None)
    below = columns(reading, row) if row is not None else ()
    if len(below) == len(cells):
        return [below[place].text]
    own = cells[place]
    return [cell.text for cell in below if cell.left < own.right and cell.right > own.left]


def _outcome(reading: Reading, line: Line, place: int, cell: Cell, words: OutcomeWords) -> LetterKind | None:
    label, *value = _AFTER_LABEL.split(cell.text, maxsplit=1)
    if value and value[0].strip():
        if not words.is_label(label):
            return None
        return _chosen(value[0], words) or _chosen(value[0].partition(". ")[0], words)
    if not words.is_label(cell.text):
        return None
    following = line.cells[place + 1 :]
    beside = following if all(_BOX.match(cell.text) for cell in following) else following[:1]
    return next(
        (kind for other in (*beside, *_below(reading, line, place, cell)) if (kind := _chosen(other.text, words))), None
    )


def _rows_on(reading: Reading, line: Line, place: int, words: OutcomeWords) -> Iterator[LetterKind]:
    """The outcomes in the column that a label heads, row by row; of "non-affirmed" the opposite is "affirmed"."""
    if len(line.cells) < 2 or not words.is_label(line.cells[place].text):
        return
    said = []
    for row in _rows_below(reading, line):
        full = len(row.cells) == len(line.cells)
        heads = line.cells[place].left
        cell = row.cells[place] if full else next((c for c in row.cells if abs(c.left - heads) < _SLACK), None)
        if cell is not None:
            said.append(cell.text if _chosen(cell.text, words) else _TAIL.sub("", cell.text))
    opposites = {_NEGATED.sub("", bare(text)) for text in said if _chosen(text, words) is LetterKind.DENIAL}
    for text in said:
        kind = _chosen(text, words)
        if kind is None and bare(text) in opposites:
            kind = LetterKind.APPROVAL
        if kind is not None:
            yield kind


def _rows_below(reading: Reading, heading: Line) -> Iterator[Line]:
    """The rows of a table: as many cells as its heading has, or fewer where a cell runs on in the next line."""
    for row in reading.lines[heading.number + 1 :]:
        full = len(row.cells) == len(heading.cells)
        if not full and (len(row.cells) > len(heading.cells) or not _lines_up(row, heading)):
            return
        yield row


def _lines_up(row: Line, heading: Line) -> bool:
    """Whether every cell of a row begins where a column of the heading does."""
    return all(any(abs(cell.left - head.left) < _SLACK for head in heading.cells) for cell in row.cells)


def _chosen(text: str, words: OutcomeWords) -> LetterKind | None:
    if ticked := _TICKED.search(text):
        return words.outcome(ticked["words"])
    *_, text = _FOLLOWED.split(_STRUCK.sub("", text))
    text = _WHEN.sub("", text)
    return None if _UNTICKED.match(text) else words.outcome(text)


def _below(reading: Reading, line: Line, place: int, cell: Cell) -> Iterator[Cell]:
    """The cell that begins under the label, or the one in its column where the next row has as many."""
    if found := aligned(reading, line, cell):
        yield found
    row = next((row for row in reading.lines[line.number + 1 : line.number + 3] if row.cells), None)
    if row is not None and len(row.cells) == len(line.cells) > 1:
        yield row.cells[place]
