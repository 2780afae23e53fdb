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
``....``    up to twenty words
``#``       a number, in figures or with separators (``180``, ``1,000``)
========== ==========================================================

A gap goes on to no next sentence.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc, Span

from pipeline.language.phrase_index import FILLS_GAP, IS_NUMBER, Item, Phrase, PhraseIndex, Side

_GAPS = {"..": 3, "...": 8, "....": 20}


class PhraseMatcher:
    """Finds the phrases of many entries in a document, by entry id.

    Every phrase is filed under its rarest word and only tried where that word stands, from there to both sides: a
    letter has few of those words, and most phrases fail at the next one.
    """

    def __init__(
        self, nlp: SpacyPipeline, phrases: Mapping[str, Iterable[str]], *, index: PhraseIndex | None = None
    ) -> None:
        """Compile ``phrases`` (entry id -> its phrases); ``index`` is that of other matchers of the same letters.

        Raises:
            ValueError: a phrase that is empty, or has no word that it needs.
        """
        self._index = index or PhraseIndex()
        self._owner = self._index.owner()
        for key, texts in phrases.items():
            for one in (one for text in texts for one in _spread(text, nlp.tokenizer)):
                self._file(key, list(_items(one, nlp.tokenizer)))

    def _file(self, key: str, named: Sequence[tuple[tuple[str, ...], Item]]) -> None:
        items = [item._replace(part=self._index.number(words)) if words else item for words, item in named]
        needed = [place for place, item in enumerate(items) if item.least]
        if not needed:
            raise ValueError("a phrase without a word that it needs matches everything")
        rarest = min(needed, key=lambda place: self._index.commonness(named[place][0]))
        phrase = Phrase(
            owner=self._owner,
            key=key,
            before=Side.of(items[:rarest][::-1]),
            after=Side.of(items[rarest + 1 :]),
            needs=frozenset(items[place].part for place in needed),
        )
        self._index.file(phrase, under=items[rarest].part)

    def __call__(self, part: Doc | Span) -> list[tuple[str, Span]]:
        """``(entry id, span)`` of every match, in order of place; of matches of one entry that overlap, the longest.

        What a whole document holds is looked for once, however many ask.
        """
        if isinstance(part, Span):
            return _spans(part.doc, self.between(part.doc, part.start, part.end))
        key = f"found:{id(self)}"
        known: list[tuple[str, Span]] | None = part.user_data.get(key)
        if known is None:
            known = part.user_data[key] = _spans(part, self.between(part, 0, len(part)))
        return list(known)

    def between(self, doc: Doc, first: int, last: int) -> list[tuple[int, int, str]]:
        """What is found among the tokens from one place to another: places from and to, entry id."""
        places = self._index.found(doc).get(self._owner)
        if places is None:
            return []
        at = bisect_left(places.starts, first)
        upto = bisect_left(places.starts, last, at)
        if at == upto:
            return []
        spans: dict[str, list[tuple[int, int]]] = {}
        for start, end, key in places.every[at:upto]:
            if end <= last:
                spans.setdefault(key, []).append((start, end))
        hits = [(start, -end, key) for key, each in spans.items() for start, end in _longest(each)]
        return [(start, -end, key) for start, end, key in sorted(hits)]


def _spans(doc: Doc, found: Iterable[tuple[int, int, str]]) -> list[tuple[str, Span]]:
    return [(key, Span(doc, start, end)) for start, end, key in found]


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the spans that no longer one overlaps; of two of a length the first."""
    if len(spans) == 1:
        return spans
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other or upto <= start for other, upto in kept):
            kept.append((start, end))
    return kept


def _items(phrase: str, tokenizer: Any) -> Iterator[tuple[tuple[str, ...], Item]]:
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
            yield (), Item(FILLS_GAP, 0, _GAPS[item])
        elif item == "#":
            yield (), Item(IS_NUMBER, 1, 1)
        elif optional or len(words) > 1 or "*" in item:
            yield words, Item(0, int(not optional), 1)
        else:  # as running text splits it
            yield from (((token.lower_,), Item(0, 1, 1)) for token in tokenizer(words[0]))


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
