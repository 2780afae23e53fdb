"""Time limits that law, payers and contracts add to what a letter states: ours, and the payer's own for its answer."""

from collections.abc import Iterable
from datetime import date

from pipeline.knowledge.calendar import (
    ANCHOR_WORDS,
    business_day_on_or_after,
    due_date,
    latest_date,
    moves_on,
    working,
)
from pipeline.knowledge.clocks import ClockPath, ClockRule, Track
from pipeline.knowledge.entry import Verified
from pipeline.plan.situation import Situation
from pipeline.plan.threads import payer_key
from pipeline.plan.timeline import Stage, day_of, letter_day, service_days
from pipeline.values.letter import Clock, value_of
from pipeline.values.task import Action
from pipeline.values.vocabulary import Anchor, ClockBasis, ClockKind, Party, TimeUnit

_CONFIDENCE = {Verified.PRIMARY: 0.9, Verified.SECONDARY: 0.7, Verified.KNOWN: 0.4}


def rule_clocks(situation: Situation, *, kinds: frozenset[ClockKind], from_day: date, dated: bool) -> tuple[Clock, ...]:
    """The limits of the knowledge and of our contract for these kinds, earliest first.

    ``from_day`` is the letter date (``dated``) or the safest day instead of it. Where the track is not known every
    track's limit is given, all to be confirmed; where none fits, the shortest of any level.
    """
    contract = _contract_clocks(situation, kinds, from_day, dated=dated)
    agreed = {clock.kind for clock in contract}
    # Days for a retroactive authorization are so few and so uncertain that they would only ever say "too late"; a
    # day for records runs only where the letter asks for them.
    silent = {ClockKind.RETRO_AUTHORIZATION, ClockKind.PAYER_DECISION, ClockKind.PEER_TO_PEER}
    if situation.level.stage is not Stage.REQUEST:
        silent.add(ClockKind.RECORDS_DUE)
    rules = [rule for group in _groups(kinds - silent) for rule in _fitting(situation, group, from_day)]
    rules = [r for r in rules if r.kind not in agreed and not (r.contract and r.kind in _FILINGS and agreed & _FILINGS)]
    clocks = _clocks(rules, situation, from_day, dated=dated, guessed=False)
    if not clocks and not contract:
        rules = [r for r in situation.knowledge.clocks if r.kind in kinds - silent and r.path in (None, situation.path)]
        clocks = _clocks(rules, situation, from_day, dated=dated, guessed=True)
    ordered = sorted((*contract, *clocks), key=lambda c: (c.due or "", c.basis is ClockBasis.CONFIRM, c.rule))
    return tuple({(c.kind, c.due, c.due_latest): c for c in reversed(ordered)}.values())[::-1]


def answer_clock(situation: Situation, action: Action, *, filed_on: date) -> Clock | None:
    """By when the payer must answer what was filed on ``filed_on``: the narrowest rule that fits."""
    answers = frozenset({ClockKind.PAYER_DECISION})
    rules = _fitting(situation, answers, filed_on, action=action)
    if not rules:
        return None
    rule = min(rules, key=lambda r: (not r.payers, not r.states, not r.tracks, not r.timings, r.id))
    return _clock(rule, situation, filed_on, dated=True, guessed=False)


_FILINGS = frozenset(
    {
        ClockKind.INTERNAL_APPEAL,
        ClockKind.PROVIDER_DISPUTE,
        ClockKind.RECONSIDERATION,
        ClockKind.OVERPAYMENT_RESPONSE,
        ClockKind.RECOUPMENT_HOLD,
    }
)
"""First steps against a decision by their several names: where law names one, no contract window of another counts."""


def window(situation: Situation, kind: ClockKind, *, from_day: date) -> Clock | None:
    """The earliest limit by rule of a kind that no letter states and that never sets a task's day, to be confirmed."""
    rules = _fitting(situation, frozenset({kind}), from_day)
    clocks = _clocks(rules, situation, from_day, dated=True, guessed=True)
    return min(clocks, key=lambda c: (c.due or "", c.rule), default=None)


def _groups(kinds: frozenset[ClockKind]) -> list[frozenset[ClockKind]]:
    return [group for group in (kinds & _FILINGS, *(frozenset({kind}) for kind in sorted(kinds - _FILINGS))) if group]


def _fitting(
    situation: Situation, kinds: frozenset[ClockKind], from_day: date, *, action: Action | None = None
) -> list[ClockRule]:
    """The rules of these kinds (that answer ``action``) that hold here.

    Those of the track go before those of any, a payer's before those of any payer. A state's own law stands in the
    place of the general rule where the plan is known to be insured and the law was read; otherwise both are given, so
    that the earlier is worked to.
    """
    rules = [r for r in situation.knowledge.clocks if r.kind in kinds and _fits(r, situation, from_day)]
    rules = [r for r in rules if action is None or action in r.answers]
    if situation.track is not Track.UNKNOWN:
        own = [rule for rule in rules if situation.track in rule.tracks]
        general = [rule for rule in rules if not rule.tracks]
        # What a payer or a contract gives one track may be longer than what it gives all: both count.
        rules = [*own, *general] if all(rule.contract for rule in own) else own
    elif situation.path is ClockPath.PROVIDER:
        # Contract windows know no track; a letter that shows no sign of Medicare is not worked to its clock.
        rules = [rule for rule in rules if not rule.tracks] or rules
    # What is only known never lengthens what is known of all payers.
    if any(rule.payers and rule.verified is not Verified.KNOWN for rule in rules):
        rules = [rule for rule in rules if rule.payers or rule.codes]
    law = [r for r in rules if r.states and not r.contract and r.verified is not Verified.KNOWN]
    return law if law and situation.insured else rules


def _fits(rule: ClockRule, situation: Situation, from_day: date) -> bool:
    payer = payer_key(value_of(situation.letter.payer))
    codes = {found.value for found in situation.letter.rarc}
    answers = rule.kind is ClockKind.PAYER_DECISION
    return (
        rule.path in (None, situation.path)
        and rule.level in (0, situation.level.number)
        and rule.in_force(from_day if answers else letter_day(situation.letter) or from_day)
        and (not rule.timings or situation.timing in rule.timings)
        and (not rule.payers or any(name in payer for name in rule.payers))
        and (not rule.states or situation.state in rule.states)
        and (not rule.codes or bool(codes & set(rule.codes)))
        and (rule.participating is None or rule.participating is situation.participating)
        and (rule.drug is None or rule.drug is situation.drug)
    )


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
    due, latest = _days(rule, situation, start)
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
        due_latest=latest.isoformat() if latest > due else None,
        basis=ClockBasis.CONFIRM if unsure else ClockBasis.RULE,
        rule_cite=rule.cite,
        working=f"{rule.meaning}: {_working(rule, start, dated=dated)}",
    )


def _days(rule: ClockRule, situation: Situation, start: date) -> tuple[date, date]:
    """The earliest and the last day that any reading gives; the payer's own limit is over only after the last one."""
    rolls = rule.rolls and moves_on(rule.kind, amount=rule.amount, unit=rule.unit)
    due = due_date(start, amount=rule.amount, unit=rule.unit, next_month=rolls)
    if rule.answers:
        due = latest_date(start, amount=rule.amount, unit=rule.unit)
    starts = [start]
    stamped = day_of(situation.letter.received_date)
    if rule.anchor is Anchor.RECEIPT and stamped is not None:
        starts.append(stamped)
    latest = max(latest_date(day, amount=rule.amount, unit=rule.unit) for day in starts)
    if rule.latest_amount:
        latest = max(latest, latest_date(start, amount=rule.latest_amount, unit=rule.unit))
    return due, business_day_on_or_after(latest) if rule.rolls else latest


def _working(rule: ClockRule, start: date, *, dated: bool) -> str:
    # A limit that runs from receipt is counted from the letter date: that is never later.
    anchor = Anchor.LETTER_DATE if rule.anchor in (Anchor.RECEIPT, Anchor.REMITTANCE_DATE) else rule.anchor
    rolls = rule.rolls and moves_on(rule.kind, amount=rule.amount, unit=rule.unit)
    told = working(start, amount=rule.amount, unit=rule.unit, anchor=anchor, next_month=rolls)
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
            rule=CONTRACT_RULE,
            kind=kind,
            for_=Party.PROVIDER,
            amount=days,
            unit=TimeUnit.DAY,
            anchor=Anchor.LETTER_DATE,
            due=due.isoformat(),
            # A contract's window is that of the first dispute; what it gives for a second look must be asked.
            basis=ClockBasis.RULE if dated and situation.level.number <= 1 else ClockBasis.CONFIRM,
            rule_cite="our contract (practice.yaml)",
            working=working(from_day, amount=days, unit=TimeUnit.DAY, anchor=Anchor.LETTER_DATE),
        )
        for kind, days in windows
        if kind in kinds and days is not None
    )


CONTRACT_RULE = "practice.contracts"
