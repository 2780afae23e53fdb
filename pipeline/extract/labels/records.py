"""Keys of a record that are no labels alone: what they mean shows their object, or the list of pairs they are in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.labels.meaning import meant_beside
from pipeline.extract.labels.words import LabelPattern
from pipeline.knowledge.roles import LabelRole

_OBJECT = re.compile(r"\"(?P<object>[A-Za-z][A-Za-z_]{2,30})\"\s*:\s*\{(?P<body>[^{}]*)\}")
_ENTRY = re.compile(
    r"\"(?P<key>[A-Za-z][A-Za-z_]{0,30})\"\s*:\s*(?:\"(?P<text>[^\"\n]+)\"|(?P<bare>\d[\d.,-]*))(?=\s*[,}\n]|$)"
)
_PAIR = re.compile(
    r"\{\s*\"(?:k|key|name|label|field)\"\s*:\s*\"(?P<key>[^\"\n]{2,40})\"\s*,"
    r"\s*\"(?:v|val|value)\"\s*:\s*(?:\"(?P<text>[^\"\n]+)\"|(?P<bare>\d[\d.,-]*))\s*\}"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a record: the field that its key announces, the words of the key, and its place in the text."""

    field: str
    label: str
    weak: bool
    guessed: bool
    start: int
    end: int


def entries(text: str, *, known: LabelPattern, roles: Sequence[LabelRole]) -> Iterator[Entry]:
    """The values of a text of records (JSON) whose keys are no labels alone.

    ``"claim": {"number": 7}`` and ``{"k": "patient", "v": "Jane Doe"}``.
    """
    for record in _OBJECT.finditer(text):
        for hit in _ENTRY.finditer(text, record.start("body"), record.end("body")):
            if known.whole(hit["key"]) is None:
                yield from _announced(f"{record['object']} {hit['key']}", hit, known=known, roles=())
    for hit in _PAIR.finditer(text):
        yield from _announced(hit["key"], hit, known=known, roles=roles)


def _announced(words: str, hit: re.Match[str], *, known: LabelPattern, roles: Sequence[LabelRole]) -> Iterator[Entry]:
    words = words.replace("_", " ")
    start, end = hit.span("text" if hit["text"] else "bare")
    if whole := known.whole(words):
        for one in known.announced(whole):
            yield Entry(one.field, words.casefold(), one.weak, False, start, end)
        return
    label = words[:1].upper() + words[1:]
    for meaning in meant_beside(label, hit.string[start:end], roles):
        yield Entry(meaning.field, meaning.label, False, True, start, end)
