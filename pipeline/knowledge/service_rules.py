"""Schema of ``models/service_rules.yaml``: what must agree when a toxin was given and billed."""

from functools import cache
from typing import Annotated

from pydantic import Field

from pipeline.knowledge.entry import Strict
from pipeline.knowledge.load import load_record

Ndc = Annotated[str, Field(pattern=r"^\d{5}-\d{4}$")]


class Toxin(Strict):
    """A toxin by its HCPCS code: units a billing unit, vial sizes in units, and its packages (labeler-product)."""

    code: str = Field(pattern=r"^J\d{4}$")
    drug: str
    billing: int = Field(gt=0)
    vials: tuple[int, ...] = Field(min_length=1)
    packages: tuple[Ndc, ...]
    cosmetic: tuple[Ndc, ...] = ()


class ServiceRules(Strict):
    """``exclusive`` are pairs of procedure codes not in one session; ``once`` are never doubled."""

    toxins: tuple[Toxin, ...]
    exclusive: tuple[tuple[str, str], ...]
    once: tuple[str, ...]


@cache
def load_service_rules() -> ServiceRules:
    """Read ``models/service_rules.yaml`` once. Raises ``UsageError`` naming what is wrong."""
    return load_record("service_rules.yaml", ServiceRules)
