"""What must be shown, as rows of the task screen: a requirement once, below the policy or letter that asks for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.values.evidence import Proof
from pipeline.values.letter import UnmetCriterion
from pipeline.values.task import Missing, Requirement, RequirementSource, Status

_SETTLED = (Status.MET, Status.NOT_APPLICABLE)
_Source = tuple[str | None, str | None, bool]


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
    stands: tuple[Stand, ...]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done for it."""
        return any(stand.missing or stand.status not in _SETTLED for stand in self.stands)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a policy in an edition asks for; without a policy, what the letter and its reason do."""

    policy: str | None
    edition: str | None
    verified: bool
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A criterion that the letter calls unmet, and how the payer's criterion it is tied to stands on file."""

    said: UnmetCriterion
    need: Requirement | None


def asked_by(requirements: Iterable[Requirement]) -> tuple[Asked, ...]:
    """The requirements by what asks for them, those of one statement put together, each in their order.

    What asks for something that is still open stands before what asks only for what is shown.
    """
    rows: dict[_Source, dict[tuple[str, RequirementSource], list[Requirement]]] = {}
    for one in requirements:
        source = one.source.policy, one.source.edition, one.source.verified
        rows.setdefault(source, {}).setdefault((one.statement, one.source), []).append(one)
    found = [
        Asked(
            policy=policy, edition=edition, verified=verified,
            needs=tuple(Need(statement=statement, stands=_stands(parts)) for (statement, _), parts in needs.items()),
        )
        for (policy, edition, verified), needs in rows.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda asked: not any(need.is_open for need in asked.needs)))


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
