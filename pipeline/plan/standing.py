"""Who files, and the papers that give the right to."""

from dataclasses import dataclass

from pipeline.knowledge.clocks import ClockPath, Track
from pipeline.plan.clocks import APPEALS
from pipeline.plan.route import APPEAL_ACTIONS, Route
from pipeline.plan.situation import Situation
from pipeline.values.letter import Clock
from pipeline.values.task import Action, Standing
from pipeline.values.vocabulary import ClockKind, Party

_PAPERS = {
    "ev.member_consent": "the member's written consent that we appeal",
    "ev.aor": "the plan's representative form signed by the member",
    "ev.wol": "a waiver of liability signed by us",
}
_OWN_RIGHT = frozenset({Track.MEDICARE_ADVANTAGE, Track.PART_D, Track.ORIGINAL_MEDICARE})
"""Tracks on which the treating physician or prescriber may ask without being appointed (42 CFR 422.578, 423.580)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """``filer`` is "provider" where the right is ours and "member" where we act for the member."""

    filer: str
    standing: tuple[Standing, ...]


def filing_of(situation: Situation, route: Route, stated: tuple[Clock, ...]) -> Filing:
    """Whose right is used, and which papers it needs; nothing is on file as long as no chart is linked."""
    if not any(action in APPEAL_ACTIONS or action is Action.OBTAIN_STANDING for action in route.actions):
        return Filing(filer="provider", standing=())
    needs = [paper for paper in _PAPERS if _asked(situation, paper)]
    needs += [paper for paper in _by_law(situation, route, stated) if paper not in needs]
    member = any(paper != "ev.wol" for paper in needs)
    return Filing(
        filer="member" if member else "provider",
        standing=tuple(Standing(needs=_PAPERS[paper], have=False) for paper in needs),
    )


def _asked(situation: Situation, paper: str) -> bool:
    return any(r.evidence_type == paper for c in situation.level.letters for r in c.letter.requested_evidence)


def _by_law(situation: Situation, route: Route, stated: tuple[Clock, ...]) -> list[str]:
    if situation.path is ClockPath.PROVIDER:
        outside = situation.contract is not None and situation.contract.participating is False
        return ["ev.wol"] if outside and situation.track is Track.MEDICARE_ADVANTAGE else []
    if not situation.path_sure or situation.track in _OWN_RIGHT:
        return []
    if situation.track is Track.MEDICAID:
        return ["ev.member_consent"]
    if Action.EXTERNAL_REVIEW in route.actions[:1]:
        return ["ev.aor"]
    # "You or your provider may appeal" gives the right in the letter itself; silence does not.
    invited = any(c.kind in APPEALS | {ClockKind.SECOND_LEVEL} and c.for_ is not Party.MEMBER for c in stated)
    return [] if invited else ["ev.aor"]
