"""Batch files: the mail of a day fed through the scanner or the fax in one go, with what lies between the letters."""

from dataclasses import dataclass, field, replace
from io import BytesIO
from random import Random
from typing import Any

import numpy as np
import pikepdf
from PIL import Image

from sample_letters.generator import inlays, mail, media, noise, pdf
from sample_letters.generator.answer import Answer, Case
from sample_letters.generator.blocks import Draft
from sample_letters.generator.classes import faxed, scanned
from sample_letters.generator.gold import letter_gold
from sample_letters.generator.running import drawn_running
from sample_letters.generator.tray import Written, denial, drawn
from sample_letters.generator.truth import true_pages

_BARE = pdf.Running(number=None)
_ENTRIES = ("letter",) * 11 + ("pair",) * 3 + ("gap", "remittance", "remittance", "packet")
_SECOND = ("approval", "acknowledgement", "information_request", "overturned", "overpayment", "prepayment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A batch file: its bytes, its gold, the true text of each page and the NPIs of our practice in it."""

    data: bytes
    suffix: str
    gold: dict[str, Any]
    truth: tuple[str, ...]
    ours: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class _Pile:
    """Sheets in the order they are fed: each a PDF of one page, with the words on it."""

    sheets: list[bytes] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    letters: list[dict[str, Any]] = field(default_factory=list)
    unassigned: list[dict[str, Any]] = field(default_factory=list)
    gaps: list[dict[str, Any]] = field(default_factory=list)
    ours: list[str] = field(default_factory=list)
    backs: str = "none"

    def lay(self, clean: bytes) -> list[int]:
        """Put the pages of a PDF on the pile, with their blank backs; the numbers of the pages that say something."""
        numbers = []
        for sheet, text in zip(_single(clean), true_pages(clean), strict=True):
            self.sheets.append(sheet)
            self.texts.append(text)
            numbers.append(len(self.sheets))
            if self.backs == "each":
                self.blank()
        if self.backs == "duplex" and len(numbers) % 2:
            self.blank()
        return numbers

    def blank(self) -> None:
        """A page without a word."""
        with pikepdf.new() as empty:
            empty.add_blank_page(page_size=(612, 792))
            self.sheets.append(_saved(empty))
        self.texts.append("")
        self.unassigned.append({"number": len(self.sheets), "why": "blank"})

    def apart(self, draft: Draft, style: str, why: str) -> None:
        """Put a page on the pile that belongs to no letter."""
        for n in self.lay(pdf.to_pdf(draft, style, running=_BARE)):
            self.unassigned.append({"number": n, "why": why})

    def record(self, draft: Draft, style: str) -> None:
        """Put a record on the pile: by itself, or as an exhibit of our own packet about the same case."""
        if self.letters[-1].get("subtype") == "own_outgoing":
            self.letters[-1]["pages"].extend(self.lay(pdf.to_pdf(draft, style, running=_BARE)))
        else:
            self.apart(draft, style, "enclosure")

    def letter(self, written: Written, rng: Random, *, gap: bool = False, more: tuple[bytes, ...] = ()) -> Case:
        """Put a letter on the pile, with ``more`` PDFs that belong to it; with ``gap`` its second page is lost."""
        answer, draft, style = written
        clean = pdf.to_pdf(draft, style, running=drawn_running(draft, rng, numbered=gap))
        pages = media.page_count(clean)
        gap = gap and pages > 2
        if gap:
            clean = _without(clean, 1)
        numbers = [n for part in (clean, *more) for n in self.lay(part)]
        self.letters.append(letter_gold(answer, numbers))
        if gap:
            self.gaps.append({"letter": len(self.letters) - 1, "missing": [2]})
        if answer.subtype != "misdirected":
            self.ours.append(answer.case.npi)
        return answer.case


def bundle(rng: Random, *, medium: str | None = None) -> Bundle:
    """One batch file of three to six entries; ``medium`` (text, mixed, scan or fax) is drawn where it is None."""
    pile = _Pile(backs=rng.choices(["none", "duplex", "each"], [74, 20, 6])[0])
    parted = rng.choices(["never", "sometimes", "always"], [60, 20, 20])[0]
    drawn_medium = rng.choices(["text", "mixed", "scan", "fax"], [58, 20, 13, 9])[0]
    medium = medium or drawn_medium
    first = denial(rng)[0].case
    if rng.random() < (0.9 if medium == "fax" else 0.3):
        pile.apart(inlays.cover(first, rng), _plain(rng), "fax_cover")
    for i in range(rng.randrange(3, 7)):
        if i and (parted == "always" or (parted == "sometimes" and rng.random() < 0.4)):
            pile.apart(inlays.separator(rng), _plain(rng), "separator")
        elif i and rng.random() < 0.06:
            pile.apart(inlays.cover(first, rng), _plain(rng), "fax_cover")
        case = _enter(pile, rng.choice(_ENTRIES), rng)
        if rng.random() < 0.12:
            pile.record(inlays.record(case, rng), _plain(rng))
    data, suffix = _fed(pile, medium, rng)
    gold = {"letters": pile.letters, "unassigned_pages": pile.unassigned, "gaps": pile.gaps, "medium": medium}
    return Bundle(data=data, suffix=suffix, gold=gold, truth=tuple(pile.texts), ours=tuple(pile.ours))


def row(rng: Random) -> Bundle:
    """Two to four letters of one house in a row, as text, about one case or about several.

    They differ by what a house that is sparing of words prints: no address, no salutation or no closing, at random.
    """
    pile = _Pile()
    spared = [name for name in ("address", "sender_address", "closing", "salutation") if rng.random() < _SPARED]
    first, draft, style = denial(rng, short=rng.random() < 0.7)
    pile.letter((first, _sparing(draft, spared), style), rng)
    for _ in range(rng.randrange(1, 4)):
        if rng.random() < 0.5:
            one = mail.write(rng.choice(_SECOND), rng, like=first.case)
            answer, other = one.answer, one.draft
        else:
            answer, other, _ = denial(rng, short=rng.random() < 0.7)
        same = {"sender": draft.sender, "sender_address": draft.sender_address, "on_behalf": draft.on_behalf}
        other = replace(other, **same, date=(draft.date[0], other.date[1]))
        pile.letter((answer, _sparing(other, spared), style), rng)
    data, suffix = _fed(pile, "text", rng)
    gold = {"letters": pile.letters, "unassigned_pages": [], "gaps": [], "medium": "text"}
    return Bundle(data=data, suffix=suffix, gold=gold, truth=tuple(pile.texts), ours=tuple(pile.ours))


_SPARED = 0.6


def _sparing(draft: Draft, spared: list[str]) -> Draft:
    return replace(draft, **{name: None if name == "salutation" else () for name in spared})


def _plain(rng: Random) -> str:
    return rng.choice(["typewriter", "classic", "serif"])


def _enter(pile: _Pile, entry: str, rng: Random) -> Case:
    if entry == "pair":
        case = pile.letter(denial(rng), rng)
        second = mail.write(rng.choice(_SECOND), rng, like=case)
        return pile.letter((second.answer, second.draft, second.style), rng)
    if entry == "gap":
        return pile.letter(denial(rng, long=True), rng, gap=True)
    if entry == "remittance":
        return pile.letter(inlays.remittance(denial(rng)[0].case, rng), rng)
    if entry == "packet":
        return _packet(pile, rng)
    written = drawn(rng)
    if written[0].subtype == "own_outgoing":
        return _packet(pile, rng)
    return pile.letter(written, rng)


def _packet(pile: _Pile, rng: Random) -> Case:
    """Our own appeal that came back: the letter, the denial it answers and records, all of them one document."""
    answer, draft, style = denial(rng)
    ours = mail.write("outgoing", rng, like=answer.case)
    appeal: Answer = replace(ours.answer, case=replace(ours.answer.case, reference=answer.case.reference))
    more = [pdf.to_pdf(draft, style, running=drawn_running(draft, rng))]
    if rng.random() < 0.5:
        more.insert(0, pdf.to_pdf(inlays.exhibit("A"), "classic", running=_BARE))
    if rng.random() < 0.6:
        more.append(pdf.to_pdf(inlays.record(answer.case, rng), "classic", running=_BARE))
    return pile.letter((appeal, ours.draft, ours.style), rng, more=tuple(more))


def _fed(pile: _Pile, medium: str, rng: Random) -> tuple[bytes, str]:
    if medium == "fax":
        day = f"11/20/2026 07:{rng.randrange(10, 60)}"
        frames = []
        for i, sheet in enumerate(pile.sheets, start=1):
            header = f"{day}  FROM: MAILROOM   P.{i:02d}/{len(pile.sheets):02d}"
            pile.texts[i - 1] = f"{header}\n{pile.texts[i - 1]}".strip()
            frames.append(faxed(_grey(sheet, 204), header, rng, fine=True))
        return media.fax_tiff(frames, fine=True), "tif"
    pages = []
    for i, sheet in enumerate(pile.sheets):
        if medium == "text" or (medium == "mixed" and rng.random() < 0.5):
            pages.append(sheet)
        else:
            pages.append(_scan(sheet, pile.sheets[i - 1] if i and not pile.texts[i] else None, rng))
    return _joined(pages), "pdf"


def _scan(sheet: bytes, front: bytes | None, rng: Random) -> bytes:
    """A scanned sheet; a blank back shows the print of its front through, and one in twenty is upside down."""
    grey = _grey(sheet, 200)
    if front is not None and rng.random() < 0.5:
        grey = noise.faded(np.ascontiguousarray(_grey(front, 200)[:, ::-1]), rng.uniform(0.03, 0.10))
    grey = scanned(grey, rng)
    grey = np.ascontiguousarray(np.rot90(grey, 2)) if rng.random() < 0.05 else grey
    return media.image_pdf([Image.fromarray(grey)], 200, quality=rng.randrange(45, 80))


def _grey(sheet: bytes, dpi: int) -> noise.Grey:
    return np.asarray(media.pages_of(sheet, dpi)[0])


def _single(clean: bytes) -> list[bytes]:
    out = []
    with pikepdf.open(BytesIO(clean)) as document:
        for page in document.pages:
            with pikepdf.new() as one:
                one.pages.append(page)
                out.append(_saved(one))
    return out


def _without(clean: bytes, index: int) -> bytes:
    with pikepdf.open(BytesIO(clean)) as document:
        del document.pages[index]
        return _saved(document)


def _joined(sheets: list[bytes]) -> bytes:
    with pikepdf.new() as out:
        for sheet in sheets:
            with pikepdf.open(BytesIO(sheet)) as one:
                out.pages.extend(one.pages)
        return _saved(out)


def _saved(document: pikepdf.Pdf) -> bytes:
    data = BytesIO()
    document.save(data, deterministic_id=True)
    return data.getvalue()
