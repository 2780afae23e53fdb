"""The clauses of a sentence: where it goes on to say something else, and where it gives the ground of what it said.

``We did not rely on that note, and the office notes needed were not received``: what is said of the first clause says
nothing of the second. Without a parser they are told by the words that join them, or by a comma with a subject and its
verb behind it: ``Do not send the claim again, it is a duplicate``.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc

from pipeline.language.context import PARTS
from pipeline.language.words import words_of

_APART = r"[.;:?!]\s|\s(?:but|while|whereas|because|since|so)\s|\n"
CONTRASTS = re.compile(rf"{_APART}|,\s(?:and|as|but|while|where|whereas|yet|because|since|so)\s", re.IGNORECASE)
"""Between what a text says of one thing and of another, where a text is all there is: two sentences laid together."""
JOINTS = re.compile(rf"{_APART}|,\s|\s(?:and|where)\s", re.IGNORECASE)
"""Wherever a text may go on to something else, be it only to the next of a list."""
_GROUNDS = frozenset({"because", "since"})
_JOINS = frozenset({"and", "so", "or", "nor"})
# What joins as far as it leads a subject with its verb: ", as the drug is excluded", "and no approval was on file".
_COMMAS = frozenset({",", "-", "--", "\u2013", "\u2014"})
_SUBJECTS = frozenset({
    "a", "an", "he", "her", "his", "it", "its", "no", "none", "our", "she", "the", "there", "these", "they", "this",
    "those", "we", "you", "your",
})  # fmt: skip
_VERBS = frozenset({
    "am", "are", "came", "can", "cannot", "could", "did", "do", "does", "exceeds", "had", "has", "have", "is", "lacks",
    "must", "shows", "was", "were", "will",
})  # fmt: skip
# What goes on with the clause before it: "whether it was late, and whether it was needed".
_GOES_ON = frozenset({"whether", "if", "that", "how", "which", "who", "whose", "had", "what", "why"})
# What opens a clause that a comma ends: "Although we agree that you are ill, the drug is excluded".
_OPENERS = frozenset({"although", "though", "while", "whereas", "without", "even", "despite"})
# What opens one wherever it stands: "We told you that if you go there, it is not paid".
_CONDITIONS = frozenset({"if", "when", "whenever", "unless", "once", "should"})
_LEADS = _OPENERS | _GROUNDS | frozenset({"as", "after", "before", "until", "where", "had", "given", "were", "whether"})
# Subjects that begin a clause behind a bare comma: such alone, such with a verb right behind, such of a noun or two.
_NOMINATIVES = frozenset({"he", "she", "they", "we"})
_PRONOUNS = frozenset({"it", "there", "this", "you", "none"})
_PAST = re.compile(r"[a-z]{3,}ed")
_VERB_WITHIN, _PRONOUN_WITHIN, _SUBJECT_WITHIN = 6, 2, 3
"""So many words behind the joining word, a pronoun and the first word of a subject a clause has its verb."""


class Clause(NamedTuple):
    """Tokens of the document from and to; ``ground``: it says why the clause before it is so."""

    start: int
    end: int
    ground: bool


def clauses_of(doc: Doc, start: int, end: int) -> tuple[Clause, ...]:
    """The clauses of the sentence from one token to another, in order; together they are the whole of it."""
    words = [word.casefold() for word in words_of(doc)[start:end]]
    places = [(0, False), *_borders(words), (len(words), False)]
    return tuple(Clause(start + at, start + next_at, ground) for (at, ground), (next_at, _) in pairwise(places))


def _borders(words: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """Where clauses begin behind the first one, and whether such a one gives a ground."""
    opened = words[0] in _OPENERS
    start = 0
    for place in range(1, len(words) - 1):
        word, before, behind = words[place], words[place - 1], words[place + 1]
        after_comma = before in _COMMAS
        if behind in _GOES_ON:
            continue
        grounds = word in _GROUNDS or (word == "as" and after_comma and behind in _SUBJECTS)
        told = before == ":" and _has_verb(words, place, _VERB_WITHIN * 2)
        joins = word in _JOINS and (after_comma or (behind in _SUBJECTS and _has_verb(words, place + 1, _VERB_WITHIN)))
        main = opened and after_comma and word in _SUBJECTS
        opened = opened and not main
        spliced = after_comma and _begins(words, place) and not _leads(words[start:place])
        if grounds or told or joins or main or spliced or word in PARTS - {";"} or before == ";":
            start = place
            yield place, grounds or told


def _leads(words: Sequence[str]) -> bool:
    """Whether a clause only leads to the one behind its comma: "When the claim came, it was late"."""
    return words[0] in _LEADS or not _CONDITIONS.isdisjoint(words)


def _begins(words: Sequence[str], place: int) -> bool:
    """Whether a subject with its verb stands at a place, with no other word that joins them to what is before."""
    word = words[place]
    if word in _NOMINATIVES:
        return True
    if word in _PRONOUNS:
        return _has_verb(words, place + 1, _PRONOUN_WITHIN) or _PAST.fullmatch(words[place + 1]) is not None
    return word in _SUBJECTS and _has_verb(words, place + 2, _SUBJECT_WITHIN - 1)


def _has_verb(words: Sequence[str], place: int, many: int) -> bool:
    """Whether a verb comes within so many words, and no clause inside another before it."""
    for word in words[place : place + many]:
        if word in _VERBS or word == "n't":
            return True
        if word in _GOES_ON:
            return False
    return False
