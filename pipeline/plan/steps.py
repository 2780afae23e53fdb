"""The steps of a task in their order, each with a day, a channel and a contact where the letter names one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.knowledge.calendar import business_day_on_or_before, business_days_after
from pipeline.plan.clocks import Deadline
from pipeline.plan.contacts import contact_for
from pipeline.plan.route import APPEAL_ACTIONS, Route
from pipeline.plan.situation import Situation
from pipeline.plan.standing import Filing
from pipeline.values.task import Action, Missing, Owner, Requirement, Step
from pipeline.values.vocabulary import Channel

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
    situation: Situation, route: Route, deadline: Deadline, *, filing: Filing, requirements: Sequence[Requirement]
) -> tuple[Step, ...]:
    """What to do, in order: clear doubts, confirm the day, get standing, talk, gather, send, then what follows."""
    missing = list({r.missing.evidence_type: r.missing for r in requirements if r.missing is not None}.values())
    drafts = [
        *_doubts(situation, route, deadline),
        *_standing(situation, filing, deadline),
        *_talk(situation, route),
        *_gather(situation, missing, deadline),
        *_send(situation, route, deadline, missing),
    ]
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
    soon = business_days_after(situation.today, 1)
    told = [*route.conflicts, *deadline.disagreements]
    drafts = [_Draft(do=f"Look at the letter: {words}", by=_no_later(soon, deadline, situation)) for words in told]
    if deadline.to_confirm and route.actions[0] not in (Action.NONE, Action.RETURN_MISDIRECTED):
        do = f"Ask the payer for the last day to act and write it down; worked to meanwhile: {deadline.due or 'none'}"
        drafts.append(_Draft(do=do, by=_no_later(soon, deadline, situation), action=Action.CONFIRM_DEADLINE))
    if deadline.due is not None and deadline.due < situation.today:
        do = "The day has passed: ask whether a late filing with good cause is taken, and ask for it in the letter"
        drafts.append(_Draft(do=do, by=situation.today))
    if situation.level.acknowledged is not None:
        do = "The payer has confirmed an appeal: check that it is ours, then mark the task as sent"
        drafts.append(_Draft(do=do, by=_no_later(soon, deadline, situation)))
    return drafts


def _standing(situation: Situation, filing: Filing, deadline: Deadline) -> list[_Draft]:
    by = _no_later(_after_receipt(situation, 5), deadline, situation)
    return [_Draft(do=f"Get {paper.needs}", by=by) for paper in filing.standing if not paper.have]


def _talk(situation: Situation, route: Route) -> list[_Draft]:
    if route.peer_to_peer is not None and route.peer_to_peer.due is not None:
        last = business_day_on_or_before(date.fromisoformat(route.peer_to_peer.due))
        by = max(min(last, _after_receipt(situation, _TALK_DAYS)), situation.today)
        do = f"Ask for the peer-to-peer call; the offer ends on {route.peer_to_peer.due}"
        return [_Draft(do=do, by=by, action=Action.PEER_TO_PEER)]
    if route.ask_peer_to_peer:
        do = "Ask today whether a peer-to-peer call is still open"
        return [_Draft(do=do, by=situation.today, action=Action.PEER_TO_PEER)]
    return []


def _gather(situation: Situation, missing: Sequence[Missing], deadline: Deadline) -> list[_Draft]:
    return [
        _Draft(
            do=f"Get {item.what} ({_ROLE_WORDS[item.owner]}): {item.where_to_find}",
            by=_no_later(_after_receipt(situation, item.turnaround_days), deadline, situation),
        )
        for item in missing
    ]


def _send(situation: Situation, route: Route, deadline: Deadline, missing: Sequence[Missing]) -> list[_Draft]:
    drafts = []
    for place, (action, order) in enumerate(zip(route.actions, route.orders, strict=True)):
        if place and not order:
            drafts.append(_Draft(do=f"If that does not settle it: {_name(action)}", by=None))
            continue
        by = _send_by(situation, action, deadline, missing)
        drafts.append(_Draft(do=order or _name(action), by=by, action=action))
        if action in APPEAL_ACTIONS:
            drafts.append(_Draft(do="Keep the proof of sending with the task", by=by))
    return drafts


def _send_by(situation: Situation, action: Action, deadline: Deadline, missing: Sequence[Missing]) -> date:
    """When everything should be together, but always with days to spare before the deadline."""
    waits = max((item.turnaround_days for item in missing), default=0) + _READY_DAYS
    ready = _after_receipt(situation, 1 if action in _AT_ONCE else waits)
    if deadline.due is None:
        return max(ready, situation.today)
    contact = contact_for(action, situation=situation)
    channel = contact.channel if contact is not None else None
    last = business_day_on_or_before(deadline.due - timedelta(days=_SPARE_DAYS.get(channel, _SPARE_FAST)))
    return max(min(ready, last), situation.today)


def _after_receipt(situation: Situation, working_days: int) -> date:
    return business_days_after(situation.received, max(working_days, 1))


def _no_later(day: date, deadline: Deadline, situation: Situation) -> date:
    """The day, but not after the deadline and not in the past."""
    return max(min(day, deadline.due or day), situation.today)


def _name(action: Action) -> str:
    return action.value.replace("_", " ")
