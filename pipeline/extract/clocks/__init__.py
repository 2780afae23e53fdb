"""Time limits that the letter itself states, with their due dates worked out."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from pipeline.extract.clocks.durations import YEARLESS, PrintedDay, printed_days
from pipeline.extract.clocks.limit import Limit
from pipeline.extract.clocks.limits import as_date, find_limits
from pipeline.extract.clocks.noticed import day_named, noticed_on, with_year
from pipeline.extract.dates import Dates
from pipeline.extract.kind.signs import signs_of
from pipeline.knowledge.calendar import due_date, limit_words, moves_on, working
from pipeline.language import Language, Reading
from pipeline.language.prose import content_span
from pipeline.language.reading import finding
from pipeline.values.letter import (
    Anchor,
    Clock,
    ClockBasis,
    ClockKind,
    Finding,
    LetterKind,
    Party,
    TimeUnit,
)

_FROM_LETTER = frozenset({Anchor.LETTER_DATE, Anchor.RECEIPT, Anchor.UNSTATED, Anchor.REMITTANCE_DATE})
_PRESUMED = re.compile(
    r"\b(?:presum|assum|deem|consider)\w*\b[^.]{0,80}\b(?:receiv|receipt)\w*[^.]{0,60}\b(?:five"
    r"|5)\b[^.]{0,12}\bdays\b"
    r"|\b(?:five|5)\b[^.]{0,12}\b(?:calendar )?days\b[^.]{0,60}\b(?:presum|assum|deem)\w*",
    re.IGNORECASE,
)
_MEDICARE = re.compile(r"\b(?:medicare|fehb|federal employees)\b", re.IGNORECASE)
_PRESUMED_DAYS = 5
_DECIDED = re.compile(
    r"\b(?:decision|determination|decided)(?: (?:of|on|was made on|made on|dated))?\s?:?\s", re.IGNORECASE
)
_DAY_LENGTH = 20
"""Characters of a printed day."""
_FAR_DAYS = 270
"""A day without a year that would lie further ahead than this may as well be one that has just passed."""


def find_clocks(
    reading: Reading, language: Language, *, dates: Dates, kind: LetterKind = LetterKind.OTHER
) -> tuple[Clock, ...]:
    """Every stated time limit once; in a letter that asks for papers (``kind``) what is to be sent is those."""
    limits = list(find_limits(reading, language, asks=kind is LetterKind.INFORMATION_REQUEST))
    if not limits:
        return ()
    after_appeal = kind is not LetterKind.DENIAL and _after_appeal(reading, language)
    limits = _own_words(limits, reading, after_appeal=after_appeal)
    presumed = bool(_PRESUMED.search(reading.prose.text))
    clocks = [_clock(reading, limit, dates=dates, presumed=presumed) for limit in limits]
    return tuple(_merged(clocks))


def _after_appeal(reading: Reading, language: Language) -> bool:
    signs = signs_of(reading, language)
    return bool(signs.decided(LetterKind.APPEAL_UPHELD) or signs.decided(LetterKind.DISMISSAL))


def _own_words(limits: list[Limit], reading: Reading, *, after_appeal: bool) -> list[Limit]:
    """The kinds as the contract names them.

    In a letter that decides an appeal the next "appeal" is the second level, and a decision "to come" has come. A
    Medicare or federal plan's reconsideration is its first appeal where the letter offers neither another nor a
    provider's dispute beside it.
    """
    kinds = {limit.kind for limit in limits}
    others = {ClockKind.INTERNAL_APPEAL, ClockKind.PROVIDER_DISPUTE} & kinds
    out = []
    for limit in limits:
        if after_appeal and limit.kind is ClockKind.INTERNAL_APPEAL:
            limit = replace(limit, kind=ClockKind.SECOND_LEVEL)
        if after_appeal and limit.later and limit.kind in (ClockKind.EXTERNAL_REVIEW, ClockKind.FAIR_HEARING):
            limit = replace(limit, later=False, anchor=Anchor.LETTER_DATE)
        first = limit.kind is ClockKind.RECONSIDERATION and not others
        if first and _MEDICARE.search(reading.prose.text):
            limit = replace(limit, kind=ClockKind.SECOND_LEVEL if after_appeal else ClockKind.INTERNAL_APPEAL)
        out.append(limit)
    return out


def _clock(reading: Reading, limit: Limit, *, dates: Dates, presumed: bool) -> Clock:
    found = finding(
        reading,
        content_span(reading.prose, limit.start, limit.end),
        value=None,
        rule=limit.rule,
        confidence=limit.confidence,
    )
    letter = as_date(dates.letter_date.value) if dates.letter_date else noticed_on(reading)
    if limit.printed and letter is None and (day := with_year(limit.printed, reading)):
        limit = replace(limit, printed=replace(limit.printed, day=day))
    if limit.runs_from and limit.since is None and (since := day_named(limit.runs_from, reading)):
        limit = replace(limit, since=since, runs_from=None)
    if limit.printed:
        return _by_printed_day(found, limit, limit.printed, letter=letter)
    if limit.duration is None:
        raise ValueError("a limit has a duration or a printed day")
    amount, unit = limit.duration.amount, limit.duration.unit
    start, why = _start(limit, dates, letter, decided=_decided_on(reading))
    if limit.since is not None and limit.kind is not ClockKind.PAYER_DECISION:
        start = min(filter(None, (start, limit.since)))
    rolls = moves_on(limit.kind, amount=amount, unit=unit)
    due = due_date(start, amount=amount, unit=unit, next_month=rolls) if start else None
    latest = due + timedelta(days=_PRESUMED_DAYS) if due and presumed and limit.anchor is Anchor.RECEIPT else None
    if due and letter and limit.since and due < letter:
        words = f"{limit_words(amount, unit)} from {limit.since}, over before the letter date {letter}: ask the payer"
        return _made(found, limit, amount=amount, due=None, latest=None, basis=ClockBasis.CONFIRM, words=words)
    return _made(
        found, limit, amount=amount, due=due, latest=latest, basis=ClockBasis.STATED,
        words=_working(limit, amount, unit, start=start, why=why),
    )  # fmt: skip


def _working(limit: Limit, amount: int, unit: TimeUnit, *, start: date | None, why: str) -> str:
    if start is None:
        return f"{limit_words(amount, unit)}; {why}"
    rolls = moves_on(limit.kind, amount=amount, unit=unit)
    return working(start, amount=amount, unit=unit, anchor=limit.anchor, next_month=rolls)


def _decided_on(reading: Reading) -> date | None:
    """The day behind the word for the decision, where no label gives it: ``Decision of 11 Nov 2026: adverse``."""
    for said in _DECIDED.finditer(reading.prose.text):
        days = printed_days(reading.prose.text[said.end() : said.end() + _DAY_LENGTH])
        if days and days[0].start == 0 and days[0].day.year != YEARLESS:
            return days[0].day
    return None


def _start(limit: Limit, dates: Dates, letter: date | None, *, decided: date | None) -> tuple[date | None, str]:
    """The day a limit runs from as far as it is known, else why it is not."""
    if limit.kind is ClockKind.PAYER_DECISION:
        return None, "the payer's own time, which starts with a request"
    if limit.later:
        return None, "it runs from a decision that is still to come"
    if limit.runs_from is not None and limit.since is None:
        return None, f"it runs from “{limit.runs_from}”, a day that is not known"
    if limit.anchor in _FROM_LETTER:
        return letter, "the letter date was not found"
    if limit.anchor is Anchor.DECISION_DATE:
        stated = dates.decision_date.value if dates.decision_date else None
        earliest = min(filter(None, (decided, letter)), default=None)
        return as_date(stated) or earliest, "the date of the decision was not found"
    if limit.anchor is Anchor.DATE_OF_SERVICE:
        days = sorted(f.value for f in dates.dates_of_service if f.value)
        return as_date(days[0]) if days else None, "the date of service was not found"
    if limit.anchor is Anchor.REQUEST_DATE:
        stated = dates.request_received_date.value if dates.request_received_date else None
        return as_date(stated), "the date of the request was not found"
    return None, "the date it runs from is not in the letter"


def _by_printed_day(found: Finding, limit: Limit, printed: PrintedDay, *, letter: date | None) -> Clock:
    day = printed.after(letter) if letter else printed.day
    yearless = printed.day.year == YEARLESS
    if yearless and (letter is None or (day - letter).days > _FAR_DAYS):
        words = f"the letter prints {printed.day:%B} {printed.day.day} without a year: ask the payer at once"
        return _made(found, limit, amount=None, due=None, latest=None, basis=ClockBasis.CONFIRM, words=words)
    if letter and day < letter:
        words = f"the printed date {day} lies before the letter date {letter}: ask the payer at once"
        return _made(found, limit, amount=None, due=None, latest=None, basis=ClockBasis.CONFIRM, words=words)
    return _made(
        found, limit, amount=None, due=day, latest=None, basis=ClockBasis.STATED_DATE,
        words=f"the day before {day + timedelta(days=1)}" if printed.eve else f"the letter prints {day.isoformat()}",
    )  # fmt: skip


def _made(
    found: Finding,
    limit: Limit,
    *,
    amount: int | None,
    due: date | None,
    latest: date | None,
    basis: ClockBasis,
    words: str,
) -> Clock:
    printed = limit.printed
    iso = due.isoformat() if due else None
    return Clock(
        value=iso,
        text=found.text,
        page=found.page,
        boxes=found.boxes,
        confidence=found.confidence,
        rule=found.rule,
        kind=limit.kind,
        for_=limit.party,
        amount=amount,
        unit=limit.duration.unit if limit.duration else None,
        anchor=limit.anchor,
        due=iso,
        due_at=f"{iso} {printed.time}" if printed and printed.time and iso else None,
        due_latest=latest.isoformat() if latest else None,
        basis=basis,
        working=words,
        runs_from=limit.runs_from,
    )


def _merged(clocks: Iterable[Clock]) -> list[Clock]:
    """Each limit once: repeats joined, a printed day joined with the number that gives the same day."""
    out: list[Clock] = []
    for clock in clocks:
        same = next((i for i, c in enumerate(out) if c.kind is clock.kind and _same(c, clock)), None)
        if same is None:
            out.append(clock)
        else:
            out[same] = _joined(out[same], clock)
    return [_against(clock, out) for clock in out if not _is_day_after(clock, out)]


def _is_day_after(clock: Clock, clocks: list[Clock]) -> bool:
    """Whether it is the day on which a limit has passed: ``within 45 days; on the 46th day we deny the claim``."""
    days = {c.amount for c in clocks if c.kind is clock.kind and c.unit is TimeUnit.DAY}
    return clock.unit is TimeUnit.DAY and clock.amount is not None and clock.amount - 1 in days


def _same(one: Clock, other: Clock) -> bool:
    if one.amount is not None and other.amount is not None:
        return one.amount == other.amount and one.unit is other.unit
    return one.due is not None and one.due == other.due


def _joined(one: Clock, other: Clock) -> Clock:
    """The better worded of two that say the same, with the earlier day."""
    if one.amount is None:
        one, other = other, one
    if other.amount is None:
        return replace(one, due_at=one.due_at or other.due_at, working=f"{one.working}; {other.working}")
    stated = [c for c in (one, other) if c.anchor is not Anchor.UNSTATED]
    best = stated[0] if stated else one
    days = sorted(c.due for c in (one, other) if c.due)
    party = best.for_ if one.for_ is other.for_ else Party.EITHER
    if best.due and days and days[0] != best.due:
        best = next(c for c in (one, other) if c.due == days[0])
    return replace(best, for_=party)


def _against(clock: Clock, clocks: list[Clock]) -> Clock:
    """Says so where the same limit is given with another day."""
    others = sorted({c.due for c in clocks if c.kind is clock.kind and c.due and c.due != clock.due})
    mixed = any((c.amount is None) != (clock.amount is None) for c in clocks if c.kind is clock.kind)
    if not (clock.due and others and mixed):
        return clock
    return replace(clock, working=f"{clock.working}; the letter also gives {others[0]}: work to the earlier")
