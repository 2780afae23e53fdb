"""What is known about one level of a case before anything is decided: letter, day, law, path, contract."""

from dataclasses import dataclass
from datetime import date

from pipeline.knowledge import Knowledge
from pipeline.knowledge.clocks import ClockPath, Track
from pipeline.plan.threads import payer_key
from pipeline.plan.timeline import Level, Stage, letter_day, service_days
from pipeline.plan.track import track_of
from pipeline.values.letter import Finding, Letter
from pipeline.values.practice import ContractTerms, Practice
from pipeline.values.vocabulary import LetterKind, Party, ServiceTiming

AFTER_SERVICE = frozenset({ServiceTiming.POST_SERVICE, ServiceTiming.PREPAYMENT_REVIEW, ServiceTiming.POST_PAYMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One level of a case as it stands ``today``.

    ``timing`` is the letter's, or what its numbers suggest; then ``path_sure`` is False. ``path`` is PROVIDER after the
    service (the provider's own dispute) and MEMBER before it. ``received`` is the first day a letter of the level came.
    """

    level: Level
    letter: Letter
    received: date
    today: date
    track: Track
    timing: ServiceTiming
    path: ClockPath
    path_sure: bool
    contract: ContractTerms | None
    knowledge: Knowledge

    @property
    def after_service(self) -> bool:
        """Whether the service was given before the decision."""
        return self.timing in AFTER_SERVICE

    def ours(self, party: Party) -> bool:
        """Whether a limit or a contact that stands for ``party`` may serve us on this path."""
        if party is Party.PAYER:
            return False
        return party is not Party.MEMBER or self.path is ClockPath.MEMBER


def situation_of(level: Level, *, today: date, knowledge: Knowledge, practice: Practice) -> Situation:
    """Gather what is known about a level."""
    letter = level.base.letter
    timing, sure = _timing(letter, level.stage)
    track = track_of(letter, knowledge=knowledge)
    after = timing in AFTER_SERVICE or track is Track.ORIGINAL_MEDICARE
    return Situation(
        level=level,
        letter=letter,
        received=min(c.received for c in level.letters),
        today=today,
        track=track,
        timing=timing,
        path=ClockPath.PROVIDER if after else ClockPath.MEMBER,
        path_sure=sure,
        contract=_contract(letter, practice),
        knowledge=knowledge,
    )


def words(found: Finding | None) -> str | None:
    """The value of a finding, or None."""
    return found.value if found is not None else None


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
    payer = payer_key(words(letter.payer))
    plan_type = words(letter.plan_type)
    if not payer:
        return None
    named = [c for c in practice.contracts if payer_key(c.payer) and payer_key(c.payer) in payer]
    exact = [c for c in named if c.line_of_business is not None and c.line_of_business == plan_type]
    general = [c for c in named if c.line_of_business is None]
    return next(iter(exact or general), None)
