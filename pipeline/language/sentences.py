"""The sentences of a letter's prose, taken out once: spaCy joins a sentence from its words each time it is asked."""

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Span

_KNOWN = "sentences"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence: its first token and the one after its last, its place in the prose and its text."""

    start: int
    end: int
    start_char: int
    end_char: int
    text: str
    span: Span


def sentences_of(doc: Doc) -> tuple[Sentence, ...]:
    """The sentences of a document, in order."""
    known: tuple[Sentence, ...] | None = doc.user_data.get(_KNOWN)
    if known is None:
        text = doc.text
        known = tuple(
            Sentence(
                start=span.start, end=span.end, start_char=span.start_char, end_char=span.end_char,
                text=text[span.start_char : span.end_char], span=span,
            )
            for span in doc.sents
        )  # fmt: skip
        doc.user_data[_KNOWN] = known
    return known


def sentence_of(span: Span | Sentence) -> Sentence:
    """The sentence in which a span begins."""
    if isinstance(span, Sentence):
        return span
    every = sentences_of(span.doc)
    return every[bisect_right(every, span.start, key=lambda sentence: sentence.start) - 1]
