"""Who files, and the papers that give the right to."""

from dataclasses import dataclass

from pipeline.knowledge.clocks import ClockPath, StandingRule
from pipeline.plan.clocks import APPEALS
from pipeline.plan.route import APPEAL_ACTIONS, Route
from pipeline.plan.situation import Situation
from pipeline.values.letter import Clock
from pipeline.values.task import Action, Standing
from pipeline.values.vocabulary import ClockKind, Party

_ASKED_FOR = {
    "ev.member_consent": "the member's written consent that we appeal, which the letter asks for",
    "ev.aor": "the plan's representative form signed by the member, which the letter asks for",
    "ev.wol": "a waiver of liability signed by us, which the letter asks for",
}
_FILED = APPEAL_ACTIONS | {Action.OBTAIN_STANDING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """``filer`` is "provider" where the right is ours and "member" where we act for the member.

    ``tell`` is what must be done beside filing, in words; ``cite`` the law or contract that says so.
    """

    filer: str
    standing: tuple[Standing, ...]
    tell: str | None = None
    cite: str | None = None


def filing_of(situation: Situation, route: Route, stated: tuple[Clock, ...]) -> Filing:
    """Whose right is used, and which papers it needs; nothing is on file as long as no chart is linked."""
    if not any(action in _FILED for action in route.actions):
        return Filing(filer=ClockPath.PROVIDER.value, standing=())
    rule = next(r for r in situation.knowledge.routes.standing if _holds(r, situation, route))
    needs = {paper: words for paper, words in _ASKED_FOR.items() if _asked(situation, paper)}
    by_law = {} if rule.unless_invited and _invited(situation, stated) else dict(rule.papers)
    if not situation.path_sure and situation.path is ClockPath.MEMBER:
        by_law = {}  # what is only guessed to be before the service asks the patient for nothing
    member = any(paper != "ev.wol" for paper in (*needs, *by_law))
    return Filing(
        filer=(ClockPath.MEMBER if member else ClockPath.PROVIDER).value,
        standing=tuple(Standing(needs=words, have=False) for words in (by_law | needs).values()),
        tell=rule.tell,
        cite=rule.cite,
    )


def _holds(rule: StandingRule, situation: Situation, route: Route) -> bool:
    return (
        rule.path in (None, situation.path)
        and (not rule.tracks or situation.track in rule.tracks)
        and (not rule.actions or route.actions[0] in rule.actions)
        and situation.level.number >= rule.level
        and (rule.participating is None or rule.participating is situation.participating)
        and not (rule.unknown_participation and situation.participating is not None)
    )


def _asked(situation: Situation, paper: str) -> bool:
    return any(r.evidence_type == paper for c in situation.level.letters for r in c.letter.requested_evidence)


def _invited(situation: Situation, stated: tuple[Clock, ...]) -> bool:
    """Whether the letter itself gives us the right: "you or your provider may appeal" does, silence does not."""
    kinds = APPEALS | {ClockKind.SECOND_LEVEL}
    if situation.path is ClockPath.PROVIDER:
        kinds -= {ClockKind.INTERNAL_APPEAL}
    return any(c.kind in kinds and c.for_ is not Party.MEMBER for c in stated)
