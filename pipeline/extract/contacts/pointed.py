"""Numbers and addresses printed elsewhere that a sentence points to: above, or "the same number"."""

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.contacts.columns import Hit
from pipeline.extract.contacts.reach import Reached, numbers
from pipeline.knowledge.contacts import ContactPurpose
from pipeline.knowledge.seldom import Seldom
from pipeline.language import Reading
from pipeline.language.sentences import Sentence
from pipeline.language.zones import Zone
from pipeline.values.letter import Channel, Purpose

_ABOVE_ADDRESS = re.compile(
    r"\baddress (?:above|at the top|shown (?:above|at the top)|listed above|on (?:the first page|this letterhead))"
    r"|\babove address\b",
    re.IGNORECASE,
)
_ABOVE_NUMBER = Seldom(
    r"\b(?:fax(?:ed)?\b[^.]{0,30}\b(?:number|#) (?:above|at the top|listed above)|above fax)", re.IGNORECASE
)
_SAME = Seldom(
    r"(?:[:,]|\b(?:use|call|at|by|to)) ?(?:the |that )?same (?P<way>phone|telephone|fax) ?(?:number|line)?\b",
    re.IGNORECASE,
)
"""``Urgent: same phone number``: the way is said, so that a fax is never taken for a telephone."""
_NOT_FAR = 300
"""Characters."""
_NUMBER_IN = re.compile(r"\d{3}[-. )]{1,3}\d{4}")


def best_of(hits: list[Hit]) -> ContactPurpose | None:
    """The purpose that a sentence speaks of: one that says what for, then the highest rank, then the last.

    An authority after all others of its rank: ``an external review by the Department of Insurance``.
    """
    return (
        max(hits, key=lambda h: (h[0].purpose is not None, h[0].rank, not _is_authority(h[0]), h[2]))[0]
        if hits
        else None
    )


def _is_authority(entry: ContactPurpose) -> bool:
    return entry.purpose is Purpose.REGULATOR


def same_again(
    sentence: Sentence, here: list[Hit], told: Sequence[Reached]
) -> Iterator[tuple[Reached, ContactPurpose, float]]:
    """The number told last, not far above, where a sentence gives it for another purpose too: "same phone number"."""
    same = _SAME.search(sentence.text)
    purpose = best_of([h for h in here if h[0].purpose])
    if not same or not purpose or _NUMBER_IN.search(sentence.text):
        return
    channel = Channel.FAX if same["way"].casefold() == "fax" else Channel.PHONE
    last = next((found for found in reversed(told) if found.channel is channel), None)
    if last is not None and sentence.start_char - last.end <= _NOT_FAR:
        yield last, purpose, 0.8


def pointed(reading: Reading, sentence: Sentence, here: list[Hit]) -> Iterator[tuple[Reached, ContactPurpose, float]]:
    """The letterhead's number or address where a sentence points to it: "in writing to the address above"."""
    purpose = best_of([h for h in here if h[0].purpose])
    number, address = (pattern.search(sentence.text) for pattern in (_ABOVE_NUMBER, _ABOVE_ADDRESS))
    if not purpose or not (number or address):
        return
    head = [line for line in reading.lines if line.zone is Zone.LETTERHEAD]
    if number:
        for line in head:
            for found in numbers(line.text):
                if found.channel is Channel.FAX:
                    yield _placed(reading, line.start + found.start, line.start + found.end, found), purpose, 0.85
                    return
    if address and head:
        place = _letterhead_address(reading)
        if place:
            yield place, purpose, 0.85


def _placed(reading: Reading, start: int, end: int, found: Reached) -> Reached:
    """A place in the content as one in the prose."""
    from_ = next((i for i, o in enumerate(reading.prose.offsets) if o >= start), 0)
    to = next((i for i, o in enumerate(reading.prose.offsets) if o >= end), from_ + 1)
    return Reached(found.channel, found.value, from_, to, from_)


def _letterhead_address(reading: Reading) -> Reached | None:
    """The mail address in the letterhead, from its street or box to its ZIP code."""
    head = [line for line in reading.lines if line.zone is Zone.LETTERHEAD and line.text.strip()]
    for number, line in enumerate(head):
        match = re.search(r"\b(?:P\.?\s?O\.?\s?Box|\d+\s+[A-Z])", line.text)
        for last in head[number : number + 3] if match else ():
            code = re.search(r"\b[A-Z]{2,3}\.?,?\s+\d{5}(?:-\d{4})?", last.text)
            if code and match:
                start, end = line.start + match.start(), last.start + code.end()
                value = re.sub(r"\s*\n\s*", ", ", reading.text.content[start:end])
                return _placed(reading, start, end, Reached(Channel.MAIL, value, 0, 0, 0))
    return None
