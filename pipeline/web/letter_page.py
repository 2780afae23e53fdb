"""What the letter screen shows, as values: rows of fields with their crops, the pages, the way on."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.checking import ORDER, Field, FieldState
from pipeline.knowledge.calendar import days_left
from pipeline.review import OpenLetter
from pipeline.values.letter import Clock, Finding, PageSummary
from pipeline.values.text import Box
from pipeline.web.choices import PLAIN
from pipeline.web.typed import kind_of

LABELS: Mapping[str, str] = {
    "kind": "Kind of letter", "addressee": "Written to", "service_timing": "Before or after the service",
    "payer": "Payer", "delegate": "Writes for the payer", "plan_type": "Plan", "funding": "Funding",
    "letter_date": "Date of the letter", "received_date": "Received", "decision_date": "Decided",
    "request_received_date": "Request received by payer", "member_name": "Patient", "member_id": "Member ID",
    "date_of_birth": "Born", "group_number": "Group", "patient_account_number": "Our account number",
    "claim_number": "Claim number", "reference_number": "Payer’s reference", "provider_name": "Provider",
    "provider_npi": "NPI", "tin": "Tax ID", "denial_reasons": "Reasons", "policy_citations": "Rules cited",
    "carc": "CARC", "rarc": "RARC", "requested_evidence": "Evidence asked for", "clocks": "Time limits",
    "contacts": "Contacts", "service_description": "Service", "dates_of_service": "Days of service",
    "procedure_codes": "Procedures", "diagnosis_codes": "Diagnoses", "modifiers": "Modifiers",
    "billed_amount": "Billed", "denied_amount": "Denied", "patient_responsibility": "Patient owes",
    "demanded_amount": "Asked back", "authorizations": "Authorizations", "letter": "This letter", "case": "Case",
}  # fmt: skip
SIGNS: Mapping[FieldState, str] = {
    FieldState.SURE: "✓", FieldState.CHECK: "?", FieldState.MISSING: "○", FieldState.FAILED: "!",
    FieldState.BY_PERSON: "✎", FieldState.NOT_SAID: "–",
}  # fmt: skip
_MARGIN, _SIDE, _LEAST = 3.0, 60.0, 290.0
"""Points around the words of a crop: above and below, left and right; how wide it is at least."""
_PIXELS_A_POINT = 1.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """The line a value stands on: the part of the page in points, and the boxes of the words in it."""

    page: int
    view: str
    width: float
    height: float
    boxes: tuple[Box, ...]

    @property
    def shown_width(self) -> float:
        """In pixels; every crop has one scale, so that print of one size looks it."""
        return self.width * _PIXELS_A_POINT

    @property
    def shown_height(self) -> float:
        """In pixels."""
        return self.height * _PIXELS_A_POINT


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A value of a field with its place: ``boxes`` is JSON for the script."""

    index: int
    text: str
    found: Finding
    boxes: str
    crop: Crop | None
    clock: Clock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A field on the screen. ``here``: the keyboard is in hand here; ``chosen``: its value is one of a list.

    ``conflict`` is what somebody meant who was told that another had decided meanwhile; empty where nobody was.
    """

    field: Field
    label: str
    sign: str
    entries: tuple[Entry, ...]
    here: bool
    typed: str
    wrong: str
    conflict: str
    kind: str
    chosen: bool

    @property
    def state(self) -> str:
        """The state in words; what is not sure and yet asked of nobody does not call for a check."""
        unasked = self.field.state is FieldState.CHECK and not self.field.flagged
        return "not sure" if unasked else self.field.state.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Fields that belong together; ``empty`` are those the letter does not have and need not have."""

    title: str
    rows: tuple[Row, ...]
    empty: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page of the document: in points, or with its text where it is a plain one; ``own``: of this letter."""

    number: int
    width: float
    height: float
    plain: bool
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage:
    """The letter screen; ``version``: the one of the letter that a person decides over."""

    opened: OpenLetter
    version: int
    sections: tuple[Section, ...]
    sheets: tuple[Sheet, ...]
    due: str | None
    days_left: int | None
    whole: int
    conflict: str
    wrong: Mapping[str, str]

    @property
    def letter_id(self) -> str:
        """The id of the letter."""
        return self.opened.opened.letter.letter_id

    @property
    def may_divide(self) -> bool:
        """Whether who sees the whole file may divide it otherwise: it has several pages, or letters share one."""
        whole = len(self.sheets) == len(self.opened.opened.pages)
        return whole and (len(self.sheets) > 1 or len(self.opened.opened.letters) > 1)

    @property
    def left(self) -> int:
        """How many fields are still asked about."""
        return len(self.opened.flagged)


def letter_page(
    opened: OpenLetter, *, today: date, whole: int, after: str = "", at: str = "", conflict: str = "", meant: str = "",
    typed: Mapping[str, str] | None = None, wrong: Mapping[str, str] | None = None, version: int | None = None,
) -> LetterPage:  # fmt: skip
    """The screen of a letter; the keyboard is at ``at``, else at the first flagged field behind ``after``.

    ``conflict`` names the field that somebody else decided meanwhile, ``meant`` what was to be said of it, in words.
    ``version`` is the one that a person already has before them; None: the letter's own.
    """
    here = at or _next(opened, after)
    fields = {field.name: field for field in opened.fields}
    sizes = {page.number: page for page in opened.opened.pages}

    def row(field: Field) -> Row:
        return Row(
            field=field, label=LABELS[field.name], sign=SIGNS[field.state],
            entries=tuple(_entry(index, found, sizes) for index, found in enumerate(field.found)),
            here=field.name == here, typed=(typed or {}).get(field.name, ""), wrong=(wrong or {}).get(field.name, ""),
            conflict=(meant or "a change") if field.name == conflict else "", kind=kind_of(field.name),
            chosen=field.name in PLAIN,
        )  # fmt: skip

    sections = tuple(
        _section(title, (row(fields[name]) for name in names if name in fields)) for title, names in ORDER.items()
    )  # a field that only one kind of letter has is not there in the others
    dues = [task.due for task in opened.tasks if task.due]
    return LetterPage(
        opened=opened, sections=sections, sheets=tuple(_sheet(page, opened) for page in opened.pages),
        due=min(dues, default=None), days_left=days_left(min(dues, default=None), today=today),
        whole=whole, conflict=conflict, wrong=wrong or {},
        version=opened.opened.version if version is None else version,
    )  # fmt: skip


def _next(opened: OpenLetter, after: str) -> str:
    """The first field that is asked about behind ``after``, in reading order; else the first of all; else none."""
    names = [field.name for field in opened.fields]
    behind = names[names.index(after) + 1 :] if after in names else names
    flagged = set(opened.flagged)
    return next((name for name in (*behind, *names) if name in flagged), "")


def _section(title: str, rows: Iterable[Row]) -> Section:
    every = tuple(rows)
    shown = tuple(row for row in every if not _is_empty(row))
    return Section(title=title, rows=shown, empty=tuple(row for row in every if _is_empty(row)))


def _is_empty(row: Row) -> bool:
    return row.field.state is FieldState.NOT_SAID and not (row.field.flagged or row.wrong or row.here)


def _entry(index: int, found: Finding, sizes: Mapping[int, PageSummary]) -> Entry:
    return Entry(
        index=index, text=found.value or found.text, found=found,
        boxes=json.dumps([[round(v, 1) for v in box] for box in found.boxes]),
        crop=_crop(found, sizes.get(found.page)), clock=found if isinstance(found, Clock) else None,
    )  # fmt: skip


def _crop(found: Finding, page: PageSummary | None) -> Crop | None:
    if not found.boxes or page is None or page.width_pt is None or page.height_pt is None:
        return None
    boxes = found.boxes[:3]
    left = max(0.0, min(box.x0 for box in boxes) - _SIDE)
    right = min(page.width_pt, max(max(box.x1 for box in boxes) + _SIDE, left + _LEAST))
    top = max(0.0, min(box.top for box in boxes) - _MARGIN)
    bottom = min(page.height_pt, max(box.bottom for box in boxes) + _MARGIN)
    width, height = round(right - left, 1), round(bottom - top, 1)
    view = f"{left:.1f} {top:.1f} {width} {height}"
    return Crop(page=found.page, view=view, width=width, height=height, boxes=boxes)


def _sheet(page: PageSummary, opened: OpenLetter) -> Sheet:
    return Sheet(
        number=page.number, width=page.width_pt or 612.0, height=page.height_pt or 792.0,
        plain=page.width_pt is None, own=page.number in opened.letter.pages,
    )  # fmt: skip
