"""Schema of ``models/clocks/``: the time limits that law, manuals and contracts add to what a letter states."""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from pipeline.knowledge.entry import Entry
from pipeline.values.task import Action
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
    ``path`` None and ``tracks``, ``timings``, ``payers``, ``states`` or ``codes`` empty mean any; a payer matches that
    holds one of the names (lower case), ``codes`` are remark codes of which the letter must have one. ``level`` is the
    appeal level that the limit opens. ``contract``: the real window stands in the provider's contract, so the entry
    only ever gives a date to confirm. ``participating``: only where practice.yaml says so of us. ``drug``: whether the
    service must be a drug given by a clinician. ``rolls``: the law moves a day that the month lacks to the first of the
    next, and a weekend or federal holiday on, which changes the outer limit alone. ``answers``: the limit is the
    payer's own, for what we filed. ``effective_from`` and ``effective_to`` are days of the letter.
    """

    kind: ClockKind
    for_: Party = Field(alias="for")
    path: ClockPath | None = None
    level: int = Field(ge=0, le=5)
    tracks: tuple[Track, ...] = ()
    timings: tuple[ServiceTiming, ...] = ()
    payers: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    participating: bool | None = None
    drug: bool | None = None
    amount: int = Field(gt=0)
    unit: TimeUnit
    latest_amount: int | None = None
    anchor: Anchor
    cite: str = Field(min_length=3)
    floor: bool = False
    contract: bool = False
    rolls: bool = False
    answers: tuple[Action, ...] = ()
    note: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.latest_amount is not None and self.latest_amount <= self.amount:
            raise ValueError("latest_amount must be above amount")
        if (self.kind is ClockKind.PAYER_DECISION) != bool(self.answers):
            raise ValueError("answers belong to payer_decision, and it needs some")
        if self.effective_from and self.effective_to and self.effective_to < self.effective_from:
            raise ValueError("effective_to lies before effective_from")
        return self

    def in_force(self, day: date) -> bool:
        """Whether the rule governs a letter of ``day``."""
        return (self.effective_from or day) <= day <= (self.effective_to or day)


class StandingRule(Entry):
    """Who may file on a track, and the papers it takes. Of ``models/routes/standing.yaml`` the first that fits holds.

    Empty lists and None mean any. ``level`` is the lowest level it holds for. ``papers``: evidence id -> what is
    needed, in words. ``unless_invited``: no paper where the letter itself invites the provider to appeal. ``filer``:
    whose right is used. ``tell``: what must be done beside, in words.
    """

    path: ClockPath | None = None
    tracks: tuple[Track, ...] = ()
    actions: tuple[Action, ...] = ()
    level: int = Field(default=0, ge=0, le=5)
    participating: bool | None = None
    unknown_participation: bool = False
    papers: dict[str, str] = Field(default_factory=dict)
    unless_invited: bool = False
    filer: ClockPath
    cite: str = Field(min_length=3)
    tell: str | None = None


class StateCue(Entry):
    """What shows the state whose insurance law may govern: beginnings of citations, and names of payers and regulators.

    ``cites`` are compared without spaces and punctuation; ``names`` are whole words, lower case.
    """

    state: str = Field(pattern=r"^[A-Z]{2}$")
    cites: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class TrackCue(Entry):
    """A legal citation that shows which track a letter is on; ``number`` is how the citation's number begins."""

    kind: CitationKind
    number: str
    track: Track
