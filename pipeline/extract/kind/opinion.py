"""What a letter decides in words that no rule has: a second opinion, sentence by sentence, learned from sentences.

It is asked where the rules found no decisive word, and where they saw a denial or an approval that may be the outcome
of an appeal. What it says is believed less than a rule.
"""

import re
from collections.abc import Mapping

from pipeline.extract.kind.appeals import offers_appeal
from pipeline.extract.kind.signs import DENYING, aside_clauses, offers
from pipeline.extract.reasons.opinion import kinds_of
from pipeline.extract.reasons.second_opinion import is_said, tells_why
from pipeline.extract.reasons.words import is_whole
from pipeline.knowledge.outcomes import OutcomeWords
from pipeline.knowledge.reasons import Scope
from pipeline.language import Language, Reading
from pipeline.language.context import Stance, Utterance, unbroken, utterances
from pipeline.language.matchers import Subject
from pipeline.language.sentences import sentence_of
from pipeline.language.zones import Zone
from pipeline.values.letter import LetterKind

_ELSEWHERE = frozenset({Zone.BOILERPLATE, Zone.CONTACTS, Zone.CRITERIA, Zone.SIGNATURE})
_RUNNING = frozenset({Zone.DETERMINATION, Zone.RATIONALE, Zone.BODY})
_FEWEST = 3
"""Words behind the label of an outcome that may tell one in words that no list has."""
_BOXES = frozenset("[]☐□☒☑✓✔")
_OF_ANY = re.compile(
    r"\W*(?:(?:any|all|late|untimely)\s+(?:appeal|request|dispute|grievance)s?|(?:appeal|request|dispute|grievance)s)\b",
    re.IGNORECASE,
)
"""What becomes of everybody's: "Appeals received after July 3 are dismissed"."""
_TO_COME = re.compile(
    r"\bwill (?:now |then |also |carefully )?(?:be )?(?:look|review|re-?read|read|decid|examin|consider|study"
    r"|writ|send|tell|let you|notif|inform|answer|respond|contact|assign|hear|make (?:a|our|its|the) decision)",
    re.IGNORECASE,
)
"""What is still to be done about a request: "another doctor will look at the file"."""
_IN_PART = re.compile(
    r"\b(?:not?|only|but|part\w*|some|rest|remain\w*|instead|less|lesser|fewer|reduc\w+|lower|other|others|balance|except"
    r"|up to|cut|cuts|den(?:y|ied|ial)|declin\w+|rather|first|second|however|while|limit\w*|modif\w*|short\w*|cannot"
    r"|(?:\w+ )?(?:out )?of (?:the|your|those|these) \w+|out of|\d of \d+|(?:lines?|items?|days?) #?\d+)\b|n['’]t\b",
    re.IGNORECASE,
)
"""One of these tells that there is another part."""
_ONCE = frozenset({LetterKind.DENIAL, LetterKind.PARTIAL_DENIAL, LetterKind.APPROVAL})
"""What may have been decided before this letter."""
_KINDS = {kind.value: kind for kind in LetterKind}
_AMONG_LABELS = frozenset({Zone.REFERENCE, Zone.GREETING, Zone.TABLE, Zone.LETTERHEAD, Zone.ADDRESS})


def told_kinds(reading: Reading, language: Language, *, approved: bool = False) -> Mapping[LetterKind, float]:
    """The probability of the sentence of the letter that most probably tells each kind.

    ``approved``: nothing else in it denies; then an approval in part has a word that tells of the other part.
    """
    found: dict[LetterKind, float] = {}
    aside = aside_clauses(reading, language)
    offered = bool(aside) and offers_appeal(reading)
    for sentence in unbroken(utterances(reading, language), zones=_RUNNING):
        if not _is_asked(sentence, language.knowledge.outcome_words):
            continue
        beside = any(
            start < sentence.end and sentence.start < end and not (only_beside and offered)
            for start, end, only_beside in aside
        )
        whole = approved and _IN_PART.search(sentence.text) is None
        before = _tells_of_earlier(sentence, language)
        for answer, likely in kinds_of(sentence, language).items():
            if (kind := _KINDS.get(answer)) is not None and not (
                (before and kind in _ONCE)
                or (beside and kind in DENYING)
                or (whole and kind is LetterKind.PARTIAL_DENIAL)
            ):
                found[kind] = max(found.get(kind, 0.0), likely)
    return found


def _is_asked(sentence: Utterance, words: OutcomeWords) -> bool:
    if sentence.zone in _ELSEWHERE or _decides_nothing(sentence):
        return False
    label, colon, said = sentence.text.partition(":")
    if colon and words.is_label(label):
        return len(said.split()) >= _FEWEST and _BOXES.isdisjoint(said)
    if not is_said(sentence):
        return False
    if sentence.zone in _AMONG_LABELS:
        return is_whole(sentence) or tells_why(sentence)
    return sentence.zone is not Zone.RIGHTS or not offers(sentence_of(sentence.sentence))


def _tells_of_earlier(sentence: Utterance, language: Language) -> bool:
    """Whether a sentence tells of what was decided before; how an appeal against that ended it may tell as well."""
    earlier = {entry.id for entry in language.knowledge.mentions if entry.earlier}
    return any(name in earlier for name, _ in language.matchers[Subject.MENTION](sentence.sentence))


def _decides_nothing(sentence: Utterance) -> bool:
    """Whether a sentence says what may come to any request, or is still to be done: it decides nothing."""
    if _OF_ANY.match(sentence.text) or _TO_COME.search(sentence.text):
        return True
    return any(cue.stance is Stance.CONDITIONAL and cue.scope is Scope.SENTENCE for cue in sentence.cues)
