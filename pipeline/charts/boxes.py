"""Boxes and printed choices of forms: what is printed beside an empty box is nobody's statement."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.language.prose import prose_index
from pipeline.language.reading import Line, Reading
from pipeline.values.chart import Context

_TICKED = r"\[\s?[xX\u2713\u2714\u221a]\s?\]|\(\s?[xX\u2713\u2714]\s?\)|[\u2611\u2612\u25a0\u2713\u2714]|_+[xX]_+"
_EMPTY = r"\[[\s_]{0,3}\]|\([\s_]{1,3}\)|[\u2610\u25a1\u274f]"
BOX = re.compile(rf"(?P<on>{_TICKED})|(?:{_EMPTY})")
_ANSWER = re.compile(r"\s*(?P<said>yes|no|y|n|none)\b[\s,.:;/|]*", re.IGNORECASE)
# "Nausea: yes / no", "Tried? Y N": both answers printed, neither marked
_BOTH = re.compile(r"\b(?:yes\s*/\s*no|y\s*/\s*n)\b|[:?]\s*(?:yes\s+no|y\s+n)\s*$", re.IGNORECASE)
_LEAD_ENDS = re.compile(r"[:?]")


@dataclass(frozen=True, slots=True)
class Item:
    """What one box or one printed question stands for: prose places, and the context that it gives (None: ticked)."""

    start: int
    end: int
    context: Context | None


@dataclass(frozen=True, slots=True)
class _Box:
    start: int
    end: int
    ticked: bool


def box_items(reading: Reading) -> list[Item]:
    """The items of a document's boxes in order; a line that goes on in small letters belongs to its last item."""
    content = reading.text.content
    found: list[Item] = []
    opened = False
    for line in reading.lines:
        text = content[line.start : line.end]
        own = [*_items(text)] or [*_unfilled(text)]
        if not own:
            wrapped = opened and text.strip()[:1].islower()
            if wrapped:
                found[-1] = Item(found[-1].start, prose_index(reading.prose, line.end), found[-1].context)
            opened = wrapped
            continue
        found.extend(_placed(item, line, reading) for item in own)
        opened = True
    return found


def _placed(item: Item, line: Line, reading: Reading) -> Item:
    start, end = (prose_index(reading.prose, line.start + place) for place in (item.start, item.end))
    return Item(start, end, item.context)


def _items(text: str) -> Iterator[Item]:
    """The items of one line, with places in it."""
    boxes = [_Box(m.start(), m.end(), m["on"] is not None) for m in BOX.finditer(text)]
    if not boxes:
        if _BOTH.search(text):
            yield Item(0, len(text), Context.HYPOTHETICAL)
        return
    if any(_ANSWER.match(text, box.end) for box in boxes):
        yield from _answered(text, boxes)
        return
    lead, tail = text[: boxes[0].start].strip(" \t-*"), text[boxes[-1].end :].strip(" \t.|")
    led = bool(lead) and not lead.endswith((":", "?"))
    if led and not tail:
        yield from _behind(text, boxes)
        return
    if led and len({box.ticked for box in boxes}) > 1:
        yield Item(0, len(text), Context.HYPOTHETICAL)  # words on both sides: whose each box is, nobody can say
        return
    for number, box in enumerate(boxes):
        until = boxes[number + 1].start if number + 1 < len(boxes) else len(text)
        yield Item(box.start, until, None if box.ticked else Context.HYPOTHETICAL)


def _unfilled(text: str) -> Iterator[Item]:
    """Labels whose line for the answer is empty: ``HIT-6 at baseline: ____   now: ____``."""
    begin = 0
    for blank in _UNFILLED.finditer(text):
        own = max((m.end() for m in _COLUMN_GAP.finditer(text, begin, blank.start())), default=begin)
        if text[own : blank.start()].strip():
            yield Item(own, blank.end(), Context.HYPOTHETICAL)
        begin = blank.end()


_UNFILLED = re.compile(r"(?<![\w_])_{3,}(?![\w_])")
_COLUMN_GAP = re.compile(r"\t| {3,}(?=[^_\s])")


def _behind(text: str, boxes: list[_Box]) -> Iterator[Item]:
    """Items whose box stands behind their words: ``Symptoms: nausea [ ]  photophobia [x]``."""
    heads = list(_LEAD_ENDS.finditer(text, 0, boxes[0].start))
    begin = heads[-1].end() if heads else 0
    for box in boxes:
        yield Item(begin, box.end, None if box.ticked else Context.HYPOTHETICAL)
        begin = box.end


def _answered(text: str, boxes: list[_Box]) -> Iterator[Item]:
    """Questions with a box for yes and one for no: ``Nausea: [ ] Yes [x] No``."""
    begin, said = 0, set[str]()
    for number, box in enumerate(boxes):
        answer = _ANSWER.match(text, box.end)
        if answer is None:
            continue
        if box.ticked:
            said.add("yes" if answer["said"].casefold().startswith("y") else "no")
        until = boxes[number + 1].start if number + 1 < len(boxes) else len(text)
        following = text[answer.end() : until].strip()
        if following or number + 1 == len(boxes):
            yield Item(begin, answer.end() if number + 1 < len(boxes) else len(text), _context_of(said))
            begin, said = answer.end(), set[str]()


def _context_of(said: set[str]) -> Context | None:
    """The context of a question whose ticked answers are ``said``: none, or both, answer nothing."""
    if said == {"yes"}:
        return None
    return Context.NEGATED if said == {"no"} else Context.HYPOTHETICAL
