"""The steps of a task in their order, each with a day, a channel and a contact where the letter names one.

The days are those that the work should be done by, even where they have passed: ``plan.seen`` moves them to the day
that they are looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.knowledge.calendar import business_day_on_or_before, business_days_after
from pipeline.knowledge.clocks import ClockPath, Track
from pipeline.plan.clocks import Deadline, keeps_benefits
from pipeline.plan.contacts import contact_for
from pipeline.plan.following import questions_about_sending, reminders, waiting_steps
from pipeline.plan.route import APPEAL_ACTIONS, Route
from pipeline.plan.rules import window
from pipeline.plan.situation import Situation
from pipeline.plan.standing import Filing
from pipeline.plan.stated import counted_from
from pipeline.plan.threads import payer_key
from pipeline.plan.timeline import letter_day
from pipeline.values.letter import Clock, value_of
from pipeline.values.task import Action, Missing, Owner, Requirement, Step
from pipeline.values.vocabulary import Channel, ClockKind

_SPARE_DAYS = {Channel.MAIL: 7, None: 5}
_SPARE_FAST = 2
"""Calendar days to keep free before the deadline: for the mail to arrive, for a failed fax to be sent again."""

_READY_DAYS = 3
"""Working days to put a packet together once the evidence is there."""

_TALK_DAYS = 2
"""Working days within which the peer-to-peer call is asked for: reviewers' calendars fill up."""

_AT_ONCE = frozenset({Action.RETRO_AUTHORIZATION, Action.VERIFY_ELIGIBILITY, Action.RETURN_MISDIRECTED})
"""What needs no packet, and where windows are short."""

_ROLE_WORDS = {
    Owner.CLINICIAN: "clinician",
    Owner.CLINIC_NURSE: "clinic nurse",
    Owner.FRONT_DESK: "front desk",
    Owner.BILLER: "biller",
    Owner.CODER: "coder",
    Owner.PA_COORDINATOR: "authorization coordinator",
    Owner.PATIENT: "patient",
    Owner.PHARMACY: "pharmacy",
    Owner.PAYER: "payer",
    Owner.OTHER_PRACTICE: "other practice",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    do: str
    by: date | None
    action: Action | None = None


def steps_of(
    situation: Situation,
    route: Route,
    deadline: Deadline,
    *,
    filing: Filing,
    requirements: Sequence[Requirement],
    stated: Sequence[Clock] = (),
    answer: Clock | None = None,
    small: str | None = None,
) -> tuple[Step, ...]:
    """What to do, in order: clear doubts, confirm the day, get standing, talk, gather, send, then what follows."""
    remembered = [_Draft(do=do, by=by) for do, by in reminders(situation)]
    if situation.level.waits:
        waiting = [_Draft(do=do, by=by, action=Action.CONFIRM_DEADLINE) for do, by in waiting_steps(situation, answer)]
        return _numbered([*_doubts(situation, route, deadline), *waiting, *remembered], situation)
    missing = list({r.missing.evidence_type: r.missing for r in requirements if r.missing is not None}.values())
    drafts = [
        *_doubts(situation, route, deadline),
        *_small(situation, deadline, small),
        *_standing(situation, filing, deadline),
        *_talk(situation, route),
        *_keep_benefits(situation, stated),
        *_gather(situation, missing, deadline),
        *_defects(situation, route, deadline),
        *_payer_limits(situation, route, deadline),
        *_send(situation, route, deadline, missing),
        *remembered,
    ]
    return _numbered(drafts, situation)


def _numbered(drafts: Sequence[_Draft], situation: Situation) -> tuple[Step, ...]:
    return tuple(_step(number, draft, situation) for number, draft in enumerate(drafts, start=1))


def _step(number: int, draft: _Draft, situation: Situation) -> Step:
    contact = contact_for(draft.action, situation=situation) if draft.action is not None else None
    return Step(
        order=number,
        do=draft.do,
        by=draft.by.isoformat() if draft.by is not None else None,
        channel=contact.channel if contact is not None else None,
        contact=contact.value if contact is not None else None,
    )


def _doubts(situation: Situation, route: Route, deadline: Deadline) -> list[_Draft]:
    soon = _no_later(_after_receipt(situation, 1), deadline)
    told = [*route.conflicts, *deadline.disagreements]
    drafts = [_Draft(do=f"Look at the letter: {odd}", by=soon) for odd in told]
    if route.actions[0] not in (Action.NONE, Action.RETURN_MISDIRECTED):
        drafts += [_Draft(do=do, by=soon, action=Action.CONFIRM_DEADLINE) for do in _questions(situation, deadline)]
    if deadline.due is not None and situation.today.passed(deadline.due):
        do = "The day has passed: ask whether a late filing with good cause is taken, and ask for it in the letter"
        drafts.append(_Draft(do=do, by=deadline.due))
    doubts = {case_id: why for c in situation.level.letters for case_id, why in c.doubts}
    for case_id, why in sorted(doubts.items()):
        drafts.append(_Draft(do=f"Look whether this belongs with {case_id}: {why}", by=soon))
    return drafts + [_Draft(do=do, by=soon) for do in questions_about_sending(situation)]


def _small(situation: Situation, deadline: Deadline, limit: str | None) -> list[_Draft]:
    if limit is None:
        return []
    do = (
        f"The amount is below our write-off limit of ${limit}: the person in charge writes it off with a reason, or not"
    )
    return [_Draft(do=do, by=_no_later(_after_receipt(situation, 1), deadline))]


def _questions(situation: Situation, deadline: Deadline) -> list[str]:
    """What is asked of the payer: one question, though both the day and the law may be unknown."""
    worked_to = f"worked to meanwhile: {deadline.due or 'none'}"
    unknown = situation.track is Track.UNKNOWN and (deadline.to_confirm or situation.path is ClockPath.MEMBER)
    kind = "which kind of plan this is (self-funded, insured, Medicare Advantage, Medicaid, federal)"
    if deadline.to_confirm:
        also = f" and {kind}" if unknown else ""
        return [f"Ask the payer for the last day to act{also} and write it down; {worked_to}"]
    return [f"Ask the payer {kind}: it decides who may file and what follows; {worked_to}"] if unknown else []


def _standing(situation: Situation, filing: Filing, deadline: Deadline) -> list[_Draft]:
    by = _no_later(_after_receipt(situation, 5), deadline)
    drafts = [_Draft(do=f"Get {paper.needs}", by=by) for paper in filing.standing if not paper.have]
    return drafts + ([_Draft(do=filing.tell, by=by)] if filing.tell else [])


def _keep_benefits(situation: Situation, stated: Sequence[Clock]) -> list[_Draft]:
    """Ask that the service goes on meanwhile: a day of its own where the letter gives one and it does not bind."""
    offers = [c for c in stated if c.kind is ClockKind.CONTINUATION_OF_BENEFITS and c.due and situation.ours(c.for_)]
    first = min(offers, key=lambda c: c.due or "", default=None)
    if first is None or first.due is None or situation.today.passed(first.due) or keeps_benefits(situation):
        return []
    do = f"If the patient has this service already, ask by {first.due} that benefits go on during the appeal"
    return [_Draft(do=do, by=date.fromisoformat(first.due))]


def _talk(situation: Situation, route: Route) -> list[_Draft]:
    if route.peer_to_peer is not None and route.peer_to_peer.due is not None:
        last = business_day_on_or_before(date.fromisoformat(route.peer_to_peer.due))
        by = min(last, _after_receipt(situation, _TALK_DAYS))
        do = f"Ask for the peer-to-peer call; the offer ends on {route.peer_to_peer.due}; {_NO_PAUSE}"
        return [_Draft(do=do, by=by, action=Action.PEER_TO_PEER)]
    if route.ask_peer_to_peer:
        clock = window(situation, ClockKind.PEER_TO_PEER, from_day=counted_from(situation.level.base))
        told = f"; windows end between {clock.due} and {clock.due_latest}, to be confirmed" if clock is not None else ""
        do = f"Ask today whether a peer-to-peer call is still open{told}; {_NO_PAUSE}"
        return [_Draft(do=do, by=counted_from(situation.level.base), action=Action.PEER_TO_PEER)]
    return []


_NO_PAUSE = "it does not stop the clock of the appeal, and many payers refuse it once an appeal is in"


def _gather(situation: Situation, missing: Sequence[Missing], deadline: Deadline) -> list[_Draft]:
    return [
        _Draft(
            do=f"Get {item.what} ({_ROLE_WORDS[item.owner]}): {item.where_to_find}",
            by=_no_later(_after_receipt(situation, item.turnaround_days), deadline),
        )
        for item in missing
    ]


def _defects(situation: Situation, route: Route, deadline: Deadline) -> list[_Draft]:
    """What the notice lacks goes into the appeal, and the file is asked for."""
    found = situation.letter.notice_defects
    if not found or route.actions[0] not in APPEAL_ACTIONS:
        return []
    told = "; ".join(f"{defect.message.rstrip('.')} ({defect.rule})" for defect in found)
    do = f"Ask the payer for the claim file and the criteria, free of charge, and say in the appeal: {told}"
    return [_Draft(do=do, by=_no_later(_after_receipt(situation, _READY_DAYS), deadline))]


def _payer_limits(situation: Situation, route: Route, deadline: Deadline) -> list[_Draft]:
    """How this payer wants it sent, where something is sent."""
    if route.actions[0] not in APPEAL_ACTIONS:
        return []
    payer, day = payer_key(value_of(situation.letter.payer)), letter_day(situation.letter) or situation.received
    by = _no_later(_after_receipt(situation, _READY_DAYS), deadline)
    return [
        _Draft(do=limit.do, by=by)
        for limit in situation.knowledge.routes.payer_limits
        if any(name in payer for name in limit.payers)
        and limit.after_service is situation.after_service
        and (limit.effective_from or day) <= day
    ]


def _send(situation: Situation, route: Route, deadline: Deadline, missing: Sequence[Missing]) -> list[_Draft]:
    drafts = []
    for place, (action, told) in enumerate(zip(route.actions, route.orders, strict=True)):
        if place and not told:
            drafts.append(_Draft(do=f"If that does not settle it: {_name(action)}", by=None))
            continue
        by = _send_by(situation, action, deadline, missing)
        drafts.append(_Draft(do=told or _name(action), by=by, action=action))
        if action in APPEAL_ACTIONS:
            drafts.append(_Draft(do="Keep the proof of sending with the task", by=by))
    return drafts


def _send_by(situation: Situation, action: Action, deadline: Deadline, missing: Sequence[Missing]) -> date:
    """When everything should be together, but always with days to spare before the deadline."""
    waits = max((item.turnaround_days for item in missing), default=0) + _READY_DAYS
    ready = _after_receipt(situation, 1 if action in _AT_ONCE else waits)
    if deadline.due is None:
        return ready
    contact = contact_for(action, situation=situation)
    channel = contact.channel if contact is not None else None
    last = business_day_on_or_before(deadline.due - timedelta(days=_SPARE_DAYS.get(channel, _SPARE_FAST)))
    return min(ready, last)


def _after_receipt(situation: Situation, working_days: int) -> date:
    return business_days_after(situation.received, max(working_days, 1))


def _no_later(day: date, deadline: Deadline) -> date:
    """The day, but not after the deadline."""
    return min(day, deadline.due or day)


def _name(action: Action) -> str:
    return action.value.replace("_", " ")
