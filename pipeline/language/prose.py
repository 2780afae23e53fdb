"""Letter text as running prose: one paragraph a line, with a map back to every character as read.

Line wraps must never defeat a phrase, so a wrap inside a paragraph becomes a blank, a word hyphenated over a wrap is
joined, ligatures and curly quotes are made plain. ``Prose.offsets[i]`` is the place in ``Text.content`` of
``Prose.text[i]``.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Prose:
    """Cleaned text; ``offsets`` has one entry a character of ``text``, an offset into the content as read."""

    text: str
    offsets: tuple[int, ...]


_PLAIN = {
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-", "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-", "\u2212": "-", "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2022": "-", "\u00ad": "",
    "\u200b": "", "\ufeff": "", "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufe0f": "", "\u260e": "phone ", "\U0001f4de": "phone ", "\U0001f4e0": "fax ",
}  # fmt: skip
_BREAK_AFTER = re.compile(r"[:?!][\s*_]*$")
_VALUE_IN_CAPITALS = re.compile(r":\s(?:[A-Z]{2,}\s?)+$")
"""``Decision on these days: DENIED``."""
_LIST_OR_LABEL = re.compile(
    r"\s*(?:[-*>•▪●‣¢\u2013o]\s|\(cid:\d+\)|\[[ xX✓]?\]|\(\d{1,2}\)\s+[A-Z]|\d{1,2}[.)]\s|\(?[a-hA-H][.)]\s"
    r"|[A-Z][\w/&#'\u2019() -]{1,40}:(?!//)|[a-z]+(?:_[a-z0-9]+)+\s?:|\"\w{2,30}\"\s?:|(?i:re\s*:|dear\s|sincerely"
    r"|respectfully|regards|cc\s*:)|#{1,6}\s|\*\*)"
)
_ROW = re.compile(r"\|.*\|.*\|")
"""A row of a table drawn with strokes; a scan's box leaves one at an end of a line, or one at each."""
_MARK_APART = re.compile(r"^(?:[-*>•▪●‣◦·¢\u2013o✓☒☑☐□■]|\(cid:\d+\)|\[[ xX✓]?\]|\(?(?:\d{1,2}|[a-zA-Z])[.)])\t")
"""The mark of a list's entry, set so far before it that it looks like a cell of its own."""
_BULLET = re.compile(r"\s*(?:[-*>\u2022¢]\s|\(cid:\d+\)|\d{1,2}[.)]\s|#{1,6}\s)")
_DATE_ALONE = re.compile(r"(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\d{4}-\d\d-\d\d)")
_NUMBER_FOLLOWS = re.compile(r"[($]?\d")
_UNDER = re.compile(r"[a-z] (?:under|with|as|is|number|authorization)$")
_OWN_NUMBER = re.compile(r"[A-Z]{1,4}-?\d{4,}\b")
"""A number of the payer's, which alone in the last line of a sentence looks like a heading in capitals."""
_LAW = re.compile(r"(?:[A-Z]\.? ?){3,6}(?:§{1,2} ?)?\d{2,5}[.-]\d")
_TITLE_OF_LAW = re.compile(r"\b\d{1,2}$")
"""``under 42`` and ``CFR 422.566`` on the next line."""
_PHONE = re.compile(r"(?:1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]")
_CHANNEL_ENDS = re.compile(r"\b(?:fax|phone|telephone|tel|call|tty):?$", re.IGNORECASE)
"""In the last cell of a row, whose number a narrow column moved to the next line."""
_PHONE_END = re.compile(r"\d{3}[-. ]\d{4}$")
_DANGLING = re.compile(
    r"\b(?:call|fax|at|to|or|is|phone|number|within|of|by|the|and|than|box|calling)$"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|sixty|ninety|hundred)$",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"[a-z]-$")
# Marks of a text file that are no words: Markdown's signs, and the name of a glyph that a PDF gave no character for.
_MARKS = re.compile(
    r"\*\*|__|`|(?<![\w*])\*(?=[\w\"(])|(?<=[\w.!?:;)\"])\*(?![\w*])|(?<![\w/@.])_(?=[\w\"(])|(?<=[\w.!?:;)\"])_(?!\w)"
    r"|(?<!\S)#{1,6}(?=\s)|(?<!\S)>(?=\s)|\(cid:\d+\)|\\(?=[\W_])"
)
_KEY = re.compile(r"(?<=[A-Za-z0-9])_(?=[A-Za-z_]{1,40}(?:\"?\s?(?:[:=]|\.{3})|[,;|][a-z]|$))")
"""Between the words of a key: ``appeal_fax: 800-555-0100``, ``appeal_by .... 2026-10-02``, ``appeal_fax,p2p_phone``."""
_TIGHT = re.compile(r"(?<=\w)[|;](?=[\w(])")
"""What parts the cells of a row without blanks: ``Appeals|800-555-0100|800-555-0101``."""
_FEWEST_TIGHT = 2
_JOINED_KEY = re.compile(r"(?<=\")[a-z]+(?:[A-Z][a-z]+)+(?=\"\s?:)")
"""A key whose words are joined: ``"appealFax": "800-555-0100"``."""
_CAPITAL = re.compile(r"(?<=[a-z])[A-Z]")
_PAIR = re.compile(
    r"(?P<opens>\{\s?\"(?:k|key|name|label|field)\"\s?:\s?\")[\w /.#-]{1,40}"
    r"(?P<between>\"\s?,\s?\"(?:v|value|val|text)\"\s?:\s?)"
)
"""A label and its value, each behind its own key: ``{"k": "fax", "v": "800-555-0100"}``."""
_RECORD = re.compile(r"\s*[\[{]?\s*\"\w{1,40}\"\s?:")
"""A line that begins with a key; the line before it is whole, though it ends with a comma."""
_MARKED = re.compile(r"[*_#>`\\]|  |\(cid:|\"\s?:|\w[|;][\w(]")
"""What plain text must not hold to be taken as it is: signs that may be marks, two blanks."""
_WORD = re.compile(r"[A-Za-z][\w'\u2019-]*")
_RULE = re.compile(r"[-=_*~.\s]{4,}")
_SMALL = frozenset(
    [
        "a", "an", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "is", "nor", "not", "of", "on",
        "or", "our", "out", "per", "that", "the", "this", "to", "via", "was", "we", "with", "you", "your",
    ]
)  # fmt: skip


def prose(content: str, continues: list[bool], signs: Mapping[str, str] = MappingProxyType({})) -> Prose:
    """The prose of ``content``; ``continues[i]``: line ``i + 1`` goes on with the sentence of line ``i``.

    ``signs`` are ornaments that are words here, with what they say; other ornaments are blanks.
    """
    chars: list[str] = []
    offsets: list[int] = []
    start = 0
    for number, line in enumerate(re.split(r"[\n\f]", content)):
        stripped = line.rstrip()
        joined = number < len(continues) and continues[number]
        hyphenated = joined and bool(_HYPHENATED.search(stripped))
        body = stripped[:-1] if hyphenated else stripped
        lead = len(body) - len(body.lstrip())
        _append(body[lead:], start + lead, chars=chars, offsets=offsets, signs=signs)
        if not hyphenated:
            chars.append(" " if joined else "\n")
            offsets.append(start + len(stripped))
        start += len(line) + 1
    return Prose(text="".join(chars), offsets=tuple(offsets))


def _append(piece: str, start: int, *, chars: list[str], offsets: list[int], signs: Mapping[str, str]) -> None:
    blank = bool(chars) and chars[-1] == " "
    if piece.isascii() and piece.isprintable() and not _MARKED.search(piece) and not (blank and piece[:1] == " "):
        chars.extend(piece)
        offsets.extend(range(start, start + len(piece)))
        return
    marks = {i for mark in _MARKS.finditer(piece) for i in range(*mark.span())}
    between = {key.start() for key in _KEY.finditer(piece)}
    instead: dict[int, str] = {}
    for key in _JOINED_KEY.finditer(piece):
        instead |= {capital.start(): f" {capital.group()}" for capital in _CAPITAL.finditer(piece, *key.span())}
    tight = [sign.start() for sign in _TIGHT.finditer(piece)]
    if len(tight) >= _FEWEST_TIGHT:
        instead |= {place: f" {piece[place]} " for place in tight}
    for pair in _PAIR.finditer(piece):
        marks |= {*range(*pair.span("opens")), *range(*pair.span("between"))}
        instead[pair.start("between")] = ": "
    for index, char in enumerate(piece):
        if index in instead:
            chars.extend(instead[index])
            offsets.extend([start + index] * len(instead[index]))
            blank = instead[index].endswith(" ")
            continue
        if index in marks:
            continue
        plain = " " if index in between else signs.get(char) or _PLAIN.get(char)
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


def goes_on(line: str, following: str, *, same_cell: bool = True, full: int = 45) -> bool:
    """Whether ``following`` goes on with the sentence of ``line`` (both without their newline).

    ``full`` is the length in characters from which a line counts as wrapped rather than ended.
    """
    ended, begun = _MARK_APART.sub("", line.strip(), count=1), following.strip()
    if not ended or not begun or not same_cell or _RULE.fullmatch(ended) or _RULE.fullmatch(begun):
        return False
    if "\t" in ended and "\t" not in begun and _PHONE.match(begun) and _CHANNEL_ENDS.search(ended):
        return True
    if "\t" in ended or "\t" in begun or ended.startswith("#") or _ROW.fullmatch(ended) or _ROW.fullmatch(begun):
        return False
    if _RECORD.match(following):
        return False
    if ended.endswith(",") and len(ended) >= full and not _BULLET.match(following):
        return True
    if _LIST_OR_LABEL.match(following) or _DATE_ALONE.fullmatch(begun):
        return False
    if begun[0].islower() and not ended.endswith("!"):
        return True
    if _NUMBER_FOLLOWS.match(begun) and (_DANGLING.search(ended) or (ended.endswith(":") and _PHONE.match(begun))):
        return True
    if _TITLE_OF_LAW.search(ended) and _LAW.match(begun):
        return True
    if _OWN_NUMBER.match(begun) and _UNDER.search(ended):
        return True
    if _BREAK_AFTER.search(ended) or (_VALUE_IN_CAPITALS.search(ended) and not begun.isupper()):
        return False
    if _PHONE_END.search(ended) or ended.isupper() != begun.isupper() or is_titled(ended):
        return False
    return len(ended) >= full


def is_titled(line: str) -> bool:
    """Whether a line is written as a heading: capitals, or a capital on every telling word; no full stop."""
    text = line.strip().strip("*_#=:- ")
    words = _WORD.findall(text)
    if not words or len(text) > 90 or text[-1] in ".,;" or any(c.isdigit() for c in text.split()[-1]):
        return False
    if text.isupper():
        return len(words) > 1 or len(text) > 5
    carrying = [w for w in words if w.casefold() not in _SMALL]
    return len(words) > 1 and words[0][0].isupper() and all(w[0].isupper() for w in carrying)


def content_span(text: Prose, start: int, end: int) -> tuple[int, int]:
    """The span of ``Text.content`` for ``text.text[start:end]``; the end is after the last character."""
    if start >= end:
        raise ValueError("an empty span has no place")
    return text.offsets[start], text.offsets[end - 1] + 1


def prose_index(text: Prose, offset: int) -> int:
    """The first index of the prose at or after a content offset."""
    return bisect_left(text.offsets, offset)
