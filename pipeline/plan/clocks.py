"""The time limits of a level: those its letters state, checked again, and those that rules and contracts add."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.knowledge.calendar import ANCHOR_WORDS, limit_words
from pipeline.plan.rules import CONTRACT_RULE, rule_clocks
from pipeline.plan.situation import Situation
from pipeline.plan.stated import MAIL_DAYS, checked, counted_from, is_well_read, receipt, stamp_before
from pipeline.plan.timeline import Outcome, Stage, letter_day
from pipeline.plan.today import Today
from pipeline.values.letter import Clock
from pipeline.values.task import Action
from pipeline.values.vocabulary import Anchor, Category, ClockBasis, ClockKind, ServiceTiming

APPEALS = frozenset({ClockKind.INTERNAL_APPEAL, ClockKind.PROVIDER_DISPUTE, ClockKind.RECONSIDERATION})
NEXT_LEVELS = frozenset(
    {ClockKind.SECOND_LEVEL, ClockKind.EXTERNAL_REVIEW, ClockKind.FAIR_HEARING, ClockKind.INTERNAL_APPEAL}
)

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


_WON = frozenset({Outcome.OVERTURNED, Outcome.PARTIALLY_OVERTURNED})
"""What may be won in part only: then the rest is open."""
_LATER = NEXT_LEVELS | {ClockKind.PEER_TO_PEER, ClockKind.PAYER_DECISION, ClockKind.CONTINUATION_OF_BENEFITS}


def binding_kinds(situation: Situation, actions: tuple[Action, ...]) -> frozenset[ClockKind]:
    """Which limits bind the work: the appeal's always, so that no right is lost, and those of the planned actions.

    A peer-to-peer window is looked at apart.
    """
    also = {_ALSO[action] for action in actions if action in _ALSO}
    if actions[:1] == (Action.FAIR_HEARING,):
        also.add(ClockKind.FAIR_HEARING)
    if situation.level.outcome in _WON:
        also |= NEXT_LEVELS
    if keeps_benefits(situation):
        also.add(ClockKind.CONTINUATION_OF_BENEFITS)
    return _KINDS[situation.level.stage] | also


def keeps_benefits(situation: Situation) -> bool:
    """Whether the patient has the service already, so that benefits can go on while the appeal runs."""
    renewal = any(r.category is Category.CONTINUATION_NO_BENEFIT for r in situation.letter.denial_reasons)
    return situation.timing is ServiceTiming.CONCURRENT or (renewal and not situation.after_service)


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
    level = situation.level
    # What was won in part stays open, with the limits of the letter that says so.
    told = (*level.letters, *(level.closers if level.outcome in _WON else ()))
    found = [checked(clock, one, begun=level.begun) for one in told for clock in one.letter.clocks]
    return tuple(dict.fromkeys(sorted(found, key=lambda c: (c.due or "9999", c.kind.value, c.text))))


def deadline(
    situation: Situation, stated: tuple[Clock, ...], *, kinds: frozenset[ClockKind], appealable: bool = True
) -> tuple[Deadline, tuple[Clock, ...]]:
    """The day to work to, and all clocks of the task: stated ones first, then those of rules.

    What the letter states outranks the rules; a rule that ends earlier and is no mere floor is worked to and shown.
    Without any stated limit the shortest plausible rule holds, to be confirmed. Where nothing can be appealed
    (not ``appealable``) no rule adds an appeal's limit.
    """
    mine = [c for c in stated if c.kind in kinds and situation.ours(c.for_)]
    binding = [c for c in mine if _possible(c, situation)]
    rules = _rules(situation, kinds if appealable else (kinds - APPEALS) or kinds)
    notes = (*_impossible_notes(stated, situation), *_open_starts(mine))
    if binding:
        chosen = _pick(binding, situation.today)
        unknown = {c.kind for c in binding if c.runs_from is not None}
        if unknown:
            # Counted from a day that is not known it may have ended already: the shortest that occurs is worked to.
            like = [r for r in rules if r.kind in (unknown | APPEALS if unknown & APPEALS else unknown)]
            chosen = _pick([*binding, *like], situation.today)
        notes += _two_days(chosen, binding)
        # A member's limit on a path that was only guessed may be ours too: the safe day counts.
        shorter = [r for r in rules if _contradicts(r, chosen)] if situation.path_sure else []
        if shorter:
            chosen = min(shorter, key=lambda c: c.due or "")
            notes += (f"the letter allows longer than {chosen.rule_cite}: the earlier day is worked to",)
        extra = shorter or [r for r in rules if r.kind not in {c.kind for c in stated} and _worth_showing(r)]
        passed = _passed(binding, chosen, situation.today)
        return _as_deadline(chosen, situation, notes, passed=passed), (*stated, *extra)
    chosen_rule = _pick(_candidates(rules, stated, situation, kinds), situation.today)
    if chosen_rule is None:
        return Deadline(clock=None, due=None, why="no time limit is known: ask the payer", disagreements=notes), stated
    return _as_deadline(chosen_rule, situation, notes), (*stated, *rules)


def open_peer_to_peer(situation: Situation, stated: tuple[Clock, ...]) -> Clock | None:
    """The peer-to-peer window of the letter, if it has a last day and that day has not passed."""
    windows = [c for c in stated if c.kind is ClockKind.PEER_TO_PEER and c.due and not situation.today.passed(c.due)]
    return min(windows, key=lambda c: c.due or "", default=None)


def _rules(situation: Situation, kinds: frozenset[ClockKind]) -> tuple[Clock, ...]:
    """The rules counted from every letter of the level: a second copy with a later date starts nothing anew."""
    found: dict[Clock, None] = {}
    for case_letter in situation.level.letters:
        day = counted_from(case_letter)
        dated = day == letter_day(case_letter.letter) and is_well_read(case_letter.letter.letter_date)
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


def _pick(clocks: list[Clock], today: Today) -> Clock | None:
    """The earliest day that is still ahead; when all have passed, the last one that did.

    Of two days for one kind of step only the earlier counts, even when it has passed: the letter means one of them.
    """
    dated = sorted((c for c in clocks if c.due), key=lambda c: (c.due or "", c.kind.value, c.rule))
    firsts: dict[ClockKind, Clock] = {}
    for clock in dated:
        firsts.setdefault(clock.kind, clock)
    ahead = (c for c in firsts.values() if c.due and not today.passed(c.due))
    return next(ahead, [*firsts.values()][-1] if firsts else None)


def _two_days(chosen: Clock | None, binding: list[Clock]) -> tuple[str, ...]:
    """Says so where the letter prints one day and its number gives another, more than the mail apart."""
    if chosen is None or chosen.due is None:
        return ()
    day = date.fromisoformat(chosen.due)
    same = [c for c in binding if c.kind is chosen.kind and (c.amount is None) != (chosen.amount is None)]
    days = {c.due for c in same if c.due and (date.fromisoformat(c.due) - day).days > MAIL_DAYS}
    if chosen.basis is ClockBasis.STATED_DATE or chosen.amount is None:
        counted = {c.due for c in same if c.due and c.due != chosen.due}
        days |= counted
    return tuple(f"the letter also gives {other}: the earlier day is worked to" for other in sorted(days))


def _passed(clocks: Sequence[Clock], chosen: Clock | None, today: Today) -> tuple[tuple[ClockKind, str], ...]:
    """Other kinds of steps whose first day has passed while the chosen one is still ahead."""
    if chosen is None or not chosen.due or today.passed(chosen.due):
        return ()
    firsts: dict[ClockKind, str] = {}
    for clock in sorted((c for c in clocks if c.due), key=lambda c: c.due or ""):
        firsts.setdefault(clock.kind, clock.due or "")
    gone = [(kind, day) for kind, day in firsts.items() if kind is not chosen.kind and today.passed(day)]
    return tuple(sorted(gone, key=lambda pair: pair[1]))


def _as_deadline(
    clock: Clock | None,
    situation: Situation,
    notes: tuple[str, ...],
    *,
    passed: tuple[tuple[ClockKind, str], ...] = (),
) -> Deadline:
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
    if situation.today.passed(clock.due):
        why += "; this day has passed"
    for kind, day in passed:
        why += f"; the day for {kind.value.replace('_', ' ')}, {day}, has passed"
    return Deadline(clock=clock, due=date.fromisoformat(clock.due), why="; ".join((why, *notes)), disagreements=notes)


def _contradicts(rule: Clock, stated: Clock | None) -> bool:
    """A rule that ends before the stated day, is law or our contract, and is no floor (``rules`` marks it so)."""
    if stated is None or stated.due is None or rule.basis is not ClockBasis.RULE:
        return False
    ours = rule.rule == CONTRACT_RULE and {rule.kind, stated.kind} <= APPEALS
    if not ours and rule.kind is not stated.kind:
        return False
    return not rule.rule.endswith(":floor") and (rule.due_latest or rule.due or "9999") < stated.due


def _worth_showing(rule: Clock) -> bool:
    return rule.basis is ClockBasis.RULE


def _possible(clock: Clock, situation: Situation) -> bool:
    """Not a day printed before the letter was written: that is a misreading or a misprint.

    A limit that runs from the service may have ended before the letter. A letter dated after its receipt is itself
    misread, and says nothing about the day.
    """
    counted = clock.amount is not None and clock.anchor is Anchor.DATE_OF_SERVICE
    return clock.due is not None and (counted or not _before_letter(clock.due, situation))


def _before_letter(due: str, situation: Situation) -> bool:
    written = letter_day(situation.letter)
    doubted = stamp_before(situation.level.base) is not None
    known = written if written is not None and not doubted and written <= receipt(situation.level.base) else None
    return known is not None and date.fromisoformat(due) < known


def _open_starts(mine: list[Clock]) -> tuple[str, ...]:
    """Limits of ours whose first day is not in the letter: it must be found, as they may end before any other."""
    unknown = [c for c in mine if c.amount is not None and c.unit is not None and c.due is None]
    told = (f"{limit_words(c.amount, c.unit)} from {ANCHOR_WORDS[c.anchor]}" for c in unknown if c.amount and c.unit)
    return tuple(dict.fromkeys(f"it gives {words}, a day that is not in it: find that day" for words in told))


def _impossible_notes(stated: tuple[Clock, ...], situation: Situation) -> tuple[str, ...]:
    odd = [c for c in stated if c.due is not None and _before_letter(c.due, situation)]
    told = (
        f"the day {c.due} lies before the letter{'' if _possible(c, situation) else ' and is not used'}" for c in odd
    )
    return tuple(dict.fromkeys(told))
