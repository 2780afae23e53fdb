"""Label -> value: in the same cell behind the label, in the next cell, in the cell below, or in running prose."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pipeline.knowledge.fields import FieldLabels, Shape
from pipeline.language import Reading
from pipeline.language.reading import Cell, Line, page_at


class How(StrEnum):
    """Where the value stands to its label; the order is that of their strength."""

    COLON = "behind its label"
    NEXT_CELL = "in the cell beside its label"
    BELOW = "in the cell below its label"
    INLINE = "after its label in running text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """Text that a label announces; offsets into the letter's content. ``start`` equals ``end`` where there is none."""

    field: str
    label: str
    weak: bool
    how: How
    start: int
    end: int
    line: Line
    tail: bool = False


_ENDING = r"(?:[\s'.]*(?:\b(?:number|nurnber|num(?=\b)|nos?\b\.?|id(?:entification|entifier)?\b|i\.d\.?)|\#))+\.?"
"""What may stand behind the label of an identifier: "number", "no.", "ID", "#", and two of them."""
_SEPARATOR = re.compile(r"(?:\(s\))?(?:\s*\([A-Za-z. ]{2,14}\))?[\s*_]*(?:[:=]+|(?:\s?\.){2,}|\s[-–—]\s)[\s*_#:.]*")
_WIDE = re.compile(r"\s{2,}(?=\S)")
_BLANK = re.compile(r"(?:\(s\))?\s*(?:\bis\b|\bof\b|\bwas\b|\bon\b)?[\s(#]*")
_START = re.compile(r"^[\s*•\-–·>#_(\[]*(?:re\s*:\s*)?", re.IGNORECASE)
_STOP = re.compile(r"\s*(?:;|\||\*\*|_{3,}|\s{3,})")
_BEFORE = re.compile(r"(?:^|[;,|(/\[•*·>:]|\band\b|\bfor\b|\bthe\b|\byour\b|\bour\b|\bre\b)[\s*_-]*$", re.IGNORECASE)


def labelled(reading: Reading, fields: tuple[FieldLabels, ...]) -> Mapping[str, list[Labelled]]:
    """Every announced value of the letter by field, in order of place."""
    pattern, owners = _compiled(fields)
    found: dict[str, list[Labelled]] = defaultdict(list)
    for line in reading.lines:
        for index, cell in enumerate(line.cells):
            for hit in _in_cell(reading, line, index, cell, pattern=pattern, owners=owners):
                found[hit.field].append(hit)
    return found


Owners = dict[str, tuple[tuple[str, bool], ...]]
"""Label -> the fields it may announce, each with whether it is weak there."""


@cache
def _compiled(fields: tuple[FieldLabels, ...]) -> tuple[re.Pattern[str], Owners]:
    owners: Owners = {}
    endings = set()
    for field in fields:
        for label in field.labels:
            key = _key(label)
            owners[key] = (*owners.get(key, ()), (field.id, label in field.weak))
            if field.shape is Shape.ID:
                endings.add(key)
    spelled = sorted({label for field in fields for label in field.labels}, key=len, reverse=True)
    parts = [
        _spelled(label) + (f"(?P<e{i}>{_ENDING})?" if _key(label) in endings else "") for i, label in enumerate(spelled)
    ]
    return re.compile(r"(?<![A-Za-z0-9'])(?P<label>" + "|".join(parts) + r")(?![A-Za-z0-9])", re.IGNORECASE), owners


_LOOK_ALIKE = {"m": "(?:m|rn)", "l": "[l1|]", "i": "[il1|]", "o": "[o0]"}


def _spelled(label: str) -> str:
    """The label as a pattern: blanks are optional, and a scan may have read a look-alike letter."""
    plain = (re.escape(ch) if ch in "#./'()" or ch not in _LOOK_ALIKE else _LOOK_ALIKE[ch] for ch in label if ch != " ")
    words = label.split()
    if len(words) == 1:
        return "".join(plain)
    return r"\s*".join("".join(_LOOK_ALIKE.get(ch, re.escape(ch)) for ch in word) for word in words)


def _key(label: str) -> str:
    return re.sub(r"\s+", "", label).casefold()


def _named(hit: re.Match[str], owners: Owners) -> tuple[tuple[str, bool], ...]:
    """The fields that a match may announce; an ending as "number" makes a weak label strong, and one of identifiers."""
    ending = next((v for k, v in hit.groupdict().items() if k != "label" and v), None)
    label = hit.group("label")
    base = label[: len(label) - len(ending)] if ending else label
    key = (
        _key(base.replace("rn", "m") if _key(base) not in owners else base)
        .replace("1", "l")
        .replace("|", "l")
        .replace("0", "o")
    )
    return tuple((name, weak and not ending) for name, weak in owners.get(key, ()))


def _in_cell(
    reading: Reading, line: Line, index: int, cell: Cell, *, pattern: re.Pattern[str], owners: Owners
) -> Iterator[Labelled]:
    hits = list(pattern.finditer(cell.text))
    for number, hit in enumerate(hits):
        opening = bool(_START.fullmatch(cell.text[: hit.start()]))
        placed = opening or bool(_BEFORE.search(cell.text[: hit.start()]))
        after = cell.text[hit.end() :]
        separator = _SEPARATOR.match(after) or (_WIDE.match(after) if opening else None)
        following = hits[number + 1].start() if number + 1 < len(hits) else None
        names = _named(hit, owners)
        if separator and placed:
            start = hit.end() + separator.end()
            end = _end(cell.text, start, _next_label(cell.text, hits[number + 1 :], start))
            if start < end:
                yield from _each(
                    names, hit, How.COLON, cell.start + start, cell.start + end, line, tail=end == len(cell.text)
                )
                continue
        if opening and not after.strip(" :#.*_-"):
            yield from _beside(reading, line, index, cell, hit=hit, names=names, colon=":" in after, pattern=pattern)
        elif not separator:
            blank = _BLANK.match(after)
            start = hit.end() + (blank.end() if blank else 0)
            end = _end(cell.text, start, following if following and following > start else None)
            if start < end:
                yield from _each(names, hit, How.INLINE, cell.start + start, cell.start + end, line)


def _each(
    names: tuple[tuple[str, bool], ...],
    hit: re.Match[str],
    how: How,
    start: int,
    end: int,
    line: Line,
    *,
    tail: bool = False,
) -> Iterator[Labelled]:
    for name, weak in names:
        yield Labelled(
            field=name,
            label=hit.group("label").casefold(),
            weak=weak,
            how=how,
            start=start,
            end=end,
            line=line,
            tail=tail,
        )


def _next_label(text: str, hits: list[re.Match[str]], start: int) -> int | None:
    for hit in hits:
        if hit.start() > start and _SEPARATOR.match(text[hit.end() :]):
            return hit.start()
    return None


def _end(text: str, start: int, following: int | None) -> int:
    end = following if following is not None else len(text)
    stop = _STOP.search(text, start, end)
    end = stop.start() if stop else end
    return start + len(text[start:end].rstrip(" ,(*_-/|["))


def _beside(
    reading: Reading, line: Line, index: int, cell: Cell, *, hit: re.Match[str], names: tuple[tuple[str, bool], ...], colon: bool,
    pattern: re.Pattern[str],
) -> Iterator[Labelled]:  # fmt: skip
    """The cell to the right, else those below, of a label that stands alone in its cell."""
    stacked = None if colon else _stacked(reading, line, cell, pattern=pattern)
    if stacked:
        yield from _each(names, hit, How.BELOW, stacked[1].start, stacked[1].end, stacked[0], tail=True)
        return
    if index + 1 < len(line.cells) and not _is_label(line.cells[index + 1].text, pattern):
        right = line.cells[index + 1]
        lead = len(right.text) - len(right.text.lstrip(" :.#=*-"))
        if lead < len(right.text):
            yield from _each(names, hit, How.NEXT_CELL, right.start + lead, right.end, line, tail=True)
            return
    if not colon and len(line.cells) == 1 and not _short_heading(cell.text):
        return
    below = _below(reading, line, cell, single=len(line.cells) == 1)
    for row in below:
        if not _is_label(row[1].text, pattern):
            yield from _each(names, hit, How.BELOW, row[1].start, row[1].end, row[0], tail=True)
            if len(line.cells) == 1:
                return
        else:
            return


def _stacked(reading: Reading, line: Line, cell: Cell, *, pattern: re.Pattern[str]) -> tuple[Line, Cell] | None:
    """The cell right under a label in a column of labels and values, where the text beside belongs to another column."""
    if len(line.cells) < 2 or not page_at(reading.text, line.start).words:
        return None
    under = [
        _aligned(row, cell)
        for row in reading.lines[line.number + 1 : line.number + 4]
        if row.page == line.page and row.cells
    ]
    if not under or under[0] is None or _is_label(under[0][1].text, pattern):
        return None
    labels_follow = any(u and _is_label(u[1].text, pattern) for u in under[1:])
    return under[0] if labels_follow else None


def _aligned(row: Line, cell: Cell) -> tuple[Line, Cell] | None:
    return next(((row, c) for c in row.cells if abs(c.left - cell.left) < 3), None)


def _is_label(text: str, pattern: re.Pattern[str]) -> bool:
    opening = _START.match(text)
    hit = pattern.match(text, opening.end() if opening else 0)
    return bool(hit) and not text[hit.end() :].strip(" :#.*_-()s") if hit else False


def _short_heading(text: str) -> bool:
    return len(text) <= 40


def _below(reading: Reading, line: Line, cell: Cell, *, single: bool) -> Iterator[tuple[Line, Cell]]:
    """Cells under ``cell`` in the lines that follow without a gap of more than one empty line; several for a table."""
    gaps = 0
    for row in reading.lines[line.number + 1 : line.number + (3 if single else 12)]:
        if row.page != line.page:
            return
        if not row.cells:
            gaps += 1
            if gaps > 1:
                return
            continue
        under = [c for c in row.cells if c.left < cell.right + 4 and c.right > cell.left - 4]
        if not under or (not single and len(row.cells) < 2):
            return
        yield row, under[0]
