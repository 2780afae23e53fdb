"""Letter text as running prose: one paragraph a line, with a map back to every character as read.

Line wraps must never defeat a phrase, so a wrap inside a paragraph becomes a blank, a word hyphenated over a wrap is
joined, ligatures and curly quotes are made plain. ``Prose.offsets[i]`` is the place in ``Text.content`` of ``Prose.text[i]``.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prose:
    """Cleaned text; ``offsets`` has one entry a character of ``text``, an offset into the content as read."""

    text: str
    offsets: tuple[int, ...]


_PLAIN = {
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-",
    "\u2014": "-", "\u2212": "-", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2022": "-", "\u00ad": "",
    "\u200b": "", "\ufeff": "", "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
}  # fmt: skip
_BREAK_AFTER = re.compile(r"[:?!]\s*$")
_LIST_OR_LABEL = re.compile(
    r"\s*(?:[-*>•o]\s|\(?\d{1,2}[.)]\s|\(?[a-hA-H][.)]\s|[A-Z][\w/&#'’ -]{1,40}:|re\s*:|dear\b|sincerely|cc\s*:|#{1,4}\s|\*\*)",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"[a-z]-$")


def prose(content: str, continues: list[bool]) -> Prose:
    """The prose of ``content``; ``continues[i]`` says whether line ``i + 1`` goes on with the sentence of line ``i``."""
    chars: list[str] = []
    offsets: list[int] = []
    start = 0
    for number, line in enumerate(re.split(r"[\n\f]", content)):
        stripped = line.rstrip()
        joined = number < len(continues) and continues[number]
        hyphenated = joined and bool(_HYPHENATED.search(stripped))
        body = stripped[:-1] if hyphenated else stripped
        lead = len(body) - len(body.lstrip())
        _append(body[lead:], start + lead, chars=chars, offsets=offsets)
        if not hyphenated:
            chars.append(" " if joined else "\n")
            offsets.append(start + len(stripped))
        start += len(line) + 1
    return Prose(text="".join(chars), offsets=tuple(offsets))


def _append(piece: str, start: int, *, chars: list[str], offsets: list[int]) -> None:
    blank = False
    for index, char in enumerate(piece):
        plain = _PLAIN.get(char)
        if plain is None:
            plain = " " if char.isspace() else (char if char.isascii() else _fold(char))
        for one in plain:
            if one == " " and blank:
                continue
            blank = one == " "
            chars.append(one)
            offsets.append(start + index)


def _fold(char: str) -> str:
    # Box-drawing and other ornaments stand between words, not in them.
    if unicodedata.category(char) in {"So", "Sm", "Cf", "Co"}:
        return " "
    return char


def goes_on(line: str, following: str, *, same_cell: bool = True) -> bool:
    """Whether ``following`` goes on with the sentence of ``line`` (both without their newline)."""
    if not line.strip() or not following.strip() or not same_cell:
        return False
    if "\t" in line.strip() or "\t" in following.strip():
        return False
    if _BREAK_AFTER.search(line) or _LIST_OR_LABEL.match(following):
        return False
    first = following.strip()[0]
    wraps = len(line.strip()) >= 45 or first.islower()
    if line.strip().isupper() != following.strip().isupper() and not first.islower():
        return False
    return wraps


def content_span(text: Prose, start: int, end: int) -> tuple[int, int]:
    """The span of ``Text.content`` for ``text.text[start:end]``; the end is after the last character."""
    if start >= end:
        raise ValueError("an empty span has no place")
    return text.offsets[start], text.offsets[end - 1] + 1


def prose_index(text: Prose, offset: int) -> int:
    """The first index of the prose at or after a content offset."""
    return bisect_left(text.offsets, offset)
