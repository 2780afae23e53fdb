"""What was measured or counted beside what a rule asks for: "a score of 20 or more", "hers is 14".

Nothing is said of "too low" or "not met". A bound is a number with words that make it one; what was found is another
number of the same unit. Where one number found is good enough nothing is told, in whatever words it stands.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extract.reasons.passages import Passage
from pipeline.values.vocabulary import Category

_NUMBER = r"(?P<{0}>(?<![\w$./#,-])-?\d{{1,4}}(?:\.\d{{1,2}})?)(?![\w-]|[./,:]\d|\s?(?:to|-|–)\s?\d)"
_UNIT = r"(?:\s?(?P<{0}>%|[a-zA-Z][a-z/0-9]*)(?:\s(?P<{0}2>[a-z]+))?)?"
LOW = re.compile(
    rf"{_NUMBER.format('more')}{_UNIT.format('of_more')}(?:\s[a-z/]+){{0,4}}?\s(?:or|and)\s"
    r"(?:more|above|higher|greater|over|up|longer|deeper|better)\b"
    r"|(?:\bat least|\bminimum(?: of| is|:)?|\bno (?:less|fewer) than|\b(?:more|greater|higher|longer) than"
    r"|\babove|\bover|\bexceed\w*|\breach(?:es|ed)?|≥|>=?)\s?(?:an? |the )?"
    rf"{_NUMBER.format('least')}{_UNIT.format('of_least')}",
)
# "A score of 3 or 4": one of two that follow each other.
ONE_OF = re.compile(r"(?P<more>\b\d{1,2}) or (?P<next>\d{1,2})\b(?P<of_more>)(?P<of_more2>)(?P<least>)")
HIGH = re.compile(
    rf"{_NUMBER.format('more')}{_UNIT.format('of_more')}(?:\s[a-z/]+){{0,4}}?\s(?:or|and)\s"
    r"(?:less|below|lower|fewer|under|shorter)\b"
    r"|(?:\bat most|\bmaximum of|\bno more than|\b(?:less|fewer|lower) than|\bbelow|\bunder|≤|<=?)\s?(?:an? |the )?"
    rf"{_NUMBER.format('least')}{_UNIT.format('of_least')}",
)
_FOUND = re.compile(rf"(?:{_NUMBER.format('found')}|\b(?P<one>one)\b){_UNIT.format('unit')}")
_RANGE = re.compile(r"(?<![\w$./#,-])(?P<first>\d{1,4})(?:\.\d+)?\s?(?:to|-|–)\s?(?=\d)")
_NTH = re.compile(r"\b(?:the|your|her|his|visit|number|no\.)\s(?P<nth>\d{1,3})(?:st|nd|rd|th)\b(?!\s(?:of\s)?[A-Z])")
COUNTS_OFF = re.compile(
    r"\b(?:lines?|items?|pages?|box|sections?|part|level|tier|step|day|no\.?|number|rules?|criteri(?:on|a)|exhibit"
    r"|codes?|option|phase|stage|grade|type|class|version|appendix|chapter|\()\s?(?:no\.?\s)?$",
    re.IGNORECASE,
)
"""Words behind which a number only counts off: "criterion 3", "page 2"."""
_OF_SO_MANY = re.compile(
    r"\b(?:visit|session|treatment|day|cleaning|ride|trip|exam)\s(?:no\.?\s|number\s|#\s?)?"
    r"(?P<one>\d{1,3})\sof\s(?:the\s)?(?P<most>\d{1,3})\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d\b")
# What follows a number without being what it counts.
_NO_UNIT = frozenset({
    "a", "after", "an", "and", "are", "as", "at", "before", "but", "by", "each", "for", "from", "had", "has",
    "have", "if", "in", "is", "it", "less", "more", "not", "of", "on", "only", "or", "out", "per", "since", "so",
    "than", "that", "the", "this", "to", "was", "we", "were", "when", "which", "while", "who", "with", "you",
})  # fmt: skip
# Time, money and goods are limited by rules of other kinds; so are ages.
_OTHER = frozenset({
    "box", "capsule", "claim", "code", "copay", "dollar", "dose", "injection", "letter", "line", "mile", "night",
    "old", "page", "patch", "pen", "people", "pill", "refill", "request", "session", "syringe", "tablet", "unit",
    "vial", "visit", "year",
})  # fmt: skip
TIMES = frozenset(["day", "week", "month", "hour", "minute"])
"""Units of time."""


class _Measure(NamedTuple):
    """A number with its unit in the singular, None where it has none."""

    amount: float
    unit: str | None
    of: bool = False
    """Whether it is said to be the number of something: "a score of 2"."""


def falls_short(passage: Passage) -> Category | None:
    """What a number that misses its bound is a reason of, None where none does."""
    if passage.has("appeal") or passage.has("filing") or passage.has("coverage") or passage.days:
        return None
    text = passage.text
    for bounds, misses in ((LOW, float.__lt__), (ONE_OF, float.__lt__), (HIGH, float.__gt__)):
        for bound in bounds.finditer(text):
            if bounds is ONE_OF and int(bound["next"]) != int(bound["more"]) + 1:
                continue
            name = "more" if bound["more"] else "least"
            need = _Measure(float(bound[name]), unit_of(bound[f"of_{name}"], bound[f"of_{name}2"]))
            if need.unit in _OTHER or not _beside(passage, bound, "needed"):
                continue
            found = [one for one in _found(passage, but=bound) if _same(need, one, passage)]
            if found and all(misses(one.amount, need.amount) for one in found):
                return _category(passage, need)
    return None


def is_used_up(passage: Passage) -> bool:
    """Whether as much was used as a year allows: "covers 20 visits a year", "this was the 21st"."""
    text = passage.text
    counts = list(_counted_in(text))
    allowed = [hit for hit in counts if _beside(passage, hit, "allowed") and _beside(passage, hit, "of_year")]
    if len(allowed) != 1 or passage.has("appeal") or passage.has("filing"):
        return False
    most = _Measure(float(allowed[0]["found"] or 1), unit_of(allowed[0]["unit"], allowed[0]["unit2"]))
    if most.unit in TIMES - {"day", "hour"} or (text[: allowed[0].start()] + " ").endswith("$ "):
        return False
    used = [float(hit["nth"]) for hit in _NTH.finditer(text) if _beside(passage, hit, "used")]
    for hit in counts:
        unit = unit_of(hit["unit"], hit["unit2"])
        if hit is not allowed[0] and unit in {None, most.unit, "time"} and _beside(passage, hit, "used"):
            used.append(float(hit["found"] or 1))
    return bool(used) and max(used) >= most.amount


def is_numbered_beyond(passage: Passage) -> bool:
    """Whether something is numbered higher than so many are allowed: "visit 13 of 12"."""
    return any(int(hit["one"]) > int(hit["most"]) for hit in _OF_SO_MANY.finditer(passage.text))


def _found(passage: Passage, *, but: re.Match[str]) -> list[_Measure]:
    """The numbers that a clause says to have been found, but for the bound and whatever else bounds something."""
    text = passage.text
    taken = [but.span(), *(hit.span() for bounds in (LOW, ONE_OF, HIGH) for hit in bounds.finditer(text))]
    found = []
    for hit in (*_counted_in(text), *_RANGE.finditer(text)):
        if any(start <= hit.start() < end for start, end in taken):
            continue
        if not _beside(passage, hit, "found"):
            continue
        if "first" in hit.re.groupindex:
            found.append(_Measure(float(hit["first"]), None))
        else:
            of = text[: hit.start()].endswith(" of ")
            found.append(_Measure(float(hit["found"] or 1), unit_of(hit["unit"], hit["unit2"]), of))
    return found


def _counted_in(text: str) -> Iterator[re.Match[str]]:
    """The numbers but for those that only count off, and years."""
    for hit in _FOUND.finditer(text):
        if not (COUNTS_OFF.search(text[: hit.start()]) or _YEAR.match(text, hit.start())):
            yield hit


def unit_of(first: str | None, second: str | None) -> str | None:
    """The unit of two words behind a number: "headache days" are days."""
    for word in (second, first) if first and first.casefold() not in _NO_UNIT else ():
        if word and word.casefold() not in _NO_UNIT:
            singular = "%" if word == "percent" else word.casefold().rstrip("s")
            if word is first or singular in TIMES | _OTHER:
                return singular
    return None


def _same(need: _Measure, one: _Measure, passage: Passage) -> bool:
    """Whether a number is of what is bounded; without units, whether something is measured at all."""
    if need.unit in TIMES and one.unit is None and one.of:
        return False
    if need.unit is None or one.unit is None:
        return one.unit not in _OTHER | TIMES and passage.has("measure")
    return need.unit == one.unit


def _beside(passage: Passage, number: re.Match[str], name: str) -> bool:
    """Whether a word of that name stands near a number of the passage."""
    return passage.near(passage.start + number.start(), passage.start + number.end(), name) is not None


def _category(passage: Passage, need: _Measure) -> Category | None:
    if passage.has("improved"):
        return Category.CONTINUATION_NO_BENEFIT
    if passage.has("tried", "medicine"):
        return Category.STEP_THERAPY
    if need.unit in TIMES and not passage.has("measure"):
        return None
    return Category.CRITERIA_NOT_MET
