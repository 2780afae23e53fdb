"""The blocks of a draft set on pages, for the letter and the sheets around it. Invariant: the same bytes."""

import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from pipeline.output.packet.draft import addressed
from pipeline.output.packet.look import (
    HEIGHT,
    INK,
    MARGIN,
    RULE,
    SANS,
    SHADE,
    SOFT,
    WIDTH,
    drawable,
    fonts,
    marked_up,
    style,
)
from pipeline.values.packet import Block, Draft, Form, Role, Sentence, Shape

_TEXT_WIDTH = WIDTH - 2 * MARGIN
_LABEL_WIDTH = 118.0
_TOGETHER = ("asked", "signature", "enclosures")
"""What stands on one page, so that no signature stands alone."""
_TOP, _LOW = 58.0, 62.0
"""White above and below the text, in points."""
_KEPT, _KEPT_OF_TABLE = 60.0, 130.0
"""A heading goes to the next page where less than so many points are left under it."""


def letter_pdf(draft: Draft, *, foot: str) -> bytes:
    """The letter alone. ``foot`` stands at the bottom of every page, beside the page's number."""
    flow: list[Flowable] = []
    if draft.form is not Form.LETTER:
        if draft.gaps:
            flow += [banner(addressed(draft), title="Open:"), Spacer(1, 10)]
        flow.append(Paragraph(drawable(draft.title), style("title")))
    last = [block for block in draft.blocks if block.name in _TOGETHER]
    for block in draft.blocks:
        if block in last:
            if block is last[-1]:
                ending = [one for part in last for one in flowables(part)]
                while isinstance(ending[-1], Spacer):  # white after the last line may want a page of its own
                    ending.pop()
                flow.append(KeepTogether(ending))
            continue
        flow.extend(flowables(block))
        if block.name == "addressed":
            flow.append(Paragraph(drawable(draft.title), style("title")))
    return document(flow, title=draft.title, foot=foot)


def document(flow: Sequence[Flowable], *, title: str, foot: str) -> bytes:
    """Flowables as a PDF with a footer, ``page x of y`` in it where there are several."""
    fonts()
    out = io.BytesIO()
    made = BaseDocTemplate(out, title=title, author="", creator="", invariant=1, pagesize=(WIDTH, HEIGHT))
    frame = Frame(MARGIN, _LOW, _TEXT_WIDTH, HEIGHT - _LOW - _TOP, 0, 0, 0, 0)
    made.addPageTemplates(PageTemplate(frames=[frame]))
    made.build(list(flow), canvasmaker=partial(_Numbered, foot=foot))
    return out.getvalue()


class _Numbered(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that knows at the end how many pages there are, and then writes the footers."""

    def __init__(self, *args: Any, foot: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self._foot = foot
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Keeps the page until all are there."""
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Writes every page with its footer."""
        for kept in self._kept:
            self.__dict__.update(kept)
            _footer(self, self._foot, len(self._kept))
            super().showPage()
        super().save()


def _footer(canvas: Canvas, foot: str, count: int) -> None:
    canvas.saveState()
    canvas.setFont(SANS, 8.5)
    canvas.setFillColor(SOFT)
    canvas.drawString(MARGIN, 38, drawable(foot))
    if count > 1:
        canvas.drawRightString(WIDTH - MARGIN, 38, f"Page {canvas.getPageNumber()} of {count}")
    canvas.restoreState()


def flowables(block: Block) -> list[Flowable]:
    """A block as reportlab's flowables."""
    made = _SHAPES[block.shape](block)
    if not made:
        return []
    heading: list[Flowable] = []
    if block.heading:
        heading = [
            CondPageBreak(_KEPT_OF_TABLE if block.rows else _KEPT),
            Paragraph(drawable(block.heading), style("heading")),
        ]
    return [*heading, *made]


def banner(lines: Sequence[str], *, title: str) -> Flowable:
    """A framed notice on top of what is not ready."""
    inside = [Paragraph(drawable(title), style("banner"))]
    inside += [Paragraph(marked_up_text(line), style("sans"), bulletText="•") for line in lines]
    table = Table([[inside]], colWidths=[_TEXT_WIDTH])
    table.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 1.5, INK), ("BACKGROUND", (0, 0), (-1, -1), SHADE)]))
    return table


def marked_up_text(text: str) -> str:
    """Plain text as reportlab's markup."""
    return drawable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _paragraphs(block: Block) -> list[Flowable]:
    return [Paragraph(" ".join(marked_up(sentence.parts) for sentence in block.sentences), style("body"))]


def _letterhead(block: Block) -> list[Flowable]:
    made: list[Flowable] = [
        Paragraph(marked_up(sentence.parts), style("contact" if place else "practice"))
        for place, sentence in enumerate(block.sentences)
    ]
    return [*made, Spacer(1, 14)]


def _lines(block: Block) -> list[Flowable]:
    return [*(Paragraph(marked_up(sentence.parts), style("line")) for sentence in block.sentences), Spacer(1, 8)]


def _list(block: Block) -> list[Flowable]:
    return [
        Paragraph(marked_up(sentence.parts), style("item"), bulletText=None if sentence.follows else "•")
        for sentence in block.sentences
    ]


def _pairs(block: Block) -> list[Flowable]:
    rows = [
        [Paragraph(drawable(s.label), style("label")), Paragraph(marked_up(s.parts), style("pair"))]
        for s in block.sentences
    ]
    table = Table(rows, colWidths=[_LABEL_WIDTH, _TEXT_WIDTH - _LABEL_WIDTH])
    table.setStyle(
        TableStyle([*TIGHT, ("LINEABOVE", (0, 0), (-1, 0), 0.8, INK), ("LINEBELOW", (0, -1), (-1, -1), 0.8, INK)])
    )
    return [table, Spacer(1, 10)]


def _table(block: Block) -> list[Flowable]:
    before: list[Flowable] = [Paragraph(marked_up(s.parts), style("lead")) for s in block.sentences]
    if not block.rows:
        return before
    used = [i for i in range(len(block.columns)) if any(row[i].parts for row in block.rows)]
    head = [Paragraph(drawable(block.columns[i]), style("head")) for i in used]
    rows = [[Paragraph(marked_up(row[i].parts), style("cell")) for i in used] for row in block.rows]
    table = Table([head, *rows], colWidths=_widths(block, used), repeatRows=1)
    table.setStyle(TableStyle([*TIGHT, *RULED]))
    return [*before, table, Spacer(1, 8)]


def _widths(block: Block, used: Sequence[int]) -> list[float]:
    """Columns by the length of what is in them, none so narrow that a word breaks."""
    lengths = [max(len(block.columns[i]), *(_weight(row[i]) for row in block.rows)) for i in used]
    wanted = [min(max(length, 12), 180) ** 0.6 for length in lengths]
    return [_TEXT_WIDTH * one / sum(wanted) for one in wanted]


def _weight(cell: Sentence) -> int:
    return len(cell.text)


TIGHT: list[tuple[Any, ...]] = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 7),
    ("TOPPADDING", (0, 0), (-1, -1), 2.2),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.6),
]
RULED: list[tuple[Any, ...]] = [
    ("LINEABOVE", (0, 0), (-1, 0), 0.8, INK),
    ("LINEBELOW", (0, 0), (-1, 0), 0.5, INK),
    ("LINEBELOW", (0, 1), (-1, -1), 0.35, RULE),
]


def _signature(block: Block) -> list[Flowable]:
    made: list[Flowable] = [Spacer(1, 10)]
    for sentence in block.sentences:
        if any(part.role is Role.BLANK for part in sentence.parts):
            made.append(Spacer(1, 22))
        made.append(Paragraph(marked_up(sentence.parts), style("line")))
    return [*made, Spacer(1, 6)]


_SHAPES: dict[Shape, Callable[[Block], list[Flowable]]] = {
    Shape.PARAGRAPH: _paragraphs,
    Shape.LETTERHEAD: _letterhead,
    Shape.LINES: _lines,
    Shape.LIST: _list,
    Shape.PAIRS: _pairs,
    Shape.TABLE: _table,
    Shape.SIGNATURE: _signature,
}
