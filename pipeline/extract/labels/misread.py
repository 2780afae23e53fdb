"""Labels that a scan misread beyond its usual look-alikes: "Rorevence Number" is the listed label it is nearest to.

"ID Number" has but two letters of its own, so it is known by the strokes that they are read as.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from pipeline.extract.labels.words import Announced, LabelPattern, label_key

_SIGNS = r"A-Za-z0-9\[{(|)#'’+ ./,?!<>"
_LEAD = r"[\s|\[()}/\"“~*_•:;.,-]*(?:\d\s)?"
"""Before a label: marks, and a speck that was read as a digit."""
_SEPARATOR = r"\s*(?:[:=;]+|(?:\s?[.:;=+*~_-]){3,}\s?:?)\s*"
"""A colon, or a dot leader as it is read."""
_LABEL = re.compile(rf"{_LEAD}(?P<label>[A-Za-z'’][{_SIGNS}]{{5,38}}?)(?:{_SEPARATOR})?\s*")
_BEFORE_VALUE = re.compile(rf"{_LEAD}(?P<label>[A-Za-z'’][{_SIGNS}]{{5,38}}?){_SEPARATOR}(?=\S)")
_NUMBER = re.compile(
    r"[^\w$£€]*(?:(?=(?:[\w~=-]*\d){4})[A-Za-z0-9][\w~=-]+"
    # A hyphen that was lost in print parts a number in two.
    r"|(?=(?:[\w~= -]*\d){5})[A-Z0-9][A-Z0-9~=-]+ [\dO][\dOIlSB-]{2,})[^\w$]*"
)
_ID = re.compile(
    rf"{_LEAD}(?P<label>(?:[\[{{(|‘'\"]{{0,2}}[IlLJ1iT|!]{{1,2}}\s?[DO0LBbP)]|[\[{{('‘\"]{{1,2}}[DO])\.?"
    rf"\s?(?P<number>[A-Za-z?]{{5,7}})(?:\s[\W\d])?)(?:{_SEPARATOR})?[\s:]*"
)
"""What is read of the label "ID Number" in broken print."""
_NPI = re.compile(rf"{_LEAD}(?:[A-Z][a-z]+\s)?NP[TJLlt1|!\]](?:{_SEPARATOR})?\s*")
_OF_NPI = re.compile(r"[\s#|\[.>:]*\d{9,10}[\s|\])}]*")
"""The label "NPI" has too few letters to be near to any other; its number has ten digits, or one is lost."""
_LAST_SIGN = re.compile(r"(?<=[A-Za-z])\s?#\s?\S?$|(?<=[a-z.])\s[\W\d]$")
"""Behind a label: a number sign, or a colon, and what a scan makes of it."""
_NEAR = 0.8
"""Of the letters of two labels, in order, that must be the same."""
_FEWEST = 5
"""Letters of a label that can be told when misread."""
_SHORT, _LIKE_NUMBER = 2, 0.6
_ID_KEY, _NPI_KEY = label_key("id"), label_key("npi")
_MORE_OR_LESS = 2
"""Letters, by which a misread label may be longer or shorter."""
_CLEARLY = 0.08
"""By how much it must be nearer than any label of another field."""


def misread_beside(label: str, value: str, known: LabelPattern) -> Sequence[Announced]:
    """The fields that a cell announces, which is a misread label alone, of a number in the cell beside it."""
    if not _NUMBER.fullmatch(value):
        return ()
    if _is_id(_ID.fullmatch(label)):
        return tuple(one for one in known.owners[_ID_KEY] if one.numbered)
    if _NPI.fullmatch(label) and _OF_NPI.fullmatch(value):
        return known.owners[_NPI_KEY]
    hit = _LABEL.fullmatch(label)
    return nearest(hit["label"], known.owners) if hit else ()


def misread_before(text: str, known: LabelPattern) -> Iterator[tuple[Announced, int]]:
    """The fields that a misread label announces of the number behind it in its cell, and where that begins."""
    by_strokes = _ID.match(text)
    hit = by_strokes if _is_id(by_strokes) else _BEFORE_VALUE.match(text)
    if hit and hit.end() < len(text):
        yield from ((one, hit.end()) for one in misread_beside(hit["label"], text[hit.end() :], known))


def _is_id(hit: re.Match[str] | None) -> bool:
    return hit is not None and _is_number_word(hit["number"])


def _is_number_word(word: str) -> bool:
    return SequenceMatcher(None, word.casefold(), "number").ratio() >= _LIKE_NUMBER


def nearest(label: str, owners: Mapping[str, tuple[Announced, ...]]) -> tuple[Announced, ...]:
    """The fields of the listed label that a misread one is nearest to; none where two fields are about as near."""
    base = _without_ending(label)
    if len(base) < _FEWEST:
        return ()
    best: dict[str, float] = {}
    found: dict[str, tuple[Announced, ...]] = {}
    for listed, announced in owners.items():
        fields = tuple(one for one in announced if one.numbered)
        if not fields or abs(len(listed) - len(base)) > _MORE_OR_LESS:
            continue
        near = SequenceMatcher(None, _strokes(listed), base, autojunk=False)
        if near.real_quick_ratio() < _NEAR or near.quick_ratio() < _NEAR:
            continue
        name, ratio = fields[0].field, near.ratio()
        if ratio > best.get(name, 0.0):
            best[name], found[name] = ratio, fields
    ranked = sorted(best, key=lambda name: -best[name])
    if not ranked or best[ranked[0]] < _NEAR or (len(ranked) > 1 and best[ranked[0]] - best[ranked[1]] < _CLEARLY):
        return ()
    return found[ranked[0]]


def _without_ending(label: str) -> str:
    """The label as labels are compared, without a last word that may be "number", "no.", "ID" or "#"."""
    words = [re.sub(r"[^a-z]", "", word) for word in _LAST_SIGN.sub("", label).casefold().split()]
    while len(words) > 1 and (len(words[-1]) <= _SHORT or _is_number_word(words[-1])):
        words.pop()
    return _strokes(label_key("".join(words)))


def _strokes(key: str) -> str:
    """A label's key with what is read of an m made one."""
    return key.replace("ln", "m").replace("nl", "m")
