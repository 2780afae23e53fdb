"""What words of a sentence do with papers (``models/asking/``): ask, say that none came, or that none need come."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from pipeline.knowledge.requests import Act, ActPlace, AskingEntry
from pipeline.language import Language
from pipeline.language.context import Utterance, hits
from pipeline.language.matchers import Subject
from pipeline.language.words import words_of

_POLITE = frozenset({"please", "kindly", "also", "then", "so", "but", "and", "or"})
_PARTS_CLAUSE = frozenset({",", ";", ":", "/", "//", "-", "--", "–", "—", "(", "|", ".", "then", "?"})
_CELL = "|"
_MARK = 2
"""Characters of the number or letter of an item."""


class Way(StrEnum):
    """How a sentence brings up its papers: as items of a list, asking, as missing, or in two sentences.

    ``VAIN``: it tells that it asked and nothing came. ``LIKELY``: the opinion on sentences alone says that it asks.
    """

    LIST = "list"
    PLAIN = "plain"
    MISSING = "missing"
    VAIN = "vain"
    LIKELY = "likely"


class Words(NamedTuple):
    """Words that do something, and their tokens."""

    entry: AskingEntry
    start: int
    end: int


Acts = Mapping[Act, Sequence[Words]]
_NONE: Acts = {}


def acts_of(sentence: Utterance, language: Language) -> Acts:
    """What the words of a sentence do, by act."""
    said = hits(sentence, language, Subject.ASKING)
    if not said:
        return _NONE
    entries = language.knowledge.asking
    taken_back = {hit.key for hit in hits(sentence, language, Subject.ASKING_UNLESS)}
    words = words_of(sentence.sentence.doc)
    found: dict[Act, list[Words]] = {}
    for hit in said:
        entry = entries[hit.key]
        if hit.key not in taken_back and _stands(entry.place, words, sentence, hit.start, hit.end):
            found.setdefault(entry.act, []).append(Words(entry, hit.start, hit.end))
    return found


def _stands(place: ActPlace, words: Sequence[str], sentence: Utterance, start: int, end: int) -> bool:
    if place is ActPlace.ANYWHERE:
        return True
    before = words[sentence.start : start]
    opens = all(_is_lead(word) for word in before)
    if place is ActPlace.CLAUSE:
        while before and before[-1] in _POLITE and before[-1] not in _PARTS_CLAUSE:
            before = before[:-1]
        return opens or before[-1] in _PARTS_CLAUSE
    if place in (ActPlace.LINE, ActPlace.CELL):
        if place is ActPlace.CELL and _CELL in before:
            before = before[len(before) - before[::-1].index(_CELL) :]
        elif place is ActPlace.CELL:
            return False
        behind = words[end : sentence.end]
        cell = behind[: behind.index(_CELL)] if _CELL in behind else behind
        return not any(word.isalnum() for word in (*before, *cell))
    return opens


def _is_lead(word: str) -> bool:
    """Whether a word may stand before the first one of a sentence: the sign of an item, or a polite one."""
    return word in _POLITE or not word.isalnum() or (len(word) <= _MARK and (word.isdigit() or len(word) == 1))
