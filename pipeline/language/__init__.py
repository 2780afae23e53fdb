"""The only importer of spaCy: a letter laid open as lines, prose, sentences and zones, and phrases matched over it."""

from spacy.tokens import Span

from pipeline.language.pipeline import Language, load_language
from pipeline.language.reading import Reading

__all__ = ["Language", "Reading", "Span", "load_language"]
