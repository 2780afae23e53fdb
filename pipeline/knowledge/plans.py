"""What shows the kind of coverage and who funds it."""

from typing import Literal

from pydantic import Field

from pipeline.knowledge.entry import Exemplified


class PlanCue(Exemplified):
    """Words that show a plan type or a funding; ``weight`` 3 shows it alone, two of weight 1 do not."""

    field: Literal["plan_type", "funding"]
    value: str
    weight: int = Field(ge=1, le=3)
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
