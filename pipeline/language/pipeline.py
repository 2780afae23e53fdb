"""The spaCy pipeline: blank English, our sentence boundaries, and the knowledge compiled into matchers. Made once."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from statistics import quantiles
from types import MappingProxyType
from typing import Any

import numpy as np
import spacy
from spacy.attrs import SENT_START
from spacy.language import Language as SpacyPipeline
from spacy.tokens import Doc

from pipeline.knowledge import Knowledge
from pipeline.language.matchers import Subject, compile_matchers
from pipeline.language.phrases import PhraseMatcher
from pipeline.language.prose import goes_on, prose
from pipeline.language.reading import Line, Reading, cells_of, page_at
from pipeline.language.tokens import Remembering, without_faces
from pipeline.language.words import printed_in
from pipeline.language.zones import Zone
from pipeline.language.zoning import zoned
from pipeline.values.text import Text

_ABBREVIATIONS = frozenset(
    [
        "no.", "nos.", "st.", "ave.", "blvd.", "rd.", "ste.", "dr.", "drs.", "mr.", "mrs.", "ms.", "inc.", "corp.",
        "co.", "ltd.", "sec.", "ch.", "pub.", "p.o.", "vs.", "e.g.", "i.e.", "u.s.", "approx.", "ext.", "tel.",
        "dept.", "attn.", "fed.", "reg.", "art.", "para.", "pt.", "est.", "jan.", "feb.", "mar.", "apr.", "jun.",
        "jul.", "aug.", "sep.", "sept.", "oct.", "nov.", "dec.",
    ]
)  # fmt: skip
_ENDS = frozenset({".", "!", "?", '."', ".)"})
_CLOSERS = frozenset({'"', ")", "'", "*"})
_TELLING = _ENDS | _CLOSERS
_SHORTEST_WRAP = 30
"""A line of fewer characters never counts as wrapped, however narrow the column."""


@SpacyPipeline.component("letter_sentences")
def letter_sentences(doc: Doc) -> Doc:
    """A sentence ends at a paragraph's end, and after . ! ? that is no abbreviation and no number's point."""
    texts = printed_in(doc)
    telling = {text for text in set(texts) if text in _TELLING or (text.isspace() and "\n" in text)}
    starts: Any = doc.to_array([SENT_START]).astype(np.int64)
    starts[1:] = -1
    for place in [place for place, text in enumerate(texts[:-1]) if text in telling]:
        text, following = texts[place], texts[place + 1]
        if text in _ENDS:
            begins = following not in _CLOSERS and not following.islower() and _ends(texts, place, starts)
        elif text in _CLOSERS:
            begins = place > 0 and texts[place - 1] in _ENDS and following.istitle()
        else:
            begins = True
        starts[place + 1] = 1 if begins else -1
    # All at once: spaCy looks over the whole document each time that a token is told.
    return doc.from_array([SENT_START], starts.astype(np.uint64))


def _ends(texts: Sequence[str], place: int, starts: Sequence[int]) -> bool:
    """Whether the stop at ``place`` ends a sentence: it is that of no abbreviation, and of no item's number."""
    if not place:
        return False
    before = texts[place - 1]
    opens = starts[place - 1] == 1
    return before.lower() + "." not in _ABBREVIATIONS and not (opens and (before.isdigit() or len(before) == 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The spaCy pipeline and what was compiled from the knowledge. One object serves all letters."""

    nlp: SpacyPipeline
    knowledge: Knowledge
    matchers: Mapping[Subject, PhraseMatcher]

    def reading(self, text: Text, *, signs: Mapping[str, str] = MappingProxyType({})) -> Reading:
        """Lay a letter open; ``signs`` are ornaments that say something in its kind of document, in words."""
        lines = _lines(text)
        full = _full_length(lines)
        continues = [goes_on(a.text, b.text, full=full) and a.page == b.page for a, b in pairwise(lines)]
        flowing = prose(text.content, continues, signs)
        starts = tuple(line.start for line in lines)
        plain = Reading(text=text, lines=lines, starts=starts, prose=flowing, doc=self.nlp(flowing.text))
        return zoned(plain, knowledge=self.knowledge, matchers=self.matchers)


@lru_cache(maxsize=4)
def load_language(knowledge: Knowledge) -> Language:
    """Compile the knowledge; takes half a second, so it is done once: the same knowledge gives the same language."""
    nlp = spacy.blank("en")
    nlp.tokenizer = Remembering(without_faces(nlp.tokenizer))
    nlp.add_pipe("letter_sentences")
    return Language(nlp=nlp, knowledge=knowledge, matchers=compile_matchers(nlp, knowledge))


def _lines(text: Text) -> tuple[Line, ...]:
    lines = []
    begins = {page.number: [word.start for word in page.words] for page in text.pages}
    start = 0
    for number, line in enumerate(re.split(r"[\n\f]", text.content)):
        page = page_at(text, start)
        own = begins[page.number]
        words = page.words[bisect_left(own, start) : bisect_right(own, start + len(line))]
        lines.append(
            Line(
                number=number, start=start, end=start + len(line), page=page.number, text=line,
                cells=cells_of(line, start, words), zone=Zone.BODY,
            )
        )  # fmt: skip
        start += len(line) + 1
    return tuple(lines)


def _full_length(lines: tuple[Line, ...]) -> int:
    """From how many characters a line of this letter counts as wrapped: less where the letter is set narrow."""
    lengths = [len(line.text.strip()) for line in lines if len(line.cells) == 1 and line.text.strip()]
    if len(lengths) < 4:
        return 45
    return max(_SHORTEST_WRAP, min(45, int(0.75 * quantiles(lengths, n=10)[-1])))
