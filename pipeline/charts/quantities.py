"""Numbers with their bounds, as clinicians write them. A bound that the words leave open is None, never guessed."""

import re
from dataclasses import dataclass

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "couple": 2, "dozen": 12,
}  # fmt: skip
NUMBER = (
    r"(?:\d{1,4}(?:\.\d+)?|twenty[- ](?:one|two|three|four|five|six|seven|eight|nine)|"
    + "|".join(_WORDS)
    + r")\b(?<!half a dozen)"
)
_LEAST = r">=|\u2265|at least|no fewer than|no less than|not less than|a minimum of|minimum of|minimum"
_OVER = r">|more than|over|greater than|exceeding"
_MOST = (
    r"<=|\u2264|<|up to|at most|no more than|fewer than|less than|just under|under|not more than|maximum of"
    r"|almost|nearly|close to|not quite|approaching|the better part of|the best part of|most of"
)
_LESS = (
    r"<|fewer than|less than|just under|under|almost|nearly|close to|not quite|approaching"
    r"|the better part of|the best part of|most of"
)
QUANTITY = (
    rf"(?P<q>{_LEAST}|{_OVER}|{_MOST})?\s*"
    rf"(?P<a>{NUMBER})(?P<plus>\+|\s+or (?:more|greater|longer|above)\b|\s+plus\b)?"
    rf"(?:\s*(?:-|to|or)\s*(?P<b>{NUMBER})(?P<plus2>\+)?)?"
)
"""A number or a range, with what bounds it: ``>= 15``, ``15-18``, ``up to 20``, ``15+``."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """The least and the most that the words allow."""

    low: float | None
    high: float | None


def number_of(words: str) -> float:
    """The number that figures or words stand for.

    >>> number_of("twenty-two")
    22.0
    """
    plain = words.casefold().strip()
    if plain[0].isdigit():
        return float(plain)
    return float(sum(_WORDS[part] for part in re.split(r"[- ]", plain)))


def quantity_of(match: re.Match[str]) -> Quantity:
    """The bounds of a match of ``QUANTITY``.

    >>> quantity_of(re.search(QUANTITY, "15 to 18"))
    Quantity(low=15.0, high=18.0)
    >>> quantity_of(re.search(QUANTITY, "up to 20"))
    Quantity(low=None, high=20.0)
    """
    first = number_of(match["a"])
    second = number_of(match["b"]) if match["b"] else None
    qualifier = (match["q"] or "").casefold()
    if qualifier and re.fullmatch(_MOST, qualifier):
        most = second if second is not None else first
        return Quantity(None, round(most - 0.01, 2) if re.fullmatch(_LESS, qualifier) else most)
    open_ended = bool(match["plus"] or match["plus2"]) or bool(qualifier)
    if second is not None and second < first:  # "11 of 30" misread, or a date: no range
        return Quantity(None, None)
    return Quantity(first, None if open_ended else (second if second is not None else first))
