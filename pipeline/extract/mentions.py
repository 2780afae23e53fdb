"""A number as other places of a scanned letter print it: with look-alikes read otherwise, a sign lost, or whole.

What is printed twice and was read in two ways is never sure. Where most places agree, or one reading is the beginning
of another that was read well, the other one is the value.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.candidates import same_value
from pipeline.extract.lookalikes import folded
from pipeline.extract.shapes import DATE
from pipeline.values.text import Method, Text

READ_WELL = 0.9
"""Confidence from which a word's print is what it was read as, nearly always."""
_LONG = 6
"""Signs of a number that is like no other by chance."""
_FEWEST, _FEWEST_DIGITS = 3, 4
"""Signs of what may be the beginning of a number, and digits of that number."""
_MOST_BEFORE = 3
"""Signs that a number may have lost at its beginning; more are a word that it was printed together with."""
_EDGES = ".,:;()[]\"'"
_LABEL_ENDS = re.compile(r"[:#=]")
_DIGITS = re.compile(r"\d")
_NO_NUMBER = re.compile(r"(?:1-)?\(?\d{3}\)?-\d{3}-\d{4}|.*[$%].*")
"""A telephone number or a sum, as it is printed in one word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A number read otherwise at another place.

    ``outdoes``: it is the value, and not what was found; ``whole``: what was found is but its beginning.
    """

    printed: str
    page: int
    outdoes: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A word with digits: as printed, its letters and digits, its page, and how well it was read."""

    printed: str
    signs: str
    page: int
    confidence: float
    scanned: bool


def places_of_numbers(text: Text) -> tuple[Place, ...]:
    """The words of a letter that may be identifiers."""
    return tuple(_numbers(text))


def _numbers(text: Text) -> Iterator[Place]:
    for page in text.pages:
        scanned = page.method is not Method.TEXT
        for word in page.words:
            printed = text.content[word.start : word.end]
            if _DIGITS.search(printed):
                printed = _LABEL_ENDS.split(printed.strip(_EDGES))[-1]
                if not (DATE.fullmatch(printed) or _NO_NUMBER.fullmatch(printed)):
                    yield Place(printed, same_value(printed), page.number, word.confidence, scanned)


def times_printed(value: str, places: Sequence[Place]) -> int:
    """How many places are a value."""
    own = same_value(value)
    return sum(place.signs == own for place in places)


def other_mention(
    value: str, places: Sequence[Place], *, confidence: float, labelled: Collection[str]
) -> Mention | None:
    """Another reading of a value's print, the one of most scanned places, or None where all are alike.

    ``confidence`` is the value's own; ``labelled`` are other values that labels of its field announce.
    """
    own = same_value(value)
    rivals: dict[str, list[Place]] = defaultdict(list)
    for place in places if len(own) >= _FEWEST else ():
        if place.scanned and place.signs != own and _is_same_print(own, place.signs, min(place.confidence, confidence)):
            rivals[place.signs].append(place)
    if not rivals:
        return None
    other, ones = max(rivals.items(), key=lambda rival: len(rival[1]))
    counted = times_printed(value, places)
    begun = other.startswith(own)
    if begun:
        known = len(own) >= _LONG or other in {same_value(one) for one in labelled}
        well = max(one.confidence for one in ones) >= READ_WELL and _parts_a_run(value, ones[0].printed)
        outdoes = known and well and len(rivals) == 1 and len(ones) >= counted
    else:
        outdoes = len(ones) > max(1, counted)
    return Mention(printed=ones[0].printed, page=ones[0].page, outdoes=outdoes, whole=begun)


def _is_same_print(own: str, other: str, confidence: float) -> bool:
    """Whether one may be another reading of the other.

    They are alike but for look-alikes, a badly read sign or a lost one, or the other is the whole of a part.
    """
    if len(own) == len(other):
        badly = confidence < READ_WELL and len(own) > _LONG
        one_off = badly and sum(a != b for a, b in zip(own, other, strict=True)) == 1
        return len(own) >= _LONG and (one_off or folded(own) == folded(other))
    if sum(ch.isdigit() for ch in other) < _FEWEST_DIGITS:
        return False
    more = len(other) - len(own)
    if more > 0 and (other.startswith(own) or (more <= _MOST_BEFORE and len(own) >= _LONG and other.endswith(own))):
        return True
    return min(len(own), len(other)) >= _LONG and _lacks_one(*sorted((own, other), key=len))


def _lacks_one(shorter: str, longer: str) -> bool:
    """Whether one sign fewer is all that parts two numbers."""
    same = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return len(longer) == len(shorter) + 1 and shorter[same:] == longer[same + 1 :]


def _parts_a_run(value: str, whole: str) -> bool:
    """Whether a value ends within a run of letters and digits of the whole: what a hyphen adds may be a suffix."""
    behind = re.sub(rf"^(?:[^A-Za-z0-9]*[A-Za-z0-9]){{{len(same_value(value))}}}", "", whole)
    return behind[:1].isalnum()
