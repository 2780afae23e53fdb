"""Sets a draft as a PDF in a house style. The same draft and style give the same bytes."""

from dataclasses import dataclass, replace
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, white  # type: ignore[import-untyped]
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import letter  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from sample_letters.generator.blocks import Block, Boxed, Break, Bullets, Checks, Draft, Grid, Heading, Para
from sample_letters.generator.looks import LOOKS, Head, Look, Ref

SYNTHETIC = "SYNTHETIC SAMPLE - NOT A REAL LETTER"
_WIDTH, _HEIGHT = letter
_BOLD = {"Helvetica": "Helvetica-Bold", "Times": "Times-Bold", "Courier": "Courier-Bold"}
_BODY = {"Helvetica": "Helvetica", "Times": "Times-Roman", "Courier": "Courier"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What stands on every page beside the letter: ``number`` names ``{n}`` and ``{total}``, or is None.

    ``high`` sets the number at the top right instead of the foot; ``head`` heads the pages after the first.
    """

    number: str | None = "Page {n}"
    high: bool = False
    head: str | None = None


PLAIN = Running()


def to_pdf(draft: Draft, style: str, *, running: Running = PLAIN) -> bytes:
    """The letter as PDF bytes."""
    if running.number and "{total}" in running.number:
        total = _set(draft, style, replace(running, number=None))[1]
        running = replace(running, number=running.number.replace("{total}", str(total)))
    return _set(draft, style, running)[0]


def _set(draft: Draft, style: str, running: Running) -> tuple[bytes, int]:
    """The PDF and how many pages it has."""
    look, out = LOOKS[style], BytesIO()
    side = 150.0 if look.ref is Ref.SIDE else 0.0
    width = _WIDTH - 2 * look.margin - side
    document = BaseDocTemplate(
        out, pagesize=letter, invariant=1, title="Synthetic sample letter", author="sample_letters"
    )
    first = Frame(look.margin + side, 58, width, _HEIGHT - 58 - _top(draft, look), 0, 0, 0, 0)
    later = Frame(look.margin, 58, _WIDTH - 2 * look.margin, _HEIGHT - 58 - 60, 0, 0, 0, 0)

    def on_first(canvas: Canvas, _doc: BaseDocTemplate) -> None:
        _letterhead(canvas, draft, look)
        _page_frame(canvas, look, running)

    def on_later(canvas: Canvas, _doc: BaseDocTemplate) -> None:
        _page_frame(canvas, look, running)

    document.addPageTemplates(
        [
            PageTemplate("first", [first], onPage=on_first, autoNextPageTemplate="later"),
            PageTemplate("later", [later], onPage=on_later),
        ]
    )
    document.build(_story(draft, look, width))
    return out.getvalue(), document.page


def _style(
    look: Look, *, bold: bool = False, scale: float = 1.0, align: int | None = None, color: str | None = None
) -> ParagraphStyle:
    size = look.size * scale
    return ParagraphStyle(
        "s",
        fontName=(_BOLD if bold else _BODY)[look.font],
        fontSize=size,
        leading=size * 1.28,
        spaceAfter=size * 0.55,
        alignment=align if align is not None else TA_JUSTIFY if look.justify else TA_LEFT,
        textColor=HexColor(color or "#000000"),
    )


def _top(draft: Draft, look: Look) -> float:
    lines = 0 if look.head is Head.FOOT else len(draft.sender_address) + (draft.on_behalf is not None)
    return (70 if look.head is Head.BAND else 66) + 12 * lines


def _letterhead(canvas: Canvas, draft: Draft, look: Look) -> None:
    canvas.saveState()
    small = [*([f"on behalf of {draft.on_behalf}"] if draft.on_behalf else []), *draft.sender_address]
    name, y = draft.sender, _HEIGHT - 44
    canvas.setFont(_BOLD[look.font], 15)
    canvas.setFillColor(HexColor(look.color))
    if look.head is Head.BAND:
        canvas.rect(0, _HEIGHT - 56, _WIDTH, 56, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.drawString(look.margin, _HEIGHT - 36, name)
        y = _HEIGHT - 52
    elif look.head is Head.CENTER:
        canvas.drawCentredString(_WIDTH / 2, y, name)
    elif look.head is Head.RIGHT:
        canvas.drawRightString(_WIDTH - look.margin, y, name)
    elif look.head is Head.FOOT:
        canvas.drawString(look.margin, y, name)
        small = [", ".join(small)]
        y = 62
    else:
        canvas.drawString(look.margin, y, name)
    canvas.setFillColor(HexColor("#000000"))
    canvas.setFont(_BODY[look.font], 8.5)
    for text in small:
        y -= 12
        if look.head is Head.CENTER:
            canvas.drawCentredString(_WIDTH / 2, y, text)
        elif look.head is Head.RIGHT:
            canvas.drawRightString(_WIDTH - look.margin, y, text)
        else:
            canvas.drawString(look.margin, y - (2 if look.head is Head.BAND else 0), text)
    if look.ref is Ref.SIDE:
        _sidebar(canvas, draft, look)
    canvas.restoreState()


def _sidebar(canvas: Canvas, draft: Draft, look: Look) -> None:
    frame = Frame(look.margin - 22, 70, 150, _HEIGHT - 70 - _top(draft, look), 4, 4, 4, 4)
    canvas.setFillColor(HexColor("#F1ECE6"))
    canvas.rect(look.margin - 22, 70, 150, _HEIGHT - 70 - _top(draft, look), stroke=0, fill=1)
    frame.addFromList(_over(draft, look), canvas)


def _page_frame(canvas: Canvas, look: Look, running: Running) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica", 7.5)
    canvas.setFillColor(HexColor("#444444"))
    page = canvas.getPageNumber()
    number = (running.number or "").format(n=page)
    foot = "" if running.high else number
    canvas.drawCentredString(_WIDTH / 2, 22, f"{SYNTHETIC}   {foot}".rstrip())
    if running.high:
        canvas.drawRightString(_WIDTH - look.margin, _HEIGHT - 26, number)
    if running.head and page > 1:
        canvas.setFont(_BODY[look.font], 9)
        canvas.drawString(look.margin, _HEIGHT - 40, running.head)
    if look.footer:
        canvas.drawCentredString(_WIDTH / 2, 34, look.footer)
    canvas.restoreState()


def _p(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text).replace("\n", "<br/>"), style)


def _story(draft: Draft, look: Look, width: float) -> list[Flowable]:
    body = _style(look)
    flow: list[Flowable] = []
    date = ": ".join(t for t in draft.date if t)
    dated = _p(date, _style(look, align=TA_RIGHT if look.head is Head.RIGHT else TA_LEFT))
    tight = ParagraphStyle("tight", parent=body, spaceAfter=0)
    address = [*(_p(t, tight) for t in draft.address), Spacer(1, look.size)]
    if draft.stamp:
        flow.append(_p(draft.stamp, _style(look, bold=True, align=TA_RIGHT, color="#B00020")))
    flow += [dated, *address] if look.date_first else [*address, dated]
    if draft.title:
        flow.append(
            _p(draft.title.upper() if look.upper else draft.title, _style(look, bold=True, scale=1.3, color=look.color))
        )
    if look.ref is not Ref.SIDE:
        flow += _reference(draft, look, width)
    if draft.salutation:
        flow.append(_p(draft.salutation, body))
    for block in draft.body:
        flow += _block(block, look, width)
    flow.append(KeepTogether([Spacer(1, look.size), *(_p(t, tight) for t in draft.closing)]))
    return [*flow, *(f for block in draft.enclosures for f in _block(block, look, width))]


def _reference(draft: Draft, look: Look, width: float) -> list[Flowable]:
    rows, plain = draft.reference, ParagraphStyle("ref", parent=_style(look), spaceAfter=0)
    if look.ref is Ref.INLINE:
        text = "Re: " + "; ".join(f"{k} {v}" for k, v in rows) + "."
        return [_p(text, _style(look))]
    if look.ref is Ref.OVER:
        return [*_over(draft, look), Spacer(1, look.size * 0.6)]
    if look.ref is Ref.DOTS:
        pad = max((len(k) for k, _ in rows), default=0) + 3
        mono = ParagraphStyle("mono", parent=plain, fontName="Courier", fontSize=min(look.size, 9.5))
        lines = [_p(f"{(k.upper() if look.upper else k).ljust(pad, '.')}: {v}", mono) for k, v in rows]
        return [*lines, Spacer(1, look.size)]
    if look.ref is Ref.PLAIN:
        return [*(_p(f"{k}: {v}", plain) for k, v in rows), Spacer(1, look.size)]
    if not rows:
        return []
    cells = [[_p(k + ("" if look.ref is Ref.GRID else ":"), plain), _p(v, plain)] for k, v in rows]
    if look.ref is Ref.TWO_COLUMNS:
        half = (len(cells) + 1) // 2
        right = [*cells[half:], *([["", ""]] * (2 * half - len(cells)))]
        cells = [[*a, *b] for a, b in zip(cells[:half], right, strict=True)]
        widths = [width * 0.2, width * 0.3] * 2
    else:
        widths = [width * 0.32, width * 0.68]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, HexColor("#888888"))] if look.ref is Ref.GRID or look.ruled else []
    return [
        Table(cells, widths, style=[*grid, ("VALIGN", (0, 0), (-1, -1), "TOP")], hAlign="LEFT"),
        Spacer(1, look.size),
    ]


def _over(draft: Draft, look: Look) -> list[Flowable]:
    label = ParagraphStyle(
        "label", parent=_style(look, bold=True, scale=0.8, color=look.color, align=TA_LEFT), spaceAfter=0
    )
    value = ParagraphStyle("value", parent=_style(look, align=TA_LEFT), spaceAfter=3)
    return [p for k, v in draft.reference for p in (_p(k, label), _p(v, value))]


def _block(block: Block, look: Look, width: float) -> list[Flowable]:
    if isinstance(block, Heading):
        text = block.text.upper() if look.upper else block.text
        style = _style(
            look, bold=True, scale=1.1, color=look.color, align=TA_CENTER if look.head is Head.CENTER else TA_LEFT
        )
        style.keepWithNext = 1
        return [Spacer(1, look.size * 0.4), _p(text, style)]
    if isinstance(block, Para):
        return [_p(block.text, _style(look, bold=block.bold, scale=0.85 if block.small else 1))] if block.text else []
    if isinstance(block, Bullets):
        marks = [f"{i}." if block.numbered else look.bullet for i in range(1, len(block.items) + 1)]
        style = ParagraphStyle("bullet", parent=_style(look), leftIndent=18, bulletIndent=4)
        return [Paragraph(escape(t), style, bulletText=m) for m, t in zip(marks, block.items, strict=True)]
    if isinstance(block, Checks):
        style = ParagraphStyle("check", parent=_style(look), leftIndent=30, bulletIndent=2)
        return [Paragraph(escape(t), style, bulletText="[X]" if ticked else "[ ]") for ticked, t in block.items]
    if isinstance(block, Boxed):
        inner = [p for item in block.items for p in _block(item, look, width)]
        return [Table([[inner]], [width], style=[("BOX", (0, 0), (-1, -1), 1.2, HexColor(look.color))]), Spacer(1, 6)]
    if isinstance(block, Grid):
        return [_grid(block, look, width), Spacer(1, look.size)]
    return [PageBreak()] if isinstance(block, Break) else []


def _grid(block: Grid, look: Look, width: float) -> Table:
    plain = ParagraphStyle("cell", parent=_style(look, scale=0.85, align=TA_LEFT), spaceAfter=0)
    bold = ParagraphStyle("head", parent=plain, fontName=_BOLD[look.font])
    cells = [[_p(t, bold) for t in block.header], *([_p(t, plain) for t in row] for row in block.rows)]
    longest = [max(len(r[i]) for r in (block.header, *block.rows)) for i in range(len(block.header))]
    share = [min(max(n, 6), 34) for n in longest]
    widths = [width * s / sum(share) for s in share]
    lines = [("LINEBELOW", (0, 0), (-1, 0), 0.8, HexColor(look.color)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    if look.ruled or look.ref is Ref.GRID:
        lines.append(("GRID", (0, 0), (-1, -1), 0.4, HexColor("#999999")))
    return Table(cells, widths, style=lines, repeatRows=1, hAlign="LEFT")
