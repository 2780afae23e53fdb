"""Which service lines a reason is about: the line it names, by number, code, claim or patient, or those with its code.

A line that a sentence only compares with ("bundled into line 2", "part of 99213") is not what it is about.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.knowledge.codes import CodeKnowledge
from pipeline.values.letter import ClaimEntry, Reason, ServiceLine

_LINES = re.compile(
    r"\b(?:service |claim )?lines?(?: items?| numbers?| nos?\.?)?\s+#?(?P<numbers>\d{1,2}"
    r"(?:\s*(?:,\s*(?:and\s+)?|and\s+|&\s*|through\s+|thru\s+|to\s+|-|\u2013)\s*#?\d{1,2}(?!\d))*)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:all|both|each|every)\s+(?:of\s+)?(?:the\s+|these\s+)?(?:service |claim )?lines?\b", re.IGNORECASE
)
_BUT = re.compile(r"\b(?:except|but|other than|apart from)\b[^.;]{0,20}$", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,2})\s*(?:through|thru|to|-|\u2013)\s*#?(\d{1,2})", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:into|(?:included|includes|paid) in|part of|component of|incidental to|bundled (?:to|with|in)|together with"
    r"|along with|than|same as)\s+(?:the\s+)?(?:(?:payment|allowance|fee) (?:for|of)\s+)?(?:the\s+)?"
    r"(?:(?:service|procedure|code|cpt|hcpcs)\s+)*$",
    re.IGNORECASE,
)
_HEADS = re.compile(r"\s*[-*•#]*\s*(?:(?:service |claim )?line\s+#?\d{1,2}\b|[A-Z]?\d{4,5}[A-Z]?\b)", re.IGNORECASE)
_HEAD_LENGTH, _BLANK_LINES = 60, 1
_PAID = "paid"


@dataclass(frozen=True, slots=True)
class _Line:
    """A service line with its place over all claims, and the claim that it is of."""

    place: int
    line: ServiceLine
    claim: ClaimEntry


def tied(
    reasons: Sequence[Reason], claims: Sequence[ClaimEntry], codes: CodeKnowledge, *, content: str = ""
) -> tuple[Reason, ...]:
    """The reasons with the indexes of their lines, over all claims in order; of one line alone, it is that.

    ``content`` is the letter, in which a heading above a reason may name its line.
    """
    every = [(line, claim) for claim in claims for line in claim.lines]
    lines = [_Line(place, line, claim) for place, (line, claim) in enumerate(every)]
    if not lines:
        return tuple(reasons)
    return tuple(replace(reason, lines=_lines_of(reason, lines, codes, content)) for reason in reasons)


def _lines_of(reason: Reason, lines: Sequence[_Line], codes: CodeKnowledge, content: str) -> tuple[int, ...]:
    own = _of_claim(reason.text, lines)
    if named := _named(reason.text, own) or _named(_head_of(reason.text, content), own):
        return named
    coded = [one.place for one in own if one.line.outcome != _PAID and _says(one.line, reason, codes)]
    if coded:
        return tuple(coded)
    if len(own) < len(lines):
        return tuple(one.place for one in own if one.line.outcome != _PAID)
    return (0,) if len(lines) == 1 else ()


def _of_claim(text: str, lines: Sequence[_Line]) -> Sequence[_Line]:
    """The lines of the claims that a text names by number, else of the patients that it names; else all."""
    for name in ("claim_number", "member_name"):
        values = {value for one in lines if (value := getattr(one.claim, name))}
        told = {value for value in values if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE)}
        if told and len(values) > 1:
            return [one for one in lines if getattr(one.claim, name) in told]
    return lines


def _named(text: str, lines: Sequence[_Line]) -> tuple[int, ...]:
    """The lines that a text names by code or number, without those that it only compares with or leaves out."""
    about, left = set[int](), set[int]()
    for one in lines:
        for hit in re.finditer(rf"\b{re.escape(one.line.code)}\b", text) if one.line.code else ():
            if not _COMPARED.search(text[: hit.start()]):
                about.add(one.place)
    for hit in _LINES.finditer(text):
        numbers = {lines[number - 1].place for number in _numbers(hit["numbers"]) if 0 < number <= len(lines)}
        before = text[: hit.start()]
        if _BUT.search(before):
            left |= numbers
        elif not _COMPARED.search(before):
            about |= numbers
    if _ALL.search(text):
        about |= {one.place for one in lines if one.line.outcome != _PAID}
    return tuple(sorted(about - left))


def _numbers(text: str) -> Iterator[int]:
    """``1, 3 and 5 through 7`` -> 1, 3, 5, 6, 7."""
    for first, last in _RANGE.findall(text):
        yield from range(int(first), int(last) + 1)
    yield from map(int, re.findall(r"\d+", text))


def _head_of(text: str, content: str) -> str:
    """The short line above a reason that begins with a line's number or code, as a heading does; else empty."""
    above = content[: max(0, content.find(text))].split("\n")[:-1]
    blank = 0
    for line in reversed(above):
        if not line.strip():
            blank += 1
        elif _HEADS.match(line) and len(line.strip()) <= _HEAD_LENGTH and not line.rstrip().endswith("."):
            return line
        elif blank:
            return ""
        if blank > _BLANK_LINES:
            return ""
    return ""


def _says(line: ServiceLine, reason: Reason, codes: CodeKnowledge) -> bool:
    """Whether a line carries a code that stands for the reason."""
    adjusted = (codes.carc.codes.get(adjustment.carc) for adjustment in line.adjustments)
    remarked = (codes.rarc.codes.get(remark) for remark in line.rarc)
    return any(entry is not None and entry.category == reason.category.value for entry in (*adjusted, *remarked))
