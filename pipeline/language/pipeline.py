"""The spaCy pipeline: blank English, our sentence boundaries, and the knowledge compiled into matchers. Made once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import spacy
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc

from pipeline.knowledge import Knowledge
from pipeline.language.matchers import Subject, compile_matchers
from pipeline.language.phrases import PhraseMatcher
from pipeline.language.prose import goes_on, prose
from pipeline.language.reading import Line, Reading, cells_of, page_at
from pipeline.language.zones import Zone
from pipeline.values.text import Text

_ABBREVIATIONS = {
    "no.",
    "st.",
    "dr.",
    "mr.",
    "mrs.",
    "ms.",
    "inc.",
    "sec.",
    "ch.",
    "pub.",
    "p.o.",
    "vs.",
    "e.g.",
    "i.e.",
    "u.s.",
    "approx.",
}


@SpacyPipeline.component("letter_sentences")
def letter_sentences(doc: Doc) -> Doc:
    """A sentence ends at a paragraph's end, and after . ! ? that is no abbreviation and no number's point."""
    for token in doc[:-1]:
        following = doc[token.i + 1]
        if token.is_space and "\n" in token.text:
            following.is_sent_start = True
        elif token.text in {".", "!", "?"}:
            word = doc[token.i - 1].lower_ + "." if token.i else "."
            following.is_sent_start = word not in _ABBREVIATIONS and not following.is_lower
        else:
            following.is_sent_start = False
    return doc


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The spaCy pipeline and what was compiled from the knowledge. One object serves all letters."""

    nlp: SpacyPipeline
    knowledge: Knowledge
    matchers: Mapping[Subject, PhraseMatcher]

    def reading(self, text: Text) -> Reading:
        """Lay a letter open."""
        lines = _lines(text)
        contents = [line.text for line in lines]
        continues = [
            goes_on(a, b) and lines[i].page == lines[i + 1].page
            for i, (a, b) in enumerate(zip(contents, contents[1:], strict=False))
        ]
        flowing = prose(text.content, continues)
        return Reading(text=text, lines=lines, prose=flowing, doc=self.nlp(flowing.text))


def load_language(knowledge: Knowledge) -> Language:
    """Compile the knowledge; takes about a second, so it is done once a process."""
    nlp = spacy.blank("en")
    nlp.add_pipe("letter_sentences")
    return Language(nlp=nlp, knowledge=knowledge, matchers=compile_matchers(nlp, knowledge))


def _lines(text: Text) -> tuple[Line, ...]:
    lines = []
    start = 0
    for number, line in enumerate(re.split(r"[\n\f]", text.content)):
        page = page_at(text, start)
        words = tuple(w for w in page.words if start <= w.start <= start + len(line))
        lines.append(
            Line(
                number=number, start=start, end=start + len(line), page=page.number, text=line,
                cells=cells_of(line, start, words), zone=Zone.BODY,
            )
        )  # fmt: skip
        start += len(line) + 1
    return tuple(lines)
