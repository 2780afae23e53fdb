"""A level of a case as the task that the queue shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.knowledge import Knowledge
from pipeline.knowledge.routes import CodeEffect
from pipeline.plan.amounts import at_risk, below_limit
from pipeline.plan.approval import Approval, approval_of
from pipeline.plan.arguments import argument_of
from pipeline.plan.clocks import Deadline, binding_kinds, deadline, stated_clocks
from pipeline.plan.contacts import contact_for
from pipeline.plan.following import amend_words, answer_of, awaited, reminders, won_steps
from pipeline.plan.odds import odds_of
from pipeline.plan.priority import weight_of
from pipeline.plan.route import APPEAL_ACTIONS, Route, liability_conflict, route_of
from pipeline.plan.seen import seen_on
from pipeline.plan.situation import Situation, situation_of
from pipeline.plan.standing import Filing, filing_of
from pipeline.plan.steps import steps_of
from pipeline.plan.threads import is_ours
from pipeline.plan.timeline import Level, Outcome, Stage, order
from pipeline.plan.today import Today
from pipeline.values.letter import Clock, Letter, Reason, value_of
from pipeline.values.practice import Practice
from pipeline.values.task import Action, Direction, Mail, Owner, Proposal, Requirement, Step, Task, TaskState
from pipeline.values.vocabulary import ClockBasis

_REVIEW_FIELDS = (
    "clocks",
    "letter_date",
    "kind",
    "member_name",
    "member_id",
    "claim_number",
    "reference_number",
    "payer",
    "denial_reasons",
)
"""Fields of a letter whose doubt makes a task wait for a person: the day, what the letter is, whose it is, and why."""

_CLOSED = {
    Outcome.SUPERSEDED: TaskState.CLOSED,
    Outcome.UPHELD: TaskState.UPHELD,
    Outcome.PAID: TaskState.CLOSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """``deadline`` is what the queue shows, ``work_until`` the appeal's own, which a talk before it does not move."""

    situation: Situation
    route: Route
    deadline: Deadline
    work_until: Deadline
    clocks: tuple[Clock, ...]
    filing: Filing
    answer: Clock | None
    approval: Approval | None = None


def task_of(
    level: Level,
    *,
    case_id: str,
    today: date,
    knowledge: Knowledge,
    practice: Practice,
    required: Callable[[tuple[Letter, ...]], tuple[Requirement, ...]],
    ordered: Callable[[Letter], float | None] = lambda letter: None,
) -> Task:
    """The task of a level; ``required`` matches its letters, the one that speaks for them first.

    ``ordered`` gives the units that the chart of a letter's patient orders.
    """
    asked = Today(today)
    situation = situation_of(level, today=asked, knowledge=knowledge, practice=practice)
    stated = stated_clocks(situation)
    route = route_of(situation, stated)
    appealable = any(action in APPEAL_ACTIONS for action in route.actions)
    kinds = binding_kinds(situation, route.actions)
    chosen, clocks = deadline(situation, stated, kinds=kinds, appealable=appealable)
    filing = filing_of(situation, route, stated)
    base = level.base.letter
    others = tuple(c.letter for c in level.letters if c.letter is not base)
    answer = answer_of(situation, route)
    plan = _Plan(
        situation=situation,
        route=route,
        deadline=_talk_first(chosen, route) if answer is None else awaited(answer, chosen, situation, clocks),
        work_until=chosen,
        clocks=clocks if answer is None else (*clocks, answer),
        filing=filing,
        answer=answer,
        approval=approval_of(situation, locations=practice.locations, ordered=ordered),
    )
    task = _after_outcome(_open_task(plan, case_id=case_id, requirements=required((base, *others))), plan)
    return seen_on(replace(task, holds_until=asked.holds_until.isoformat()), today)


def _open_task(plan: _Plan, *, case_id: str, requirements: tuple[Requirement, ...]) -> Task:
    situation, route, chosen = plan.situation, plan.route, plan.deadline
    level, letter = situation.level, situation.letter
    amount, basis = at_risk(situation)
    odds = odds_of(situation, route.actions[0])
    weight, why = weight_of(route, amount=amount, basis=basis, odds=odds)
    steps = steps_of(
        situation, route, plan.work_until, filing=plan.filing, requirements=requirements, stated=plan.clocks,
        answer=plan.answer, small=below_limit(situation, amount),
    )  # fmt: skip
    return Task(
        task_id=f"{case_id}-{level.key}", case_id=case_id, level=level.number,
        letter_id=letter.letter_id, letter_ids=tuple(c.letter.letter_id for c in level.letters),
        received_at=situation.received.isoformat(), letters=_mail(level), proposals=_proposals(level),
        # what is to be done, and by when
        action=route.action, state=_state(plan, requirements), steps=steps, next_touch_on=_next_touch(steps),
        waiting_on=_waiting_on(plan, requirements), send_to=contact_for(route.action, situation=situation),
        priority=weight, priority_why=why, weight=weight, weight_why=why,
        due=chosen.due.isoformat() if chosen.due is not None else None, due_at=_hour(chosen), due_why=chosen.why,
        clocks=plan.clocks, track=situation.track.value, filer=plan.filing.filer, standing=plan.filing.standing,
        # whose claim it is about
        payer=value_of(letter.payer), member_name=value_of(letter.member_name), member_id=value_of(letter.member_id),
        claim_number=value_of(letter.claim_number), reference_number=value_of(letter.reference_number),
        service=_service(letter), amount_at_risk=amount, amount_basis=basis, patient_billing_hold=_hold(situation),
        account_number=level.listed.account_number or value_of(letter.patient_account_number),
        billing_payer_id=level.listed.payer_id, patient_folder=level.listed.folder,
        # why it was denied, and what answers that
        denial_reasons=_reasons(level), policy_citations=letter.policy_citations, requirements=requirements,
        argument=argument_of(situation, route.actions[0]), follow_ups=level.follow_ups,
    )  # fmt: skip


def _mail(level: Level) -> tuple[Mail, ...]:
    """The letters that opened the level and our own that answered, in the order of their days."""
    told = [*level.letters, *(c for c in (level.sent, level.acknowledged) if c is not None)]
    return tuple(
        Mail(
            letter_id=c.letter.letter_id,
            kind=c.letter.kind.value,
            direction=Direction.SENT if is_ours(c.letter) else Direction.RECEIVED,
            day=order(c)[0].isoformat(),
        )
        for c in sorted(told, key=order)
    )


def _proposals(level: Level) -> tuple[Proposal, ...]:
    found = {case_id: why for c in level.letters for case_id, why in c.doubts}
    return tuple(Proposal(case_id=case_id, why=why) for case_id, why in sorted(found.items()))


def _talk_first(chosen: Deadline, route: Route) -> Deadline:
    """While a peer-to-peer window is open its last day is the day to work to; the appeal's stays among the clocks."""
    window = route.peer_to_peer
    if window is None or window.due is None or (chosen.due is not None and chosen.due.isoformat() < window.due):
        return chosen
    source = "to be confirmed" if window.basis is ClockBasis.CONFIRM else "stated in the letter"
    why = f"peer-to-peer first: {window.working}; {source}; the appeal itself is due {chosen.due or 'later'}"
    return Deadline(clock=window, due=date.fromisoformat(window.due), why=why, disagreements=chosen.disagreements)


def _hour(chosen: Deadline) -> str | None:
    clock = chosen.clock
    return clock.due_at if clock is not None and chosen.due is not None and clock.due == str(chosen.due) else None


def _state(plan: _Plan, requirements: tuple[Requirement, ...]) -> TaskState:
    level = plan.situation.level
    if level.filed is not None:  # a person has judged the letter and sent an answer to it
        return TaskState.AWAITING_DECISION if level.acknowledged or level.arrived else TaskState.SENT
    noted = {note.field.split("[")[0].split(".")[0] for c in level.letters for note in c.letter.needs_review}
    if noted & set(_REVIEW_FIELDS) or plan.route.conflicts or plan.deadline.disagreements:
        return TaskState.NEEDS_REVIEW
    if level.acknowledged is not None:
        return TaskState.AWAITING_DECISION
    if any(r.missing is not None for r in requirements) or any(not s.have for s in plan.filing.standing):
        return TaskState.NEEDS_EVIDENCE
    return TaskState.READY_TO_SEND


def _service(letter: Letter) -> str | None:
    told = value_of(letter.service_description)
    codes = [found.value for found in letter.procedure_codes if found.value]
    return told or (", ".join(dict.fromkeys(codes)) or None)


def _reasons(level: Level) -> tuple[Reason, ...]:
    """The reasons of the speaking letter, then those that only another letter of the level gives."""
    base = level.base
    found: dict[tuple[str, str | None], Reason] = {}
    for case_letter in (base, *(c for c in level.letters if c is not base)):
        known = {category for category, _ in found}
        for reason in case_letter.letter.denial_reasons:
            if case_letter is base or reason.category.value not in known:
                found.setdefault((reason.category.value, reason.subcategory), reason)
    return tuple(found.values())


def _hold(situation: Situation) -> bool:
    """Whether the patient must not be billed meanwhile: after the service, unless all that is left is the patient's."""
    if not situation.after_service:
        return False
    rules = situation.knowledge.routes.codes
    guards = {r.code for r in rules if r.effect is CodeEffect.PATIENT_GUARD}
    groups = {found.group for found in situation.letter.carc}
    guarded = any(found.value in guards for found in situation.letter.rarc) or (liability_conflict(situation) != ())
    return guarded or groups != {"PR"}


def _next_touch(steps: tuple[Step, ...]) -> str | None:
    return min((step.by for step in steps if step.by is not None), default=None)


def _waiting_on(plan: _Plan, requirements: tuple[Requirement, ...]) -> str | None:
    """Who is to bring what is missing, when it is not us."""
    if plan.situation.level.waits:
        return Owner.PAYER.value
    outside = (Owner.PATIENT, Owner.PHARMACY, Owner.PAYER, Owner.OTHER_PRACTICE)
    owners = {r.missing.owner for r in requirements if r.missing is not None}
    if plan.filing.standing and plan.filing.filer == "member":
        owners.add(Owner.PATIENT)
    return ", ".join(owner.value for owner in outside if owner in owners) or None


def _after_outcome(task: Task, plan: _Plan) -> Task:
    """The task as a later letter of the case leaves it."""
    level = plan.situation.level
    if level.outcome is Outcome.OPEN:
        return task
    ids = (*task.letter_ids, *(closer.letter.letter_id for closer in level.closers))
    task = replace(task, letter_ids=tuple(dict.fromkeys(ids)))
    if level.outcome in _CLOSED or level.stage is Stage.REQUEST:
        return _quiet(task, _CLOSED.get(level.outcome, TaskState.CLOSED), why="decided by a later letter of the case")
    if level.outcome is Outcome.PARTIALLY_OVERTURNED:
        return replace(task, state=TaskState.PARTIALLY_OVERTURNED)
    return _won(task, plan)


def _quiet(task: Task, state: TaskState, *, why: str) -> Task:
    return replace(
        task,
        state=state,
        priority=0,
        priority_why=why,
        weight=None,
        weight_why="",
        due=None,
        due_at=None,
        due_why=why,
        steps=(),
        next_touch_on=None,
        waiting_on=None,
    )


def _won(task: Task, plan: _Plan) -> Task:
    """Overturned is not paid: after the service the payment is watched, before it the service is scheduled.

    An approval that gives less than is needed is a part of a win: the day of the appeal stays.
    """
    situation, approval = plan.situation, plan.approval
    decided = order(situation.level.closers[-1])[0]
    remembered = reminders(situation)
    if approval is not None and approval.differs:
        steps = [(amend_words(approval, task.due), decided + timedelta(days=1)), *remembered]
        return replace(
            task, state=TaskState.PARTIALLY_OVERTURNED, action=Action.AMEND_AUTHORIZATION, steps=_steps(steps),
            next_touch_on=min(by for _, by in steps).isoformat(),
        )  # fmt: skip
    steps = [*won_steps(situation, approval, decided=decided), *remembered]
    paid_later = situation.after_service
    action = Action.WATCH_PAYMENT if paid_later else Action.SCHEDULE_SERVICE
    state = TaskState.AWAITING_PAYMENT if paid_later else TaskState.OVERTURNED
    return replace(
        _quiet(task, state, why="the payer has decided for us"),
        action=action,
        priority=20,
        steps=_steps(steps),
        next_touch_on=min(by for _, by in steps).isoformat(),
        waiting_on="payer" if paid_later else None,
    )


def _steps(told: Sequence[tuple[str, date]]) -> tuple[Step, ...]:
    return tuple(Step(order=place, do=do, by=by.isoformat()) for place, (do, by) in enumerate(told, start=1))
