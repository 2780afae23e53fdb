"""What must be shown, as rows of the task screen: a requirement with several kinds of evidence is one row."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.values.evidence import Proof
from pipeline.values.letter import UnmetCriterion
from pipeline.values.task import Missing, Requirement, RequirementSource, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How a requirement stands: one standing, with all its proofs and all that is missing for it."""

    status: Status
    why: str
    earliest: str | None
    proofs: tuple[Proof, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A requirement; it has several stands only where its kinds of evidence stand differently."""

    statement: str
    source: RequirementSource
    stands: tuple[Stand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A criterion that the letter calls unmet, and how the payer's criterion it is tied to stands on file."""

    said: UnmetCriterion
    need: Requirement | None


def needs_of(requirements: Iterable[Requirement]) -> tuple[Need, ...]:
    """The requirements in their order, those of one statement and source put together."""
    rows: dict[tuple[str, RequirementSource], list[Requirement]] = {}
    for one in requirements:
        rows.setdefault((one.statement, one.source), []).append(one)
    return tuple(
        Need(statement=statement, source=source, stands=_stands(parts)) for (statement, source), parts in rows.items()
    )


def _stands(parts: Iterable[Requirement]) -> tuple[Stand, ...]:
    alike: dict[tuple[Status, str, str | None], list[Requirement]] = {}
    for one in parts:
        alike.setdefault((one.status, one.why, one.earliest), []).append(one)
    return tuple(
        Stand(
            status=status, why=why, earliest=earliest,
            proofs=tuple(dict.fromkeys(proof for one in ones for proof in one.evidence)),
            missing=tuple(dict.fromkeys(one.missing for one in ones if one.missing is not None)),
        )
        for (status, why, earliest), ones in alike.items()
    )  # fmt: skip


def unmet_in(unmet: Iterable[UnmetCriterion], requirements: Iterable[Requirement]) -> tuple[Unmet, ...]:
    """What the letters call unmet, in their order, each with the requirement of the criterion that it is tied to."""
    known = {one.criterion_id: one for one in requirements}
    return tuple(Unmet(said=one, need=known.get(one.criterion_id or "")) for one in unmet)
