"""What follows the signature: the block of names, who gets copies, what is attached, another letter as an exhibit.

An attachment is part of its letter and is read like the text above the signature. Who gets a copy is no contact, and
what an exhibit says was decided, by when and where to write, was said of another day.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pipeline.knowledge.zones import After
from pipeline.language.prose import is_titled
from pipeline.language.reading import Line
from pipeline.language.zones import Zone

CLOSING = re.compile(
    r"\W*(?:(?:yours )?sincerely|respectfully|(?:best |kind |warm )?regards|yours truly"
    r"|thank you),?\W*$",
    re.IGNORECASE,
)
GREETING = re.compile(r"\W*(?:dear\s|to whom it may concern|greetings\b|hello\s|to the .{3,40}:\s*$)", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-*•]|\(?\d{1,2}[.)]|\(?[a-h][.)])\s+\S")
_WORD = re.compile(r"[A-Za-z][\w'\u2019-]*")
_CONTACT = re.compile(r"\d{3}\W{1,2}\d{3}\W\d{4}|@|\bwww\.", re.IGNORECASE)
_ITEM_WORDS, _SENTENCE_WORDS, _LONG = 3, 6, 60
_TO_GREETING = 14
"""Lines from the title of an exhibit to the greeting of the letter that it is."""


@dataclass(slots=True)
class _State:
    """Where the walk is. ``signed``: names were read since the closing; ``ended``: the exhibit's own closing came.

    ``fresh``: an attachment began without a heading that says what it is, so the one before it holds no longer.
    """

    part: After
    page: int
    blank: bool = False
    signed: bool = False
    ended: bool = False
    fresh: bool = False


def after_closing(lines: Sequence[Line], *, headings: Container[int], parts: Mapping[int, After]) -> tuple[Line, ...]:
    """The lines with the zones of what follows the first closing set; those before it as they are.

    ``headings`` are the lines that open a zone of their own, ``parts`` those whose beginning says what follows.
    """
    first = next((n for n, line in enumerate(lines) if line.zone is Zone.SIGNATURE), None)
    if first is None:
        return tuple(lines)
    return (*lines[:first], *_walk(lines, first, headings=headings, parts=parts))


def _walk(lines: Sequence[Line], first: int, *, headings: Container[int], parts: Mapping[int, After]) -> Iterator[Line]:
    state = _State(part=After.SIGNED, page=lines[first].page)
    for number, line in enumerate(lines[first:], start=first):
        text = line.text.strip()
        if not text or line.zone is Zone.BOILERPLATE:
            state.blank = state.blank or not text
            yield line.in_zone(_zone(line, state))
            continue
        opens, closes = number in headings, CLOSING.fullmatch(text) is not None
        part = _part(state, lines, number, opens=opens, parts=parts, closes=closes)
        if part is not state.part:
            state.ended, state.fresh = False, part is After.ATTACHED
        state.fresh = (state.fresh or number in parts) and not opens
        state.ended = state.ended or (part is After.EXHIBIT and closes)
        state.signed = part is After.SIGNED and not closes
        state.part, state.page, state.blank = part, line.page, False
        yield line.in_zone(_zone(line, state))


def _zone(line: Line, state: _State) -> Zone:
    if state.part in (After.COPIES, After.EXHIBIT):
        return Zone.BOILERPLATE
    if state.part is After.SIGNED or line.zone in (Zone.TABLE, Zone.BOILERPLATE):
        return line.zone
    return Zone.BODY if state.fresh or line.zone is Zone.SIGNATURE else line.zone


def _part(
    state: _State, lines: Sequence[Line], number: int, *, opens: bool, parts: Mapping[int, After], closes: bool
) -> After:
    """To which part of what follows a line with words belongs."""
    line, told = lines[number], parts.get(number)
    turned = line.page != state.page
    if told is After.ATTACHED and _greets(lines, number, parts):
        return After.EXHIBIT
    if told is not None and not (state.part is After.EXHIBIT and told is After.COPIES):
        return told
    match state.part:
        case After.EXHIBIT:
            return After.ATTACHED if state.ended and (turned or opens) else After.EXHIBIT
        case After.COPIES:
            goes_on = not (opens or turned or (state.blank and _is_content(line)))
        case After.SIGNED:
            goes_on = not (opens or (turned and state.signed) or _is_content(line))
        case _:
            goes_on = True
    if closes:
        return After.SIGNED
    return state.part if goes_on else After.ATTACHED


def _greets(lines: Sequence[Line], number: int, parts: Mapping[int, After]) -> bool:
    """Whether a letter with its own greeting begins under the title of an attachment, before the next one."""
    below = takewhile(lambda n: n not in parts, range(number + 1, min(len(lines), number + 1 + _TO_GREETING)))
    return any(GREETING.match(lines[n].text.strip()) for n in below)


def _is_content(line: Line) -> bool:
    """Whether a line says something: a row, an item, a sentence, or what opens a list; no name, no number to call."""
    text = line.text.strip()
    words = _WORD.findall(text)
    if line.zone is Zone.TABLE:
        return True
    if _CONTACT.search(text) and len(text) < _LONG:
        return False
    if _ITEM.match(text):
        return len(words) > _ITEM_WORDS
    told = len(words) >= _SENTENCE_WORDS and not is_titled(text)
    return told and (text[-1] in ".:?!" or len(text) >= _LONG)
