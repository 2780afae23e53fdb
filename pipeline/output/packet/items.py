"""What lists are made from, and how a proof is written: the words of the record, whose they are, where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.knowledge import Knowledge
from pipeline.knowledge.letters import LetterKnowledge
from pipeline.knowledge.policies import PolicyKnowledge
from pipeline.output.packet.exhibits import Places, document_title
from pipeline.output.packet.parts import Parts, joined, of_document, of_proof, quoted, value, words
from pipeline.values.chart import ChartDocument
from pipeline.values.evidence import Proof
from pipeline.values.packet import Matter, Source

Item = dict[str, Parts]
"""A thing of a list: what it says, by name."""

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
    source = of_proof(proof, brief.matter.on_file.chart.facts)
    return () if source is None else (*title, *words(": "), *quoted(source.text, source), *_at(source, brief))


def _at(source: Source, brief: Brief) -> Parts:
    pointer = brief.places.of_source(source)
    return (*words(" ("), *pointer, *words(")")) if pointer else ()


def proofs_parts(proofs: Iterable[Proof], brief: Brief, *, most: int = _MOST_PROOFS) -> Parts:
    """Several proofs in a row, each once; nothing where none is left."""
    each = dict.fromkeys(parts for proof in proofs if (parts := proof_parts(proof, brief)))
    return joined(list(each)[:most], between="; ", last="; ")


def is_passage(proof: Proof, brief: Brief) -> bool:
    """Whether a proof is a passage, not a document as a whole."""
    document = brief.documents().get(proof.file_name)
    return document is None or proof.text != document.evidence_type
