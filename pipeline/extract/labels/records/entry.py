"""A value of a record, and what the words of its key announce."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.labels.meaning import UNTOLD, meant_beside
from pipeline.extract.labels.words import LabelPattern
from pipeline.knowledge.roles import LabelRole


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a record: the field that its key announces, the words of the key, and its place in the text."""

    field: str
    label: str
    weak: bool
    guessed: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """A plain value of a record with the words of its key and of the key above; ``record``: its row or object."""

    words: str
    above: str
    record: int
    start: int
    end: int


def announced(
    words: str, span: tuple[int, int], text: str, *, known: LabelPattern, roles: Sequence[LabelRole] = ()
) -> Iterator[Entry]:
    """The fields that the words of a key announce: as a label that is listed, else by what its words mean."""
    words = words.replace("_", " ").strip()
    start, end = span
    if whole := known.whole(words):
        for one in known.announced(whole):
            yield Entry(one.field, words.casefold(), one.weak, False, start, end)
        return
    label = words[:1].upper() + words[1:]
    for meaning in meant_beside(label, text[start:end], roles):
        if meaning.field not in UNTOLD.values():
            yield Entry(meaning.field, meaning.label, False, True, start, end)
