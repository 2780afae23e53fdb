"""What to do about a level: which action first, which after it, and what in the letter does not fit together."""

from dataclasses import dataclass

from pipeline.knowledge.clocks import ClockPath, Track
from pipeline.knowledge.routes import CodeEffect, Fixability, Remedy
from pipeline.plan.amounts import money
from pipeline.plan.clocks import APPEALS, open_peer_to_peer
from pipeline.plan.situation import Situation
from pipeline.plan.timeline import Stage
from pipeline.values.letter import KEPT_BACK, Clock, value_of
from pipeline.values.task import Action
from pipeline.values.vocabulary import Category, ClockKind, Purpose, ServiceTiming

APPEAL_ACTIONS = frozenset(
    {
        Action.APPEAL,
        Action.PROVIDER_DISPUTE,
        Action.RECONSIDERATION,
        Action.EXPEDITED_APPEAL,
        Action.SECOND_LEVEL_APPEAL,
        Action.EXTERNAL_REVIEW,
        Action.FAIR_HEARING,
        Action.DISPUTE_RECOUPMENT,
    }
)
_SECOND = {
    Track.MEDICAID: Action.FAIR_HEARING,
    Track.MEDICARE_ADVANTAGE: Action.SECOND_LEVEL_APPEAL,
    Track.PART_D: Action.SECOND_LEVEL_APPEAL,
    Track.ORIGINAL_MEDICARE: Action.SECOND_LEVEL_APPEAL,
    Track.FEHB: Action.SECOND_LEVEL_APPEAL,
    Track.TRICARE: Action.SECOND_LEVEL_APPEAL,
}
"""What stands where commercial cover has external review."""

_CARRIED = frozenset({Action.RESUBMIT_WITH_RECORDS, Action.STEP_EXCEPTION})
_TALKABLE = frozenset({Action.APPEAL, Action.EXPEDITED_APPEAL, Action.STEP_EXCEPTION, Action.RESUBMIT_WITH_RECORDS})
_FIX_WORDS = {
    Action.RESUBMIT_WITH_RECORDS: "Send exactly the records that the letter asks for, with the letter on top",
    Action.DISPUTE_RECOUPMENT: "Check the demand against our records; dispute it in time to stop the recoupment",
    Action.SECOND_LEVEL_APPEAL: "File the second-level appeal; answer what the first decision says",
    Action.EXTERNAL_REVIEW: "Ask for external review with the whole file",
    Action.FAIR_HEARING: "Ask for a state fair hearing",
    Action.RETURN_MISDIRECTED: "The letter is not for our patient: return it to the payer and record it",
    Action.REOPENING: "Ask the contractor to reopen the claim for a clerical error, with what is right; Medicare takes"
    " no corrected claim (frequency codes 7 and 8)",
    Action.CORRECTED_CLAIM: "Correct the claim and send it again",
    Action.WRITE_OFF: "Let the person in charge decide on a write-off",
    Action.BILL_PATIENT: "Pass the patient's share to patient billing",
    Action.NONE: "Nothing is refused here: read the letter and close the task",
    Action.APPEAL: "Appeal the decision",
}


_TAKEN = (
    "Find the claim and the demand that came before: the money was kept back already; dispute it where it is not owed"
)
"""What to do about a payment that recovers an earlier one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The way out: ``actions`` in order with ``orders`` in words for each, and what a person must look at.

    ``peer_to_peer`` is the open window to talk to the reviewer first; ``ask_peer_to_peer`` that the letter offers a
    talk without naming a last day.
    """

    actions: tuple[Action, ...]
    orders: tuple[str, ...]
    fixability: Fixability
    conflicts: tuple[str, ...] = ()
    peer_to_peer: Clock | None = None
    ask_peer_to_peer: bool = False

    @property
    def action(self) -> Action:
        """What the task is for now."""
        return Action.PEER_TO_PEER if self.peer_to_peer is not None else self.actions[0]


def route_of(situation: Situation, stated: tuple[Clock, ...]) -> Route:
    """The route of a level, by its stage, its reasons and its codes."""
    stage = situation.level.stage
    if situation.letter.subtype == "misdirected":
        return _plain(Action.RETURN_MISDIRECTED)
    if stage is Stage.REQUEST:
        return _plain(Action.RESUBMIT_WITH_RECORDS, fixability=Fixability.HIGH)
    if stage is Stage.DEMAND and situation.letter.subtype == KEPT_BACK:
        return Route(actions=(Action.DISPUTE_RECOUPMENT,), orders=(_TAKEN,), fixability=Fixability.MEDIUM)
    if stage is Stage.DEMAND:
        return _plain(Action.DISPUTE_RECOUPMENT, Action.REFUND)
    if forwarded(situation):
        order = "Check that the plan has sent the case to the independent reviewer, and send that what is new"
        return Route(actions=(Action.SECOND_LEVEL_APPEAL,), orders=(order,), fixability=Fixability.LOW)
    if stage is Stage.UPHELD:
        return _plain(_next_level(situation, stated), fixability=Fixability.LOW)
    remedies = _remedies(situation)
    if stage is Stage.DISMISSED and not remedies:
        return _plain(Action.APPEAL, conflicts=("the letter dismisses an appeal and no reason was found: read it",))
    return _with_peer_to_peer(_denial(situation, stated, remedies), situation, stated, remedies)


def _plain(*actions: Action, fixability: Fixability = Fixability.MEDIUM, conflicts: tuple[str, ...] = ()) -> Route:
    orders = tuple(_FIX_WORDS.get(action, "") for action in actions)
    return Route(actions=actions, orders=orders, fixability=fixability, conflicts=conflicts)


def _remedies(situation: Situation) -> tuple[Remedy, ...]:
    """The remedies of the level's reasons, the one to act on first in front; what is no denial only when alone."""
    found = {r.category for c in situation.level.letters for r in c.letter.denial_reasons}
    real = found - {Category.NOT_A_DENIAL} or found
    routes = situation.knowledge.routes
    return tuple(sorted((routes.remedy(category) for category in real), key=lambda r: (r.order, r.id)))


def _next_level(situation: Situation, stated: tuple[Clock, ...]) -> Action:
    offered = {clock.kind for clock in stated if situation.ours(clock.for_)}
    for kind, action in (
        (ClockKind.SECOND_LEVEL, Action.SECOND_LEVEL_APPEAL),
        (ClockKind.FAIR_HEARING, Action.FAIR_HEARING),
        (ClockKind.EXTERNAL_REVIEW, Action.EXTERNAL_REVIEW),
    ):
        if kind in offered:
            return action
    if situation.track is Track.MEDICAID:
        return Action.FAIR_HEARING
    return Action.EXTERNAL_REVIEW if situation.track is Track.MARKETPLACE else Action.SECOND_LEVEL_APPEAL


def _denial(situation: Situation, stated: tuple[Clock, ...], remedies: tuple[Remedy, ...]) -> Route:
    if not remedies:
        if _nothing_denied(situation):
            return _plain(Action.BILL_PATIENT, conflicts=("the codes show no denial but the letter is read as one",))
        return _plain(Action.APPEAL, conflicts=("no reason for the denial was found: read the letter",))
    if remedies[0].category is Category.NOT_A_DENIAL:
        return _plain(Action.NONE, conflicts=("the only reason found is no denial: read the letter",))
    orders: dict[Action, str] = {}
    for remedy in remedies:
        action = remedy.post if situation.after_service else remedy.pre
        named = _on_this_path(action, situation, stated)
        # Medicare takes no corrected claim: what is asked for then has words of its own.
        orders.setdefault(named, _FIX_WORDS[named] if named is Action.REOPENING else remedy.do)
    for remedy in remedies:
        for action in remedy.then:
            orders.setdefault(_on_this_path(action, situation, stated), "")
    orders, conflicts = _by_codes(_covered(orders, situation), situation, stated)
    conflicts += liability_conflict(situation)
    return Route(
        actions=tuple(orders),
        orders=tuple(orders.values()),
        fixability=remedies[0].fixability,
        conflicts=conflicts,
    )


def _covered(orders: dict[Action, str], situation: Situation) -> dict[Action, str]:
    """Without what an earlier appeal carries, the member's review on the provider's path, and a claim not yet sent."""
    kept: dict[Action, str] = {}
    for action, told in orders.items():
        carried = action in _CARRIED and any(before in APPEAL_ACTIONS for before in kept)
        not_ours = action is Action.EXTERNAL_REVIEW and situation.path is ClockPath.PROVIDER
        no_claim = bool(kept) and action is Action.CORRECTED_CLAIM and not situation.after_service
        if not carried and not not_ours and not no_claim:
            kept[action] = told
    return kept


def _on_this_path(action: Action, situation: Situation, stated: tuple[Clock, ...]) -> Action:
    """The action by the name it has on our path: a contracted provider disputes, Medicare reopens clerical errors."""
    if action is Action.CORRECTED_CLAIM and situation.track is Track.ORIGINAL_MEDICARE and not _new_claim(situation):
        return Action.REOPENING
    if action is Action.EXTERNAL_REVIEW:
        return _SECOND.get(situation.track, action)
    if action is not Action.APPEAL:
        return action
    ours = {clock.kind for clock in stated if situation.ours(clock.for_)}
    if situation.track is Track.MEDICAID and ClockKind.FAIR_HEARING in ours and not ours & APPEALS:
        return Action.FAIR_HEARING
    if situation.timing is ServiceTiming.CONCURRENT and _offers(situation, Purpose.EXPEDITED_APPEAL, stated):
        return Action.EXPEDITED_APPEAL
    ours_by_contract = situation.after_service and situation.track is not Track.ORIGINAL_MEDICARE
    disputes = situation.participating or ClockKind.PROVIDER_DISPUTE in ours
    return (
        Action.PROVIDER_DISPUTE if ours_by_contract and disputes and ClockKind.INTERNAL_APPEAL not in ours else action
    )


def _offers(situation: Situation, purpose: Purpose, stated: tuple[Clock, ...]) -> bool:
    kind = {Purpose.EXPEDITED_APPEAL: ClockKind.EXPEDITED_APPEAL, Purpose.PEER_TO_PEER: ClockKind.PEER_TO_PEER}[purpose]
    contacts = situation.letter.contacts
    return any(c.purpose is purpose for c in contacts) or any(c.kind is kind for c in stated)


def _may_offer(situation: Situation, remedies: tuple[Remedy, ...]) -> bool:
    """Whether it is worth asking for a talk that the letter does not offer: before the service, about a judgement."""
    return not situation.after_service and situation.path_sure and any(remedy.clinical for remedy in remedies)


def _effects(situation: Situation) -> set[CodeEffect]:
    letter = situation.letter
    codes = {(None, found.value) for found in letter.rarc} | {(found.group, found.value) for found in letter.carc}
    return {
        rule.effect
        for rule in situation.knowledge.routes.codes
        for group, code in codes
        if code == rule.code and rule.group in (None, group)
    }


def _new_claim(situation: Situation) -> bool:
    return CodeEffect.NEW_CLAIM in _effects(situation)


def _nothing_denied(situation: Situation) -> bool:
    rules = situation.knowledge.routes.codes
    harmless = {(r.group, r.code) for r in rules if r.effect is CodeEffect.NOTHING_DENIED}
    carc = situation.letter.carc
    return bool(carc) and all((found.group, found.value) in harmless for found in carc)


def _by_codes(
    orders: dict[Action, str], situation: Situation, stated: tuple[Clock, ...]
) -> tuple[dict[Action, str], tuple[str, ...]]:
    """Codes that close the way of appeal: MA130 and N704 ask for a claim, N211 for nothing (it is no invitation)."""
    effects = _effects(situation)
    fixes = {action: told for action, told in orders.items() if action not in APPEAL_ACTIONS}
    if CodeEffect.NEW_CLAIM in effects or CodeEffect.NO_APPEAL_RESUBMIT in effects:
        told = orders.get(Action.CORRECTED_CLAIM) or _FIX_WORDS[Action.CORRECTED_CLAIM]
        return {Action.CORRECTED_CLAIM: told} | fixes, _appeal_conflict(situation, stated)
    if CodeEffect.NO_APPEAL in effects:
        conflicts = _appeal_conflict(situation, stated)
        if conflicts:
            return orders, conflicts
        last = {Action.REOPENING: _FIX_WORDS[Action.REOPENING], Action.WRITE_OFF: _FIX_WORDS[Action.WRITE_OFF]}
        return {a: t for a, t in fixes.items() if a is not Action.WRITE_OFF} | last, ()
    if CodeEffect.RESUBMIT in effects and Action.CORRECTED_CLAIM not in orders:
        return {Action.CORRECTED_CLAIM: _FIX_WORDS[Action.CORRECTED_CLAIM]} | orders, ()
    return orders, ()


def _appeal_conflict(situation: Situation, stated: tuple[Clock, ...]) -> tuple[str, ...]:
    if any(clock.kind in APPEALS and situation.ours(clock.for_) for clock in stated):
        return ("a code says that there is no appeal, and the letter names appeal rights: ask the payer",)
    return ()


def liability_conflict(situation: Situation) -> tuple[str, ...]:
    """The payer's own write-off (CO) and a share of the patient do not go together."""
    groups = {found.group for found in situation.letter.carc}
    share = money(value_of(situation.letter.patient_responsibility))
    if "CO" in groups and "PR" not in groups and share is not None and share > 0:
        return ("the codes make the amount ours to write off (CO) and the letter bills the patient: bill nobody yet",)
    return ()


def forwarded(situation: Situation) -> bool:
    """Whether the case goes on by itself: what a Medicare Advantage plan upholds goes to the independent reviewer."""
    return (
        situation.level.stage is Stage.UPHELD
        and situation.track is Track.MEDICARE_ADVANTAGE
        and situation.level.number == _PLANS_OWN
        and not situation.after_service
    )


_PLANS_OWN = 2
"""The level that a plan's own decision on the first appeal opens."""


def _with_peer_to_peer(
    route: Route, situation: Situation, stated: tuple[Clock, ...], remedies: tuple[Remedy, ...]
) -> Route:
    """A talk with the reviewer comes first where one is offered, a clinician can win it, and no appeal has begun."""
    talkable = any(remedy.clinical for remedy in remedies) or route.actions[0] in _TALKABLE
    if situation.level.number > 1 or not talkable or situation.level.waits:
        return route
    window = open_peer_to_peer(situation, stated)
    named = any(clock.kind is ClockKind.PEER_TO_PEER and clock.due for clock in stated)
    return Route(
        actions=route.actions,
        orders=route.orders,
        fixability=route.fixability,
        conflicts=route.conflicts,
        peer_to_peer=window,
        ask_peer_to_peer=not named
        and (_offers(situation, Purpose.PEER_TO_PEER, stated) or _may_offer(situation, remedies)),
    )
