"""The sixteen house styles: how a page looks. What is said, and in which order, is ``compose``'s."""

from dataclasses import dataclass
from enum import StrEnum


class Head(StrEnum):
    """Where the letterhead stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    BAND = "band"
    FOOT = "foot"


class Ref(StrEnum):
    """How the reference block is set."""

    GRID = "grid"
    TWO_COLUMNS = "two_columns"
    OVER = "over"
    INLINE = "inline"
    DOTS = "dots"
    PLAIN = "plain"
    SIDE = "side"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A face for letters; sizes in points, colours as hex."""

    font: str = "Helvetica"
    size: float = 10
    head: Head = Head.LEFT
    ref: Ref = Ref.GRID
    color: str = "#1F3A5F"
    margin: float = 64
    upper: bool = False
    ruled: bool = False
    justify: bool = False
    date_first: bool = True
    footer: str = ""
    bullet: str = "•"


LOOKS: dict[str, Look] = {
    "classic": Look(head=Head.LEFT, ref=Ref.PLAIN, footer="Form CM-114 (rev. 03/2025)"),
    "serif": Look(font="Times", size=11, head=Head.CENTER, ref=Ref.OVER, color="#000000", justify=True),
    "band": Look(head=Head.BAND, ref=Ref.TWO_COLUMNS, color="#0B6E4F", size=9.5, ruled=True),
    "prose": Look(font="Times", size=11.5, head=Head.RIGHT, ref=Ref.INLINE, color="#3A2A1A", margin=80),
    "notice": Look(
        font="Helvetica",
        size=11.5,
        head=Head.LEFT,
        ref=Ref.TWO_COLUMNS,
        color="#000000",
        ruled=True,
        footer="Form CMS-10003 sample layout   OMB approval number withheld",
    ),
    "pharmacy": Look(font="Helvetica", size=9.5, head=Head.RIGHT, ref=Ref.GRID, color="#6A1B4D", bullet="-"),
    "remittance": Look(font="Courier", size=8.5, head=Head.LEFT, ref=Ref.DOTS, color="#000000", margin=40, upper=True),
    "benefits": Look(font="Helvetica", size=9, head=Head.BAND, ref=Ref.GRID, color="#34568B", margin=44),
    "agency": Look(font="Times", size=12, head=Head.CENTER, ref=Ref.PLAIN, color="#000000", upper=True, ruled=True),
    "plan_sponsor": Look(font="Times", size=10.5, head=Head.FOOT, ref=Ref.GRID, color="#4A4A4A"),
    "reviewer": Look(
        font="Helvetica", size=9.5, head=Head.CENTER, ref=Ref.DOTS, color="#7A3B00", date_first=False, bullet="*"
    ),
    "typewriter": Look(
        font="Courier", size=10, head=Head.LEFT, ref=Ref.DOTS, color="#000000", upper=True, bullet="-", margin=56
    ),
    "portal": Look(
        font="Helvetica",
        size=9,
        head=Head.BAND,
        ref=Ref.OVER,
        color="#222B45",
        date_first=False,
        footer="https://provider.portal.example/decisions   Printed on 11/20/2026 09:14   Page view 1 of 1",
    ),
    "contractor": Look(
        font="Times", size=11, head=Head.LEFT, ref=Ref.GRID, color="#112E51", footer="A CMS Contracted Agent (sample)"
    ),
    "form": Look(
        font="Courier",
        size=9.5,
        head=Head.CENTER,
        ref=Ref.GRID,
        color="#000000",
        ruled=True,
        footer="FORM 27560 (08/24)",
    ),
    "sidebar": Look(font="Helvetica", size=9.5, head=Head.LEFT, ref=Ref.SIDE, color="#8A1C1C"),
}
