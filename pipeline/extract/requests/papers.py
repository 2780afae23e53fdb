"""What papers a sentence names that asks for some or says that some were missing."""

import re

from pipeline.extract.requests.layout import ITEM
from pipeline.extract.requests.opinion import asking_told, paper_told
from pipeline.extract.requests.places import GENERAL
from pipeline.extract.requests.wording import CONTENT, HANDED_IN, IN_GENERAL, NONE_OF, SAYS
from pipeline.knowledge.requests import Asking
from pipeline.language import Language
from pipeline.language.context import Hit, Stance, Utterance, hits, said
from pipeline.language.matchers import Subject

# Papers that every appeal takes along; their mention in the rights asks for nothing.
_OF_EVERY_APPEAL = frozenset({"ev.denial_letter", "ev.aor", "ev.policy", "ev.card", "ev.member_consent", "ev.wol"})
_SAID = frozenset({Stance.STATED, Stance.DECIDED, Stance.INVITED, Stance.CONDITIONAL})
_TRIED = "rq.failed_trial"
_ON_PAPER = re.compile(
    r"\b(?:records?|list|documentation|proof|history|dates?|notes?|evidence|what|which|statement)\b", re.IGNORECASE
)
"""What was tried is a paper only where one is named: ``Two drugs have to be tried`` asks for none."""
_DOCTORS_LETTER = "rq.doctors_letter"
_LITERATURE = "rq.literature"
"""Said to be weak or missing it is what is known of a treatment, unless it was to be handed in."""


def named(sentence: Utterance, language: Language, sort: Asking, *, asked: bool) -> list[Hit]:
    """The evidence that the sentence names, narrower words before broad ones."""
    entries = {entry.id: entry for entry in language.knowledge.requests}
    blocked = {hit.key for hit in hits(sentence, language, Subject.REQUEST_UNLESS)}
    named = [hit for hit in hits(sentence, language, Subject.REQUEST) if hit.key not in blocked]
    named = [hit for hit in named if asked or not IN_GENERAL.search(_before(sentence, hit))]
    if sort is Asking.LIKELY:
        named = [hit for hit in named if _is_likely(sentence, hit)]
    if sort in (Asking.PLAIN, Asking.MISSING):
        named = [hit for hit in named if _is_asked(sentence, hit, language=language, sort=sort)]
    narrow = _first_of_overlapping([hit for hit in named if not entries[hit.key].broad])
    if sort is Asking.LIST and ITEM.match(sentence.text):
        narrow = [hit for hit in narrow if not _is_content(sentence, hit, narrow)]
    broad = [hit for hit in named if entries[hit.key].broad and not any(_overlap(hit, other) for other in narrow)]
    return [
        hit
        for hit in narrow + broad
        if not (
            sort is not Asking.VAIN
            and (hit.key == _DOCTORS_LETTER or entries[hit.key].evidence in _OF_EVERY_APPEAL)
            and (sentence.zone in GENERAL or (sort is Asking.LIST and said(sentence, hit.start) is Stance.RIGHTS))
        )
    ]


def _first_of_overlapping(hits: list[Hit]) -> list[Hit]:
    """Of papers named by the same words the one that begins first, then the longest: what a paper is stands first.

    ``occupational therapy notes from the last visit`` are therapy notes.
    """
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not any(_overlap(hit, other) and hit.key != other.key for other in kept):
            kept.append(hit)
    return kept


def _is_asked(sentence: Utterance, hit: Hit, *, language: Language, sort: Asking) -> bool:
    """Whether the words of asking are near the evidence, and no condition or right takes them away."""
    cues = [cue for cue in hits(sentence, language, Subject.ASKING) if cue.key == f"ask.{sort.value}"]
    near = any(min(abs(hit.start - cue.end), abs(cue.start - hit.end)) <= 14 for cue in cues)
    stance = said(sentence, hit.start)
    if sort is Asking.MISSING:
        doc = sentence.sentence.doc
        if SAYS.match(doc[hit.end : min(hit.end + 4, sentence.end)].text):
            return False
        if hit.key == _LITERATURE and not HANDED_IN.search(sentence.text):
            return False
        none = stance is Stance.RIGHTS and NONE_OF.search(_before(sentence, hit))
        return near and (stance in {Stance.STATED, Stance.DECIDED} or bool(none))
    return near and stance in {Stance.STATED, Stance.DECIDED, Stance.INVITED} and "may" not in _words(sentence, hit)


def _is_likely(sentence: Utterance, hit: Hit) -> bool:
    """Whether a paper may be meant in a sentence that most probably asks: said as such, or that there is none."""
    doc = sentence.sentence.doc
    if SAYS.match(doc[hit.end : min(hit.end + 4, sentence.end)].text):
        return False
    none = said(sentence, hit.start) is Stance.RIGHTS and NONE_OF.search(_before(sentence, hit))
    paper = hit.key != _TRIED or _ON_PAPER.search(sentence.text)
    return bool(paper) and (said(sentence, hit.start) in _SAID or bool(none))


def _words(sentence: Utterance, hit: Hit) -> set[str]:
    return {token.lower_ for token in sentence.sentence.doc[sentence.start : hit.start]}


def _before(sentence: Utterance, hit: Hit) -> str:
    return sentence.sentence.doc[sentence.start : hit.start].text


def _is_content(sentence: Utterance, hit: Hit, others: list[Hit]) -> bool:
    """Whether it is what another paper of the item is to show: ``progress note that shows the prior therapy``."""
    doc = sentence.sentence.doc
    return any(other.end <= hit.start and CONTENT.search(doc[other.end : hit.start].text) for other in others)


def _overlap(a: Hit, b: Hit) -> bool:
    return a.start < b.end and b.start < a.end


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


_NOT_TOLD = _OF_EVERY_APPEAL | {"ev.authorization.med", "ev.policy"}


def told(sentence: Utterance, known: list[Hit], language: Language, sort: Asking) -> list[str]:
    """The evidence types that parts of the sentence most probably name whose words no rule knows.

    Asked of items of lists that are no statements, and of sentences that ask as far as the opinion on sentences agrees.
    """
    text = sentence.text
    lead = ITEM.match(text) if sort is Asking.LIST else None
    if lead:
        if known or _STATES.match(text[lead.end() :]):
            return []
    elif sort in (Asking.MISSING, Asking.LIKELY) or asking_told(text)["asks"] < _AGREED:
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
