"""Long words that a scan misread (``medica1ly``, ``authorizatlon``), read as the word of the knowledge they must be.

Bounded and explainable: only words of seven letters and more, only at one edit (two from eleven letters on), only to a
word that the knowledge uses, the first letter kept or a look-alike. The letter's own text is never changed.
"""

import re
from collections.abc import Mapping
from functools import cache

from spacy.tokens import Doc

from pipeline.knowledge.common_words import spelled_words
from pipeline.language.words import printed_in, words_of
from pipeline.values.text import Method, Text

SHORTEST = 7
_LOOK_ALIKE = str.maketrans("0158|!$@6", "oisslisab")
_MIXED = re.compile(r"(?=.*[a-z].*[a-z].*[a-z])(?=.*[\d|!$@])[a-z\d|!$@]+")

Lexicon = Mapping[tuple[str, int], tuple[str, ...]]


def is_doubtful(text: Text, doc: Doc) -> bool:
    """Whether a look at misread words is worth it: a scanned page, or digits inside words in small letters.

    The capitals of an identifier (``REF2800797``) are no misread word.
    """
    scanned = any(page.method is not Method.TEXT for page in text.pages)
    return scanned or any(
        len(word) >= SHORTEST and _MIXED.fullmatch(word[0].lower() + word[1:]) for word in set(printed_in(doc))
    )


def mended(doc: Doc, words: Lexicon, *, spelled: frozenset[str]) -> tuple[Doc, frozenset[int]]:
    """A document of as many tokens with misread words repaired, and their places; ``doc`` itself if there are none.

    ``spelled`` are words of other knowledge than ``words`` is from, which are right as they are.
    """
    repaired = {}
    right = spelled_words() | spelled
    known: dict[str, str | None] = {}
    for place, word in enumerate(words_of(doc)):
        if len(word) >= SHORTEST and (word.isalpha() or _MIXED.fullmatch(word)):
            if word not in known:
                known[word] = None if word.casefold() in right else _nearest(word, words)
            better = known[word]
            if better and better != word:
                repaired[place] = better
    if not repaired:
        return doc, frozenset()
    tokens = [repaired.get(token.i, token.text) for token in doc]
    again = Doc(
        doc.vocab,
        words=tokens,
        spaces=[bool(t.whitespace_) for t in doc],
        sent_starts=[bool(t.is_sent_start) for t in doc],
    )
    return again, frozenset(repaired)


def _nearest(word: str, words: Lexicon) -> str | None:
    if word in words.get((word[0], len(word)), ()):
        return word
    plain = word.translate(_LOOK_ALIKE)
    spellings = {spelled: _letters(spelled) for spelled in (word, plain)}
    allowed = 2 if len(word) >= 11 else 1
    best: tuple[int, str] | None = None
    for first in dict.fromkeys((word[0], plain[0])):
        for length in (len(word), len(word) - 1, len(word) + 1):
            for candidate in words.get((first, length), ()):
                letters = _letters(candidate)
                for written, own in spellings.items():
                    if (
                        own ^ letters
                    ).bit_count() > 2 * allowed:  # an edit takes one letter away and brings one at most
                        continue
                    edits = _edits(written, candidate, allowed)
                    if edits <= allowed and (best is None or edits < best[0]):
                        best = (edits, candidate)
    # A plural or a past form of a word of the knowledge is no misreading.
    if best and (word.startswith(best[1]) or best[1].startswith(word)) and word.isalpha():
        return word
    return best[1] if best else None


@cache
def _letters(word: str) -> int:
    """Which letters a word has, a bit each."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _edits(a: str, b: str, most: int) -> int:
    """Levenshtein distance, given up above ``most``."""
    if a == b:
        return 0
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        before, row = row, [i]
        for j, y in enumerate(b, start=1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y)))
        if min(row) > most:
            return most + 1
    return row[-1]
