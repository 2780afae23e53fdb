"""Where to send: a contact by its role in the letter, never by mere presence."""

from pipeline.knowledge.clocks import ClockPath
from pipeline.plan.situation import Situation
from pipeline.values.letter import Contact
from pipeline.values.task import Action
from pipeline.values.vocabulary import Channel, Purpose

_SEND = (Channel.FAX, Channel.PORTAL, Channel.MAIL, Channel.EMAIL)
_CALL = (Channel.PHONE, Channel.PORTAL, Channel.EMAIL, Channel.FAX)
_PURPOSES: dict[Action, tuple[Purpose, ...]] = {
    Action.EXPEDITED_APPEAL: (Purpose.EXPEDITED_APPEAL, Purpose.APPEAL),
    Action.PROVIDER_DISPUTE: (Purpose.PROVIDER_DISPUTE, Purpose.APPEAL),
    Action.RECONSIDERATION: (Purpose.PROVIDER_DISPUTE, Purpose.APPEAL),
    Action.DISPUTE_RECOUPMENT: (Purpose.PROVIDER_DISPUTE, Purpose.APPEAL),
    Action.EXTERNAL_REVIEW: (Purpose.EXTERNAL_REVIEW,),
    Action.RESUBMIT_WITH_RECORDS: (Purpose.RECORDS,),
    Action.PEER_TO_PEER: (Purpose.PEER_TO_PEER,),
    Action.CONFIRM_DEADLINE: (Purpose.PROVIDER_SERVICES,),
    Action.VERIFY_ELIGIBILITY: (Purpose.PROVIDER_SERVICES,),
    Action.RETRO_AUTHORIZATION: (Purpose.PROVIDER_SERVICES,),
    Action.AMEND_AUTHORIZATION: (Purpose.PROVIDER_SERVICES,),
    Action.STEP_EXCEPTION: (Purpose.PROVIDER_SERVICES,),
    Action.APPEAL: (Purpose.APPEAL,),
    Action.OBTAIN_STANDING: (Purpose.APPEAL,),
    Action.SECOND_LEVEL_APPEAL: (Purpose.APPEAL,),
    Action.FAIR_HEARING: (Purpose.EXTERNAL_REVIEW,),
}
_BY_PHONE = frozenset(
    {
        Action.PEER_TO_PEER,
        Action.CONFIRM_DEADLINE,
        Action.VERIFY_ELIGIBILITY,
        Action.RETRO_AUTHORIZATION,
        Action.AMEND_AUTHORIZATION,
        Action.STEP_EXCEPTION,
    }
)


def contact_for(action: Action, *, situation: Situation) -> Contact | None:
    """The letter's contact for an action; None where it names none, or two that differ (a wrong fax is worse)."""
    purposes = _PURPOSES.get(action, ())
    if action is Action.APPEAL and situation.path is ClockPath.PROVIDER:
        purposes = (*purposes, Purpose.PROVIDER_DISPUTE)
    channels = _CALL if action in _BY_PHONE else _SEND
    ours = [c for letter in situation.level.letters for c in letter.letter.contacts if situation.ours(c.for_)]
    for purpose in purposes:
        for channel in channels:
            found = {c.value: c for c in ours if c.purpose is purpose and c.channel is channel and c.value}
            if len(found) == 1:
                return next(iter(found.values()))
            if found:
                return None
    return None
