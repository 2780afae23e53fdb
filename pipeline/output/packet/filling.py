"""A clinician's own words put where a draft had gaps, and what a signature under it stands for. Pure.

The program states nothing that the file does not prove; a clinician may, and every such statement says who made it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from pipeline.output.packet.draft import gap_of
from pipeline.values.contract import to_json
from pipeline.values.packet import Block, Draft, Part, Role, Sentence, Source, SourceKind


def filled(draft: Draft, words: Mapping[str, tuple[str, str]]) -> Draft:
    """The draft with its gaps closed by ``words``: of a gap the text, and who wrote it when.

    What is open beside the text of the letter (a number to be compared, a page that is missing) stays open.
    """
    parts = {
        gap: Part(text=text, role=Role.VALUE, sources=(Source(kind=SourceKind.CLINICIAN, ref=who, text=text),))
        for gap, (text, who) in words.items()
    }
    closed = parts.keys() & _gaps_in(draft)
    if not closed:
        return draft
    blocks = tuple(_block(block, parts) for block in draft.blocks)
    return replace(draft, blocks=blocks, gaps=tuple(gap for gap in draft.gaps if gap not in closed))


def content_of(draft: Draft) -> str:
    """The SHA-256 over all that a draft says and encloses; another word, page or gap makes it another."""
    said = to_json(replace(draft, notes=()))
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _gaps_in(draft: Draft) -> set[str]:
    sentences = (sentence for block in draft.blocks for sentence in block.all_sentences())
    return {gap_of(part) for sentence in sentences for part in sentence.parts if part.role is Role.GAP}


def _block(block: Block, parts: Mapping[str, Part]) -> Block:
    rows = tuple(tuple(_sentence(cell, parts) for cell in row) for row in block.rows)
    return replace(block, sentences=tuple(_sentence(one, parts) for one in block.sentences), rows=rows)


def _sentence(sentence: Sentence, parts: Mapping[str, Part]) -> Sentence:
    told = tuple(parts.get(gap_of(part), part) if part.role is Role.GAP else part for part in sentence.parts)
    return replace(sentence, parts=told)
