"""Time limits that law and contracts add to what a letter states."""

from collections.abc import Iterable
from datetime import date

from pipeline.knowledge.calendar import ANCHOR_WORDS, due_date, working
from pipeline.knowledge.clocks import ClockPath, ClockRule, Track
from pipeline.knowledge.entry import Verified
from pipeline.plan.situation import Situation, words
from pipeline.plan.threads import payer_key
from pipeline.plan.timeline import Stage, day_of, service_days
from pipeline.values.letter import Clock
from pipeline.values.vocabulary import Anchor, ClockBasis, ClockKind, Party, TimeUnit

_CONFIDENCE = {Verified.PRIMARY: 0.9, Verified.SECONDARY: 0.7, Verified.KNOWN: 0.4}


def rule_clocks(situation: Situation, *, kinds: frozenset[ClockKind], from_day: date, dated: bool) -> tuple[Clock, ...]:
    """The limits of the knowledge and of our contract for these kinds, earliest first.

    ``from_day`` is the letter date (``dated``) or the safest day instead of it. Where the track is not known every
    track's limit is given, all to be confirmed; where none fits, the shortest of any level.
    """
    contract = _contract_clocks(situation, kinds, from_day, dated=dated)
    agreed = {clock.kind for clock in contract}
    rules = [rule for rule in _fitting(situation, kinds) if rule.kind not in agreed]
    # Days for a retroactive authorization are so few and so uncertain that they would only ever say "too late"; a
    # day for records runs only where the letter asks for them.
    silent = {ClockKind.RETRO_AUTHORIZATION}
    if situation.level.stage is not Stage.REQUEST:
        silent.add(ClockKind.RECORDS_DUE)
    rules = [rule for rule in rules if rule.kind not in silent]
    clocks = _clocks(rules, situation, from_day, dated=dated, guessed=False)
    if not clocks and not contract:
        rules = [r for r in situation.knowledge.clocks if r.kind in kinds - silent and r.path in (None, situation.path)]
        clocks = _clocks(rules, situation, from_day, dated=dated, guessed=True)
    ordered = sorted((*contract, *clocks), key=lambda c: (c.due or "", c.basis is ClockBasis.CONFIRM, c.rule))
    return tuple({(c.kind, c.due, c.due_latest): c for c in reversed(ordered)}.values())[::-1]


def _fitting(situation: Situation, kinds: frozenset[ClockKind]) -> list[ClockRule]:
    payer = payer_key(words(situation.letter.payer))
    level = situation.level.number
    rules = [
        rule
        for rule in situation.knowledge.clocks
        if rule.kind in kinds
        and rule.path in (None, situation.path)
        and rule.level in (0, level)
        and (not rule.timings or situation.timing in rule.timings)
        and (not rule.payers or any(name in payer for name in rule.payers))
    ]
    if situation.track is not Track.UNKNOWN:
        own = [rule for rule in rules if situation.track in rule.tracks]
        rules = own or [rule for rule in rules if not rule.tracks]
    elif situation.path is ClockPath.PROVIDER:
        # Contract windows know no track; a letter that shows no sign of Medicare is not worked to its clock.
        rules = [rule for rule in rules if not rule.tracks] or rules
    named = {rule.kind for rule in rules if rule.payers}
    return [rule for rule in rules if rule.payers or rule.kind not in named]


def _clocks(rules: list[ClockRule], situation: Situation, from_day: date, *, dated: bool, guessed: bool) -> list[Clock]:
    built = (_clock(rule, situation, from_day, dated=dated, guessed=guessed) for rule in rules)
    return [clock for clock in built if clock is not None]


def _clock(rule: ClockRule, situation: Situation, from_day: date, *, dated: bool, guessed: bool) -> Clock | None:
    start = from_day
    if rule.anchor is Anchor.DATE_OF_SERVICE:
        days = service_days(situation.letter)
        if not days:
            return None
        start = days[0]
    sure = dated and situation.track is not Track.UNKNOWN and situation.path_sure
    unsure = guessed or not sure or rule.contract or rule.verified is Verified.KNOWN
    due = due_date(start, amount=rule.amount, unit=rule.unit)
    latest = (
        due_date(start, amount=rule.latest_amount, unit=rule.unit)
        if rule.latest_amount
        else _from_receipt(rule, situation)
    )
    told = f"{rule.meaning}: {_working(rule, start, dated=dated)}"
    return Clock(
        value=due.isoformat(),
        text="",
        page=situation.letter.pages[0],
        boxes=(),
        confidence=_CONFIDENCE[rule.verified],
        rule=f"{rule.id}:floor" if rule.floor else rule.id,
        kind=rule.kind,
        for_=rule.for_,
        amount=rule.amount,
        unit=rule.unit,
        anchor=rule.anchor,
        due=due.isoformat(),
        due_latest=latest.isoformat() if latest is not None and latest > due else None,
        basis=ClockBasis.CONFIRM if unsure else ClockBasis.RULE,
        rule_cite=rule.cite,
        working=told,
    )


def _from_receipt(rule: ClockRule, situation: Situation) -> date | None:
    """The outer limit where the law counts from receipt and our stamp shows it."""
    stamped = day_of(situation.letter.received_date)
    if rule.anchor is not Anchor.RECEIPT or stamped is None:
        return None
    return due_date(stamped, amount=rule.amount, unit=rule.unit)


def _working(rule: ClockRule, start: date, *, dated: bool) -> str:
    # A limit that runs from receipt is counted from the letter date: that is never later.
    anchor = Anchor.LETTER_DATE if rule.anchor is Anchor.RECEIPT else rule.anchor
    told = working(start, amount=rule.amount, unit=rule.unit, anchor=anchor)
    if dated or anchor is not Anchor.LETTER_DATE:
        return told
    counted = told.replace(ANCHOR_WORDS[Anchor.LETTER_DATE], "the safest known day")
    return f"the letter date is not clearly readable or lies after the receipt: {counted}"


def _contract_clocks(
    situation: Situation, kinds: frozenset[ClockKind], from_day: date, *, dated: bool
) -> tuple[Clock, ...]:
    terms = situation.contract
    if terms is None or not situation.after_service:
        return ()
    windows: Iterable[tuple[ClockKind, int | None]] = (
        (ClockKind.PROVIDER_DISPUTE, terms.dispute_days),
        (ClockKind.CORRECTED_CLAIM, terms.corrected_claim_days),
        (ClockKind.RETRO_AUTHORIZATION, terms.retro_authorization_days),
    )
    return tuple(
        Clock(
            value=(due := due_date(from_day, amount=days, unit=TimeUnit.DAY)).isoformat(),
            text="",
            page=situation.letter.pages[0],
            boxes=(),
            confidence=0.9,
            rule="practice.contracts",
            kind=kind,
            for_=Party.PROVIDER,
            amount=days,
            unit=TimeUnit.DAY,
            anchor=Anchor.LETTER_DATE,
            due=due.isoformat(),
            basis=ClockBasis.RULE if dated else ClockBasis.CONFIRM,
            rule_cite="our contract (practice.yaml)",
            working=working(from_day, amount=days, unit=TimeUnit.DAY, anchor=Anchor.LETTER_DATE),
        )
        for kind, days in windows
        if kind in kinds and days is not None
    )
