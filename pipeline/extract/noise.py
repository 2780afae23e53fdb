"""Values whose print was read in two ways, or badly: never sure, and the other reading is kept and told.

Word confidences alone decide where nothing else does. Measured on 4,229 numbers of scans and faxes: of those that
Tesseract is less than 0.8 sure of 44 % are wrong, from 0.8 to 0.9 8 %, above 0.9 0.7 %.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pipeline.extract.candidates import same_value
from pipeline.extract.mentions import READ_WELL, Place, other_mention, places_of_numbers, times_printed
from pipeline.extract.shapes import dates, luhn
from pipeline.values.letter import (
    OUTDONE,
    RIVAL,
    Anchor,
    Channel,
    Clock,
    Contact,
    Finding,
    Letter,
    Rejected,
    ReviewNote,
)  # fmt: skip
from pipeline.values.text import Box, Method, Page, Text, Word

SHOWN = "the picture shows"
TOLD = "the text of the file says"
FIRST = "it was first read as"
MENDED = "so it was read; signs that look alike were mended"
CUT_OFF = "it goes on in print, so a part may be missing"
ELSEWHERE = "so it was read at another place of the letter"
IN_PART = "so it was read here; another place of the letter prints the whole of it"
EITHER = "a letter in it looks like the digits beside it, and may be one"
LATER = "the letter prints this day too, which is years later"

_CONFIDENCE = {
    SHOWN: 0.5, TOLD: 0.5, FIRST: 0.5, CUT_OFF: 0.45, IN_PART: 0.6, ELSEWHERE: 0.6, MENDED: 0.65, EITHER: 0.7,
    LATER: 0.4,
}  # fmt: skip
_READ_TWICE, _CHECKED, _DAY_READ_TWICE = 0.85, 0.8, 0.7
_HARDLY_READ = 0.6
_BLANK = 0.33
"""Of the height of print: blanks begin at 0.36 (decision 0025)."""
_APART = 0.65
"""Of the same, in a number whose signs stand apart (``read.ocr.reread``)."""
_PIECE = re.compile(r"(?=\W*\w*\d|.*-)[^a-z]*")
"""A badly read piece of a number: with digits or a hyphen, and without small letters."""
_DAY_BADLY_READ = 0.69
"""Low enough that a deadline counted from the day is one to be confirmed."""
_IDENTIFIERS = (
    "member_id", "group_number", "patient_account_number", "claim_number", "reference_number", "provider_npi", "tin",
)  # fmt: skip
_DATES = ("letter_date", "received_date", "request_received_date", "decision_date", "date_of_birth")
_DAYS = frozenset({*_DATES, "dates_of_service"})
_AMOUNTS = ("billed_amount", "denied_amount", "patient_responsibility", "demanded_amount")
_LISTS = ("dates_of_service", "procedure_codes", "diagnosis_codes", "modifiers", "carc", "rarc", "contacts", "clocks")
READ_FIELDS = ("member_name", *_IDENTIFIERS, *_DATES, *_AMOUNTS, *_LISTS, "authorizations")
"""The fields whose reading matters to the letter."""

_GOES_ON = re.compile(r"[\w|\]]|-\s?\w|[.,]\d|/\d| [|\]lI](?!\S)")
"""Behind a number: more of it, after a gap or a sign that the scan put there; a last 1 is often read as a stroke."""
_NO_MARKS = frozenset("$£€")
"""Before an identifier, these are a letter of it that was misread."""
_SIGN_OR_TWO = re.compile(r"[A-Z0-9]{1,3}")
_LOST, _WORDS_APART = 5.0, 1.5
"""Of a number's height: how much of it may be lost, and from where on print to the left is no word before it."""
_DRAWN_APART = re.compile(r"[A-Z] [A-Z]{2,4} ?\d")
"""A number whose first letter stands apart, or is a speck."""
_AMOUNT_GOES_ON = re.compile(r"[\w|\]]|[.,]\s?\d")
_YEARS = 5
"""An event of a letter lies no further back; a date of birth, taken for one because its label was misread, does."""
_EITHER = re.compile(r"[OQ](?=\d{2})|(?<=\d{2})[OQIL]")
"""Tesseract reads a nought beside letters as an O, sure of it or not."""
_LETTER_AMONG_DIGITS = re.compile(r"(?<=\d)[OoIl|]|[OoIl|](?=\d)")

F = TypeVar("F", bound=Finding)


@dataclass(frozen=True, slots=True)
class _Print:
    """Where a finding stands: its page, the words it rests on, and its span of the content."""

    page: Page
    words: tuple[Word, ...]
    start: int
    end: int


def with_doubts(letter: Letter, text: Text) -> Letter:
    """The letter with the doubts about its reading: values that must not be sure are not, with the reason.

    Nothing changes on pages that have but their own text: there a number is what it is.
    """
    if all(page.method is Method.TEXT for page in text.pages):
        return letter
    changed: dict[str, Any] = {}
    numbers = places_of_numbers(text)
    for name in READ_FIELDS:
        found = getattr(letter, name)
        if isinstance(found, tuple):
            changed[name] = tuple(_doubted(one, name, text, numbers) for one in found)
        elif found is not None:
            changed[name] = _doubted(found, name, text, numbers)
    if letter.claim_number is None and not all(_is_well_read(c.claim_number, text) for c in letter.claims):
        changed["needs_review"] = (*letter.needs_review, _CLAIMS)
    doubted = replace(letter, **changed)
    return replace(doubted, clocks=tuple(_as_its_start(clock, doubted.letter_date) for clock in doubted.clocks))


_CLAIMS = ReviewNote(field="claims", why="the number of a claim was not read well; compare it with the page")


def _is_well_read(number: str | None, text: Text) -> bool:
    """Whether a number of several, which has no finding of its own, was read well wherever it is printed."""
    if number is None:
        return True
    own = same_value(number)
    pages = [p for p in text.pages if own in same_value(text.content[p.start : p.end])]
    printed = [w for p in pages for w in p.words if same_value(text.content[w.start : w.end]) == own]
    if all(p.method is Method.TEXT for p in pages):
        return True
    return bool(printed) and all(w.confidence >= READ_WELL and w.other is None for w in printed)


def _as_its_start(clock: Clock, start: Finding | None) -> Clock:
    """A day counted from a date is no surer than that date."""
    if clock.due is None or clock.anchor is Anchor.UNSTATED or start is None:
        return clock
    return replace(clock, confidence=min(clock.confidence, start.confidence))


def _doubted(found: F, name: str, text: Text, numbers: Sequence[Place]) -> F:
    place = _print_of(found, text)
    if place is None or place.page.method is Method.TEXT:
        return found
    doubts = list(_disputed(found, place, digits_only=name == "clocks"))
    if name in _IDENTIFIERS or name in _DAYS or name in ("contacts", "diagnosis_codes"):
        doubts += _mended(found)
    if name in _DAYS and name != "date_of_birth":
        doubts += _out_of_time(found, text)
    if name in _IDENTIFIERS or name in _AMOUNTS:
        doubts += _cut_off(found, place, text, _AMOUNT_GOES_ON if name in _AMOUNTS else _GOES_ON)
    if name in _IDENTIFIERS:
        doubts += _begun_before(found, place, text)
        doubts += _run_over(found, place, text)
    if name in _IDENTIFIERS and _EITHER.search(found.value or ""):
        doubts.append(Rejected(value=None, text=found.text, page=found.page, why=EITHER))
    if name in _IDENTIFIERS:
        found, others = _voted(found, place, numbers)
        doubts += others
    if doubts:
        confidence = min(found.confidence, *(_CONFIDENCE[_kind(d.why)] for d in doubts))
        return replace(found, sure=False, confidence=confidence, rejected=(*found.rejected, *doubts))
    if min(w.confidence for w in place.words) >= READ_WELL or _is_confirmed(found, name, place, text, numbers):
        return found
    confidence = min(found.confidence, _DAY_BADLY_READ) if name in _DAYS else found.confidence
    return replace(found, sure=False, confidence=confidence)


def _is_confirmed(found: Finding, name: str, place: _Print, text: Text, numbers: Sequence[Place]) -> bool:
    """Whether a check digit, or another place that prints the same, makes up for words not read quite so well."""
    lowest = min(w.confidence for w in place.words)
    if name in _DAYS and lowest >= _DAY_READ_TWICE:
        return sum(day == found.value for day, _, _ in dates(text.content)) > 1
    if name == "provider_npi" and luhn(found.value or ""):
        return lowest >= _CHECKED
    if name in _IDENTIFIERS and lowest >= _READ_TWICE:
        return times_printed(found.value or "", numbers) > 1
    return False


def _kind(why: str) -> str:
    return next(kind for kind in _CONFIDENCE if why.startswith(kind))


def misread(found: Finding) -> str | None:
    """In words, why a person must look at how a value was read, or None."""
    for loser in found.rejected:
        if loser.why.startswith((SHOWN, TOLD)):
            return "the picture and the text of the page say different things here"
        if loser.why.startswith(FIRST):
            return "its print was read in two ways; compare it with the page"
        if loser.why == MENDED:
            return "signs that look alike were mended; compare it with the page"
        if loser.why == CUT_OFF:
            return "a part of it may be missing"
        if loser.why == ELSEWHERE:
            return "the letter prints it twice and it was read differently"
        if loser.why == IN_PART:
            return "it was read in part here, and is given as another place of the letter prints it"
        if loser.why == EITHER:
            return "a letter in it may be a digit that looks like it; compare it with the page"
        if loser.why == LATER:
            return "it lies years before other dates of the letter"
    return None


def _print_of(found: Finding, text: Text) -> _Print | None:
    page = next((p for p in text.pages if p.number == found.page), None)
    if page is None or not found.boxes:
        return None
    words = tuple(w for w in page.words if any(_within(w, box) for box in found.boxes))
    start = text.content.find(found.text, words[0].start) if words else -1
    return _Print(page, words, start, start + len(found.text)) if start >= 0 else None


def _within(word: Word, box: Sequence[float]) -> bool:
    x0, top, x1, bottom = box
    return word.box.x0 >= x0 and word.box.x1 <= x1 and word.box.top >= top and word.box.bottom <= bottom


def _disputed(found: Finding, place: _Print, *, digits_only: bool) -> Iterator[Rejected]:
    """The value as the other reading of its page has it."""
    disputed = [w for w in place.words if w.other is not None]
    if digits_only:  # a long sentence, in which only numbers matter
        disputed = [w for w in disputed if re.search(r"\d", f"{w.other} {_own(w, found, place)}")]
    if not disputed:
        return
    pieces, at = [], 0
    for word in disputed:
        first = max(0, word.start - place.start)
        pieces += [found.text[at:first], word.other or ""]
        at = min(len(found.text), word.end - place.start)
    other = "".join([*pieces, found.text[at:]])
    # A text layer's words are exact or wrong, not more or less well read.
    kind = FIRST if place.page.method is Method.OCR else SHOWN if disputed[0].confidence == 1.0 else TOLD
    yield Rejected(value=other, text=other, page=found.page, why=f"{kind} {other}")


def _own(word: Word, found: Finding, place: _Print) -> str:
    return found.text[max(0, word.start - place.start) : max(0, word.end - place.start)]


def _mended(found: Finding) -> Iterator[Rejected]:
    """What was printed, where the value says something else than a plain reading of it."""
    if isinstance(found, Contact):
        mended = found.channel in (Channel.PHONE, Channel.FAX) and bool(re.search(r"[A-Za-z|\]]", found.text))
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", found.value or ""):
        mended = bool(_LETTER_AMONG_DIGITS.search(found.text))
    else:
        mended = same_value(found.value or "") != same_value(found.text)
    if mended:
        yield Rejected(value=found.text, text=found.text, page=found.page, why=MENDED)


def _out_of_time(found: Finding, text: Text) -> Iterator[Rejected]:
    latest = max(dates(text.content), default=None)
    if latest and found.value and int(latest[0][:4]) - int(found.value[:4]) > _YEARS:
        value, start, end = latest
        page = next(p.number for p in text.pages if start < p.end)
        yield Rejected(value=value, text=text.content[start:end], page=page, why=LATER)


def _cut_off(found: Finding, place: _Print, text: Text, goes_on: re.Pattern[str]) -> Iterator[Rejected]:
    if goes_on.match(text.content, place.end):
        line_end = text.content.find("\n", place.end)
        rest = text.content[place.start : line_end if line_end >= 0 else None].split("\t")[0]
        longer = re.match(r"\S+(?:\s\S*\d\S*)?", rest)
        shown = longer.group() if longer else rest
        yield Rejected(value=None, text=shown, page=found.page, why=CUT_OFF)


def _begun_before(found: Finding, place: _Print, text: Text) -> Iterator[Rejected]:
    """A number whose first sign may be lost or too many."""
    before = text.content[max(0, place.start - 1) : place.start]
    if before in _NO_MARKS or _DRAWN_APART.match(found.text):
        yield Rejected(value=None, text=before + found.text, page=found.page, why=CUT_OFF)
    first = place.words[0].box
    height = first.bottom - first.top
    for word in place.page.words:
        shown = text.content[word.start : word.end]
        gap = first.x0 - word.box.x1
        # "F" and, far from it, "643492": what stood between them, nobody read.
        if 0 < gap < _LOST * height and _SIGN_OR_TWO.fullmatch(shown) and _is_level(word.box, first):
            ahead = (one.box for one in place.page.words if one.box.x1 <= word.box.x0)
            if not any(_is_level(one, first) and word.box.x0 - one.x1 < _WORDS_APART * height for one in ahead):
                yield Rejected(value=None, text=f"{shown} {found.text}", page=found.page, why=CUT_OFF)


def _run_over(found: Finding, place: _Print, text: Text) -> Iterator[Rejected]:
    """Print at either end of a number that was hardly read, and no blank between: a pen or a stamp runs over its rest.

    Such a word is often higher than a line, and so stands on another one in the text. Where it may be a piece of a
    number, as signs that a fax drew apart, a blank between them is none.
    """
    first, last = place.words[0].box, place.words[-1].box
    for word in place.page.words:
        if word.confidence < _HARDLY_READ and word not in place.words:
            shown = text.content[word.start : word.end]
            gap = _APART if _PIECE.fullmatch(shown) else _BLANK
            behind = _touch(last, word.box, gap) and word.box.x1 > last.x1
            if behind or (_touch(word.box, first, gap) and word.box.x0 < first.x0):
                yield Rejected(value=None, text=shown, page=found.page, why=CUT_OFF)


def _touch(left: Box, right: Box, gap: float) -> bool:
    """Whether one place ends where the other begins, by the height of the lower one."""
    height = min(left.bottom - left.top, right.bottom - right.top)
    return _is_level(left, right) and abs(right.x0 - left.x1) < gap * height


def _is_level(one: Box, other: Box) -> bool:
    """Whether two places share more than half the height of the lower one."""
    height = min(one.bottom - one.top, other.bottom - other.top)
    return min(one.bottom, other.bottom) - max(one.top, other.top) > height / 2


def _voted(found: F, place: _Print, numbers: Sequence[Place]) -> tuple[F, list[Rejected]]:
    """The finding as most places print it, or one prints it whole, and the reading that lost or stands against it."""
    value = found.value or ""
    if same_value(value) != same_value(found.text):
        return found, []
    labelled = [one.value for one in found.rejected if one.value and one.why in (OUTDONE, RIVAL)]
    other = other_mention(value, numbers, confidence=found.confidence, labelled=labelled)
    if other is None:
        return found, []
    if not other.outdoes:
        return found, [Rejected(value=other.printed, text=other.printed, page=other.page, why=ELSEWHERE)]
    why, how = (IN_PART, "whole") if other.whole else (MENDED, "voted")
    lost = Rejected(value=found.value, text=found.text, page=place.page.number, why=why)
    return replace(found, value=other.printed, rule=f"{found.rule}.{how}"), [lost]
