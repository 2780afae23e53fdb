"""The letters of one case in order of their dates: which appeal level each opens, and what closes it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipeline.plan.threads import CaseLetter, denies, is_ours, narrowed
from pipeline.plan.ties import near
from pipeline.values.letter import Finding, Letter
from pipeline.values.task import FollowUp, FollowUpAct
from pipeline.values.vocabulary import LetterKind
from pipeline.values.worklist import Listed


class Stage(StrEnum):
    """What kind of duty a level is."""

    REQUEST = "request"
    DENIAL = "denial"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    DEMAND = "demand"


class Outcome(StrEnum):
    """What a later letter made of a level."""

    OPEN = "open"
    SUPERSEDED = "superseded"
    UPHELD = "upheld"
    OVERTURNED = "overturned"
    PARTIALLY_OVERTURNED = "partially_overturned"
    PAID = "paid"


_YEARS = (1990, 2100)
"""A year outside is a misreading."""

_OVER = frozenset({Outcome.SUPERSEDED, Outcome.UPHELD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a case. ``letters`` are the letters that opened it, oldest first; the ``base`` speaks for them.

    ``closers`` are the later letters that decided it, the last one last, ``acknowledged`` the payer's receipt of an
    appeal, ``sent`` our own appeal that lies on file. ``filed`` is what a person wrote down of the last sending since
    the level's last letter, ``arrived`` that the payer says it has it, ``reminder`` the day to look at it again.
    ``begun`` is the day of the case's first letter that refuses or remits something.
    """

    stage: Stage
    number: int
    letters: tuple[CaseLetter, ...]
    outcome: Outcome = Outcome.OPEN
    closers: tuple[CaseLetter, ...] = ()
    acknowledged: CaseLetter | None = None
    sent: CaseLetter | None = None
    filed: FollowUp | None = None
    arrived: FollowUp | None = None
    reminder: FollowUp | None = None
    begun: date | None = None

    @property
    def follow_ups(self) -> tuple[FollowUp, ...]:
        """Everything written down about sending, oldest first, that was not taken back."""
        rows = sorted((row for c in self.letters for row in c.follow_ups), key=lambda row: row.id)
        gone = {row.undoes for row in rows if row.act is FollowUpAct.TAKEN_BACK}
        return tuple(row for row in rows if row.act is not FollowUpAct.TAKEN_BACK and row.id not in gone)

    @property
    def waits(self) -> bool:
        """Whether the next word is the payer's: it has what we sent, or it was sent."""
        return self.acknowledged is not None or self.filed is not None

    @property
    def closer(self) -> Letter | None:
        """The letter that decided the level in the end."""
        return self.closers[-1].letter if self.closers else None

    @property
    def key(self) -> str:
        """The part of a task's id that tells this level from the others of its case."""
        return "R1" if self.stage is Stage.DEMAND else f"L{self.number}"

    @property
    def listed(self) -> Listed:
        """What our own worklist says of the claim, by any letter that it was found for."""
        return next((c.listed for c in self.letters if c.listed is not None), Listed())

    @property
    def base(self) -> CaseLetter:
        """The newest letter that says most: a letter before a remittance."""
        return max(self.letters, key=lambda c: (c.letter.kind is not LetterKind.REMITTANCE, *order(c)))


def order(case_letter: CaseLetter) -> tuple[date, str]:
    """Sort key of a letter: its date, else the day we got it; then its id, so that the order is always the same."""
    day = case_letter.told_on or letter_day(case_letter.letter) or case_letter.received
    return day, case_letter.letter.letter_id


def letter_day(letter: Letter) -> date | None:
    """The letter's own date."""
    return day_of(letter.letter_date)


def day_of(found: Finding | None) -> date | None:
    """The day a finding names; None where it names none that can be."""
    try:
        day = date.fromisoformat(found.value) if found is not None and found.value else None
    except ValueError:
        return None
    return day if day is not None and _YEARS[0] <= day.year <= _YEARS[1] else None


def service_days(letter: Letter) -> list[date]:
    """The dates of service, earliest first."""
    return sorted(day for found in letter.dates_of_service if (day := day_of(found)) is not None)


def levels(letters: Sequence[CaseLetter]) -> tuple[Level, ...]:
    """The levels of a case, lowest first, the payer's demand last; the same whatever the order of ``letters``."""
    unique = {(c.letter.letter_id, c.claim_index): c for c in letters}
    told = sorted(_as_dated([_narrow(c) for c in unique.values()]), key=order)
    groups = _groups(told)
    days = (order(c)[0] for c in told if denies(c.letter) or c.letter.kind is LetterKind.REMITTANCE)
    begun = min(days, default=None)
    built = [
        Level(stage=_stage(group), number=number, letters=tuple(group), begun=begun)
        for (_, number), group in sorted(groups.items())
    ]
    return tuple(_closed(level, built, told) for level in built)


def _narrow(case_letter: CaseLetter) -> CaseLetter:
    return replace(case_letter, letter=narrowed(case_letter.letter, claim_index=case_letter.claim_index))


def _as_dated(told: list[CaseLetter]) -> list[CaseLetter]:
    """A copy whose date was not read, or read otherwise, stands where the letter it is a copy of does."""
    firsts = sorted((c for c in told if letter_day(c.letter) is not None), key=order)
    placed = []
    for case_letter in told:
        same = (c for c in firsts if c is not case_letter and _is_copy(c.letter, case_letter.letter))
        first = next(same, None)
        if first is not None and order(first) < order(case_letter):
            placed.append(replace(case_letter, told_on=order(first)[0]))
        else:
            placed.append(case_letter)
    return placed


def _is_copy(one: Letter, other: Letter) -> bool:
    if one.kind is not other.kind or not near(one.fingerprint or "", other.fingerprint or ""):
        return False
    days = letter_day(one), letter_day(other)
    services = service_days(one), service_days(other)
    return services[0] == services[1] and (None in days or days[0] == days[1] or one.fingerprint == other.fingerprint)


def _groups(told: list[CaseLetter]) -> dict[tuple[int, int], list[CaseLetter]]:
    groups: dict[tuple[int, int], list[CaseLetter]] = {}
    upheld_on: list[date] = []
    for case_letter in told:
        letter = case_letter.letter
        if not denies(letter):
            continue
        thread, number = 0, 1
        if letter.kind is LetterKind.OVERPAYMENT_DEMAND:
            thread = 1
        elif letter.kind is LetterKind.INFORMATION_REQUEST:
            number = 0
        elif letter.kind is LetterKind.APPEAL_UPHELD:
            # A second copy has the same date: it opens no further level.
            day = order(case_letter)[0]
            if day not in upheld_on:
                upheld_on.append(day)
            number = 2 + upheld_on.index(day)
        elif letter.kind is LetterKind.DISMISSAL:
            number = 1 + len(upheld_on)
        groups.setdefault((thread, number), []).append(case_letter)
    return groups


def _stage(group: list[CaseLetter]) -> Stage:
    kinds = [c.letter.kind for c in group]
    if kinds[-1] is LetterKind.DISMISSAL:
        return Stage.DISMISSED
    if LetterKind.OVERPAYMENT_DEMAND in kinds:
        return Stage.DEMAND
    if LetterKind.INFORMATION_REQUEST in kinds:
        return Stage.REQUEST
    return Stage.UPHELD if LetterKind.APPEAL_UPHELD in kinds else Stage.DENIAL


def _closed(level: Level, built: list[Level], told: list[CaseLetter]) -> Level:
    last = order(level.letters[-1])[0]
    higher = [o for o in built if o.stage is not Stage.DEMAND and o.number > level.number]
    outcome = Outcome.OPEN
    closers: list[CaseLetter] = []
    if level.stage is Stage.REQUEST and any(order(o.letters[-1])[0] >= last for o in higher):
        outcome = Outcome.SUPERSEDED
    elif level.stage is not Stage.DEMAND and higher:
        outcome = Outcome.UPHELD
    acknowledged = sent = None
    upper = min((order(o.letters[0])[0] for o in higher), default=date.max)
    for case_letter in told:
        letter, day = case_letter.letter, order(case_letter)[0]
        if day < last:
            continue
        if is_ours(letter) and day < upper and level.stage is not Stage.REQUEST:
            sent = case_letter
        if letter.kind is LetterKind.ACKNOWLEDGEMENT and outcome is Outcome.OPEN:
            acknowledged = case_letter
        decided = _decision(letter, same_day=day == last, so_far=outcome)
        if decided is not None and level.stage is not Stage.DEMAND and outcome not in _OVER:
            outcome = decided
            closers.append(case_letter)
            acknowledged = None  # what was confirmed has been decided
    return _followed(
        replace(
            level, outcome=outcome, closers=tuple(closers), acknowledged=acknowledged, sent=sent,
        ),
        since=max([last, *(order(c)[0] for c in closers)]),
    )  # fmt: skip


def _followed(level: Level, *, since: date) -> Level:
    """The level with what was sent: what the payer wrote after a sending, or its decision, has answered it."""
    filed = arrived = reminder = None
    for row in level.follow_ups:
        if row.act is FollowUpAct.REMIND:
            reminder = row
        elif date.fromisoformat(row.day) < since:
            continue
        elif row.act is FollowUpAct.SENT:
            filed, arrived, reminder = row, None, None
        elif row.act is FollowUpAct.ARRIVED:
            arrived, reminder = row, None
    return replace(level, filed=filed, arrived=arrived if filed is not None else None, reminder=reminder)


def _decision(letter: Letter, *, same_day: bool, so_far: Outcome) -> Outcome | None:
    if letter.kind is LetterKind.APPEAL_OVERTURNED:
        partly = "partial" in (letter.subtype or "") or bool(letter.denial_reasons)
        return Outcome.PARTIALLY_OVERTURNED if partly else Outcome.OVERTURNED
    if letter.kind is LetterKind.APPROVAL and not same_day:
        return Outcome.OVERTURNED
    if letter.kind is LetterKind.REMITTANCE and not denies(letter) and paid(letter) >= 0:
        decided_anew = so_far is Outcome.OPEN and not same_day and paid(letter) > 0
        return Outcome.PAID if so_far is Outcome.OVERTURNED or decided_anew else None
    return None


def paid(letter: Letter) -> Decimal:
    """What the lines of a remittance pay; below nothing where it takes a payment back."""
    amounts = (line.paid for claim in letter.claims for line in claim.lines)
    return sum((Decimal(amount) for amount in amounts if amount is not None), Decimal(0))
