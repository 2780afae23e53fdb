"""The sentences of a letter's prose, taken out once: spaCy joins a sentence from its words each time."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from spacy.attrs import IDX, LENGTH, SPACY
from spacy.tokens import Doc, Span

from pipeline.language.words import first_words_of, printed_in

_KNOWN, _STARTS = "sentences", "sentence_starts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence: its first token and the one after its last, its place in the prose and its text."""

    doc: Doc
    start: int
    end: int
    start_char: int
    end_char: int
    text: str

    @property
    def span(self) -> Span:
        """The sentence as spaCy's."""
        return Span(self.doc, self.start, self.end)


def sentences_of(doc: Doc) -> tuple[Sentence, ...]:
    """The sentences of a document, in order."""
    known: tuple[Sentence, ...] | None = doc.user_data.get(_KNOWN)
    if known is None:
        places = doc.to_array([IDX, LENGTH, SPACY]).astype(int).tolist()
        # Not ``doc.text``, which makes an object of every token.
        text = "".join(word + " " * place[2] for word, place in zip(printed_in(doc), places, strict=True))
        starts = [0, *(place for place in first_words_of(doc) if place)] if len(doc) else []
        known = tuple(
            Sentence(
                doc=doc, start=start, end=end, start_char=places[start][0], end_char=sum(places[end - 1][:2]),
                text=text[places[start][0] : sum(places[end - 1][:2])],
            )
            for start, end in pairwise([*starts, len(doc)])
        )  # fmt: skip
        doc.user_data[_KNOWN], doc.user_data[_STARTS] = known, starts
    return known


def sentence_of(span: Span | Sentence) -> Sentence:
    """The sentence in which a span begins."""
    if isinstance(span, Sentence):
        return span
    every = sentences_of(span.doc)
    return every[bisect_right(span.doc.user_data[_STARTS], span.start) - 1]
