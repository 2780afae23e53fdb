"""The time limits of a level: those its letters state, checked again, and those that rules and contracts add."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.knowledge.calendar import ANCHOR_WORDS, due_date, working
from pipeline.plan.rules import rule_clocks
from pipeline.plan.situation import Situation
from pipeline.plan.threads import CaseLetter
from pipeline.plan.timeline import Stage, day_of, letter_day, service_days
from pipeline.values.letter import Clock, Finding
from pipeline.values.task import Action
from pipeline.values.vocabulary import Anchor, ClockBasis, ClockKind, ServiceTiming

APPEALS = frozenset({ClockKind.INTERNAL_APPEAL, ClockKind.PROVIDER_DISPUTE, ClockKind.RECONSIDERATION})
NEXT_LEVELS = frozenset(
    {ClockKind.SECOND_LEVEL, ClockKind.EXTERNAL_REVIEW, ClockKind.FAIR_HEARING, ClockKind.INTERNAL_APPEAL}
)
MAIL_DAYS = 5
"""Days a letter is taken to have been under way where its own date cannot be read (Medicare's presumption)."""

_KINDS = {
    Stage.REQUEST: frozenset({ClockKind.RECORDS_DUE}),
    Stage.DENIAL: APPEALS | {ClockKind.EXPEDITED_APPEAL},
    Stage.DISMISSED: APPEALS | {ClockKind.REOPENING, ClockKind.SECOND_LEVEL},
    Stage.UPHELD: NEXT_LEVELS | {ClockKind.PROVIDER_DISPUTE, ClockKind.RECONSIDERATION},
    Stage.DEMAND: APPEALS | {ClockKind.OVERPAYMENT_RESPONSE, ClockKind.RECOUPMENT_HOLD, ClockKind.RECORDS_DUE},
}
_ALSO = {
    Action.CORRECTED_CLAIM: ClockKind.CORRECTED_CLAIM,
    Action.RESUBMIT_WITH_RECORDS: ClockKind.RECORDS_DUE,
    Action.RETRO_AUTHORIZATION: ClockKind.RETRO_AUTHORIZATION,
    Action.REOPENING: ClockKind.REOPENING,
}


_LATER = NEXT_LEVELS | {ClockKind.PEER_TO_PEER, ClockKind.PAYER_DECISION, ClockKind.CONTINUATION_OF_BENEFITS}


def binding_kinds(situation: Situation, actions: tuple[Action, ...]) -> frozenset[ClockKind]:
    """Which limits bind the work: the appeal's always, so that no right is lost, and those of the planned actions.

    A peer-to-peer window is looked at apart.
    """
    also = {_ALSO[action] for action in actions if action in _ALSO}
    if situation.timing is ServiceTiming.CONCURRENT:
        also.add(ClockKind.CONTINUATION_OF_BENEFITS)
    return _KINDS[situation.level.stage] | also


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The day to work to, the clock it comes from, and why; ``disagreements`` in words, for a person to see."""

    clock: Clock | None
    due: date | None
    why: str
    disagreements: tuple[str, ...] = ()

    @property
    def to_confirm(self) -> bool:
        """Whether a person must confirm the day with the payer."""
        return self.clock is None or self.clock.basis is ClockBasis.CONFIRM


def stated_clocks(situation: Situation) -> tuple[Clock, ...]:
    """The limits of all letters of the level, counted again; the earlier of a printed day and a counted one holds."""
    found = [
        _checked(clock, case_letter) for case_letter in situation.level.letters for clock in case_letter.letter.clocks
    ]
    return tuple(dict.fromkeys(sorted(found, key=lambda c: (c.due or "9999", c.kind.value, c.text))))


def deadline(
    situation: Situation, stated: tuple[Clock, ...], *, kinds: frozenset[ClockKind], appealable: bool = True
) -> tuple[Deadline, tuple[Clock, ...]]:
    """The day to work to, and all clocks of the task: stated ones first, then those of rules.

    What the letter states outranks the rules; a rule that ends earlier and is no mere floor is worked to and shown.
    Without any stated limit the shortest plausible rule holds, to be confirmed. Where nothing can be appealed
    (not ``appealable``) no rule adds an appeal's limit.
    """
    binding = [c for c in stated if c.kind in kinds and situation.ours(c.for_) and _possible(c, situation)]
    rules = _rules(situation, kinds if appealable else (kinds - APPEALS) or kinds)
    notes = _impossible_notes(stated, situation)
    if binding:
        chosen = _pick(binding, situation.today)
        # A member's limit on a path that was only guessed may be ours too: the safe day counts.
        shorter = [r for r in rules if _contradicts(r, chosen)] if situation.path_sure else []
        if shorter:
            chosen = min(shorter, key=lambda c: c.due or "")
            notes += (f"the letter allows longer than {chosen.rule_cite}: the earlier day is worked to",)
        extra = shorter or [r for r in rules if r.kind not in {c.kind for c in stated} and _worth_showing(r)]
        return _as_deadline(chosen, situation, notes), (*stated, *extra)
    chosen_rule = _pick(_candidates(rules, stated, situation, kinds), situation.today)
    if chosen_rule is None:
        return Deadline(clock=None, due=None, why="no time limit is known: ask the payer", disagreements=notes), stated
    return _as_deadline(chosen_rule, situation, notes), (*stated, *rules)


def open_peer_to_peer(situation: Situation, stated: tuple[Clock, ...]) -> Clock | None:
    """The peer-to-peer window of the letter, if it has a last day and that day has not passed."""
    today = situation.today.isoformat()
    windows = [c for c in stated if c.kind is ClockKind.PEER_TO_PEER and c.due is not None and c.due >= today]
    return min(windows, key=lambda c: c.due or "", default=None)


def _rules(situation: Situation, kinds: frozenset[ClockKind]) -> tuple[Clock, ...]:
    """The rules counted from every letter of the level: a second copy with a later date starts nothing anew."""
    found: dict[Clock, None] = {}
    for case_letter in situation.level.letters:
        day = _counted_from(case_letter)
        dated = day == letter_day(case_letter.letter) and _is_well_read(case_letter.letter.letter_date)
        found.update(dict.fromkeys(rule_clocks(situation, kinds=kinds, from_day=day, dated=dated)))
    return tuple(sorted(found, key=lambda c: (c.due or "", c.rule)))


def _candidates(
    rules: tuple[Clock, ...], stated: tuple[Clock, ...], situation: Situation, kinds: frozenset[ClockKind]
) -> list[Clock]:
    """Rules, and what the letter states for other work of ours: the safest day of all, as none is the right one.

    Where the path is only guessed, a member's limit may be ours too.
    """
    other = [c for c in stated if c.kind not in kinds | _LATER and situation.ours(c.for_) and _possible(c, situation)]
    guessed = [c for c in stated if c.kind in kinds and not situation.path_sure and _possible(c, situation)]
    return [*rules, *(replace(c, basis=ClockBasis.CONFIRM) for c in (*other, *guessed))]


def _pick(clocks: list[Clock], today: date) -> Clock | None:
    """The earliest day that is still ahead; when all have passed, the last one that did."""
    dated = sorted((c for c in clocks if c.due), key=lambda c: (c.due or "", c.kind.value, c.rule))
    ahead = [c for c in dated if (c.due or "") >= today.isoformat()]
    return ahead[0] if ahead else (dated[-1] if dated else None)


def _as_deadline(clock: Clock | None, situation: Situation, notes: tuple[str, ...]) -> Deadline:
    if clock is None or clock.due is None:
        return Deadline(clock=clock, due=None, why="no day can be counted: ask the payer", disagreements=notes)
    source = {
        ClockBasis.STATED_DATE: "printed in the letter",
        ClockBasis.STATED: "stated in the letter",
        ClockBasis.RULE: f"by rule, {clock.rule_cite}",
        ClockBasis.CONFIRM: f"to be confirmed{f', {clock.rule_cite}' if clock.rule_cite else ''}",
    }[clock.basis]
    why = f"{clock.working or clock.due}; {source}"
    if clock.due_latest:
        why += f"; outer limit {clock.due_latest}"
    if clock.due < situation.today.isoformat():
        why += "; this day has passed"
    return Deadline(clock=clock, due=date.fromisoformat(clock.due), why="; ".join((why, *notes)), disagreements=notes)


def _contradicts(rule: Clock, stated: Clock | None) -> bool:
    """A rule that ends before the stated day, is law, and is no floor (``rules`` marks it so)."""
    if stated is None or stated.due is None or rule.basis is not ClockBasis.RULE or rule.kind is not stated.kind:
        return False
    return not rule.rule.endswith(":floor") and (rule.due_latest or rule.due or "9999") < stated.due


def _worth_showing(rule: Clock) -> bool:
    return rule.basis is ClockBasis.RULE


def _possible(clock: Clock, situation: Situation) -> bool:
    """Not a day before the letter was written: that is a misreading or a misprint."""
    written = letter_day(situation.letter)
    return clock.due is not None and (written is None or date.fromisoformat(clock.due) >= written)


def _impossible_notes(stated: tuple[Clock, ...], situation: Situation) -> tuple[str, ...]:
    odd = [c for c in stated if c.due is not None and not _possible(c, situation)]
    return tuple(dict.fromkeys(f"the day {c.due} lies before the letter and is not used" for c in odd))


def _checked(clock: Clock, case_letter: CaseLetter) -> Clock:
    """The clock counted again from what the letter says; without a letter date from the receipt, to be confirmed."""
    if clock.amount is None or clock.unit is None or clock.kind is ClockKind.PAYER_DECISION:
        return clock
    start, sure = _start(clock.anchor, case_letter)
    if start is None:
        return clock
    try:
        counted = due_date(start, amount=clock.amount, unit=clock.unit)
    except ValueError:
        return clock
    told = working(start, amount=clock.amount, unit=clock.unit, anchor=clock.anchor)
    if not sure:
        return clock if clock.basis is ClockBasis.STATED_DATE and clock.due else _unsure(clock, counted, told)
    if clock.due is None or counted.isoformat() < clock.due:
        if clock.due is not None:
            told += f"; the letter prints {clock.due}, which does not fit: the earlier day is worked to"
        latest = max(clock.due_latest or "", clock.due or "") or None
        return replace(clock, due=counted.isoformat(), value=counted.isoformat(), due_latest=latest, working=told)
    if counted.isoformat() > clock.due and clock.basis is ClockBasis.STATED_DATE:
        return replace(clock, working=f"{clock.working}; counted it would be {counted}: the printed earlier day holds")
    return clock


def _unsure(clock: Clock, counted: date, told: str) -> Clock:
    due = min(counted.isoformat(), clock.due or "9999")
    counted_words = told.replace(ANCHOR_WORDS[Anchor.LETTER_DATE], "the safest known day")
    why = f"the letter date is not clearly readable or lies after the receipt: {counted_words}"
    return replace(clock, due=due, value=due, basis=ClockBasis.CONFIRM, working=why)


def _start(anchor: Anchor, case_letter: CaseLetter) -> tuple[date | None, bool]:
    letter = case_letter.letter
    if anchor in (Anchor.LETTER_DATE, Anchor.UNSTATED, Anchor.RECEIPT, Anchor.REMITTANCE_DATE, Anchor.DECISION_DATE):
        decided = day_of(letter.decision_date) if anchor is Anchor.DECISION_DATE else None
        if decided is not None:
            return decided, _is_well_read(letter.decision_date)
        start = _counted_from(case_letter)
        return start, start == letter_day(letter) and _is_well_read(letter.letter_date)
    if anchor is Anchor.DATE_OF_SERVICE:
        days = service_days(letter)
        return (days[0], True) if days else (None, False)
    return None, False


def _is_well_read(day: Finding | None) -> bool:
    """Whether a day may be counted from: one that a scan blurred, or that is printed in two readings, is confirmed."""
    return day is not None and day.confidence >= _READ_WELL


_READ_WELL = 0.7


def _counted_from(case_letter: CaseLetter) -> date:
    """The letter date; without one (or with one after the receipt) the safest day that is known instead."""
    written = letter_day(case_letter.letter)
    if written is not None and written <= case_letter.received:
        return written
    decided = day_of(case_letter.letter.decision_date)
    if decided is not None and decided <= case_letter.received:
        return decided
    # A letter cannot be younger than its receipt, and counting from an earlier day is never late.
    return case_letter.received - timedelta(days=MAIL_DAYS) if written is None else case_letter.received
