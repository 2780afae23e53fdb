"""Which law governs a letter, from what it says of the plan and from the laws it cites."""

import re
from collections.abc import Sequence

from pipeline.knowledge import Knowledge
from pipeline.knowledge.clocks import Track
from pipeline.values.letter import Letter
from pipeline.values.vocabulary import CitationKind, Purpose

_BY_PLAN_TYPE = {
    "marketplace": Track.MARKETPLACE,
    "medicare_advantage": Track.MEDICARE_ADVANTAGE,
    "part_d": Track.PART_D,
    "original_medicare": Track.ORIGINAL_MEDICARE,
    "medicaid": Track.MEDICAID,
    "fehb": Track.FEHB,
    "tricare": Track.TRICARE,
    "workers_comp": Track.WORKERS_COMP,
}
_STATE_LAW = frozenset({CitationKind.STATE_LAW})
_COMMERCIAL = frozenset({Track.COMMERCIAL, Track.ERISA, Track.INSURED, Track.MARKETPLACE})


def track_of(letter: Letter, *, knowledge: Knowledge) -> Track:
    """The track; ``Track.UNKNOWN`` where the letter does not show it or shows two that differ."""
    plan_type = letter.plan_type.value if letter.plan_type is not None else None
    funding = letter.funding.value if letter.funding is not None else None
    if plan_type in _BY_PLAN_TYPE:
        return _BY_PLAN_TYPE[plan_type]
    cited = _cited(letter, knowledge)
    if plan_type == "commercial" or (plan_type in (None, "unknown") and cited and cited <= _COMMERCIAL):
        return _commercial(funding, cited)
    if funding == "self_funded" and not cited:
        return Track.ERISA
    return cited.pop() if len(cited) == 1 else Track.UNKNOWN


def state_of(letters: Sequence[Letter], *, knowledge: Knowledge) -> str | None:
    """The state whose law the letters cite, else that which payers and regulators are named for; None where unclear."""
    cites = [_plain(c.number or c.value) for letter in letters for c in letter.policy_citations if c.kind in _STATE_LAW]
    cues = knowledge.routes.states
    cited = {cue.state for cue in cues for cite in cites if any(cite.startswith(c) for c in cue.cites)}
    if cited:
        return cited.pop() if len(cited) == 1 else None
    told = " | ".join(_spaced(text) for letter in letters for text in _names(letter))
    named = {cue.state for cue in cues if any(f" {name} " in told for name in cue.names)}
    return named.pop() if len(named) == 1 else None


def _names(letter: Letter) -> list[str]:
    named = [found.value or "" for found in (letter.payer, letter.delegate) if found is not None]
    regulators = [c for c in letter.contacts if c.purpose in (Purpose.REGULATOR, Purpose.EXTERNAL_REVIEW)]
    return [*named, *(f"{c.value} {c.text}" for c in regulators)]


def _spaced(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z]+', text.casefold()))} "


def _commercial(funding: str | None, cited: set[Track]) -> Track:
    if funding == "self_funded":
        return Track.ERISA
    if funding == "insured":
        return Track.INSURED
    narrower = (cited & _COMMERCIAL) - {Track.COMMERCIAL}
    return narrower.pop() if len(narrower) == 1 else Track.COMMERCIAL


def _cited(letter: Letter, knowledge: Knowledge) -> set[Track]:
    return {
        cue.track
        for citation in letter.policy_citations
        for cue in knowledge.routes.tracks
        if citation.kind is cue.kind and _plain(citation.number or citation.value).startswith(_plain(cue.number))
    }


def _plain(text: str | None) -> str:
    return re.sub(r"[^a-z0-9]", "", (text or "").casefold())
