"""What lists are made from, and how a proof is written: the words of the record, whose they are, where they stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.knowledge import Knowledge
from pipeline.knowledge.letters import LetterKnowledge
from pipeline.knowledge.policies import PolicyKnowledge
from pipeline.output.packet.exhibits import Places, document_title
from pipeline.output.packet.parts import Parts, day, joined, of_document, of_proof, quoted, value, words
from pipeline.values.chart import ChartDocument
from pipeline.values.evidence import Proof, born_on
from pipeline.values.packet import Matter, Source

Item = dict[str, Parts]
"""A thing of a list: what it says, by name."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATA = (".csv", ".json")
"""Documents without sentences of their own."""
_MOST_PROOFS = 3
"""So many passages are quoted for one point; the rest stands in the same exhibits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What the lists are made from: the matter, all knowledge, and where proof stands in the packet."""

    matter: Matter
    knowledge: Knowledge
    letters: LetterKnowledge
    policies: PolicyKnowledge
    places: Places

    def documents(self) -> dict[str, ChartDocument]:
        """The documents of the chart by file name."""
        chart = self.matter.on_file.chart if self.matter.on_file is not None else None
        return {document.file_name: document for document in chart.documents} if chart is not None else {}


def proof_parts(proof: Proof, brief: Brief) -> Parts:
    """``Visit note of October 18, 2026: “...” (Exhibit B, page 1)``; nothing where the chart holds it no more."""
    document = brief.documents().get(proof.file_name)
    if document is None or brief.matter.on_file is None:
        return ()
    named = of_document(document, document_title(document, brief.letters.rules))
    title = value(named.text, named)
    if proof.text == document.evidence_type:  # the document as a whole is the proof
        return (*title, *_at(named, brief))
    if document.date_of_birth and proof.text == born_on(document.date_of_birth):
        born = of_document(document, day(document.date_of_birth))
        return (*title, *words(": date of birth "), *value(born.text, born), *_at(named, brief))
    source = of_proof(proof, brief.matter.on_file.chart.facts)
    if source is None:
        return ()
    if _stands_there(source, brief):
        return (*title, *words(": "), *quoted(source.text, source), *_at(source, brief))
    return (
        *title,
        *words(", as counted from it: "),
        *value(_ISO.sub(lambda m: day(m[0]), source.text), source),
        *_at(source, brief),
    )


def _stands_there(source: Source, brief: Brief) -> bool:
    """Whether the words of a fact are the document's own: what was counted or put together from it is no quotation."""
    name = source.file_name or ""
    said = brief.matter.texts.get(name)
    if said is None:
        return not name.casefold().endswith(_DATA)
    return bare(source.text) in bare(said)


def bare(text: str) -> str:
    """Letters and digits alone: line breaks, hyphens and signs differ between two readings of one page."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _at(source: Source, brief: Brief) -> Parts:
    pointer = brief.places.of_source(source)
    return (*words(" ("), *pointer, *words(")")) if pointer else ()


def proofs_parts(proofs: Iterable[Proof], brief: Brief, *, most: int = _MOST_PROOFS, a_document: int = 9) -> Parts:
    """Several proofs in a row, each once, at most so many of one document; nothing where none is left."""
    each: dict[Parts, str] = {}
    for proof in proofs:
        parts = proof_parts(proof, brief)
        if parts and list(each.values()).count(proof.file_name) < a_document:
            each[parts] = proof.file_name
    return joined(list(each)[:most], between="; ", last="; ")


def is_passage(proof: Proof, brief: Brief) -> bool:
    """Whether a proof is a passage, not a document as a whole."""
    document = brief.documents().get(proof.file_name)
    return document is None or proof.text != document.evidence_type
