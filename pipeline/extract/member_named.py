"""The patient as running text names them: beside an id of their coverage, after a word for a patient, with a title."""

import re
from collections.abc import Iterator

from pipeline.extract.candidates import Candidate
from pipeline.extract.shapes import person
from pipeline.knowledge.names import NameKnowledge
from pipeline.language import Reading, Span
from pipeline.language.prose import content_span
from pipeline.language.reading import zone_of
from pipeline.language.zones import Zone

_WORD = r"[A-Z][A-Za-z'’]+(?:-[A-Z][A-Za-z'’]+)?"
_NAME = rf"(?P<name>{_WORD}(?: [A-Z]\.?)?(?: (?:de|del|la|van|von|der|{_WORD})){{1,3}})"
_ID = r"(?=[A-Z0-9]*\d)[A-Z]{0,5}[- ]?\d[\dA-Z-]{4,}"
_ID_WORDS = (
    r"(?:(?:member|patient|subscriber|plan|coverage|medicaid|medicare|enrollee|card)?\s*"
    r"(?:ID|id|no\.?|number|#)[\s#:.]*(?:number|no\.?)?[\s#:.]*)?"
)
_PATTERNS = (
    (0.84, re.compile(rf"{_NAME},? \(?{_ID_WORDS}{_ID}")),
    (0.8, re.compile(rf"\b(?:[Yy]our|[Oo]ur|[Tt]he) (?:patient|member|insured|enrollee|beneficiary|client),? {_NAME}")),
    (0.78, re.compile(rf"\b[Cc]are of {_NAME}")),
    (0.78, re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx)\.? {_NAME}")),
)
_ELSEWHERE = frozenset({Zone.SIGNATURE, Zone.BOILERPLATE, Zone.RIGHTS, Zone.CONTACTS})


def member_in_prose(reading: Reading, words: NameKnowledge) -> Iterator[Candidate]:
    """The persons whom sentences name as the patient; none of the payer's reviewers, none with a credential."""
    for sentence in reading.doc.sents:
        if words.reviewer.found_in(sentence.text) or zone_of(reading, sentence) in _ELSEWHERE:
            continue
        yield from _named(reading, sentence, words)


def _named(reading: Reading, sentence: Span, words: NameKnowledge) -> Iterator[Candidate]:
    text = sentence.text
    for support, pattern in _PATTERNS:
        for hit in pattern.finditer(text.replace("\n", " ")):
            behind = text[hit.end("name") : hit.end("name") + 12]
            before = text[: hit.start("name")].rstrip(" .")
            if person(hit["name"], words) is None or words.practice.found_in(hit["name"]):
                continue
            if before.endswith(("Dr", "Doctor")):
                continue
            if words.credential.found_in(behind.split("(")[0]):
                continue
            base = sentence.start_char
            start, end = content_span(reading.prose, base + hit.start("name"), base + hit.end("name"))
            yield Candidate(
                value=hit["name"], start=start, end=end, support=support, rule="field.member_name.prose"
            )  # fmt: skip
