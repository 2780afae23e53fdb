"""Parts become one PDF with bookmarks and page labels, or several where the channel takes no more in one go."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from pipeline.knowledge.letters import ChannelLimit
from pipeline.output.packet.look import SANS, SOFT, fonts

_SIZE, _FOOT = 8.5, 22.0
"""Size and height of a page's number in the packet, in points."""
_STAMP = pikepdf.Name.PacketPage
"""Its name among what a page draws: a name that is made up anew each time would change the bytes."""


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


def bound(pieces: Sequence[Piece], *, title: str, before: int = 0, of: int | None = None) -> bytes:
    """The pieces as one PDF, every page with its number in the packet. The same pieces give the same bytes.

    ``before`` pages of the packet stand in files before this one, ``of`` counts those of all files.
    """
    with pikepdf.new() as whole:
        marks = []
        for piece in pieces:
            with pikepdf.open(io.BytesIO(piece.pdf)) as part:
                marks.append((piece, len(whole.pages)))
                whole.pages.extend(part.pages)
        _number(whole, before=before, of=of or len(whole.pages))
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


def _number(whole: pikepdf.Pdf, *, before: int, of: int) -> None:
    """Writes ``3 of 12`` at the foot of every page: the index tells these numbers, and faxed paper has no other."""
    fonts()
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number, page in enumerate(whole.pages, start=before + 1):
        wide, tall = _shown(page)
        canvas.setPageSize((wide, tall))
        canvas.setFont(SANS, _SIZE)
        canvas.setFillColor(SOFT)
        canvas.drawCentredString(wide / 2, _FOOT, f"{number} of {of}")
        canvas.showPage()
    canvas.save()
    with pikepdf.open(io.BytesIO(out.getvalue())) as stamps:
        for page, stamp in zip(whole.pages, stamps.pages, strict=True):
            page.add_resource(whole.copy_foreign(stamp.as_form_xobject()), pikepdf.Name.XObject, _STAMP)
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(b"\nQ q %s cm %s Do Q" % (_upright(page), str(_STAMP).encode()))


def _turn(page: pikepdf.Page) -> int:
    return int(page.obj.get("/Rotate", 0)) % 360


def _shown(page: pikepdf.Page) -> tuple[float, float]:
    """Width and height of a page as it is shown."""
    left, low, right, high = (float(v) for v in page.cropbox)
    return (high - low, right - left) if _turn(page) in (90, 270) else (right - left, high - low)


def _upright(page: pikepdf.Page) -> bytes:
    """The matrix that lays what is drawn on the page as shown onto the page as it is (ISO 32000-1, 8.3.3)."""
    left, low, right, high = (float(v) for v in page.cropbox)
    by = {
        0: (1, 0, 0, 1, left, low), 90: (0, 1, -1, 0, right, low), 180: (-1, 0, 0, -1, right, high),
        270: (0, -1, 1, 0, left, high),
    }  # fmt: skip
    return " ".join(f"{v:g}" for v in by.get(_turn(page), by[0])).encode()


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
