"""Parts become one PDF with bookmarks and page labels, or several where the channel takes no more in one go."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf

from pipeline.knowledge.letters import ChannelLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of the packet: the name of its bookmark, its pages as a PDF, and whether it is an exhibit."""

    name: str
    pdf: bytes
    exhibit: bool = False

    @property
    def pages(self) -> int:
        """How many pages it has."""
        with pikepdf.open(io.BytesIO(self.pdf)) as opened:
            return len(opened.pages)


def bound(pieces: Sequence[Piece], *, title: str) -> bytes:
    """The pieces as one PDF. The same pieces give the same bytes."""
    with pikepdf.new() as whole:
        marks = []
        for piece in pieces:
            with pikepdf.open(io.BytesIO(piece.pdf)) as part:
                marks.append((piece, len(whole.pages)))
                whole.pages.extend(part.pages)
        with whole.open_outline() as outline:
            exhibits = pikepdf.OutlineItem("Exhibits", next((at for p, at in marks if p.exhibit), 0))
            for piece, at in marks:
                (exhibits.children if piece.exhibit else outline.root).append(pikepdf.OutlineItem(piece.name, at))
            if exhibits.children:
                outline.root.append(exhibits)
        whole.Root.PageMode = pikepdf.Name.UseOutlines
        whole.docinfo["/Title"] = title
        whole.remove_unreferenced_resources()
        out = io.BytesIO()
        whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def split(pieces: Sequence[Piece], limit: ChannelLimit | None) -> list[list[Piece]]:
    """The pieces in as few groups as the channel's limit allows; one that is too long alone is a group of its own."""
    groups: list[list[Piece]] = [[]]
    for piece in pieces:
        if groups[-1] and limit is not None and not _fits([*groups[-1], piece], limit):
            groups.append([])
        groups[-1].append(piece)
    return groups


def _fits(pieces: Sequence[Piece], limit: ChannelLimit) -> bool:
    pages = sum(piece.pages for piece in pieces)
    size = sum(len(piece.pdf) for piece in pieces)
    return (limit.pages is None or pages <= limit.pages) and (
        limit.megabytes is None or size <= limit.megabytes * 1_000_000
    )
