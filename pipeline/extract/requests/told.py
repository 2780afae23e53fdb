"""What papers a sentence that asks names in words that no rule knows: by the opinion on papers, part by part."""

import re

from pipeline.extract.requests.acts import Way
from pipeline.extract.requests.layout import ITEM
from pipeline.extract.requests.opinion import asking_told, paper_told
from pipeline.extract.requests.papers import OF_EVERY_APPEAL
from pipeline.language import Language
from pipeline.language.context import Hit, Utterance, hits
from pipeline.language.matchers import Subject

_PARTED = re.compile(
    r"[;:,()|–—?]\s|[;:,()|–—?]$|\.(?:\s|$)|\s-\s|\s(?:and|or|plus|as well as|along with|together with)\s",
    re.IGNORECASE,
)
"""Between the papers of a list in a sentence."""
_SHOWS = re.compile(r"\s*(?:with|including|incl|showing|which|that shows?)\b", re.IGNORECASE)
"""What is listed behind these words a paper is to show."""
_STATES = re.compile(
    r"\W*(?:you|we|this|these|it|they|he|she|there)\b|[^,;]*\b(?:is|are|was|were)\b[^,;]*\.\s*$", re.IGNORECASE
)
"""So begins a statement, which is no item of a list of papers."""
_LOOSE = re.compile(
    r"\bany\b(?!\W+(?:appeal|dispute|reply|resubmission)\b)"
    r"|\b(?:anything|everything|whatever|such as|for example|like)\b",
    re.IGNORECASE,
)
"""What is named from here on in the sentence is named in general."""
_VERB = re.compile(
    r".*\b(?:send|fax|submit|provide|forward|include|attach|enclose|supply|furnish|mail|upload|need|see)\b(?: us)?\s*",
    re.IGNORECASE,
)
_LONGEST_PART = 22
_TOLD, _AGREED = 0.6, 0.5
"""How probable a paper must be, and that a sentence asks."""


_NOT_TOLD = OF_EVERY_APPEAL | {"ev.authorization.med"}


def told(sentence: Utterance, known: list[Hit], language: Language, way: Way) -> list[str]:
    """The evidence types that parts of the sentence most probably name whose words no rule knows.

    Asked of items of lists that are no statements, and of sentences that ask as far as the opinion on sentences agrees.
    """
    text = sentence.text
    lead = ITEM.match(text) if way is Way.LIST else None
    if lead:
        if known or _STATES.match(text[lead.end() :]):
            return []
    elif way in (Way.MISSING, Way.LIKELY) or asking_told(text)["asks"] < _AGREED:
        return []
    spoken_of = [*hits(sentence, language, Subject.REQUEST), *hits(sentence, language, Subject.REQUEST_UNLESS)]
    doc, base = sentence.sentence.doc, sentence.sentence.start_char
    words = [(doc[hit.start].idx - base, doc[hit.end - 1].idx + len(doc[hit.end - 1]) - base) for hit in spoken_of]
    found: dict[str, None] = {}
    content = False
    for start, end in _parts(text):
        content = bool(_SHOWS.match(text[start:end])) or (content and text[start - 2] != ";")
        if content or any(start < last and first < end for first, last in words) or _LOOSE.search(text[:end]):
            continue
        evidence = _paper(" ".join(text[start:end].split()))
        if evidence:
            found[evidence] = None
    entries = {entry.id: entry.evidence for entry in language.knowledge.requests}
    return [evidence for evidence in found if evidence not in {entries[hit.key] for hit in known}]


def _paper(words: str) -> str | None:
    """The paper that words name, with the verb of asking before them or without."""
    ways = {words, _VERB.sub("", words)}
    told = [(likely, evidence) for evidence, likely in map(paper_told, ways) if evidence and evidence not in _NOT_TOLD]
    likely, evidence = max(told, default=(0.0, None))
    return evidence if likely >= _TOLD else None


def _parts(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(place for cut in _PARTED.finditer(text) for place in cut.span()), len(text)]
    parts = list(zip(cuts[::2], cuts[1::2], strict=True))
    return [(start, end) for start, end in parts if 0 < len(text[start:end].split()) <= _LONGEST_PART]
