"""A small notation for phrases, so that knowledge can be written by people and matched by spaCy over whole sentences.

A phrase is words separated by blanks, matched without regard to case, line wraps or extra white space:

========== ==========================================================
``word``    this word
``a|b``     one of these words
``approv*`` a word that begins so
``[word]``  this word, or nothing; also ``[a|b]``
``..``      up to three words
``...``     up to eight words
``#``       a number, in figures or with separators (``180``, ``1,000``)
========== ==========================================================

>>> tokens = pattern("not [be] medically necess*")
>>> tokens[0], tokens[1]["OP"]
({'LOWER': 'not'}, '?')
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from spacy.language import Language as SpacyPipeline
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from pipeline.language.words import words_of

_NUMBER = {"TEXT": {"REGEX": r"^\d[\d,.]*$"}}
_GAPS = {"..": 3, "...": 8}


def pattern(phrase: str, tokenizer: Any = None) -> list[dict[str, Any]]:
    """The spaCy token pattern of a phrase. ``tokenizer`` splits a plain word as running text is split."""
    tokens: list[dict[str, Any]] = []
    for item in phrase.split():
        tokens.extend(_item(item, tokenizer))
    if not tokens:
        raise ValueError("an empty phrase matches everything")
    return tokens


def _item(item: str, tokenizer: Any) -> list[dict[str, Any]]:
    if item in _GAPS:
        return [{"IS_SENT_START": False, "IS_SPACE": False, "OP": f"{{0,{_GAPS[item]}}}"}]
    if item == "#":
        return [dict(_NUMBER)]
    optional = item.startswith("[") and item.endswith("]")
    words = (item[1:-1] if optional else item).casefold().split("|")
    if len(words) == 1 and not words[0].endswith("*") and tokenizer is not None:
        parts = [t.lower_ for t in tokenizer(words[0])]
        if len(parts) > 1 and not optional:
            return [{"LOWER": part} for part in parts]
    token: dict[str, Any]
    if any(word.endswith("*") for word in words):
        options = (re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
        token = {"LOWER": {"REGEX": f"^(?:{'|'.join(options)})$"}}
    else:
        token = {"LOWER": words[0]} if len(words) == 1 else {"LOWER": {"IN": words}}
    if optional:
        token["OP"] = "?"
    return [token]


def _spread(phrase: str, tokenizer: Any) -> list[str]:
    """The phrase once for each word that running text splits: ``cannot|unable`` is ``unable`` and ``can not``."""
    spread = [""]
    for item in phrase.split():
        optional = item.startswith("[") and item.endswith("]")
        words = (item[1:-1] if optional else item).split("|")
        split = [w for w in words if not w.endswith("*") and len(tokenizer(w)) > 1 and (optional or len(words) > 1)]
        # The item as it stands is kept too: some writings ("P2P.") are split in small letters only.
        options = [item, *split]
        spread = [f"{before} {option}".strip() for before in spread for option in options]
    return spread


_COMMON = frozenset(
    [
        "a", "about", "and", "any", "are", "as", "at", "be", "been", "by", "can", "for", "from", "has", "have",
        "if", "in", "is", "it", "may", "must", "no", "not", "of", "on", "or", "our", "that", "the", "these",
        "this", "to", "was", "we", "were", "will", "with", "within", "you", "your", "claim", "plan", "service",
        "services", "member", "provider", "request", "decision", "notice", "letter", "date", ":", ",", "-", "'s",
    ]
)  # fmt: skip
"""Words that stand in every letter: a phrase is looked for where a rarer word of it stands."""


@dataclass(slots=True)
class _Group:
    """Phrases that all need one of the same words, and how many words before and after it they can reach.

    ``needs`` are the items that each phrase needs, as bits; see ``_Items``.
    """

    matcher: Matcher
    before: int = 0
    after: int = 0
    patterns: dict[str, list[list[dict[str, Any]]]] = field(default_factory=dict)
    needs: set[int] = field(default_factory=set)


class _Items:
    """Which items of phrases a word may be, as the bits of a number: one bit for each different item."""

    def __init__(self) -> None:
        self._bits: dict[tuple[str, ...], int] = {}
        self._words: dict[str, int] = {}
        self._beginnings: dict[str, int] = {}
        self._known: dict[str, int] = {}

    def needed(self, item: str, tokens: list[dict[str, Any]]) -> int:
        """The bits of an item that its phrase cannot do without; none for a gap, a number or what may be missing."""
        if item == "#" or any("OP" in token for token in tokens):
            return 0
        if len(tokens) > 1:
            return reduce(or_, (self._bit((token["LOWER"],)) for token in tokens))
        return self._bit(tuple(item.casefold().split("|")) if "LOWER" in tokens[0] else ())

    def _bit(self, words: tuple[str, ...]) -> int:
        bit = self._bits.setdefault(words, 1 << len(self._bits))
        for word in words:
            index = self._beginnings if word.endswith("*") else self._words
            index[word.rstrip("*")] = index.get(word.rstrip("*"), 0) | bit
        return bit

    def of(self, words: Sequence[str]) -> list[int]:
        """The bits of the items that each of the words, in small letters, may be; looked up once a word."""
        known = self._known
        try:
            return [known[word] for word in words]
        except KeyError:
            for word in words:
                if word not in known:
                    known[word] = self._looked_up(word)
        return [known[word] for word in words]

    def _looked_up(self, word: str) -> int:
        found = self._words.get(word, 0)
        for end in range(1, len(word) + 1):
            found |= self._beginnings.get(word[:end], 0)
        return found


class PhraseMatcher:
    """Finds the phrases of many entries in a document, by entry id.

    Every phrase is filed under its rarest word, and only looked for around the places where that word stands: a letter
    has few of the words that the phrases begin with, so this costs a tenth of running every phrase over every word.
    spaCy is only asked where all that some phrase needs stands around such a place.
    """

    def __init__(self, nlp: SpacyPipeline, phrases: Mapping[str, Iterable[str]]) -> None:
        """Compile ``phrases`` (entry id -> its phrases).

        Raises:
            ValueError: a phrase that is empty.
        """
        groups: dict[str, _Group] = {}
        self._items = _Items()
        for key, texts in phrases.items():
            for one in (one for text in texts for one in _spread(text, nlp.tokenizer)):
                tokens = pattern(one, nlp.tokenizer)
                word, before, after = _anchored(one, nlp.tokenizer)
                group = groups.setdefault(word, _Group(Matcher(nlp.vocab)))
                group.patterns.setdefault(key, []).append(tokens)
                needed = (self._items.needed(item, _item(item, nlp.tokenizer)) for item in one.split())
                group.needs.add(reduce(or_, needed))
                group.before, group.after = max(group.before, before), max(group.after, after)
        self._words: dict[str, list[_Group]] = {}
        self._beginnings: dict[str, list[_Group]] = {}
        self._anywhere: list[_Group] = []
        self._of_word: dict[str, tuple[_Group, ...]] = {}
        for item, group in groups.items():
            for key, patterns in group.patterns.items():
                group.matcher.add(key, patterns, greedy="LONGEST")
            for word in item.split("|") if item else ():
                index = self._beginnings if word.endswith("*") else self._words
                index.setdefault(word.rstrip("*"), []).append(group)
            if not item:
                self._anywhere.append(group)

    def __call__(self, doc: Doc | Span) -> list[tuple[str, Span]]:
        """``(entry id, span)`` of every match, in order of place; of matches of one entry that overlap, the longest."""
        whole = doc.doc
        first, last = (doc.start, doc.end) if isinstance(doc, Span) else (0, len(doc))
        places: dict[int, tuple[_Group, list[int]]] = {id(g): (g, [first, last]) for g in self._anywhere}
        of_word = self._of_word
        for word, at in _places(doc).items():
            groups = of_word.get(word)
            for group in self._groups(word) if groups is None else groups:
                places.setdefault(id(group), (group, []))[1].extend(at)
        if not places:
            return []
        items = self._items.of(words_of(whole)[first:last])
        found: dict[str, list[Span]] = {}
        for group, at in places.values():
            for start, end in _windows(at, group, first, last):
                there = reduce(or_, items[start - first : end - first], 0)
                if not any(needed & there == needed for needed in group.needs):
                    continue
                for match in group.matcher(whole[start:end], as_spans=True):
                    found.setdefault(whole.vocab.strings[match.label], []).append(match)
        hits = [(key, span) for key, spans in found.items() for span in filter_spans(spans)]
        return sorted(hits, key=lambda hit: (hit[1].start, -hit[1].end, hit[0]))

    def _groups(self, word: str) -> tuple[_Group, ...]:
        """The groups whose word this is, or begins with theirs; looked up once a word."""
        begun = (group for start, groups in self._beginnings.items() if word.startswith(start) for group in groups)
        known = self._of_word[word] = (*self._words.get(word, ()), *begun)
        return known


def _places(part: Doc | Span) -> dict[str, list[int]]:
    """The places in the document of each word of a part, in small letters; of a whole document worked out once."""
    known: dict[str, list[int]] | None = part.user_data.get("places_of_words") if isinstance(part, Doc) else None
    if known is not None:
        return known
    places: dict[str, list[int]] = {}
    first, last = (part.start, part.end) if isinstance(part, Span) else (0, len(part))
    for place, word in enumerate(words_of(part.doc)[first:last], start=first):
        places.setdefault(word, []).append(place)
    if isinstance(part, Doc):
        part.user_data["places_of_words"] = places
    return places


def _windows(at: list[int], group: _Group, first: int, last: int) -> list[tuple[int, int]]:
    """The parts of a document around places, joined where they touch."""
    windows: list[tuple[int, int]] = []
    for place in sorted(set(at)):
        start, end = max(first, place - group.before), min(last, place + group.after + 1)
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def _width(token: dict[str, Any]) -> int:
    """The most words that a token pattern covers."""
    counts = re.fullmatch(r"\{0,(\d+)\}", str(token.get("OP", "")))
    return int(counts[1]) if counts else 1


def _anchored(phrase: str, tokenizer: Any) -> tuple[str, int, int]:
    """The item of a phrase that it needs and that few letters have, as ``a|b*``; empty where it needs none.

    With it the most words that the phrase covers before and after that word.
    """
    items = phrase.split()
    widths = [sum(_width(token) for token in _item(item, tokenizer)) for item in items]
    needed = [
        (_literal(item.casefold(), tokenizer), place)
        for place, item in enumerate(items)
        if item not in _GAPS and item != "#" and not item.startswith("[")
    ]
    rarest = min((n for n in needed if n[0]), key=lambda n: _commonness(n[0]), default=None)
    if rarest is None:
        return "", sum(widths), sum(widths)
    word, place = rarest
    # An item that running text splits counts on both sides of the part of it that is looked for.
    return word, sum(widths[: place + 1]) - 1, sum(widths[place:]) - 1


def _literal(item: str, tokenizer: Any) -> str:
    """The words of an item as running text has them; of a single word that is split, its longest part."""
    words = item.split("|")
    if len(words) == 1 and not item.endswith("*"):
        return str(max((t.lower_ for t in tokenizer(item)), key=len))
    return item


def _commonness(item: str) -> tuple[bool, int, int]:
    words = [w.rstrip("*") for w in item.split("|")]
    return any(w in _COMMON or len(w) < 3 for w in words), len(words), -min(map(len, words))
