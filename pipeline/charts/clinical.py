"""The words of charts compiled into matchers, one a subject. Made once a process."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.charts.misspellings import Misspellings
from pipeline.knowledge.ages import compiled_ages
from pipeline.knowledge.chart_words import ChartWordKnowledge, load_chart_words
from pipeline.knowledge.clinical import (
    ClinicalKnowledge,
    Column,
    ContextCue,
    DocumentCues,
    Illness,
    NamedFinding,
    Scale,
    Study,
)
from pipeline.knowledge.drugs import UNCLASSED, DrugClass, drug_phrases
from pipeline.knowledge.evidence import EvidenceType
from pipeline.knowledge.reasons import spelled_out
from pipeline.language import Language
from pipeline.language.phrase_index import PhraseIndex
from pipeline.language.phrases import PhraseMatcher


class Subject(StrEnum):
    """What a matcher finds in a chart."""

    DRUG = "drug"
    CONTEXT = "context"
    OUTCOME = "outcome"
    ILLNESS = "illness"
    SECTION = "section"
    SCALE = "scale"
    FINDING = "finding"
    SPECIALTY = "specialty"
    MUSCLE = "muscle"
    TOPIC = "topic"
    IDEA = "idea"
    STUDY = "study"


DENIED = "/denied"
"""Behind the key of a finding whose words say that it is not there."""
UNLESS = "/unless"
"""Behind the key of a finding whose words mean something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinical:
    """Everything needed to read a chart; one object serves all patients."""

    language: Language
    knowledge: ClinicalKnowledge
    matchers: Mapping[Subject, PhraseMatcher]
    contexts: Mapping[str, ContextCue]
    scales: Mapping[str, Scale]
    findings: Mapping[str, NamedFinding]
    studies: Mapping[str, Study]
    illnesses: Mapping[str, Illness]
    classes: Mapping[str, DrugClass]
    documents: Mapping[str, DocumentCues]
    evidence: Mapping[str, EvidenceType]
    columns: Mapping[str, Column]
    misspelled: Misspellings
    ages: re.Pattern[str]
    words: ChartWordKnowledge


def load_clinical(language: Language, knowledge: ClinicalKnowledge) -> Clinical:
    """Compile the words of charts for a language."""
    nlp, index = language.nlp, PhraseIndex(language.knowledge.common_words.counts)

    def matcher(phrases: Iterable[tuple[str, Iterable[str]]]) -> PhraseMatcher:
        spelled = {key: [v for text in texts for v in spelled_out(text)] for key, texts in phrases}
        return PhraseMatcher(nlp, spelled, index=index)

    words = load_chart_words()
    return Clinical(
        language=language,
        knowledge=knowledge,
        words=words,
        ages=compiled_ages(knowledge.ages),
        matchers={
            Subject.DRUG: matcher(drug_phrases(knowledge.drugs).items()),
            Subject.CONTEXT: matcher((e.id, e.phrases) for e in knowledge.contexts),
            Subject.OUTCOME: matcher((e.id, e.phrases) for e in knowledge.outcomes),
            Subject.ILLNESS: matcher((e.id, e.phrases) for e in knowledge.illnesses),
            Subject.SECTION: matcher((e.id, e.phrases) for e in knowledge.sections),
            Subject.SCALE: matcher((e.id, [v for p in e.phrases for v in _numbered(p)]) for e in knowledge.scales),
            Subject.FINDING: matcher(
                [
                    *((e.id, e.phrases) for e in knowledge.findings),
                    *((e.id + DENIED, e.denied) for e in knowledge.findings if e.denied),
                    *((e.id + UNLESS, e.unless) for e in knowledge.findings if e.unless),
                ]
            ),
            Subject.SPECIALTY: matcher((e.id, e.phrases) for e in knowledge.specialties),
            Subject.IDEA: matcher((e.id, e.phrases) for e in knowledge.ideas),
            Subject.STUDY: matcher((e.id, e.phrases) for e in knowledge.studies),
            Subject.MUSCLE: matcher((e.id, e.phrases) for e in knowledge.muscles),
            Subject.TOPIC: matcher((e.id, e.topics) for e in knowledge.illnesses if e.topics),
        },
        contexts={e.id: e for e in knowledge.contexts},
        scales={e.id: e for e in knowledge.scales},
        findings={e.id: e for e in knowledge.findings},
        studies={e.id: e for e in knowledge.studies},
        illnesses={e.id: e for e in knowledge.illnesses},
        classes={e.id: e for e in knowledge.drugs},
        documents={e.id: e for e in knowledge.documents},
        evidence={e.id: e for e in language.knowledge.evidence},
        columns={e.id: e for e in knowledge.columns},
        misspelled=Misspellings(
            (
                (name, key)
                for key, names in drug_phrases(knowledge.drugs).items()
                for name in (names[:1] if key.startswith(f"{UNCLASSED}/") else names)
                if not key.endswith("/")
            ),
            ordinary=words.no_medicine.found_in,
        ),
    )


_HYPHENED = re.compile(r"[A-Za-z-]+-\d{1,2}")


def _numbered(phrase: str) -> tuple[str, ...]:
    """The ways in which a scale with a number is written: PHQ-9, PHQ 9, PHQ9."""
    if _HYPHENED.fullmatch(phrase) is None:
        return (phrase,)
    return phrase, phrase.replace("-", " "), phrase.replace("-", "")
