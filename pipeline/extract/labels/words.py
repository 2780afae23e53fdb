"""The labels of all fields as one pattern, and which field a match may announce.

Labels are matched without regard to case, blanks, a possessive ("member's ID") and the look-alikes of a scan
("rnember", "C1aim").
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from pipeline.knowledge.alternatives import alternatives, first_signs
from pipeline.knowledge.fields import FieldLabels, Shape

_MISREAD_ID = r"(?<=\s)(?:[1|!\[{(]d|(?-i:I[bp]|ib))(?![a-z])"
_MISREAD_SIGN = r"(?<=\s)(?-i:ft?|H|4)(?=\s*[:;])"
_ENDING = (
    r"(?:[\s'._)]*(?:(?<![A-Za-z0-9])(?:number|nurnber|num(?=\b)|nos?\b\.?|id(?:entification|entifier)?\b|i\.d\.?)|\#"
    rf"|{_MISREAD_ID}|{_MISREAD_SIGN}|(?-i:(?<=[a-z])(?:Number|No|Num|Id|ID)\b)|(?-i:(?<=[A-Z]{{3}})(?:NUMBER|NUM|NO|ID)(?=\s*[=:]))))+\.?"
)
"""What may stand behind the label of an identifier, as a scan reads it too: "number", "no.", "ID", "#", two of them,
and joined to it in the key of a record: "claimNumber", "CLAIMNO="."""
_ENDING_ALONE = re.compile(rf"(?:{_ENDING}|provider|service|code|codes|name|date|account)[\s:.]*", re.IGNORECASE)
_ENDING_FIRST = re.compile(r"\s*(?:number|nurnber|no\.?|id|#)\s*:\s*(?=\S)", re.IGNORECASE)
_READ_AS = {"m": ("m", "rn"), "l": ("l", "1", "|"), "i": ("i", "l", "1", "|"), "o": ("o", "0")}
_ID_BEGINS = "il1|![{("
"""The I of "ID" alone is read as any stroke; in other words a stroke is seldom anything else."""
_POSSESSIVE = re.compile(r"['’]s?\b")
_BLANKS = re.compile(r"[\s_]+")
_ACRONYM = re.compile(r"^\s*\([A-Z]{2,6}\)")
"""The short form that a label gives of itself in brackets: "Sponsor ID (DBN)"."""
_STROKE_D = re.compile(r"[!\[{(]d\b")


@dataclass(frozen=True, slots=True)
class Announced:
    """A field that a label may announce; ``weak``: the label is an ordinary word too; ``numbered``: it is an id."""

    field: str
    weak: bool
    numbered: bool


@dataclass(frozen=True, slots=True)
class LabelPattern:
    """Every label of every field; the group ``label`` of a match holds the label with its ending."""

    pattern: re.Pattern[str]
    owners: Mapping[str, tuple[Announced, ...]]

    def announced(self, hit: re.Match[str]) -> tuple[Announced, ...]:
        """The fields that a match may announce; an ending such as "number" makes a weak label strong."""
        ending = next(filter(None, hit.groups()[1:]), None)  # the first group is the label with its ending
        label = hit.group("label")
        base = label[: len(label) - len(ending)] if ending else label
        owners = self.owners.get(label_key(base), ())
        return tuple(Announced(a.field, weak=False, numbered=True) for a in owners if a.numbered) if ending else owners

    def begins(self, text: str) -> bool:
        """Whether a text begins with a label and goes on with a mark or a number."""
        hit = self.pattern.match(text, len(text) - len(text.lstrip(" *•-–·>#_([")))
        return hit is not None and re.match(r"[\s*_]*(?:[:#=]|[A-Z]{0,5}-?\d)", text[hit.end() :]) is not None

    def whole(self, text: str) -> re.Match[str] | None:
        """The match where a text is a label and nothing else."""
        lead = len(text) - len(text.lstrip(" *•-–·>#_(["))
        hit = self.pattern.match(text, lead)
        return hit if hit and not _ACRONYM.sub("", text[hit.end() :]).strip(" :#.*_-()s>!") else None


def ending_alone(text: str) -> bool:
    """Whether a text is only the end of a label whose beginning stands above it."""
    return bool(_ENDING_ALONE.fullmatch(text.strip()))


def ending_before(text: str) -> int:
    """How much of a cell is the end of the label in the cell before it: a wide blank parts "Account" and "Number:"."""
    hit = _ENDING_FIRST.match(text)
    return hit.end() if hit else 0


@cache
def label_pattern(fields: tuple[FieldLabels, ...]) -> LabelPattern:
    """The labels of the fields, compiled once."""
    owners: dict[str, tuple[Announced, ...]] = {}
    endings = set()
    for field in fields:
        for label in field.labels:
            key = label_key(label)
            one = Announced(field.id, label in field.weak, field.shape is Shape.ID)
            if all(known.field != field.id for known in owners.get(key, ())):
                owners[key] = (*owners.get(key, ()), one)
            if field.shape is Shape.ID:
                endings.add(key)
    spelled = sorted({label for field in fields for label in field.labels}, key=len, reverse=True)
    parts = [
        (sign, following + (f"({_ENDING})?" if label_key(label) in endings else ""))
        for label in spelled
        for sign, following in _begun(label)
    ]
    whole = r"(?<![A-Za-z0-9'])(?P<label>" + alternatives(parts) + r")(?![A-Za-z0-9]|-\d)"
    return LabelPattern(re.compile(whole, re.IGNORECASE), owners)


def _begun(label: str) -> Iterator[tuple[str, str]]:
    """The signs with which a label may begin, as a scan may have read them too, and the pattern of what follows."""
    first, *others = label.split()
    signs = first_signs(first)
    if first == "id":
        read, rest = iter(_ID_BEGINS), "d"
    else:
        read, rest = map("".join, product(*(_READ_AS.get(sign, sign) for sign in signs))), _word(first, len(signs))
    for begun in read:
        yield begun, r"[\s_]*".join((rest, *map(_word, others)))  # blanks are optional


def _word(word: str, start: int = 0) -> str:
    """A word of a label from a place on, as a scan may have read its letters."""
    if word == "id":
        return f"[{re.escape(_ID_BEGINS)}]d"
    letters = "".join(f"(?:{'|'.join(map(re.escape, _READ_AS.get(ch, ch)))})" for ch in word[start:])
    return letters + r"(?:['’]s?)?" if len(word) > 4 and word.isalpha() else letters


@lru_cache(maxsize=1024)  # a letter repeats its labels
def label_key(label: str) -> str:
    """What two spellings of a label have in common."""
    plain = _BLANKS.sub("", _POSSESSIVE.sub("", label)).casefold()
    plain = _STROKE_D.sub("ld", plain)
    return plain.replace("rn", "m").replace("1", "l").replace("|", "l").replace("0", "o").replace("i", "l")
