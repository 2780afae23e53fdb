"""A limit that a letter states, counted again from the day it really runs from, over every way it can be read."""

from dataclasses import replace
from datetime import date, timedelta

from pipeline.knowledge.calendar import ANCHOR_WORDS, due_date, latest_date, moves_on, working
from pipeline.plan.threads import CaseLetter
from pipeline.plan.timeline import day_of, letter_day, service_days
from pipeline.values.letter import Clock, Finding
from pipeline.values.vocabulary import Anchor, ClockBasis, ClockKind, LetterKind, TimeUnit

MAIL_DAYS = 5
"""Days a letter is taken to have been under way where its own date cannot be read (Medicare's presumption)."""

_NEAR_DAYS = 120
_READ_WELL = 0.7
_FROM_LETTER = frozenset({Anchor.LETTER_DATE, Anchor.UNSTATED, Anchor.RECEIPT, Anchor.REMITTANCE_DATE})


def checked(clock: Clock, case_letter: CaseLetter, *, begun: date | None = None) -> Clock:
    """The clock counted again from what the letter says; without a letter date from the receipt, to be confirmed.

    ``due`` is the earliest day of every reading, a printed day among them, and ``due_latest`` the last one. ``begun``
    is the day of the first letter of the case: the remittance that a later letter speaks of is no younger.
    """
    if clock.amount is None or clock.unit is None or clock.kind is ClockKind.PAYER_DECISION:
        return clock
    start, sure = _start(clock.anchor, case_letter, begun)
    if start is None:
        return clock
    rolls = moves_on(clock.kind, amount=clock.amount, unit=clock.unit)
    try:
        counted = due_date(start, amount=clock.amount, unit=clock.unit, next_month=rolls)
    except ValueError:
        return clock
    told = working(start, amount=clock.amount, unit=clock.unit, anchor=clock.anchor, next_month=rolls)
    if not sure:
        return clock if clock.basis is ClockBasis.STATED_DATE and clock.due else _unsure(clock, counted, told)
    if clock.anchor in (Anchor.RECEIPT, Anchor.REMITTANCE_DATE):
        told = told.replace(ANCHOR_WORDS[clock.anchor], f"{ANCHOR_WORDS[clock.anchor]}, at the earliest")
    printed = date.fromisoformat(clock.due) if clock.due else counted
    due = min(printed, counted)
    if printed > counted:
        told += f"; the letter prints {printed}, which does not fit: the earlier day is worked to"
    elif printed < counted:
        told += f"; the letter prints {printed}: the printed earlier day holds"
    latest = max(printed, _latest(clock.anchor, start, case_letter, amount=clock.amount, unit=clock.unit), due)
    if clock.due_latest:
        latest = max(latest, date.fromisoformat(clock.due_latest))
    if clock.runs_from is not None:
        told = f"the letter counts from “{clock.runs_from}”, a day that is not known: {told}"
    return replace(
        clock,
        due=due.isoformat(),
        value=due.isoformat(),
        due_latest=latest.isoformat() if latest > due else None,
        basis=clock.basis if clock.runs_from is None else ClockBasis.CONFIRM,
        working=told,
    )


def counted_from(case_letter: CaseLetter) -> date:
    """The letter date; without one (or with one after the receipt) the safest day that is known instead.

    Where our stamp lies before the letter's date, one of the two was misread: the earlier day is counted from.
    """
    received = receipt(case_letter)
    if (stamped := stamp_before(case_letter)) is not None:
        return stamped
    for found in (letter_day(case_letter.letter), day_of(case_letter.letter.decision_date)):
        if found is not None and found <= received:
            return found
    # A letter is older than its receipt by the days it was under way, and counting from an earlier day is never late.
    return received - timedelta(days=MAIL_DAYS)


def receipt(case_letter: CaseLetter) -> date:
    """The day the letter reached us: our stamp where it is the earlier, else the day it came into the inbox.

    A stamp before the letter's own date is one of the two misread; the letter's date holds then.
    """
    stamped, written = day_of(case_letter.letter.received_date), letter_day(case_letter.letter)
    if stamped is None or (written is not None and stamped < written <= case_letter.received):
        return case_letter.received
    return min(stamped, case_letter.received)


def stamp_before(case_letter: CaseLetter) -> date | None:
    """Our stamp where it lies shortly before the letter's own date; one of another year is a misreading by itself."""
    stamped, written = day_of(case_letter.letter.received_date), letter_day(case_letter.letter)
    if stamped is None or written is None or written > case_letter.received:
        return None
    return stamped if timedelta(0) < written - stamped <= timedelta(days=_NEAR_DAYS) else None


def is_well_read(day: Finding | None) -> bool:
    """Whether a day may be counted from: one that a scan blurred, or that is printed in two readings, is confirmed."""
    return day is not None and day.confidence >= _READ_WELL


def _latest(anchor: Anchor, start: date, case_letter: CaseLetter, *, amount: int, unit: TimeUnit) -> date:
    """The outer limit: the last reading, from our stamp where the limit runs from receipt."""
    stamped = day_of(case_letter.letter.received_date) if anchor is Anchor.RECEIPT else None
    begun = max(start, stamped) if stamped is not None and stamped <= case_letter.received else start
    return latest_date(begun, amount=amount, unit=unit)


def _unsure(clock: Clock, counted: date, told: str) -> Clock:
    due = min(counted.isoformat(), clock.due or "9999")
    counted_words = told.replace(ANCHOR_WORDS[clock.anchor], "the safest known day")
    why = f"the letter date is not clearly readable or lies after the receipt: {counted_words}"
    return replace(clock, due=due, value=due, basis=ClockBasis.CONFIRM, working=why)


def _start(anchor: Anchor, case_letter: CaseLetter, begun: date | None) -> tuple[date | None, bool]:
    letter = case_letter.letter
    if anchor is Anchor.REMITTANCE_DATE and letter.kind is not LetterKind.REMITTANCE:
        return _remitted(case_letter, begun)
    if anchor is Anchor.DATE_OF_SERVICE:
        days = service_days(letter)
        return (days[0], True) if days else (None, False)
    if anchor is Anchor.DECISION_DATE:
        decided = day_of(letter.decision_date)
        if decided is not None:
            # A decision is not younger than the letter that tells of it.
            written = letter_day(letter)
            return min(decided, written or decided), is_well_read(letter.decision_date)
    if anchor in _FROM_LETTER or anchor is Anchor.DECISION_DATE:
        start = counted_from(case_letter)
        return start, start == letter_day(letter) and is_well_read(letter.letter_date)
    return None, False


def _remitted(case_letter: CaseLetter, begun: date | None) -> tuple[date, bool]:
    """The day of the remittance that a letter speaks of: that of the letter, or of the case's first where it is older.

    A letter that decides an appeal is younger than the remittance: without an earlier letter its day is not known.
    """
    start = counted_from(case_letter)
    sure = start == letter_day(case_letter.letter) and is_well_read(case_letter.letter.letter_date)
    if begun is not None and begun < start:
        return begun, sure
    return start, sure and case_letter.letter.kind not in (LetterKind.APPEAL_UPHELD, LetterKind.DISMISSAL)
