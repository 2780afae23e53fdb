"""Numbers that go by the plan's own name, or by no more than "No.", beside the member's: "Larch number 7120-4418"."""

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.candidates import Candidate
from pipeline.extract.labels.labelled import Labelled
from pipeline.extract.labels.words import label_pattern
from pipeline.extract.shapes import identifier, person
from pipeline.knowledge import Knowledge
from pipeline.knowledge.names import NameKnowledge
from pipeline.language import Reading
from pipeline.language.zones import Zone

_NUMBERED = re.compile(
    r"(?:^|[\s*`(|,;])(?P<own>[A-Z][A-Za-z'’-]{2,})\s+(?:(?i:identification|member|subscriber|card)\s+)?(?i:number|no\b\.?|id\b|#)(?:\s+(?i:number|no\b\.?))?[\s:#.|*`]*"
    r"(?=[A-Z]{0,5}[ -]?\d)"
)
_BESIDE_NAME = re.compile(
    r"[\s,|;·–-]*(?:[a-z]{2,9} and )?(?:(?:no|number|id|cert|certificate|card)\b\.?|#)(?:\s(?:no|number)\b\.?)?"
    r"[\s:#.]*",
    re.IGNORECASE,
)
"""Between a member's name and their number: "Jane Doe    No. HX 118-220-4"."""
_HEAD = 8
_FEWEST_DIGITS = 6
_SUPPORT, _SUPPORT_BESIDE = 0.76, 0.78
_ELSEWHERE = frozenset({Zone.SIGNATURE, Zone.BOILERPLATE, Zone.CONTACTS, Zone.RIGHTS})


def numbers_of_plan(reading: Reading, knowledge: Knowledge) -> Iterator[tuple[str, Candidate]]:
    """The member's id where its label is an insurer's name, or a word of the letter's head, and "ID" or "number"."""
    words = knowledge.name_words
    known = label_pattern(knowledge.fields)
    head = [line for line in reading.lines if line.cells][:_HEAD]
    for line in reading.lines:
        if line.zone in _ELSEWHERE:
            continue
        text = line.text.replace("\t", " ")
        for hit in _NUMBERED.finditer(text):
            found = identifier(text[hit.end() :])
            if found is None or sum(ch.isdigit() for ch in found[0]) < _FEWEST_DIGITS:
                continue
            own = re.compile(rf"\b{re.escape(hit['own'])}\b", re.IGNORECASE)
            named = any(own.search(row.text) for row in head if row is not line)
            named = named or knowledge.payer_names.found_in(hit["own"])
            other = words.title.found_in(hit["own"]) or words.no_person.covers(hit["own"]) or known.whole(hit["own"])
            if other or not (named or words.plan_kind.covers(hit["own"])):
                continue
            start = line.start + hit.end() + found[1]
            end = line.start + hit.end() + found[2]
            yield (
                "member_id",
                Candidate(value=found[0], start=start, end=end, support=_SUPPORT, rule="field.member_id.of_plan"),
            )


def numbers_beside_name(
    reading: Reading, names: Sequence[Labelled], words: NameKnowledge
) -> Iterator[tuple[str, Candidate]]:
    """The member's id right behind the member's name, in the same row, with a word for a number alone before it.

    ``names`` are what the labels of the member's name announce.
    """
    for label in names:
        text = reading.text.content[label.start : label.line.end]
        named = person(text, words)
        joint = _BESIDE_NAME.match(text, named[2]) if named else None
        found = identifier(text[joint.end() :]) if joint else None
        if joint is None or found is None or sum(ch.isdigit() for ch in found[0]) < _FEWEST_DIGITS:
            continue
        start = label.start + joint.end()
        yield (
            "member_id",
            Candidate(
                value=found[0], start=start + found[1], end=start + found[2], support=_SUPPORT_BESIDE,
                rule="field.member_id.beside_name",
            ),
        )  # fmt: skip
