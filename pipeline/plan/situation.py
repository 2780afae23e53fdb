"""What is known about one level of a case before anything is decided: letter, day, law, path, contract."""

import re
from dataclasses import dataclass
from datetime import date

from pipeline.knowledge import Knowledge
from pipeline.knowledge.clocks import ClockPath, Track
from pipeline.plan.threads import payer_key
from pipeline.plan.timeline import Level, Stage, letter_day, service_days
from pipeline.plan.today import Today
from pipeline.plan.track import state_of, track_of
from pipeline.values.letter import Letter, value_of
from pipeline.values.practice import ContractTerms, Practice
from pipeline.values.vocabulary import LetterKind, Party, ServiceTiming

AFTER_SERVICE = frozenset({ServiceTiming.POST_SERVICE, ServiceTiming.PREPAYMENT_REVIEW, ServiceTiming.POST_PAYMENT})

_DRUG_CODE = re.compile(r"[JQ]\d{4}$")
"""HCPCS codes of drugs that a clinician gives: Part B drugs under Medicare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One level of a case as it stands ``today``.

    ``timing`` is the letter's, or what its numbers suggest; then ``path_sure`` is False. ``path`` is PROVIDER after the
    service (the provider's own dispute) and MEMBER before it. ``received`` is the first day a letter of the level came.
    ``state`` is the one whose insurance law the letters show, as two letters. ``drug``: the service is a drug that a
    clinician gives, by its HCPCS code.
    """

    level: Level
    letter: Letter
    received: date
    today: Today
    track: Track
    state: str | None
    drug: bool
    timing: ServiceTiming
    path: ClockPath
    path_sure: bool
    contract: ContractTerms | None
    knowledge: Knowledge

    @property
    def after_service(self) -> bool:
        """Whether the service was given before the decision."""
        return self.timing in AFTER_SERVICE

    @property
    def insured(self) -> bool:
        """Whether state insurance law is known to govern."""
        return self.track in (Track.INSURED, Track.MARKETPLACE)

    @property
    def participating(self) -> bool | None:
        """Whether we have a contract with this payer; None where practice.yaml does not say."""
        return self.contract.participating if self.contract is not None else None

    def ours(self, party: Party) -> bool:
        """Whether a limit or a contact that stands for ``party`` may serve us on this path."""
        if party is Party.PAYER:
            return False
        return party is not Party.MEMBER or self.path is ClockPath.MEMBER


def situation_of(level: Level, *, today: Today, knowledge: Knowledge, practice: Practice) -> Situation:
    """Gather what is known about a level."""
    letter = level.base.letter
    timing, sure = _timing(letter, level.stage)
    track = _track(level, knowledge)
    after = timing in AFTER_SERVICE or track is Track.ORIGINAL_MEDICARE
    return Situation(
        level=level,
        letter=letter,
        received=min(c.received for c in level.letters),
        today=today,
        track=track,
        state=state_of([c.letter for c in level.letters], knowledge=knowledge),
        drug=any(_DRUG_CODE.match(found.value or "") for found in letter.procedure_codes),
        timing=timing,
        path=ClockPath.PROVIDER if after else ClockPath.MEMBER,
        path_sure=sure,
        contract=_contract(letter, practice),
        knowledge=knowledge,
    )


def _track(level: Level, knowledge: Knowledge) -> Track:
    """The track that the speaking letter shows, else the one that another letter of the level does."""
    others = [c.letter for c in level.letters if c is not level.base]
    shown = (track_of(letter, knowledge=knowledge) for letter in (level.base.letter, *others))
    return next((track for track in shown if track is not Track.UNKNOWN), Track.UNKNOWN)


def _timing(letter: Letter, stage: Stage) -> tuple[ServiceTiming, bool]:
    if letter.service_timing is not ServiceTiming.UNKNOWN:
        return letter.service_timing, True
    if letter.kind is LetterKind.REMITTANCE or stage is Stage.DEMAND or letter.carc:
        return ServiceTiming.POST_SERVICE, True
    days = service_days(letter)
    written = letter_day(letter)
    if letter.claim_number is not None or (days and written is not None and max(days) < written):
        return ServiceTiming.POST_SERVICE, False
    return ServiceTiming.PRE_SERVICE, False


def _contract(letter: Letter, practice: Practice) -> ContractTerms | None:
    """Our contract with the payer; the one for this line of business before one for all."""
    payer = payer_key(value_of(letter.payer))
    plan_type = value_of(letter.plan_type)
    if not payer:
        return None
    named = [c for c in practice.contracts if payer_key(c.payer) and payer_key(c.payer) in payer]
    exact = [c for c in named if c.line_of_business is not None and c.line_of_business == plan_type]
    general = [c for c in named if c.line_of_business is None]
    return next(iter(exact or general), None)
