"""What follows once something was sent: the payer's time to answer, when to ask after it, what a delay means."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipeline.knowledge.calendar import business_day_on_or_before, business_days_after
from pipeline.plan.approval import Approval
from pipeline.plan.clocks import Deadline
from pipeline.plan.route import Route
from pipeline.plan.rules import answer_clock
from pipeline.plan.situation import Situation
from pipeline.plan.timeline import letter_day, order
from pipeline.values.letter import Channel, Clock
from pipeline.values.task import Action, FollowUp, FollowUpAct
from pipeline.values.vocabulary import Category, LetterKind

_NUMBERED = (Channel.FAX, Channel.PHONE)
_FOR_WANT_OF_IT = frozenset({Category.NO_PRIOR_AUTH, Category.AUTH_MISMATCH})
"""Reasons that an authorization given later takes away: the claim is sent again with its number."""
_REBILL_DAYS = 5
_PAYMENT_DAYS = 30
"""After so many days a payment that was won is asked after."""


def answer_of(situation: Situation, route: Route) -> Clock | None:
    """The payer's own limit, from its receipt of what we sent or else from the day we sent it; None before that."""
    level = situation.level
    if not level.waits:
        return None
    action = level.filed.action if level.filed is not None and level.filed.action else route.actions[0]
    return answer_clock(situation, action, filed_on=_begun(situation))


def _begun(situation: Situation) -> date:
    """The day that the payer's time runs from: the later of sending and what is known of its receipt."""
    level = situation.level
    days = [date.fromisoformat(row.day) for row in (level.filed, level.arrived) if row is not None]
    if level.acknowledged is not None:
        days.append(letter_day(level.acknowledged.letter) or level.acknowledged.received)
    return max(days)


def awaited(answer: Clock, chosen: Deadline, situation: Situation, clocks: Sequence[Clock]) -> Deadline:
    """The day the payer's answer is due is the day to look again, unless the appeal's own comes first.

    What the payer has confirmed may be another appeal, and what was sent may not have arrived: no day of ours that is
    still ahead is hidden by it, be it only one of several that ``clocks`` give for the same step.
    """
    if answer.due is None:
        return chosen
    own = chosen.due
    if own is not None and own <= date.fromisoformat(answer.due) and not situation.today.passed(own):
        return chosen
    ahead = _ahead(chosen, answer, situation, clocks)
    if ahead is not None:
        return ahead
    level = situation.level
    told = (
        f"sent on {level.filed.day}"
        if level.filed is not None and level.acknowledged is None
        else "the payer has confirmed an appeal"
    )
    return Deadline(
        clock=answer,
        due=date.fromisoformat(answer.due),
        why=f"{told}, and the payer must answer: {answer.working}; {answer.rule_cite}; "
        f"the appeal itself was due {chosen.due or 'on a day not known'}",
        disagreements=chosen.disagreements,
    )


def _ahead(chosen: Deadline, answer: Clock, situation: Situation, clocks: Sequence[Clock]) -> Deadline | None:
    """The first other day for the same step that is neither past nor after the payer's own."""
    last = answer.due or ""
    kind = chosen.clock.kind if chosen.clock is not None else None
    days = [c for c in clocks if c.kind is kind and c.due and c.due <= last and not situation.today.passed(c.due)]
    first = min(days, key=lambda c: c.due or "", default=None)
    if first is None or first.due is None:
        return None
    why = f"{first.working}; another day for it, {chosen.due}, has passed"
    return replace(chosen, clock=first, due=date.fromisoformat(first.due), why=why)


def questions_about_sending(situation: Situation) -> list[str]:
    """What does not fit in what was written down of the sending, or is still to be written down."""
    level = situation.level
    filed = level.filed
    if filed is None:
        if level.acknowledged is not None:
            return ["The payer has confirmed an appeal: check that it is ours and whole, then mark the task as sent"]
        if level.sent is not None:
            day = order(level.sent)[0]
            told = "check the proof that it went out, then mark the task as sent"
            return [f"Our own appeal of {day} lies on file: {told}"]
        sent = [row for row in level.follow_ups if row.act is FollowUpAct.SENT]
        return [_answered(row) for row in sent[-1:]]
    asked = []
    if filed.channel is None or not filed.proof:
        asked.append("Write down how it was sent and the number that proves it (denials sent)")
    if (wrong := _other_number(situation, filed)) is not None:
        asked.append(wrong)
    return asked


def _answered(row: FollowUp) -> str:
    return f"Something was sent on {row.day}, before the payer's last letter: see whether that letter answers it"


def _other_number(situation: Situation, filed: FollowUp) -> str | None:
    """Says so where it went to a number that no letter of the level gives for this channel."""
    contacts = [c for one in situation.level.letters for c in one.letter.contacts if c.channel is filed.channel]
    if filed.channel not in _NUMBERED or not filed.number or not contacts:
        return None
    if any(c.value == filed.number and situation.ours(c.for_) for c in contacts):
        return None
    return f"The letter does not give {filed.number} for this: check the number, and send it again if it is wrong"


def waiting_steps(situation: Situation, answer: Clock | None) -> list[tuple[str, date | None]]:
    """What to do while the payer has the word, each with its day: asked after, and what to do when time is over."""
    level, today = situation.level, situation.today
    rules = situation.knowledge.follow_up
    steps: list[tuple[str, date | None]] = []
    last = date.fromisoformat(answer.due) if answer is not None and answer.due else None
    if level.filed is not None and level.acknowledged is None and level.arrived is None:
        sent = date.fromisoformat(level.filed.day)
        by = business_days_after(sent, rules.arrives_after(level.filed.channel))
        steps.append(("Ask the payer whether it has arrived, and write down its reference number", by))
    if last is not None and not today.passed(last):
        ask = business_day_on_or_before(last - timedelta(days=rules.status_before))
        if not today.passed(ask):
            steps.append(("Ask the payer how it stands", ask))
    do = "If no answer has come, ask the payer where the appeal stands; a late answer is an argument of its own"
    if last is not None and today.passed(last):
        do = f"The payer's time ended on {last}: ask for the decision in writing{_delay(situation)}"
    steps.append((do, last))
    return steps


def reminders(situation: Situation) -> list[tuple[str, date]]:
    """The day on which somebody wanted to look at the task again."""
    row = situation.level.reminder
    if row is None:
        return []
    note = row.note or "somebody wanted to look at this again"
    return [(f"Reminder: {note}", date.fromisoformat(row.day))]


def _delay(situation: Situation) -> str:
    """What the delay means in law, where the track is known."""
    filed = situation.level.filed
    action = filed.action if filed is not None and filed.action is not None else Action.APPEAL
    found = [
        rule
        for rule in situation.knowledge.follow_up.late
        if action in rule.actions
        and situation.track in rule.tracks
        and (not rule.states or situation.state in rule.states)
    ]
    return "".join(f"; {rule.do} ({rule.cite})" for rule in found)


def won_steps(situation: Situation, approval: Approval | None, *, decided: date) -> list[tuple[str, date]]:
    """What is left once the payer has decided for us: to schedule what was approved, or to see the payment."""
    if not situation.after_service:
        return _to_schedule(situation, approval, decided)
    steps = []
    closer = situation.level.closer
    reasons = {reason.category for c in situation.level.letters for reason in c.letter.denial_reasons}
    if closer is not None and closer.kind is LetterKind.APPROVAL and reasons & _FOR_WANT_OF_IT:
        number = f" {approval.number}" if approval is not None and approval.number else ""
        steps.append((f"Send the claim again with the authorization{number}", decided + timedelta(days=_REBILL_DAYS)))
    do = "Watch the remittances until the payment is seen, then compare it with what is owed"
    return [*steps, (do, decided + timedelta(days=_PAYMENT_DAYS))]


def _to_schedule(situation: Situation, approval: Approval | None, decided: date) -> list[tuple[str, date]]:
    by = decided + timedelta(days=1)
    steps = []
    if approval is None or approval.open:
        left = ", ".join(approval.open) if approval is not None else "units, dates, site and codes"
        steps.append((f"The approval does not tell {left}: ask the payer before the service", by))
    until = f" by {approval.until}" if approval is not None and approval.until is not None else ""
    number = f" under authorization {approval.number}" if approval is not None and approval.number else ""
    return [*steps, (f"Schedule the service{until}{number}", by)]


def amend_words(approval: Approval, due: str | None) -> str:
    """What to do about an approval that gives less than is needed."""
    rest = f"appeal the rest by {due}" if due is not None else "appeal the rest"
    return f"The approval is not what is needed: {'; '.join(approval.differs)}. Have it amended, or {rest}"
