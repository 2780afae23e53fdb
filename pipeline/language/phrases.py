"""A small notation for phrases, so that knowledge can be written by people and is found over whole sentences.

A phrase is words separated by blanks, matched without regard to case, line wraps or extra white space:

========== ==========================================================
``word``    this word
``a|b``     one of these words
``approv*`` a word that begins so
``*gist``   a word that ends so
``[word]``  this word, or nothing; also ``[a|b]``
``..``      up to three words
``...``     up to eight words
``#``       a number, in figures or with separators (``180``, ``1,000``)
========== ==========================================================

A gap goes on to no next sentence.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc, Span

from pipeline.language.words import first_words_of, vocabulary_of, words_of

_NUMBER = re.compile(r"\d[\d,.]*")
_REST = re.compile(r"\w*")
_GAPS = {"..": 3, "...": 8}
_COMMON = frozenset(
    [
        "a", "about", "and", "any", "are", "as", "at", "be", "been", "by", "can", "for", "from", "has", "have",
        "if", "in", "is", "it", "may", "must", "no", "not", "of", "on", "or", "our", "that", "the", "these",
        "this", "to", "was", "we", "were", "will", "with", "within", "you", "your", "claim", "plan", "service",
        "services", "member", "provider", "request", "decision", "notice", "letter", "date", ":", ",", "-", "'s",
    ]
)  # fmt: skip
"""Words that stand in every letter: a phrase is looked for where a rarer word of it stands."""
_FILLS_GAP, _IS_NUMBER = 0, 1
"""What a word may be in any phrase; the other parts are the words that phrases name."""


class _Item(NamedTuple):
    """A part of a phrase: the number of the words that it may be, and how many of them at least and at most."""

    part: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase around its rarest word: the items before it, from there to the left, and those after it."""

    key: str
    before: tuple[_Item, ...]
    after: tuple[_Item, ...]


class Parts:
    """Which parts of phrases a word may be, as numbers: one for each different list of words.

    The matchers of one knowledge share it, so that what the words of a letter may be is looked up once for all of them.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self._words: dict[str, set[int]] = {}
        self._beginnings: dict[str, set[int]] = {}
        self._endings: dict[str, set[int]] = {}
        self._known: dict[str, frozenset[int]] = {}

    def number(self, words: tuple[str, ...]) -> int:
        """The number of a part that may be one of these words; ``approv*`` begins so, ``*ologist`` ends so."""
        number = self._numbers.get(words)
        if number is None:
            number = self._numbers[words] = _IS_NUMBER + 1 + len(self._numbers)
            self._known.clear()
            for word in words:
                index = self._words
                if "*" in word:
                    index = self._beginnings if word.endswith("*") else self._endings
                index.setdefault(word.strip("*"), set()).add(number)
        return number

    def of(self, word: str) -> frozenset[int]:
        """What a word, in small letters, may be; looked up once."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = frozenset(self._looked_up(word))
        return known

    def _looked_up(self, word: str) -> set[int]:
        found = set(self._words.get(word, ()))
        if not word.isspace():
            found.add(_FILLS_GAP)
        if _NUMBER.fullmatch(word):
            found.add(_IS_NUMBER)
        for end in range(1, len(word) + 1):
            beginning = self._beginnings.get(word[:end])
            if beginning and _REST.fullmatch(word, end):
                found |= beginning
            found |= self._endings.get(word[-end:], set())
        return found

    def along(self, doc: Doc) -> list[frozenset[int]]:
        """What each word of a document may be, by place."""
        key = f"parts:{id(self)}"
        parts: list[frozenset[int]] | None = doc.user_data.get(key)
        if parts is None:
            parts = doc.user_data[key] = [self.of(word) for word in words_of(doc)]
            for start in first_words_of(doc):
                parts[start] -= {_FILLS_GAP}
        return parts


class PhraseMatcher:
    """Finds the phrases of many entries in a document, by entry id.

    Every phrase is filed under its rarest word and only tried where that word stands, from there to both sides: a
    letter has few of those words, and most phrases fail at the next one. What a document's words may be is looked up
    once, however often parts of it are asked about.
    """

    def __init__(self, nlp: SpacyPipeline, phrases: Mapping[str, Iterable[str]], *, parts: Parts | None = None) -> None:
        """Compile ``phrases`` (entry id -> its phrases); ``parts`` are those of other matchers of the same letters.

        Raises:
            ValueError: a phrase that is empty, or has no word that it needs.
        """
        self._parts = parts or Parts()
        self._filed: dict[int, list[_Phrase]] = {}
        self._of_word: dict[str, list[_Phrase]] = {}
        self._seen: set[str] = set()
        for key, texts in phrases.items():
            for one in (one for text in texts for one in _spread(text, nlp.tokenizer)):
                self._file(key, list(_items(one, nlp.tokenizer)))

    def _file(self, key: str, named: Sequence[tuple[tuple[str, ...], _Item]]) -> None:
        items = [item._replace(part=self._parts.number(words)) if words else item for words, item in named]
        needed = [place for place, item in enumerate(items) if item.least]
        if not needed:
            raise ValueError("a phrase without a word that it needs matches everything")
        rarest = min(needed, key=lambda place: _commonness(named[place][0]))
        phrase = _Phrase(
            key=key,
            before=tuple(reversed(items[:rarest])),
            after=tuple(items[rarest + 1 :]),
        )
        self._filed.setdefault(items[rarest].part, []).append(phrase)

    def __call__(self, part: Doc | Span) -> list[tuple[str, Span]]:
        """``(entry id, span)`` of every match, in order of place; of matches of one entry that overlap, the longest.

        What a whole document holds is looked for once, however many ask.
        """
        if isinstance(part, Span):
            return self._found(part.doc, part.start, part.end)
        key = f"found:{id(self)}"
        known: list[tuple[str, Span]] | None = part.user_data.get(key)
        if known is None:
            known = part.user_data[key] = self._found(part, 0, len(part))
        return list(known)

    def _found(self, doc: Doc, first: int, last: int) -> list[tuple[str, Span]]:
        parts, (places, phrases) = self._parts.along(doc), self._places(doc)
        found: dict[str, set[tuple[int, int]]] = {}
        for number in range(bisect_left(places, first), bisect_left(places, last)):
            place = places[number]
            for phrase in phrases[number]:
                ends = _reached(phrase.after, parts, place, step=1, edge=last)
                starts = ends and _reached(phrase.before, parts, place, step=-1, edge=first - 1)
                if starts:
                    spans = ((start + 1, end) for start in starts for end in ends)
                    found.setdefault(phrase.key, set()).update(spans)
        hits = [(start, -end, key) for key, spans in found.items() for start, end in _longest(spans)]
        return [(key, Span(doc, start, -end)) for start, end, key in sorted(hits)]

    def _places(self, doc: Doc) -> tuple[list[int], list[list[_Phrase]]]:
        """The places of a document where phrases are to be tried, in order, and which."""
        key = f"places:{id(self)}"
        found: tuple[list[int], list[list[_Phrase]]] | None = doc.user_data.get(key)
        if found is None:
            words, filed = words_of(doc), self._filed_under(vocabulary_of(doc))
            places = [place for place, word in enumerate(words) if word in filed]
            found = doc.user_data[key] = places, [filed[words[place]] for place in places]
        return found

    def _filed_under(self, words: frozenset[str]) -> Mapping[str, list[_Phrase]]:
        """The phrases by the words under which they are filed, these words being looked up if they were not yet."""
        for word in words - self._seen:
            if phrases := [phrase for part in self._parts.of(word) for phrase in self._filed.get(part, ())]:
                self._of_word[word] = phrases
        self._seen |= words
        return self._of_word


def _reached(
    items: tuple[_Item, ...], parts: Sequence[frozenset[int]], place: int, *, step: int, edge: int
) -> Collection[int]:
    """Where the items can end that follow each other from ``place`` on: the places next to their last words.

    ``step`` is 1 to the right and -1 to the left; ``edge`` is the first place that is not to be looked at.
    """
    at = place + step
    for number, (part, least, _) in enumerate(items):
        if not least:
            return _branching(items[number:], parts, at, step=step, edge=edge)
        if at == edge or part not in parts[at]:
            return ()
        at += step
    return (at,)


def _branching(
    items: tuple[_Item, ...], parts: Sequence[frozenset[int]], at: int, *, step: int, edge: int
) -> Collection[int]:
    """The same for items of which some may be missing, the first of them looked for at ``at``."""
    reached = {at}
    for part, least, most in items:
        front, reached = reached, (set() if least else set(reached))
        for _ in range(most):
            front = {at + step for at in front if at != edge and part in parts[at]}
            if not front:
                break
            reached |= front
        if not reached:
            break
    return reached


def _longest(spans: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the spans that no longer one overlaps; of two of a length the first."""
    if len(spans) == 1:
        return list(spans)
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other or upto <= start for other, upto in kept):
            kept.append((start, end))
    return kept


def _items(phrase: str, tokenizer: Any) -> Iterator[tuple[tuple[str, ...], _Item]]:
    """The items of a phrase, each with the words that it may be, where these are what gives it its number.

    Raises:
        ValueError: the phrase is empty.
    """
    if not phrase.strip():
        raise ValueError("an empty phrase matches everything")
    for item in phrase.split():
        optional = item.startswith("[") and item.endswith("]")
        words = tuple((item[1:-1] if optional else item).casefold().split("|"))
        if item in _GAPS:
            yield (), _Item(_FILLS_GAP, 0, _GAPS[item])
        elif item == "#":
            yield (), _Item(_IS_NUMBER, 1, 1)
        elif optional or len(words) > 1 or "*" in item:
            yield words, _Item(0, int(not optional), 1)
        else:  # as running text splits it
            yield from (((token.lower_,), _Item(0, 1, 1)) for token in tokenizer(words[0]))


def _spread(phrase: str, tokenizer: Any) -> list[str]:
    """The phrase once for each word that running text splits: ``cannot|unable`` is ``unable`` and ``can not``."""
    spread = [""]
    for item in phrase.split():
        optional = item.startswith("[") and item.endswith("]")
        words = (item[1:-1] if optional else item).split("|")
        split = [w for w in words if "*" not in w and len(tokenizer(w)) > 1 and (optional or len(words) > 1)]
        # The item as it stands is kept too: some writings ("P2P.") are split in small letters only.
        options = [item, *split]
        spread = [f"{before} {option}".strip() for before in spread for option in options]
    return spread


def _commonness(words: tuple[str, ...]) -> tuple[bool, int, int]:
    """The lower, the fewer letters have one of the words."""
    plain = [word.strip("*") for word in words]
    common = not words or any(word in _COMMON or len(word) < 3 for word in plain)
    return common, len(plain), -min(map(len, plain), default=0)
