"""Numbers that the words beside them call the wrong one: not to be used, closed, the reader's own, somebody else's."""

import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.extract.contacts.columns import Hit
from pipeline.extract.contacts.reach import Reached
from pipeline.knowledge.contacts import RefusedNumber, RefusedPlace
from pipeline.language import Language, Reading
from pipeline.language.matchers import Subject
from pipeline.language.sentences import Sentence, sentence_of
from pipeline.values.letter import Purpose

_WORD = re.compile(r"\w")
_LABEL = re.compile(
    r"(?:\W*\b(?:the|fax|phone|telephone|tel|number|no|line|at|by|on|to|for|appeals?|is|was)\b){0,4}\W*", re.IGNORECASE
)
"""What may stand between a number and the words right before it: ``our old line for appeals (fax: ``."""
_DESKS = frozenset({Purpose.APPEAL, Purpose.EXPEDITED_APPEAL, Purpose.PROVIDER_DISPUTE, Purpose.EXTERNAL_REVIEW})
"""Desks of a payer alone: a provider has records too, and a telephone for its patients."""
_OF_IT = re.compile(
    r"\W*(?:(?:that|this|the|these|those) (?:\w+ )?(?:lines?|numbers?|fax(?:es)?|desks?|phones?|staff)"
    r"|it|they|staff there|neither)\b",
    re.IGNORECASE,
)
"""A sentence that speaks of the number before it: ``That line cannot take appeals.``"""
_NUMBER = re.compile(r"\d{3}\D{1,3}\d{4}")
_BOTH = re.compile(r"\b(?:neither|these|those|they|both)\b", re.IGNORECASE)
_BESIDE = 3
"""Characters between a number and the words right behind it."""


class Refusals:
    """The words of ``models/refused_numbers.yaml`` that stand in a letter, by sentence."""

    def __init__(self, reading: Reading, language: Language) -> None:
        entries = {entry.id: entry for entry in language.knowledge.refused_numbers}
        self._text = reading.prose.text
        self._said: dict[int, list[tuple[RefusedNumber, int, int]]] = defaultdict(list)
        taken_back = [
            (name, s.start, s.end) for name, s in language.matchers[Subject.REFUSED_NUMBER_UNLESS](reading.doc)
        ]
        for name, span in language.matchers[Subject.REFUSED_NUMBER](reading.doc):
            if not any(name == other and span.start < end and start < span.end for other, start, end in taken_back):
                hit = (entries[name], span.start_char, span.end_char)
                self._said[sentence_of(span).start].append(hit)

    def refuses(self, found: Reached, sentence: Sentence, here: Sequence[Hit]) -> bool:
        """Whether the words around a number say that it is the wrong one; ``here``: the purposes its sentence names."""
        said = self._said.get(sentence.start, ())
        resumed = [start for entry, start, _ in said if entry.place is RefusedPlace.RESUMES]
        return any(self._refused(found, hit, here, resumed) for hit in said)

    def takes_no_appeals(self, found: Reached, sentence: Sentence, following: Sentence | None) -> bool:
        """Whether it is said behind a number, or in the sentence after it, that it is for no appeal."""
        next_ones = self._said.get(following.start, ()) if following and _OF_IT.match(following.text) else ()
        for entry, start, end in (*self._said.get(sentence.start, ()), *next_ones):
            if entry.place is RefusedPlace.NO_APPEALS and found.end <= start:
                between = self._text[found.end : start]
                if not _NUMBER.search(between) or _BOTH.search(self._text, found.end, end):
                    return True
        return False

    def _refused(
        self, found: Reached, hit: tuple[RefusedNumber, int, int], here: Sequence[Hit], resumed: Sequence[int]
    ) -> bool:
        entry, start, end = hit
        if entry.place is RefusedPlace.NO_APPEALS:
            return False
        if entry.place is RefusedPlace.BEHIND:
            return 0 <= start - found.end <= _BESIDE and not _WORD.search(self._text, found.end, start)
        if start < found.since or end > found.start or entry.place is RefusedPlace.RESUMES:
            return False
        if entry.place is RefusedPlace.AHEAD:
            return not any(end <= place < found.start for place in resumed)
        if entry.place is RefusedPlace.RIGHT_AHEAD:
            return _LABEL.fullmatch(self._text, end, found.start) is not None
        opens = not _WORD.search(self._text, found.since, start)
        named = any(h[0].purpose in _DESKS and end <= h[1] and h[2] <= found.start for h in here)
        return opens and not (named and entry.place is RefusedPlace.ADDRESSED)
