"""Schema of ``models/odds/``: how often decisions were overturned, counted from public data."""

from typing import Self

from pydantic import Field, model_validator

from pipeline.knowledge.clocks import Track
from pipeline.knowledge.entry import Entry
from pipeline.values.task import Action
from pipeline.values.vocabulary import Category


class Odds(Entry):
    """How often one kind of dispute was won; for the words and points of a priority, never to lower one.

    ``actions``, ``tracks`` and ``categories`` empty mean any; ``drugs`` are HCPCS codes of which the letter has one.
    ``cases`` and ``overturned`` are counts where they were published, ``low`` and ``high`` the Wilson bounds (95 %) of
    the share; a figure without counts has ``share`` alone. ``diagnoses`` are beginnings of ICD-10-CM codes; an entry
    with a ``group`` counts something that no letter shows, and is there to be looked up.
    """

    actions: tuple[Action, ...] = ()
    tracks: tuple[Track, ...] = ()
    categories: tuple[Category, ...] = ()
    drugs: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    group: str | None = None
    years: str = Field(pattern=r"^\d{4}(-\d{4})?$")
    cases: int | None = Field(default=None, gt=0)
    overturned: int | None = Field(default=None, ge=0)
    share: float = Field(ge=0, le=1)
    low: float | None = Field(default=None, ge=0, le=1)
    high: float | None = Field(default=None, ge=0, le=1)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.cases is not None and self.overturned is not None:
            if self.overturned > self.cases or abs(self.overturned / self.cases - self.share) > 0.001:
                raise ValueError("share is overturned over cases")
            if self.low is None or self.high is None or not self.low <= self.share <= self.high:
                raise ValueError("counts need bounds around the share")
        return self
