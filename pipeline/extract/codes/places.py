"""Places that make a service code of a number that no list has: behind a label of the service, in a bracket."""

import re
from bisect import bisect_right

from pipeline.knowledge.code_words import CodeWords
from pipeline.language import Reading
from pipeline.language.reading import Cell, Line, line_at
from pipeline.language.zones import Zone

Support = tuple[float, str]

# Places that make a code of it without a label: a row of a table, a bracket after a description, a count behind it.
_ROW_BEFORE = re.compile(r"(?:^|\n)[ \t]*(?:\d{1,2}[ \t]+)?$")
_ROW_AFTER = re.compile(
    r"(?:[ \t]+[A-Z\d]{2})*[ \t]+(?:(?:on |for )?\d{1,2}/\d{1,2}/\d{2,4}"
    r"|[^\n]{0,40}?\$?\d{1,3}(?:,\d{3})*\.\d{2}|x ?\d{1,4})(?!\d)"
)
_COUNT_AFTER = re.compile(r"(?:,|[ \t]x)[ \t]?(?:\d{1,4}|[a-z]{3,9}) ?(?P<counted>[a-z]+)", re.IGNORECASE)
_ON_DAY = re.compile(r" (?:on|from|for),? (?:\d{1,2}[/-]\d{1,2}[/-]\d|[A-Z][a-z]{2,8}\.? \d)")
_SAID_OF_IT = re.compile(r"[ \t]{2,}[a-z]{2}")
_DESCRIBED_BEFORE = re.compile(r"[a-z] ?\(\s?$")
_SAID_BEFORE = re.compile(r"[a-z],? $", re.IGNORECASE)
_STATE_ZIP = re.compile(r"\b[A-Z]{2}\.?,?\s{1,3}$")
_STREET_AFTER = re.compile(r"[ \t]+(?:[NSEW]\.?[ ])?[A-Z][a-z]+(?:[ ][A-Z][a-z]+)??[ ](?P<street>[A-Z][a-z]+)\b")
_CODE = r"(?:\d{5}|\d{4}[FTU]|[A-EGHJ-MP-TV]\d{4})(?:-[A-Z\d]{2})?"
_BRACKETED = re.compile(rf"[a-z\d]\.?\s*\(\s?(?:{_CODE}\s*(?:,|;|/|&|and|or|\+)\s*)*$", re.IGNORECASE)
_BRACKET_GOES_ON = re.compile(rf"(?:-[A-Z\d]{{2}})?(?:\s*(?:,|;|/|&|and|or|\+)\s*{_CODE})*\s?\)")
_LABEL = re.compile(r"[\W_]*(?P<label>[A-Za-z][\w'’/&().#-]*(?: [\w'’/&().#-]+){0,6}?)\s*(?::|\.{3,}|\s[-–—]\s|\s{2,})")
_STARTS_PIECE = re.compile(r"(?:^|[;,(&+/|:]|\b(?:and|with|plus|or))\s*$", re.IGNORECASE)
_ENDS_PIECE = re.compile(r"\s*(?:$|[.,;:)/&+]|\bx ?\d|\band\b|\bor\b|\bwith\b|\bon\b|\bfor\b|\$)", re.IGNORECASE)
_NAMED_BEFORE = re.compile(r"(?P<word>[A-Za-z][A-Za-z'’-]{2,}),? $")
_NAMED_AFTER = re.compile(r"[.,;:)](?:\s|$)|[ \t]*(?:\n|$)")
_NOT_ALONE = re.compile(r"[\s:#.*_`\-]+$")
_NEW_SENTENCE = re.compile(r"[a-z]{5,}\.\s+$")
_IN_LIST = re.compile(r"^(?![^\n]*\.\s)[^\n]{0,70}(?:[;,+&]|\band|\bwith|\bplus)\s*$")
_GROUP_BEFORE = re.compile(r"(?:\b(?P<word>[A-Z]{1,5})|\d[A-Z]?|\b[Nn]os?\.?|#)[ \n]$")
_GROUP_AFTER = re.compile(r"[ ](?:\d{3}|\d\d[ ]\d|\d\d?$)|-\w")
_LINE_BEFORE = re.compile(r"(?:^|\n)[ \t*-]*(?:line|item) ?#? ?\d{1,2}[.:)]?[ \t*]+$", re.IGNORECASE)
"""``Line 2 97110``: a service line in words."""
_COUNTED = re.compile(r"[ ](?P<word>[a-z]{2,})")
"""A word in small letters right behind a number: "12345 other things"."""
_NO_PLACE = frozenset({Zone.LETTERHEAD, Zone.ADDRESS, Zone.SIGNATURE, Zone.BOILERPLATE, Zone.RIGHTS, Zone.CONTACTS})
_LONGEST_LABEL = 42


def is_something_else(before: str, words: CodeWords) -> bool:
    """Whether the words right before a number make it another one: ``reason code``, ``P.O. Box``, ``policy no.``."""
    if _NEW_SENTENCE.search(before):
        return False
    text = _NOT_ALONE.sub("", before)
    while text and words.something_else.last_in(text) < len(text) == words.code_word.last_in(text):
        text = re.sub(r"(?<=\S) ?$", "", text[: -len(text.split()[-1])])
    return bool(text) and words.something_else.last_in(text) == len(text)


def _closed_by(text: str, words: CodeWords) -> bool:
    """Whether a text ends with a word for a code, as the label of the one behind it."""
    text = _NOT_ALONE.sub("", text)
    return bool(text) and words.code_word.last_in(text) == len(text)


def is_row(content: str, match: re.Match[str]) -> bool:
    """Whether a code opens a row of a table: a date, an amount or a count stands behind it."""
    before = content[max(0, match.start() - 40) : match.start()]
    return bool(_ROW_BEFORE.search(before) and _ROW_AFTER.match(content[match.end() : match.end() + 90]))


def is_address(content: str, match: re.Match[str], words: CodeWords) -> bool:
    """Whether a number is a ZIP code behind its state, or that of a house."""
    if _STATE_ZIP.search(content[max(0, match.start() - 20) : match.start()]):
        return True
    street = _STREET_AFTER.match(content[match.end() : match.end() + 40])
    return street is not None and words.street.opens(content[match.end() + street.start("street") :][:_LONGEST_LABEL])


def by_place(reading: Reading, match: re.Match[str], *, words: CodeWords, last: int) -> Support | None:
    """How far its place makes a service code of a match that no label of codes announces and no list has.

    ``last`` is where the code before it ends, -1 where there is none.
    """
    content = reading.text.content
    before, after = content[max(0, match.start() - 120) : match.start()], content[match.end() : match.end() + 60]
    if found := _beside(content, match, before=before, after=after, words=words):
        return found
    line = line_at(reading, match.start())
    if line.zone in _NO_PLACE:
        return None
    same_line = before[before.rfind("\n") + 1 :]
    if _closed_by(same_line, words):
        return 0.8, "service.code_word"
    if _BRACKETED.search(before) and _BRACKET_GOES_ON.match(after):
        return 0.7, "service.bracket"
    cell, label = _cell(line, match.start()), _label(line, match.start()) or ""
    if cell.start == match.start() and _ON_DAY.match(after):
        return 0.7, "service.on_day"
    apart = _STARTS_PIECE.search(content[cell.start : match.start()]) or _ENDS_PIECE.match(after)
    if apart and words.label.found_in(label) and not words.something_else.found_in(label):
        return 0.7, "service.labelled"
    if last >= 0 and _IN_LIST.match(content[last : match.start()]):
        return 0.7, "service.listed"
    if not match["code"].isdigit():
        return 0.65, "service.shape"
    named = None if words.something_else.found_in(label) else _NAMED_BEFORE.search(same_line)
    if named and not words.no_name.covers(named["word"]) and _NAMED_AFTER.match(after):
        return 0.6, "service.named"
    counted = _COUNTED.match(after)
    anothers = words.something_else.found_in(label) or _part_of_number(before, after, words)
    if anothers or (counted and not words.no_name.covers(counted["word"])):
        return None
    return 0.55, "service.bare"


def _part_of_number(before: str, after: str, words: CodeWords) -> bool:
    """Whether digits are a group of a longer number: "CMH 60417 2283", "1126 0119 44310", "71120-A"."""
    group = _GROUP_BEFORE.search(before)
    word = group["word"] if group else None
    named = word is not None and (words.no_name.covers(word) or words.label.covers(word))
    return (group is not None and not named) or _GROUP_AFTER.match(after) is not None


def _beside(content: str, match: re.Match[str], *, before: str, after: str, words: CodeWords) -> Support | None:
    """What the signs right beside a code make of it, whatever its line is."""
    if is_row(content, match):
        return 0.8, "service.row"
    if _LINE_BEFORE.search(before):
        return 0.7, "service.line"
    if _DESCRIBED_BEFORE.search(before) and after[:1] in {")", ","}:
        return 0.7, "service.bracket"
    asked = before[before.rfind("\n") + 1 :]
    if words.asked.opens(asked) and _SAID_BEFORE.search(asked) and re.match(r"[.,;)]?(?:\s|$)", after):
        return 0.65, "service.asked"
    starts = _ROW_BEFORE.search(before) is not None
    if starts and _SAID_OF_IT.match(after):
        return 0.7, "service.row"
    count = _COUNT_AFTER.match(after) if starts else None
    if count and words.counted.covers(count["counted"]):
        return 0.7, "service.count"
    if not match["code"].isdigit() and re.match(r" \([a-z]", after) and re.search(r"[a-z] $", before):
        return 0.7, "service.described"
    return None


def _cell(line: Line, offset: int) -> Cell:
    """The cell of a line that holds an offset."""
    return line.cells[max(0, bisect_right(line.cells, offset, key=lambda cell: cell.start) - 1)]


def _label(line: Line, offset: int) -> str | None:
    """What stands before a value as its label: in its cell, or in the cell before it."""
    cell = _cell(line, offset)
    hit = _LABEL.match(cell.text[: offset - cell.start])
    if hit:
        return hit["label"]
    before = [c for c in line.cells if c.end <= cell.start]
    beside = before[-1].text if before else ""
    return beside if 0 < len(beside) <= _LONGEST_LABEL and not any(ch.isdigit() for ch in beside) else None
