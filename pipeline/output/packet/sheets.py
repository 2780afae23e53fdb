"""The sheets around a letter: the cover that says where it goes, the evidence at a glance, the index of exhibits."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from pipeline.output.packet.fields import fields_of, page_in
from pipeline.output.packet.look import INK, MARGIN, RULE, WIDTH, drawable, style
from pipeline.output.packet.typeset import RULED, TIGHT, banner, document, marked_up_text
from pipeline.values.packet import Draft, Exhibit, Matter, Role, Shape
from pipeline.values.vocabulary import Channel

_WIDE = WIDTH - 2 * MARGIN
_CONFIDENTIAL = (
    "This transmission holds health information that the law protects. It is meant for the addressee alone. If it has"
    " reached you by mistake, please call the number above at once, and destroy every copy."
)
_BY = {
    Channel.FAX: "Fax",
    Channel.MAIL: "Mail",
    Channel.PORTAL: "Portal",
    Channel.EMAIL: "E-mail",
    Channel.PHONE: "Call",
}
NOT_READY = "Not ready to be sent"


def cover_pdf(draft: Draft, matter: Matter, *, pages: int, gaps: Sequence[str], said: str = "") -> bytes:
    """The cover or fax sheet: to whom, which number in whose words, what it is, how many pages. It names no patient.

    ``said`` is the line of the payer's letter that names the place; without it its number alone is repeated.
    """
    source = _in_whose_words(matter, said)
    fields = {name: "".join(part.text for part in parts) for name, parts in fields_of(matter).items()}
    flow: list[Flowable] = []
    if gaps:
        flow += [banner(gaps, title=f"{NOT_READY}. Open:"), Spacer(1, 14)]
    flow.append(Paragraph(drawable(draft.title), style("big")))
    rows = [
        ("To", fields.get("payer", "[the insurer's name]")),
        (*_goes_to(matter),),
        ("From", fields.get("practice") or fields.get("provider", "[our name]")),
        ("Call back", fields.get("practice_phone", "[our telephone number]")),
        ("Our fax", fields.get("practice_fax", "")),
        ("Member ID", fields.get("member_id", "")),
        ("Claim number", fields.get("claim_number", "")),
        ("Reference number", fields.get("reference_number", "")),
        ("Your letter of", fields.get("letter_date", "")),
        ("Pages", f"{pages}, this sheet counted"),
    ]
    flow += [_rows([(label, text) for label, text in rows if text]), Spacer(1, 10)]
    if source:
        flow.append(Paragraph(source, style("label")))
    flow += [Spacer(1, 18), Paragraph(_CONFIDENTIAL, style("sans"))]
    return document(flow, title=draft.title, foot="")


def _goes_to(matter: Matter) -> tuple[str, str]:
    contact = matter.send_to
    said = fields_of(matter).get("send_to")
    if contact is None or said is None:
        return ("Where to", "[the payer's letter names no one place for it: look it up, or ask]")
    return (_BY[contact.channel], "".join(part.text for part in said))


def _in_whose_words(matter: Matter, said: str) -> str:
    contact = matter.send_to
    if contact is None:
        return ""
    words = marked_up_text(said or " ".join(contact.text.split())).rstrip(".")
    page = page_in(matter.letter, contact.page) if matter.letter is not None else contact.page
    return f"As page {page} of the payer's letter says: “{words}”."


def _rows(rows: Sequence[tuple[str, str]]) -> Table:
    cells = [[Paragraph(label, style("label")), Paragraph(marked_up_text(text), style("pair"))] for label, text in rows]
    table = Table(cells, colWidths=[118, _WIDE - 118])
    lines = [("LINEBELOW", (0, 0), (-1, -1), 0.35, RULE), ("LINEABOVE", (0, 0), (-1, 0), 0.8, INK)]
    table.setStyle(TableStyle([*TIGHT, *lines]))
    return table


def evidence_pdf(draft: Draft, *, foot: str) -> bytes:
    """Every point of the letter's tables with its exhibit and page, on a sheet of its own; empty where none is."""
    rows: list[tuple[str, str, str]] = []
    for block in draft.blocks:
        for row in block.rows if block.shape is Shape.TABLE else ():
            where = dict.fromkeys(p.text for cell in row for p in cell.parts if p.role is Role.EXHIBIT)
            open_ = any(p.role is Role.GAP for cell in row for p in cell.parts)
            if row[0].text and (where or open_):
                known = bool(rows) and block.heading in [part for part, _, _ in rows]
                rows.append(("" if known else block.heading, row[0].text, "; ".join(where) if where else "open"))
    if all(where == "open" for _, _, where in rows):
        return b""
    head = [Paragraph(name, style("head")) for name in ("Part", "Point", "Shown in")]
    cells = [[Paragraph(marked_up_text(text), style("cell")) for text in row] for row in rows]
    table = Table([head, *cells], colWidths=[_WIDE * 0.24, _WIDE * 0.46, _WIDE * 0.3], repeatRows=1)
    table.setStyle(TableStyle([*TIGHT, *RULED]))
    title = "The evidence at a glance"
    return document([Paragraph(title, style("title")), table], title=title, foot=foot)


def index_pdf(exhibits: Sequence[Exhibit], *, starts: Sequence[int], foot: str) -> bytes:
    """The exhibits with the page of the packet that each begins on."""
    head = [Paragraph(name, style("head")) for name in ("Exhibit", "Document", "Pages", "Begins on page")]
    cells = [
        [
            Paragraph(marked_up_text(text), style("cell"))
            for text in (exhibit.letter, exhibit.title, _count(exhibit), str(start))
        ]
        for exhibit, start in zip(exhibits, starts, strict=True)
    ]
    table = Table([head, *cells], colWidths=[_WIDE * 0.12, _WIDE * 0.52, _WIDE * 0.18, _WIDE * 0.18], repeatRows=1)
    table.setStyle(TableStyle([*TIGHT, *RULED]))
    title = "Exhibits"
    note = "A bar in the margin of a page marks a passage that the letter rests on."
    return document(
        [Paragraph(title, style("title")), table, Spacer(1, 8), Paragraph(note, style("label"))], title=title, foot=foot
    )  # fmt: skip


def _count(exhibit: Exhibit) -> str:
    return f"{len(exhibit.pages)}" if exhibit.whole else f"{len(exhibit.pages)}, in part"
