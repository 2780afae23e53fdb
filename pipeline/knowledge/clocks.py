"""Schema of ``models/clocks/``: the time limits that law, manuals and contracts add to what a letter states."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from pipeline.knowledge.entry import Entry
from pipeline.values.vocabulary import Anchor, CitationKind, ClockKind, Party, ServiceTiming, TimeUnit


class Track(StrEnum):
    """Which law governs a dispute. ``commercial``: employer or individual cover whose funding is not known."""

    ERISA = "erisa"
    INSURED = "insured"
    MARKETPLACE = "marketplace"
    COMMERCIAL = "commercial"
    MEDICARE_ADVANTAGE = "medicare_advantage"
    PART_D = "part_d"
    ORIGINAL_MEDICARE = "original_medicare"
    MEDICAID = "medicaid"
    FEHB = "fehb"
    TRICARE = "tricare"
    WORKERS_COMP = "workers_comp"
    UNKNOWN = "unknown"


class ClockPath(StrEnum):
    """Whose way a limit belongs to: the member's appeal (whoever files it), or the provider's own dispute."""

    MEMBER = "member"
    PROVIDER = "provider"


class ClockRule(Entry):
    """A time limit that holds though the letter may not state it.

    ``amount`` counts to the earliest safe day, ``latest_amount`` to the outer legal limit where that is later (the five
    days of presumed receipt of Medicare). ``floor``: the law says "at least", so a longer limit in a letter is good.
    ``path`` None and ``tracks``, ``timings`` or ``payers`` empty mean any; a payer matches that holds one of the names
    (lower case). ``level`` is the appeal level that the limit opens. ``contract``: the real window stands in the
    provider's contract, so the entry only ever gives a date to confirm.
    """

    kind: ClockKind
    for_: Party = Field(alias="for")
    path: ClockPath | None = None
    level: int = Field(ge=0, le=4)
    tracks: tuple[Track, ...] = ()
    timings: tuple[ServiceTiming, ...] = ()
    payers: tuple[str, ...] = ()
    amount: int = Field(gt=0)
    unit: TimeUnit
    latest_amount: int | None = None
    anchor: Anchor
    cite: str = Field(min_length=3)
    floor: bool = False
    contract: bool = False
    note: str | None = None

    @model_validator(mode="after")
    def _latest_is_later(self) -> Self:
        if self.latest_amount is not None and self.latest_amount <= self.amount:
            raise ValueError("latest_amount must be above amount")
        return self


class TrackCue(Entry):
    """A legal citation that shows which track a letter is on; ``number`` is how the citation's number begins."""

    kind: CitationKind
    number: str
    track: Track
