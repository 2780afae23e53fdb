"""The files of a packet. Their names carry the task, never a patient; they are private (mode 0600)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.knowledge.letters import ChannelLimit, PacketRules
from pipeline.output.packet.binding import Piece, bound, split
from pipeline.output.packet.draft import addressed
from pipeline.output.packet.fields import fields_of
from pipeline.output.packet.pages import exhibit_pdf
from pipeline.output.packet.sheets import cover_pdf, evidence_pdf, index_pdf
from pipeline.output.packet.typeset import letter_pdf
from pipeline.output.packet.word import letter_docx
from pipeline.values.contract import to_json
from pipeline.values.packet import Draft, Form, Matter, Packed, Role, Sheet
from pipeline.values.payer_form import FilledForm

_HEADING = 800
"""So many characters from the start of a document say what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What goes into the files: the draft, what it was written from, and the pages of its exhibits by their letter.

    ``form`` is the payer's own form, filled; ``limits`` are those of channels; ``place_words`` the line of the payer's
    letter that the place to send to was read from, where it is at hand.
    """

    draft: Draft
    matter: Matter
    sheets: Mapping[str, Sequence[Sheet]]
    limits: Sequence[ChannelLimit] = ()
    form: FilledForm | None = None
    place_words: str = ""


def withheld_by(text: str, rules: PacketRules) -> bool:
    """Whether a document reads as a kind of record that is never sent (see ``PacketRules``)."""
    plain = " ".join(text.casefold().split())
    return any(title in plain[:_HEADING] for title in rules.withheld) or any(
        w in plain for w in rules.withheld_anywhere
    )


def packet_files(contents: Contents, *, out: Path, name: str) -> Packed:
    """Write the files of a packet into ``out``, made if missing; ``name`` begins each file's name.

    Raises ``UsageError`` where it cannot be written.
    """
    groups = split(_pieces(contents), limit_for(contents))
    files = {
        f"{name}-letter.docx": letter_docx(contents.draft),
        f"{name}-letter.pdf": letter_pdf(contents.draft, foot=_foot(contents)),
        **_bound(contents, groups, name),
        **({f"{name}-form.pdf": contents.form.open} if contents.form is not None else {}),
        f"{name}-sources.json": sources_json(contents.draft),
    }
    try:
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file, data in files.items():
            path = out / file
            path.touch(mode=0o600)
            path.chmod(0o600)
            path.write_bytes(data)
    except OSError as error:
        why = (error.strerror or "it failed").lower()
        raise UsageError(f"--out {out}", why=why, advice="Name a folder you may write to.") from None
    contact = contents.matter.send_to
    return Packed(
        task_id=contents.matter.task.task_id if contents.matter.task is not None else None,
        kind=contents.draft.kind,
        ready=contents.draft.ready,
        gaps=contents.draft.gaps,
        notes=contents.draft.notes,
        files=tuple(str(out / file) for file in files),
        pages=sum(piece.pages for group in groups for piece in group),
        channel=contact.channel if contact is not None else None,
        contact=contact.value if contact is not None else None,
        exhibits=contents.draft.exhibits,
    )


def limit_for(contents: Contents) -> ChannelLimit | None:
    """What the channel takes in one go: the payer's own limit before one for every payer."""
    contact, payer = contents.matter.send_to, contents.matter.letter and contents.matter.letter.payer
    if contact is None:
        return None
    name = (payer.value or "").casefold() if payer else ""
    fit = [limit for limit in contents.limits if limit.channel is contact.channel]
    own = [limit for limit in fit if any(known in name for known in limit.payers)]
    return next(iter(own or [limit for limit in fit if not limit.payers]), None)


def _pieces(contents: Contents) -> list[Piece]:
    """The parts of the packet in their order. Cover and index tell pages, which are counted first."""
    draft, foot = contents.draft, _foot(contents)
    form = [Piece(name="The payer's form", pdf=contents.form.flat)] if contents.form is not None else []
    letter = Piece(name=draft.title, pdf=letter_pdf(draft, foot=foot))
    glance = evidence_pdf(draft, foot=foot) if draft.form is Form.LETTER else b""
    middle = [letter, *([Piece(name="The evidence at a glance", pdf=glance)] if glance else [])]
    exhibits = [
        Piece(
            name=f"Exhibit {e.letter}: {e.title}", exhibit=True,
            pdf=exhibit_pdf(e, contents.sheets.get(e.letter, ()), foot=foot),
        )
        for e in draft.exhibits
    ]  # fmt: skip
    body = [*form, *middle]
    sent = draft.form is Form.LETTER
    before = sum(piece.pages for piece in body) + (_cover(contents, pages=1).pages if sent else 0)
    if exhibits:
        index = _index(contents, exhibits, before=before + 1)
        if index.pages != 1:
            index = _index(contents, exhibits, before=before + index.pages)
        body = [*body, index]
    if not sent:
        return [*body, *exhibits]
    cover = _cover(contents, pages=1)
    count = cover.pages + sum(piece.pages for piece in (*body, *exhibits))
    return [_cover(contents, pages=count), *body, *exhibits]


def _cover(contents: Contents, *, pages: int) -> Piece:
    pdf = cover_pdf(
        contents.draft, contents.matter, pages=pages, gaps=addressed(contents.draft), said=contents.place_words
    )
    return Piece(name="Cover", pdf=pdf)


def _index(contents: Contents, exhibits: Sequence[Piece], *, before: int) -> Piece:
    """``before`` counts the pages before the first exhibit, the index's own too."""
    starts = [before + 1 + sum(piece.pages for piece in exhibits[:place]) for place in range(len(exhibits))]
    return Piece(
        name="Index of exhibits", pdf=index_pdf(contents.draft.exhibits, starts=starts, foot=_foot(contents))
    )  # fmt: skip


def _foot(contents: Contents) -> str:
    """What tells a lost page's home: the payer's number and the patient's name."""
    said = {name: "".join(part.text for part in parts) for name, parts in fields_of(contents.matter).items()}
    number = said.get("claim_number") or said.get("reference_number") or said.get("member_id") or ""
    return ", ".join(part for part in (said.get("member_name", ""), number) if part)


def _bound(contents: Contents, groups: Sequence[Sequence[Piece]], name: str) -> dict[str, bytes]:
    """The packet's file, or its files where the channel takes no more in one go."""
    if len(groups) == 1:
        return {f"{name}-packet.pdf": bound(groups[0], title=contents.draft.title)}
    counts = [sum(piece.pages for piece in group) for group in groups]
    return {
        f"{name}-packet-{number}-of-{len(groups)}.pdf": bound(
            group, title=contents.draft.title, before=sum(counts[: number - 1]), of=sum(counts)
        )
        for number, group in enumerate(groups, start=1)
    }


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
        for block in (*draft.blocks, *([draft.form_values] if draft.form_values is not None else []))
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
