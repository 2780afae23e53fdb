"""Schema of ``models/evidence.yaml``: the documents that prove something to a payer, and who can get them."""

from typing import Annotated

from pydantic import Field

from pipeline.knowledge.entry import Entry
from pipeline.values.task import Owner

Cue = Annotated[str, Field(min_length=2)]


class EvidenceType(Entry):
    """A kind of document: what it is, how it is recognised, where it lies and who can get it.

    ``meaning`` is the plain name that people read. ``loinc`` are HL7 attachment codes. ``title_cues`` stand in a
    heading and ``content_cues`` in the body of such a document: both are needed to recognise one. ``stale_days`` is the
    age in calendar days at which it no longer convinces, None where age does not matter. ``turnaround_days`` are the
    working days it usually takes to get. The words by which a payer's letter names a type stand in
    ``models/requests/``.
    """

    id: str = Field(pattern=r"^ev\.[a-z_.]+$")
    loinc: tuple[Annotated[str, Field(pattern=r"^\d{4,6}-\d$")], ...] = ()
    title_cues: tuple[Cue, ...] = Field(min_length=1)
    content_cues: tuple[Cue, ...] = Field(min_length=1)
    stale_days: int | None = Field(default=None, gt=0)
    where_to_find: str = Field(min_length=10)
    owner: Owner
    turnaround_days: int = Field(ge=0, le=30)
