"""The sentences of a letter's prose, taken out once: spaCy joins a sentence from its words each time."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from spacy.attrs import IDX, LENGTH, SPACY
from spacy.tokens import Doc, Span

from pipeline.language.words import first_words_of, printed_in

_KNOWN, _STARTS, _PRINT = "sentences", "sentence_starts", "print"


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
        starts = [0, *(place for place in first_words_of(doc) if place)] if len(doc) else []
        known = tuple(
            Sentence(
                doc=doc, start=start, end=end, start_char=first, end_char=last, text=text_of(doc, start, end),
            )
            for start, end in pairwise([*starts, len(doc)])
            for first, last in [place_of(doc, start, end)]
        )  # fmt: skip
        doc.user_data[_KNOWN], doc.user_data[_STARTS] = known, starts
    return known


def place_of(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """From where to where in the text of a document the tokens from one to another stand; at least one."""
    _, starts, ends = _print_of(doc)
    return starts[start], ends[end - 1]


def text_of(doc: Doc, start: int, end: int) -> str:
    """The text of the tokens from one to another, without the blank behind the last; at least one."""
    text, starts, ends = _print_of(doc)
    return text[starts[start] : ends[end - 1]]


def _print_of(doc: Doc) -> tuple[str, list[int], list[int]]:
    """The text of a document, and where in it each token begins and ends; asking spaCy makes an object of each."""
    known: tuple[str, list[int], list[int]] | None = doc.user_data.get(_PRINT)
    if known is None:
        places = doc.to_array([IDX, LENGTH, SPACY]).astype(int)
        printed = zip(printed_in(doc), places[:, 2].tolist(), strict=True)
        text = "".join([word + " " if blank else word for word, blank in printed])
        known = text, places[:, 0].tolist(), (places[:, 0] + places[:, 1]).tolist()
        doc.user_data[_PRINT] = known
    return known


def sentence_of(span: Span | Sentence) -> Sentence:
    """The sentence in which a span begins."""
    if isinstance(span, Sentence):
        return span
    every = sentences_of(span.doc)
    return every[bisect_right(span.doc.user_data[_STARTS], span.start) - 1]
