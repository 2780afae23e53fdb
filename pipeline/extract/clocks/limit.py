"""A time limit as a letter words it, and which kinds of limits go together."""

from dataclasses import dataclass
from datetime import date

from pipeline.extract.clocks.durations import Duration, PrintedDay
from pipeline.values.letter import Anchor, ClockKind, Party

EFFECTS = frozenset({ClockKind.RECOUPMENT_HOLD, ClockKind.CONTINUATION_OF_BENEFITS})
"""What follows from acting in time: ``if you appeal within 10 days, your services will continue``."""
REMEDIES = frozenset(
    {ClockKind.INTERNAL_APPEAL, ClockKind.SECOND_LEVEL, ClockKind.RECONSIDERATION, ClockKind.PROVIDER_DISPUTE}
)
OFFERED = REMEDIES | {ClockKind.PEER_TO_PEER, ClockKind.EXTERNAL_REVIEW, ClockKind.FAIR_HEARING}
OFFERED_TOGETHER = OFFERED | {ClockKind.CORRECTED_CLAIM, ClockKind.REOPENING}
"""What may have one time in one breath: ``a corrected claim or a dispute within 12 months``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit as worded. Either ``duration`` or ``printed`` is set; offsets are those of ``reading.prose.text``.

    ``since`` is a day that is printed as its start; ``runs_from`` the words for a start that is none of the known ones;
    ``near``: its own sentence names the act.
    """

    kind: ClockKind
    party: Party
    duration: Duration | None
    printed: PrintedDay | None
    anchor: Anchor
    later: bool
    start: int
    end: int
    rule: str
    confidence: float
    near: bool = True
    since: date | None = None
    runs_from: str | None = None
