"""The knowledge compiled into spaCy matchers, one a subject."""

from collections.abc import Mapping
from enum import StrEnum

from spacy.language import Language as SpacyPipeline

from pipeline.knowledge import Knowledge
from pipeline.language.phrases import PhraseMatcher


class Subject(StrEnum):
    """What a matcher finds."""


def compile_matchers(nlp: SpacyPipeline, knowledge: Knowledge) -> Mapping[Subject, PhraseMatcher]:
    """One matcher a subject, its match ids being those of the entries."""
    return {}
