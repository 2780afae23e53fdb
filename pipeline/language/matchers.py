"""The knowledge compiled into spaCy matchers, one a subject."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from spacy.language import Language as SpacyPipeline

from pipeline.knowledge import Knowledge
from pipeline.knowledge.kinds import Weight
from pipeline.knowledge.reasons import spelled_out
from pipeline.language.phrase_index import PhraseIndex
from pipeline.language.phrases import PhraseMatcher


class Subject(StrEnum):
    """What a matcher finds."""

    ZONE_HEADING = "zone_heading"
    ZONE_SENTENCE = "zone_sentence"
    KIND = "kind"
    KIND_UNLESS = "kind_unless"
    MENTION = "mention"
    OUTCOME_ASIDE = "outcome_aside"
    LIMIT_KIND = "limit_kind"
    LIMIT_KIND_UNLESS = "limit_kind_unless"
    LIMIT_ANCHOR = "limit_anchor"
    LIMIT_PARTY = "limit_party"
    NO_LIMIT = "no_limit"
    CONTACT_PURPOSE = "contact_purpose"
    CONTACT_PURPOSE_UNLESS = "contact_purpose_unless"
    REFUSED_NUMBER = "refused_number"
    REFUSED_NUMBER_UNLESS = "refused_number_unless"
    PLAN_CUE = "plan_cue"
    PLAN_UNLESS = "plan_unless"
    PAGE = "page"
    OWN_APPEAL = "own_appeal"
    STANCE = "stance"
    REASON = "reason"
    REASON_WORD = "reason_word"
    REASON_ASIDE = "reason_aside"
    REQUEST = "request"
    REQUEST_UNLESS = "request_unless"
    ASKING = "asking"
    ASKING_UNLESS = "asking_unless"
    UNMET = "unmet"


_OWN = "own_outgoing"
_OF_PAGES = frozenset({Subject.PAGE, Subject.OWN_APPEAL})
"""Asked of pages before there are letters: what letters are asked is not looked for there."""


def compile_matchers(nlp: SpacyPipeline, knowledge: Knowledge) -> Mapping[Subject, PhraseMatcher]:
    """One matcher a subject, its match ids being those of the entries."""
    phrases: dict[Subject, Mapping[str, Iterable[str]]] = {
        Subject.ZONE_HEADING: {e.id: e.headings for e in knowledge.zones},
        Subject.ZONE_SENTENCE: {e.id: e.sentences for e in knowledge.zones},
        Subject.KIND: {e.id: e.phrases for e in knowledge.kinds},
        Subject.KIND_UNLESS: {e.id: e.unless for e in knowledge.kinds},
        Subject.MENTION: {e.id: e.phrases for e in knowledge.mentions},
        Subject.OUTCOME_ASIDE: {e.id: e.phrases for e in knowledge.outcome_asides},
        Subject.LIMIT_KIND: {e.id: e.phrases for e in knowledge.limit_kinds},
        Subject.LIMIT_KIND_UNLESS: {e.id: e.unless for e in knowledge.limit_kinds},
        Subject.LIMIT_ANCHOR: {e.id: e.phrases for e in knowledge.limit_anchors},
        Subject.LIMIT_PARTY: {e.id: e.phrases for e in knowledge.limit_parties},
        Subject.NO_LIMIT: {e.id: e.phrases for e in knowledge.no_limits},
        Subject.CONTACT_PURPOSE: {e.id: e.phrases for e in knowledge.contact_purposes},
        Subject.CONTACT_PURPOSE_UNLESS: {e.id: e.unless for e in knowledge.contact_purposes},
        Subject.REFUSED_NUMBER: {e.id: e.phrases for e in knowledge.refused_numbers},
        Subject.REFUSED_NUMBER_UNLESS: {e.id: e.unless for e in knowledge.refused_numbers},
        Subject.PLAN_CUE: {e.id: e.phrases for e in knowledge.plan_cues},
        Subject.PLAN_UNLESS: {e.id: e.unless for e in knowledge.plan_cues},
        Subject.PAGE: {e.id: e.phrases for e in knowledge.pages},
        Subject.OWN_APPEAL: {e.id: e.phrases for e in knowledge.kinds if e.weight is Weight.MARK and e.subtype == _OWN},
        Subject.STANCE: {e.id: _spelled(e.phrases) for e in knowledge.reasons.stances},
        Subject.REASON: {e.id: _spelled(e.phrases) for e in knowledge.reasons.rules},
        Subject.REASON_WORD: {k: _spelled(v) for k, v in knowledge.reasons.words.words.items()},
        Subject.REASON_ASIDE: {e.id: _spelled(e.phrases) for e in knowledge.reasons.asides},
        Subject.REQUEST: {e.id: _spelled(e.phrases) for e in knowledge.requests},
        Subject.REQUEST_UNLESS: {e.id: _spelled(e.unless) for e in knowledge.requests},
        Subject.ASKING: {e.id: _spelled(e.phrases) for e in knowledge.asking.values()},
        Subject.ASKING_UNLESS: {e.id: _spelled(e.unless) for e in knowledge.asking.values()},
        Subject.UNMET: {e.id: e.phrases for e in knowledge.unmet},
    }
    counts = knowledge.common_words.counts
    of_pages, of_letters = PhraseIndex(counts), PhraseIndex(counts)
    return {
        subject: PhraseMatcher(nlp, texts, index=of_pages if subject in _OF_PAGES else of_letters)
        for subject, texts in phrases.items()
    }


def _spelled(phrases: Iterable[str]) -> list[str]:
    return [variant for phrase in phrases for variant in spelled_out(phrase)]
