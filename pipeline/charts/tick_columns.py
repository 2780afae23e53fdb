"""Choices whose boxes are only drawn: of them the text has the ticks alone, in a column left of the words.

    X Chronic migraine (G43.709)
      Overactive bladder (N32.81)

A line that begins where the words of a ticked one do has an empty box.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.charts.boxes import Item
from pipeline.charts.cells import column_of, row_cells
from pipeline.language.prose import prose_index
from pipeline.language.reading import Line, Reading, words_at
from pipeline.values.chart import Context

_TICK = re.compile(r"\s*[xX\u2713\u2714\u2611\u2612]\s+(?=\S)")
_NEAR_POINTS, _NEAR_CHARACTERS = 3.0, 0.5
_MOST_WORDS = 16
"""A choice of more words than this is no choice of a list but a paragraph."""


def tick_items(reading: Reading) -> list[Item]:
    """The choices of lists with a column of ticks, in order: the ticked ones as said, the others only printed."""
    lines = [line for line in reading.lines if line.text.strip()]
    found: list[Item] = []
    ticked = {n: begin for n, line in enumerate(lines) if (begin := _begin(reading, line)) is not None}
    place = 0
    while place < len(lines):
        if place not in ticked:
            place += 1
            continue
        first, last = _run(reading, lines, ticked, place)
        if any(n not in ticked for n in range(first, last)):
            found.extend(_items(reading, lines, ticked, range(first, last)))
        place = last
    return found


def answered_items(reading: Reading) -> list[Item]:
    """The questions of a form with a column for yes and one for no; without a mark nothing is said.

    Only marks stand in such columns: "Leak   Yes   No" over other words is a row with its result and what is normal.
    """
    found: list[Item] = []
    place = 0
    lines = [line for line in reading.lines if line.text.strip()]
    while place < len(lines):
        heads = [cell for cell in row_cells(lines[place]) if cell.text]
        named = [cell for cell in heads if _ANSWER.fullmatch(cell.text)]
        place += 1
        if {cell.text.casefold()[0] for cell in named} < {"y", "n"} or len(named) < _TWO:
            continue
        questions: list[tuple[Line, set[str]]] = []
        for line in lines[place:]:
            label, *marks = [cell for cell in row_cells(line) if cell.text]
            if not _WORDS.search(label.text) or label.left >= named[0].left or len(line.text.split()) > _MOST_WORDS:
                break
            if not all(_MARK.fullmatch(mark.text) for mark in marks):
                break
            told = {heads[column_of(mark, heads)].text.casefold()[:1] for mark in marks}
            questions.append((line, told))
        marked = [number for number, (_, told) in enumerate(questions) if told]
        questions = questions[: marked[-1] + 1 + _TRAILING] if marked else []
        for line, told in questions:
            context = None if told == {"y"} else Context.NEGATED if told == {"n"} else Context.HYPOTHETICAL
            start, end = (prose_index(reading.prose, offset) for offset in (line.start, line.end))
            found.append(Item(start, end, context))
        place += len(questions)
    return found


_TWO = 2
_TRAILING = 2
"""So many lines behind the last one with a mark are taken for questions too."""
_ANSWER = re.compile(r"yes|no|y|n|n/?a|unknown", re.IGNORECASE)
_MARK = re.compile(r"[xX\u2713\u2714\u2611\u2612]|\[[xX]\]")
_WORDS = re.compile(r"[A-Za-z]{3}")


def _begin(reading: Reading, line: Line) -> float | None:
    """Where the words behind the tick of a line begin; None of a line without one."""
    m = _TICK.match(line.text)
    return _left(reading, line, m.end()) if m is not None and len(line.text.split()) <= _MOST_WORDS else None


def _left(reading: Reading, line: Line, offset: int) -> float:
    """Where the words of a line begin that stand at an offset in it: points where the page has geometry."""
    words = words_at(reading.text, line.start + offset, line.end)
    return words[0].box.x0 if words else float(offset)


def _run(reading: Reading, lines: Sequence[Line], ticked: dict[int, float], place: int) -> tuple[int, int]:
    """The lines around a ticked one that stand in its list: first, and behind the last."""
    begin = ticked[place]

    def belongs(n: int) -> bool:
        if not 0 <= n < len(lines) or lines[n].page != lines[place].page:
            return False
        line = lines[n]
        left = ticked[n] if n in ticked else _left(reading, line, len(line.text) - len(line.text.lstrip()))
        near = _NEAR_POINTS if words_at(reading.text, line.start, line.end) else _NEAR_CHARACTERS
        return abs(left - begin) <= near and len(line.text.split()) <= _MOST_WORDS

    first, last = place, place + 1
    while belongs(first - 1):
        first -= 1
    while belongs(last):
        last += 1
    return first, last


def _items(reading: Reading, lines: Sequence[Line], ticked: dict[int, float], run: range) -> Iterator[Item]:
    context: Context | None = None
    for n in run:
        goes_on = n not in ticked and lines[n].text.strip()[:1].islower()
        if not goes_on:
            context = None if n in ticked else Context.HYPOTHETICAL
        start, end = (prose_index(reading.prose, place) for place in (lines[n].start, lines[n].end))
        yield Item(start, end, context)
