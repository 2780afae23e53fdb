"""Sentences with their context: who says what in which sense. A condition, a right or a wish is no statement.

Token places are those of ``Reading.doc``, also after misread words were repaired.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc, Span

from pipeline.knowledge.reasons import Scope, Stance
from pipeline.language.matchers import Subject
from pipeline.language.pipeline import Language
from pipeline.language.prose import content_span
from pipeline.language.reading import Reading, line_at
from pipeline.language.repair import is_doubtful, lexicon, mended
from pipeline.language.zones import Zone

__all__ = ["Hit", "Stance", "Utterance", "hits", "said", "utterances"]


_NEW_CLAUSE = frozenset({"and", "but", "however", "yet", "so", "therefore", "which"})


class Hit(NamedTuple):
    """A phrase found: the key it stands for and its tokens."""

    key: str
    start: int
    end: int


class _Cue(NamedTuple):
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
    cues: tuple[_Cue, ...]
    repaired: frozenset[int]


def utterances(reading: Reading, language: Language) -> tuple[Utterance, ...]:
    """The sentences of the letter, in order of place."""
    doc: Doc = reading.doc
    repaired: frozenset[int] = frozenset()
    if is_doubtful(reading.text, doc):
        doc, repaired = mended(doc, lexicon(_phrases(language)))
    found = []
    for sentence in doc.sents:
        start, end = _trimmed(sentence)
        if start < end:
            found.append(_utterance(reading, language, doc[start:end], repaired=repaired))
    return tuple(found)


def _phrases(language: Language) -> Iterable[str]:
    reasons = language.knowledge.reasons
    for rule in reasons.rules:
        yield from rule.phrases
    for words in reasons.words.words.values():
        yield from words


def _trimmed(sentence: Span) -> tuple[int, int]:
    tokens = [token.i for token in sentence if not token.is_space]
    return (tokens[0], tokens[-1] + 1) if tokens else (0, 0)


def _utterance(reading: Reading, language: Language, sentence: Span, *, repaired: frozenset[int]) -> Utterance:
    own: Doc = reading.doc
    first, last = own[sentence.start], own[sentence.end - 1]
    place = content_span(reading.prose, first.idx, last.idx + len(last))
    stances = {entry.id: entry for entry in language.knowledge.reasons.stances}
    cues = tuple(
        _Cue(stances[key].stance, stances[key].scope, span.start)
        for key, span in language.matchers[Subject.STANCE](sentence)
    )
    return Utterance(
        sentence=sentence,
        start=sentence.start,
        end=sentence.end,
        text=sentence.text,
        span=place,
        zone=line_at(reading, place[0]).zone,
        cues=cues,
        repaired=repaired,
    )


def hits(utterance: Utterance, language: Language, subject: Subject) -> tuple[Hit, ...]:
    """The phrases of a subject in the sentence."""
    return tuple(Hit(key, span.start, span.end) for key, span in language.matchers[subject](utterance.sentence))


def said(utterance: Utterance, at: int, *, general_too: bool = False) -> Stance:
    """In what sense the words at token ``at`` are said.

    A sentence that tells how an appeal was decided speaks of this case although it speaks of appeals. ``general_too``
    takes what is said of all cases for a statement.
    """
    decided = any(cue.stance is Stance.DECIDED for cue in utterance.cues)
    for cue in utterance.cues:
        if cue.stance is Stance.DECIDED or (cue.stance is Stance.RIGHTS and decided):
            continue
        if general_too and cue.stance is Stance.CONDITIONAL and cue.scope is Scope.SENTENCE:
            continue
        if cue.scope is Scope.SENTENCE or (cue.start <= at and not _is_past(utterance, cue, at)):
            return cue.stance
    return Stance.DECIDED if decided else Stance.STATED


def _is_past(utterance: Utterance, cue: _Cue, at: int) -> bool:
    """Whether a condition inside a sentence has ended before ``at``: ``X applies when Y, and no Y is shown``."""
    if cue.stance is not Stance.CONDITIONAL or cue.start == utterance.start:
        return False
    tokens = [token.lower_ for token in utterance.sentence.doc[cue.start : at + 1]]
    return any(a in {",", ";"} and b in _NEW_CLAUSE for a, b in zip(tokens, tokens[1:], strict=False)) or ";" in tokens
