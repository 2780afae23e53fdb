"""Sentences with their context: who says what in which sense. A condition, a right or a wish is no statement.

Token places are those of ``Reading.doc``, also after misread words were repaired.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Span

from pipeline.knowledge.reasons import Scope, Stance, StanceEntry
from pipeline.knowledge.requests import words_of_papers
from pipeline.language.matchers import Subject
from pipeline.language.pipeline import Language
from pipeline.language.prose import content_span
from pipeline.language.reading import Reading, line_at
from pipeline.language.repair import is_doubtful, mended
from pipeline.language.sentences import Sentence, place_of, sentences_of, text_of
from pipeline.language.words import words_of
from pipeline.language.zones import Zone

__all__ = [
    "PARTS", "Hit", "Scope", "Stance", "Utterance", "hits", "joined", "part_of", "said", "senses", "unbroken",
    "utterances", "within",
]  # fmt: skip

_UTTERANCES = "utterances"
# No phrase covers more words.
_LONGEST = 60
# Words of a line in capitals that is no heading, and how far into a line a label may reach.
_LINE_IN_CAPITALS, _LABEL_REACH = 7, 24
_NEW_CLAUSE = frozenset({"and", "but", "however", "yet", "so", "therefore", "which"})
# What parts two clauses that may say the opposite of each other, and what makes a clause say no.
PARTS = frozenset({";", "but", "however", "yet", "although", "though", "while", "whereas", "except"})
_GROUNDS = frozenset({"because", "since"})
# So many words behind ``when`` one of these tells of the past.
_HAPPENED, _TELLS_WHEN = frozenset({"was", "were", "did", "had", "came", "began", "arrived", "ended", "started"}), 5
_SAYS_NO = frozenset({"not", "n't", "no", "none", "neither", "nor", "never", "if", "unless", "until", "when", "only"})


class Hit(NamedTuple):
    """A phrase found: the key it stands for and its tokens."""

    key: str
    start: int
    end: int


class Cue(NamedTuple):
    """A word or phrase that gives what is said a sense, and how far it reaches."""

    stance: Stance
    scope: Scope
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A sentence: its tokens, its place in the content, its zone, and the cues of its stance.

    ``repaired`` are the places of words that were read as another word than the scan gave.
    """

    sentence: Span
    start: int
    end: int
    text: str
    span: tuple[int, int]
    zone: Zone
    cues: tuple[Cue, ...]
    repaired: frozenset[int]


def utterances(reading: Reading, language: Language) -> tuple[Utterance, ...]:
    """The sentences of the letter, in order of place."""
    known: tuple[Utterance, ...] | None = reading.doc.user_data.get(_UTTERANCES)
    if known is not None:
        return known
    doc: Doc = reading.doc
    repaired: frozenset[int] = frozenset()
    if is_doubtful(reading.text, doc):
        doc, repaired = mended(
            doc, language.knowledge.reasons.long_words, spelled=words_of_papers(language.knowledge.requests)
        )
    stances = {entry.id: entry for entry in language.knowledge.reasons.stances}
    found = []
    for sentence in sentences_of(doc):
        start, end = _trimmed(sentence)
        if start < end:
            trimmed = Span(doc, start, end)
            cues = _hits_in(trimmed, language, Subject.STANCE)
            found.append(
                _utterance(
                    reading,
                    trimmed,
                    cues=tuple(
                        Cue(stances[key].stance, stances[key].scope, at)
                        for key, at, _ in cues
                        if not _is_void(trimmed, at, stances[key])
                    ),
                    repaired=repaired,
                    zone=reading.sentence_zones.get(sentence.start),
                )
            )
    # Several fields read the same sentences; they are worked out once a letter.
    reading.doc.user_data[_UTTERANCES] = tuple(found)
    return tuple(found)


def _trimmed(sentence: Sentence) -> tuple[int, int]:
    words, start, end = words_of(sentence.doc), sentence.start, sentence.end
    while start < end and words[start].isspace():
        start += 1
    while end > start and words[end - 1].isspace():
        end -= 1
    return start, end


def _utterance(
    reading: Reading, sentence: Span, *, cues: tuple[Cue, ...], repaired: frozenset[int], zone: Zone | None
) -> Utterance:
    """``zone``: that of the sentence, where it is finer than its line's."""
    place = content_span(reading.prose, *place_of(reading.doc, sentence.start, sentence.end))
    return Utterance(
        sentence=sentence,
        start=sentence.start,
        end=sentence.end,
        text=text_of(sentence.doc, sentence.start, sentence.end),
        span=place,
        zone=zone or line_at(reading, place[0]).zone,
        cues=cues,
        repaired=repaired,
    )


def hits(utterance: Utterance, language: Language, subject: Subject) -> tuple[Hit, ...]:
    """The phrases of a subject in the sentence."""
    return _hits_in(utterance.sentence, language, subject)


def _hits_in(sentence: Span, language: Language, subject: Subject) -> tuple[Hit, ...]:
    found = language.matchers[subject].between(sentence.doc, sentence.start, sentence.end)
    return tuple([Hit(key, start, end) for start, end, key in found]) if found else ()


def joined(first: Utterance, second: Utterance, *, broken: bool = False) -> Utterance:
    """Two sentences as one statement: what the first says as a rule, the second says of this case.

    ``broken``: they are two lines of one sentence; all that takes force away in the first does so in the whole.
    """
    doc = second.sentence.doc
    lasting = {Stance.DISCLAIMED, Stance.RIGHTS}
    return Utterance(
        sentence=Span(doc, first.start, second.end),
        start=first.start,
        end=second.end,
        text=f"{first.text} {second.text}",
        span=(first.span[0], second.span[1]) if broken else second.span,
        zone=second.zone,
        cues=tuple(cue for cue in first.cues if broken or cue.stance in lasting) + second.cues,
        repaired=second.repaired,
    )


def within(sentence: Utterance, start: int) -> Utterance:
    """The part of a sentence from token ``start`` on; what takes force away from the whole does so from the part."""
    doc = sentence.sentence.doc
    text = text_of(doc, start, sentence.end)
    return replace(sentence, sentence=Span(doc, start, sentence.end), start=start, text=text)


def part_of(sentence: Utterance, start: int, end: int) -> Utterance:
    """The words of a sentence from one token to another as one; what takes force away elsewhere in it does not here."""
    if (start, end) == (sentence.start, sentence.end):
        return sentence
    doc = sentence.sentence.doc
    said = text_of(doc, start, end).rstrip(" ,;:-\u2013\u2014\n")
    text = said if said.endswith((".", "!", "?")) else f"{said}."
    cues = tuple(cue for cue in sentence.cues if start <= cue.start < end)
    return replace(sentence, sentence=Span(doc, start, end), start=start, end=end, text=text, cues=cues)


def unbroken(sentences: Iterable[Utterance], *, zones: frozenset[Zone]) -> tuple[Utterance, ...]:
    """The sentences, those whole again that the layout broke: no full stop, and on in small letters, in one zone."""
    found: list[Utterance] = []
    for sentence in sentences:
        last = found[-1] if found else None
        if (
            last is not None
            and last.zone is sentence.zone
            and sentence.zone in zones
            and last.text[-1:].isalpha()
            and (_in_capitals(last, sentence) if last.text.isupper() else sentence.text[:1].islower())
            and sentence.end - last.start <= _LONGEST * 2
        ):
            found[-1] = joined(last, sentence, broken=True)
        else:
            found.append(sentence)
    return tuple(found)


def _in_capitals(last: Utterance, sentence: Utterance) -> bool:
    """Whether two lines in capitals may be one sentence: the first is no heading, the second begins with no label."""
    long = last.end - last.start >= _LINE_IN_CAPITALS and ":" not in last.text
    return long and sentence.text.isupper() and ":" not in sentence.text[:_LABEL_REACH]


def said(utterance: Utterance, at: int) -> Stance:
    """In what sense, first of all, the words at token ``at`` are said."""
    return senses(utterance, at)[0]


def senses(utterance: Utterance, at: int, *, general_too: bool = False) -> tuple[Stance, ...]:
    """Every sense in which the words at token ``at`` are said: ``please tell us if ...`` is a wish and a condition.

    A sentence that tells how an appeal was decided speaks of this case although it speaks of appeals. ``general_too``
    takes what is said of all cases for a statement.
    """
    decided = any(cue.stance is Stance.DECIDED for cue in utterance.cues)
    found = []
    for cue in utterance.cues:
        if cue.stance is Stance.DECIDED or (cue.stance is Stance.RIGHTS and decided):
            continue
        if general_too and cue.stance is Stance.CONDITIONAL and cue.scope is Scope.SENTENCE:
            continue
        if cue.scope is Scope.CLAUSE:
            if _same_clause(utterance, cue.start, at):
                found.append(cue.stance)
        elif cue.scope is Scope.SENTENCE or (cue.start <= at and not _is_past(utterance, cue, at)):
            found.append(cue.stance)
    return tuple(found) or (Stance.DECIDED if decided else Stance.STATED,)


def takes_all(utterance: Utterance, cue: Cue) -> bool:
    """Whether a cue takes the force of the whole sentence: one of a clause does so where no other clause stands.

    What tells when something happened takes none: "no approval was on file when the stay began".
    """
    words = [token.casefold() for token in words_of(utterance.sentence.doc)[utterance.start : utterance.end]]
    at = cue.start - utterance.start
    if words[at] == "when" and at and not _HAPPENED.isdisjoint(words[at + 1 : at + 1 + _TELLS_WHEN]):
        return False
    return cue.scope is not Scope.CLAUSE or PARTS.isdisjoint(words)


def _same_clause(utterance: Utterance, cue: int, at: int) -> bool:
    tokens = words_of(utterance.sentence.doc)[min(cue, at) : max(cue, at)]
    return PARTS.isdisjoint(token.casefold() for token in tokens)


def _is_void(sentence: Span, at: int, entry: StanceEntry) -> bool:
    """Whether a cue is none where it stands.

    The clause of one says no before it: "none of the criteria was met". An invitation gives a ground: "because you can
    do more, fewer hours are enough".
    """
    if entry.stance is Stance.INVITED:
        return at > sentence.start and words_of(sentence.doc)[at - 1].casefold() in _GROUNDS
    if entry.scope is not Scope.CLAUSE:
        return False
    for token in reversed(words_of(sentence.doc)[sentence.start : at]):
        if token.casefold() in PARTS:
            return False
        if token.casefold() in _SAYS_NO:
            return True
    return False


def _is_past(utterance: Utterance, cue: Cue, at: int) -> bool:
    """Whether a condition inside a sentence has ended before ``at``: ``X applies when Y, and no Y is shown``."""
    if cue.stance is not Stance.CONDITIONAL or cue.start == utterance.start:
        return False
    tokens = words_of(utterance.sentence.doc)[cue.start : at + 1]
    return any(a in {",", ";"} and b in _NEW_CLAUSE for a, b in pairwise(tokens)) or ";" in tokens
