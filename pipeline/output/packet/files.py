"""The files of a packet. Their names carry the task, never a patient; they are private (mode 0600)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.knowledge.letters import ChannelLimit, PacketRules
from pipeline.values.contract import to_json
from pipeline.values.packet import Draft, Matter, Packed, Role, Sheet

_HEADING = 800
"""So many characters from the start of a document say what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What goes into the files: the draft, what it was written from, and the pages of its exhibits by their letter."""

    draft: Draft
    matter: Matter
    sheets: Mapping[str, Sequence[Sheet]]
    limits: Sequence[ChannelLimit] = ()


def withheld_by(text: str, rules: PacketRules) -> bool:
    """Whether a document reads as a kind of record that is never sent (see ``PacketRules``)."""
    plain = " ".join(text.casefold().split())
    return any(title in plain[:_HEADING] for title in rules.withheld) or any(
        w in plain for w in rules.withheld_anywhere
    )


def packet_files(contents: Contents, *, out: Path, task_id: str) -> Packed:
    """Write the files of a packet into ``out``, made if missing. Raises ``UsageError`` where it cannot be written."""
    files: dict[str, bytes] = {f"{task_id}-sources.json": sources_json(contents.draft)}
    try:
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, data in files.items():
            path = out / name
            path.write_bytes(data)
            path.chmod(0o600)
    except OSError as error:
        why = (error.strerror or "it failed").lower()
        raise UsageError(f"--out {out}", why=why, advice="Name a folder you may write to.") from None
    contact = contents.matter.send_to
    return Packed(
        task_id=task_id,
        kind=contents.draft.kind,
        ready=contents.draft.ready,
        gaps=contents.draft.gaps,
        notes=contents.draft.notes,
        files=tuple(str(out / name) for name in files),
        pages=sum(len(pages) for pages in contents.sheets.values()),
        channel=contact.channel if contact is not None else None,
        contact=contact.value if contact is not None else None,
        exhibits=contents.draft.exhibits,
    )


def sources_json(draft: Draft) -> bytes:
    """Every sentence with what proves it, block by block, and what is open: for programs and for whoever checks."""
    blocks = [
        {
            "block": block.name,
            "heading": block.heading,
            "sentences": [
                {
                    "text": f"{sentence.label}: {sentence.text}" if sentence.label else sentence.text,
                    "states": any(part.role in (Role.VALUE, Role.QUOTE) for part in sentence.parts),
                    "sources": [_source(source) for source in to_json(sentence.sources)],
                }
                for sentence in block.all_sentences()
                if sentence.parts
            ],
        }
        for block in draft.blocks
    ]
    told = {
        "kind": draft.kind, "title": draft.title, "ready": draft.ready, "gaps": list(draft.gaps),
        "notes": list(draft.notes), "blocks": blocks,
        "exhibits": [
            {"letter": e.letter, "title": e.title, "pages": list(e.pages), "whole": e.whole, "file_name": e.file_name,
             "document_id": e.document_id}
            for e in draft.exhibits
        ],
    }  # fmt: skip
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in source.items() if value not in (None, [])}


def print_of(data: bytes) -> str:
    """The SHA-256 of a file, in hex."""
    return hashlib.sha256(data).hexdigest()
