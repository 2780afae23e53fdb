"""What every entry of knowledge has: an id, a meaning, tested examples, a source and how far it was verified."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Verified(StrEnum):
    """How far an entry was checked: read in a primary source, in a copy or summary, or general knowledge."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    KNOWN = "known"


class Strict(BaseModel):
    """A frozen record that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Entry(Strict):
    """One thing the pipeline knows.

    ``examples`` are texts it must recognise, ``counter_examples`` texts it must not; both are run by the tests.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_.\-]*$")
    meaning: str
    source: str
    verified: Verified = Verified.KNOWN
    effective_from: date | None = None
    effective_to: date | None = None

    def __hash__(self) -> int:
        """By its id, which is its own: what was compiled from entries is kept by them, and asked for all the time."""
        return hash(self.id)


class Exemplified(Entry):
    """An entry that recognises text, and therefore shows what it recognises and what not."""

    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(min_length=1)
