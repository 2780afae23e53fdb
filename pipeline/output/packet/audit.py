"""Nothing is stated that the file does not prove: every part of a draft looked up again where it says it comes from.

It goes by the case alone and trusts no source that the draft carries: a source has to be found in the letter, the
chart, the requirements, the knowledge or practice.yaml, and every word of a part has to stand there, as read or as
written out; a quotation as it is, in one piece.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields

from pipeline.knowledge.letters import LetterKnowledge
from pipeline.output.packet.parts import day, digits_of_day, money, telephone
from pipeline.values.chart import ChartDocument, Fact, Outcome
from pipeline.values.letter import Letter
from pipeline.values.packet import Draft, Matter, Part, Role, Source, SourceKind

_WORD = re.compile(r"[^\W_]+")
_ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_MONEY = re.compile(r"\d+\.\d{2}")
_TEN_DIGITS = re.compile(r"\d{10}")
_OUTCOME_WORDS = {
    Outcome.FAILURE: "no sufficient effect",
    Outcome.INTOLERANCE: "not tolerated",
    Outcome.CONTRAINDICATED: "contraindicated",
    Outcome.ONGOING: "ongoing",
}
"""What an outcome of the record may be called in a letter."""


def unsupported(draft: Draft, matter: Matter, *, known: LetterKnowledge) -> tuple[str, ...]:
    """The parts that nothing proves, each with why; empty for a draft that may be shown."""
    found: list[str] = []
    for block in (*draft.blocks, *([draft.form_values] if draft.form_values is not None else [])):
        for sentence in block.all_sentences():
            for part in sentence.parts:
                found.extend(f"{block.name}: “{part.text}”: {why}" for why in _faults(part, matter, draft, known))
    return tuple(found)


def _faults(part: Part, matter: Matter, draft: Draft, known: LetterKnowledge) -> Iterator[str]:
    if part.role is Role.EXHIBIT:
        if not any(part.text.split(",")[0] == f"Exhibit {exhibit.letter}" for exhibit in draft.exhibits):
            yield "there is no such exhibit"
        return
    if part.role not in (Role.VALUE, Role.QUOTE):
        return
    if not part.sources:
        yield "it carries no source"
        return
    proven: set[str] = set()
    whole: list[str] = []
    for source in part.sources:
        said = tuple(_said(source, matter, draft, known))
        if not said:
            yield f"its source {source.kind.value} {source.ref} is not in the case"
        proven.update(word for text in said for word in _words(text))
        whole.extend(" ".join(text.split()) for text in said)
    if part.role is Role.QUOTE and not any(part.text.strip("“”") in text for text in whole):
        yield "it does not stand there in one piece"
    yield from (f"“{word}” stands in none of its sources" for word in _words(part.text) if word not in proven)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _said(source: Source, matter: Matter, draft: Draft, known: LetterKnowledge) -> Iterator[str]:
    """Everything that stands where a source points, in the ways it may be written; nothing where it is not there."""
    if source.kind is SourceKind.FACT:
        chart = matter.on_file.chart if matter.on_file is not None else None
        for fact in chart.facts if chart is not None else ():
            if (fact.file_name, fact.page, fact.text) == (source.file_name, source.page, source.text):
                yield from _written(_of_fact(fact))
    elif source.kind is SourceKind.DOCUMENT:
        yield from _written(_of_document(source, matter, draft, known))
    elif source.kind is SourceKind.FINDING:
        letters = [one for one in (matter.letter, *matter.earlier) if one is not None]
        for letter in letters:
            if source.ref.startswith(f"{letter.letter_id}#"):
                yield from _written(_of_letter(letter, source))
    elif source.kind is SourceKind.REQUIREMENT:
        asked = [one for one in matter.requirements if one.criterion_id == source.ref]
        yield from _written(said for one in asked for said in (one.statement, one.why))
    elif source.kind is SourceKind.KNOWLEDGE:
        yield from _of_knowledge(source, matter, known)
    else:
        yield from _written(_of_us(source, matter))


def _of_fact(fact: Fact) -> Iterator[str]:
    for field in fields(fact):
        value = getattr(fact, field.name)
        if isinstance(value, float):
            yield f"{value:g}"
        elif isinstance(value, (str, int)):
            yield str(value)
    if fact.duration_days:
        yield f"{fact.duration_days} days"
    if fact.outcome in _OUTCOME_WORDS:
        yield _OUTCOME_WORDS[fact.outcome]
    if fact.units:
        yield f"{fact.units:g} units"


def _of_document(source: Source, matter: Matter, draft: Draft, known: LetterKnowledge) -> Iterator[str]:
    if source.ref == "exhibit":
        yield from (e.title for e in draft.exhibits if source.file_name in (e.file_name, e.document_id))
    if matter.on_file is None:
        return
    folder = matter.on_file.folder
    if source.file_name == folder.name:
        patient = folder.patient
        yield from (said for said in (patient.name, patient.date_of_birth, *patient.member_ids) if said)
    documents = [d for d in matter.on_file.chart.documents if d.file_name == source.file_name]
    yield from (said for document in documents for said in _title(document, known))


def _title(document: ChartDocument, known: LetterKnowledge) -> Iterator[str]:
    yield known.rules.titles.get(document.evidence_type or "", known.rules.other_title)
    yield "of"
    yield from (said for said in (document.date, document.date_of_birth) if said)


def _of_letter(letter: Letter, source: Source) -> Iterator[str]:
    """What the letter states under a key: its values and words, however deep they lie."""
    key, _, place = source.ref.partition("#")[2].rstrip("]").partition("[")
    found = getattr(letter, key, None)
    yield from _texts(found[int(place)] if place and isinstance(found, tuple) else found)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, (str, int)):
        yield str(value)
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _texts(getattr(value, name))


def _of_knowledge(source: Source, matter: Matter, known: LetterKnowledge) -> Iterator[str]:
    for authority in known.authorities:
        if authority.id == source.ref:
            yield from (authority.says, authority.cite)
    for right in known.rights:
        if right.id == source.ref:
            yield from (right.says, right.cite)
    if source.ref.startswith("aspect.") and matter.evidence is not None:
        yield from (row.what for row in matter.evidence.symptoms)


def _of_us(source: Source, matter: Matter) -> Iterator[str]:
    if source.kind is SourceKind.PRACTICE:
        yield from _texts(matter.practice)
    elif matter.task is not None:
        yield from _texts(getattr(matter.task, source.ref, None))
    else:
        yield from _texts(getattr(matter, source.ref, None))


def _written(texts: Iterable[str]) -> Iterator[str]:
    """Texts with their days, amounts and numbers as a letter writes them too."""
    for text in texts:
        yield text
        yield from (day(found) for found in _ISO.findall(text))
        yield from (digits_of_day(found) for found in _ISO.findall(text))
        yield from (money(found) for found in _MONEY.findall(text))
        yield from (telephone(found) for found in _TEN_DIGITS.findall(text))
