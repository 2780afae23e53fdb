"""How a packet looks: fonts, sizes, paper, and words as reportlab wants them.

Source Serif and Source Sans come as wheels, so the same lock gives the same bytes on every machine; they cover Latin
names of every European language and Vietnamese, Greek and Cyrillic. A sign that a font lacks is drawn as ``?``.
"""

from functools import cache
from xml.sax.saxutils import escape

import font_source_sans_pro
import font_source_serif_pro
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pipeline.values.packet import Part, Role

WIDTH, HEIGHT = LETTER
MARGIN = 72.0
"""An inch, in points."""
INK, SOFT, RULE, SHADE = HexColor("#111111"), HexColor("#444444"), HexColor("#999999"), HexColor("#e4e4e4")
"""Greys that a fax keeps apart: shade is under a gap alone, which is never sent."""

SERIF, SERIF_BOLD, SANS, SANS_BOLD = "PacketSerif", "PacketSerif-Bold", "PacketSans", "PacketSans-Bold"
_FILES = {
    SERIF: font_source_serif_pro.font_files_ttf["SourceSerifPro"],
    SERIF_BOLD: font_source_serif_pro.font_files_ttf["SourceSerifProSemibold"],
    SANS: font_source_sans_pro.font_files_ttf["SourceSansPro"],
    SANS_BOLD: font_source_sans_pro.font_files_ttf["SourceSansProSemibold"],
}


@cache
def fonts() -> frozenset[int]:
    """Register the fonts with reportlab, once; the signs that all of them have."""
    signs: frozenset[int] | None = None
    for name, path in _FILES.items():
        font = TTFont(name, path)
        pdfmetrics.registerFont(font)
        own = frozenset(font.face.charWidths)
        signs = own if signs is None else signs & own
    pdfmetrics.registerFontFamily(SERIF, normal=SERIF, bold=SERIF_BOLD, italic=SERIF, boldItalic=SERIF_BOLD)
    pdfmetrics.registerFontFamily(SANS, normal=SANS, bold=SANS_BOLD, italic=SANS, boldItalic=SANS_BOLD)
    return signs or frozenset()


def drawable(text: str) -> str:
    """The text with every sign that the fonts lack as a question mark, and without signs that are none."""
    known = fonts()
    return "".join(
        c if ord(c) in known or c == "\n" else " " if c.isspace() else "?" for c in text if c >= " " or c in "\n\t"
    )


def marked_up(parts: tuple[Part, ...]) -> str:
    """A sentence as reportlab's markup: gaps on a shade, pointers to exhibits in sans."""
    return "".join(_marked(part) for part in parts)


def _marked(part: Part) -> str:
    text = escape(drawable(part.text))
    if part.role is Role.BLANK:
        return text.replace("  ", "\N{NO-BREAK SPACE} ")
    if part.role is Role.GAP:
        return f'<font name="{SANS_BOLD}" size="9.5" backColor="#e4e4e4">{text}</font>'
    if part.role is Role.EXHIBIT:
        whole = text.replace(" ", "\N{NO-BREAK SPACE}")
        return f'<font name="{SANS_BOLD}" size="9">{whole}</font>'
    return text


@cache
def style(name: str) -> ParagraphStyle:
    """The paragraph styles by name: body, small, label, heading, title, cell, head, banner."""
    fonts()
    base = {"fontName": SERIF, "fontSize": 10.5, "leading": 14.2, "textColor": INK, "alignment": TA_LEFT}
    more: dict[str, dict[str, object]] = {
        "body": {"spaceAfter": 7},
        "lead": {"spaceAfter": 5},
        "line": {"leading": 13.4},
        "practice": {"fontName": SANS_BOLD, "fontSize": 13.5, "leading": 17},
        "contact": {"fontName": SANS, "fontSize": 8.8, "leading": 11.6, "textColor": SOFT},
        "item": {"leftIndent": 13, "bulletIndent": 2, "spaceAfter": 4.5},
        "title": {"fontName": SANS_BOLD, "fontSize": 15, "leading": 19, "spaceBefore": 4, "spaceAfter": 8},
        "heading": {"fontName": SANS_BOLD, "fontSize": 10.8, "leading": 14, "spaceBefore": 9, "spaceAfter": 4},
        "cell": {"fontSize": 9.4, "leading": 12},
        "head": {"fontName": SANS_BOLD, "fontSize": 8.6, "leading": 11, "textColor": SOFT},
        "label": {"fontName": SANS, "fontSize": 9.2, "leading": 12.4, "textColor": SOFT},
        "pair": {"fontSize": 10, "leading": 12.4},
        "sans": {"fontName": SANS, "fontSize": 10, "leading": 13.6, "spaceAfter": 4},
        "banner": {"fontName": SANS_BOLD, "fontSize": 10, "leading": 13.6},
        "big": {"fontName": SANS_BOLD, "fontSize": 22, "leading": 27, "spaceAfter": 12},
    }
    return ParagraphStyle(name, **{**base, **more[name]})
