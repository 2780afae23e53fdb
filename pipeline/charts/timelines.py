"""Tables on their side: a column a time, a row what is measured ("85 47 29" under max, before, now).

Flowsheets with a column a visit, score sheets before and after, months of a year, diaries with a column a day. A column
whose head names no time (maximum, goal, reference, average) holds no value of the patient.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.charts.bladder_diaries import is_of_bladder
from pipeline.charts.cells import column_of, row_cells, scale_over
from pipeline.charts.clinical import Clinical, Subject
from pipeline.charts.rows import Row, meaning_of
from pipeline.charts.score_parts import part_name, part_of
from pipeline.charts.times import Clock, Time, time_of
from pipeline.language.reading import Cell, Line, Reading, boxes_at

_MEASURES = {
    "headache_days", "migraine_days", "units", "voids", "day_voids", "night_voids", "leaks", "urge_leaks", "urge",
}  # fmt: skip
_LEAST_TIMES = 2
_LOOSE_LINES = 1
"""So many lines of one cell may stand between two rows: a heading of a part, a label that goes on."""
_TOTAL = re.compile(r"\W*(?:grand |overall )?(?:total|sum)(?: (?:score|points))?\b.{0,16}", re.IGNORECASE)
_UNITS = re.compile(r"\bunits\b|\bU\b|\bdose\b")
_RULED = re.compile(r"[\s|:+=_-]*")
_WORD = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A row of a timeline: what it measures (a column's or a scale's id), and its cell at each time that has one."""

    measure: str
    values: tuple[tuple[Time, str], ...]
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A table with a column a time, and the content span it stands in."""

    times: tuple[Time, ...]
    rows: tuple[Measured, ...]
    start: int
    end: int


def timelines_of(
    reading: Reading, clinical: Clinical, *, clock: Clock, taken: Sequence[tuple[int, int]]
) -> tuple[Timeline, ...]:
    """The timelines of a document, in order; ``taken`` are the content spans of other tables."""
    lines = [line for line in reading.lines if line.text.strip() and not any(a <= line.start < b for a, b in taken)]
    found: list[Timeline] = []
    place = 0
    while place < len(lines):
        timeline, used = _timeline(reading, lines, place, clinical, clock=clock)
        if timeline is not None:
            found.append(timeline)
        place += max(used, 1)
    return tuple(found)


def _timeline(
    reading: Reading, lines: Sequence[Line], place: int, clinical: Clinical, *, clock: Clock
) -> tuple[Timeline | None, int]:
    """The timeline that begins with a line, and how many lines it has."""
    heads = row_cells(lines[place])
    times = [time_of(cell.text, words=clinical.words, clock=clock) for cell in heads]
    means = [_MEAN.search(cell.text) is not None for cell in heads]
    if not any(times) and sum(means) == 1:
        times = [Time(label="mean of its days") if mean else None for mean in means]
    elif sum(t is not None for t in times) < _LEAST_TIMES:
        return None, 0
    first = min(cell.left for cell, t in zip(heads, times, strict=True) if t is not None)
    scale = scale_over(lines[: place + 1], clinical)
    rows: list[Measured] = []
    used, loose, last = 1, 0, 1
    for line in lines[place + 1 :]:
        cells = [cell for cell in row_cells(line) if cell.text]
        if len(cells) < 2 and loose >= _LOOSE_LINES:
            break
        used += 1
        if len(cells) < 2:
            loose += bool(cells) and line.text.strip(" |:-+=_") != ""
            continue
        if _RULED.fullmatch(line.text):
            continue
        if not rows and all(time_of(cell.text, words=clinical.words, clock=clock) for cell in cells):
            times = _with_days(cells, heads, times, clinical, clock=clock)  # days under "Week 6"
            continue
        labels = [cell.text for cell in cells if cell.left < first and _WORD.search(cell.text)]
        another = all(time_of(cell.text, words=clinical.words, clock=clock) for cell in cells[1:])
        if line.page != lines[place].page or not labels or another:
            break  # the head of the next table, or its end
        loose, last = 0, used
        measure = _measure(labels[-1], scale, clinical)
        if measure is not None:
            rows.append(_measured(reading, line, cells, heads, times, measure))
    if not rows or (any(means) and len([*filter(None, times)]) < _LEAST_TIMES and not _of_bladder(rows)):
        return None, 0
    end = lines[place + last - 1].end
    known = tuple(t for t in times if t is not None)
    return Timeline(times=known, rows=tuple(rows), start=lines[place].start, end=end), last


def _of_bladder(rows: Sequence[Measured]) -> bool:
    return is_of_bladder({row.measure for row in rows})


_MEAN = re.compile(r"\b(?:mean|average|avg)\b|\bper (?:day|24)", re.IGNORECASE)


def _with_days(
    cells: Sequence[Cell], heads: Sequence[Cell], times: list[Time | None], clinical: Clinical, *, clock: Clock
) -> list[Time | None]:
    """The times with the days that the next line has under their heads."""
    found = list(times)
    for cell in cells:
        below = time_of(cell.text, words=clinical.words, clock=clock)
        at = column_of(cell, heads)
        above = found[at]
        if below is not None and above is not None and below.day is not None:
            found[at] = replace(above, day=above.day or below.day, month=below.month)
    return found


def _measured(
    reading: Reading,
    line: Line,
    cells: Sequence[Cell],
    heads: Sequence[Cell],
    times: Sequence[Time | None],
    measure: str,
) -> Measured:
    values: list[tuple[Time, str]] = []
    whole = len(cells) == len(heads)
    for number, cell in enumerate(cells[1:], start=1):
        at = times[number if whole else column_of(cell, heads)]
        if at is not None:
            values.append((at, cell.text))
    row = Row(
        text=" ".join(line.text.replace("|", " ").split()), cells={}, page=line.page,
        boxes=boxes_at(reading.text, line.start, line.end),
    )  # fmt: skip
    return Measured(measure=measure, values=tuple(values), row=row)


def _measure(label: str, scale: str | None, clinical: Clinical) -> str | None:
    """What a row measures: a column's id, a scale's, or the total of the scale that stands over the table."""
    if _TOTAL.fullmatch(label):
        return "units" if scale is None and _UNITS.search(label) else scale
    meaning = meaning_of(label, clinical)
    by_muscle = scale is not None and clinical.scales[scale].by_muscle
    if by_muscle and clinical.matchers[Subject.MUSCLE](clinical.language.nlp(label)):
        return scale  # one value a muscle
    if meaning in clinical.scales:
        part = part_of(label, clinical.scales[meaning])
        return part_name(meaning, part) if part is not None else None if _PART.search(label) else meaning
    return meaning if meaning in _MEASURES else None


_PART = re.compile(r"\b(?:severity|frequency|disability|pain|subscale|sub-?score|item)\b(?!.*\bscale\b)", re.IGNORECASE)
"""In a label: the row is of a part of the scale alone, whose value is none of the whole."""


def day_rows(timeline: Timeline) -> Iterator[tuple[Time, Row]]:
    """A row a time, with the cell of every measure: a diary with a column a day as one with a row a day."""
    for time in timeline.times:
        cells = {m.measure: text for m in timeline.rows for t, text in m.values if t is time}
        texts = [m.row for m in timeline.rows if any(t is time for t, _ in m.values)]
        if cells:
            boxes = tuple(box for row in texts for box in row.boxes)
            words = "; ".join(row.text for row in texts)
            yield (
                time,
                Row(text=words, cells={"fill": time.day or time.label, **cells}, page=texts[0].page, boxes=boxes),
            )
