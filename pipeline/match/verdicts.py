"""How a criterion stands, with its proof; and how several stand together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.match.weights import Weighed, Weight
from pipeline.values.chart import Fact
from pipeline.values.task import Status

_SAME_TIME_DAYS = 45
"""Statements this near to each other that disagree are a conflict; further apart, the newer holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A status with its facts and its reason; ``earliest`` is the day on which waiting alone can meet it."""

    status: Status
    why: str
    facts: tuple[Fact, ...] = ()
    earliest: date | None = None


def by_facts(weighed: Sequence[Weighed], holds: Callable[[Fact], bool | None], *, shown: str) -> Verdict:
    """The verdict of facts that each fulfil a condition, contradict it, or leave it open (None).

    ``shown`` says what is looked for. Facts come the newest first.
    """
    decided = [(w, answer) for w in weighed if (answer := holds(w.fact)) is not None]
    yes = [w for w, answer in decided if answer and w.weight is Weight.PLAIN]
    no = [w for w, answer in decided if not answer and w.weight is Weight.PLAIN]
    if yes and no:
        return _both(yes, no, shown)
    if yes:
        return Verdict(status=Status.MET, why=f"{shown}: shown.", facts=tuple(w.fact for w in yes[:3]))
    if no:
        return Verdict(
            status=Status.NOT_MET, why=f"{shown}: the chart says otherwise.", facts=tuple(w.fact for w in no[:3])
        )
    return _not_plain([w for w, answer in decided if answer], weighed, shown)


def _both(yes: Sequence[Weighed], no: Sequence[Weighed], shown: str) -> Verdict:
    apart = (yes[0].day - no[0].day).days if yes[0].day and no[0].day else 0
    if apart > _SAME_TIME_DAYS:
        return Verdict(status=Status.MET, why=f"{shown}: shown; an older entry said otherwise.", facts=(yes[0].fact,))
    if apart < -_SAME_TIME_DAYS:
        return Verdict(status=Status.NOT_MET, why=f"{shown}: the newest entry says otherwise.", facts=(no[0].fact,))
    return Verdict(
        status=Status.CONFLICT, why=f"{shown}: entries of the same time disagree.", facts=(yes[0].fact, no[0].fact)
    )


def _not_plain(yes: Sequence[Weighed], all_: Sequence[Weighed], shown: str) -> Verdict:
    for weight, status in ((Weight.STALE, Status.STALE), (Weight.POST_DATED, Status.POST_DATED)):
        held = next((w for w in yes if w.weight is weight), None)
        if held is not None:
            return Verdict(status=status, why=f"{shown}: {held.why}.", facts=(held.fact,))
    nothing = next((w for w in yes if w.weight is Weight.NOTHING), None)
    if nothing is not None:
        return Verdict(status=Status.UNKNOWN, why=f"{shown}: an entry proves nothing, because {nothing.why}.")
    if all_:
        return Verdict(status=Status.UNKNOWN, why=f"{shown}: the chart speaks of it, but does not say this.")
    return Verdict(status=Status.UNKNOWN, why=f"{shown}: nothing on file says.")


_WORST_FIRST = (
    Status.NOT_MET,
    Status.CONFLICT,
    Status.POST_DATED,
    Status.STALE,
    Status.UNKNOWN,
    Status.NOT_APPLICABLE,
)


def all_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Met only where each is; otherwise the worst that stands."""
    for status in _WORST_FIRST:
        worst = next((v for v in verdicts if v.status is status), None)
        if worst is not None and status is not Status.NOT_APPLICABLE:
            return worst
    return Verdict(
        status=Status.MET, why=" ".join(v.why for v in verdicts), facts=tuple(f for v in verdicts for f in v.facts)
    )


def any_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Met where one is; not met only where none can be."""
    for status in (Status.MET, Status.CONFLICT, Status.STALE, Status.POST_DATED, Status.UNKNOWN):
        best = next((v for v in verdicts if v.status is status), None)
        if best is not None:
            return best
    return verdicts[0]
