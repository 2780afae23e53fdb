"""Schema of ``models/routes/``: what to do about each denial reason, and what codes and citations change."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field

from pipeline.errors import UsageError
from pipeline.knowledge.clocks import StandingRule, StateCue, TrackCue
from pipeline.knowledge.entry import Entry, Strict
from pipeline.knowledge.evidence import EvidenceType
from pipeline.knowledge.load import load_entries
from pipeline.values.task import Action
from pipeline.values.vocabulary import Category


class Fixability(StrEnum):
    """How often the remedy works when the evidence is found; practice judgement, not measured here."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Need(Strict):
    """A document that answers a denial reason; ``indications`` empty means for every illness."""

    type: str
    indications: tuple[str, ...] = ()


class Remedy(Entry):
    """What answers one denial reason.

    ``statement`` says in plain words what must be shown. ``pre`` is the action before the service, ``post`` after it;
    ``do`` is that action as an order to a person; ``then`` are the actions if the first does not help, in order.
    ``order``: of several reasons the one with the lowest order is acted on first. ``evidence``: the main one first.
    ``clinical``: a reviewer's judgement that a clinician can talk over (peer-to-peer).
    """

    category: Category
    statement: str = Field(min_length=15)
    pre: Action
    post: Action
    do: str = Field(min_length=15)
    then: tuple[Action, ...] = ()
    order: int = Field(ge=0, le=99)
    fixability: Fixability
    clinical: bool = False
    evidence: tuple[Need, ...] = ()


class CodeEffect(StrEnum):
    """What a code does to the way out."""

    NEW_CLAIM = "new_claim"
    NO_APPEAL_RESUBMIT = "no_appeal_resubmit"
    NO_APPEAL = "no_appeal"
    RESUBMIT = "resubmit"
    PATIENT_GUARD = "patient_guard"
    NOTHING_DENIED = "nothing_denied"


class CodeRule(Entry):
    """A remark or adjustment code that changes the route whatever the reason; ``group`` None means any group."""

    code: str = Field(pattern=r"^[A-Z]{0,2}\d{1,4}$")
    group: str | None = None
    effect: CodeEffect


class Indication(Entry):
    """An illness treated with a drug family: how a letter shows it, and which criterion a denial reason is about.

    ``drug`` is the id of the family; ``diagnoses`` are ICD-10-CM beginnings, ``procedures`` whole CPT codes.
    ``criteria``: category -> atom id;
    ``subcategories``: subcategory -> atom id, asked first.
    """

    drug: str = "botulinum_toxin"
    diagnoses: tuple[str, ...] = Field(min_length=1)
    procedures: tuple[str, ...] = ()
    criteria: dict[Category, str]
    subcategories: dict[str, str] = Field(default_factory=dict)


class PayerLimit(Entry):
    """What a payer asks of the way something is sent; ``payers`` as in ``ClockRule``, ``do`` an order to a person."""

    payers: tuple[str, ...] = Field(min_length=1)
    after_service: bool
    do: str = Field(min_length=15)


class Drug(Entry):
    """A drug family whose criteria are known: codes and names that show it in a letter."""

    codes: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """All of ``models/routes/``."""

    remedies: tuple[Remedy, ...]
    codes: tuple[CodeRule, ...]
    indications: tuple[Indication, ...]
    drugs: tuple[Drug, ...]
    tracks: tuple[TrackCue, ...]
    states: tuple[StateCue, ...]
    standing: tuple[StandingRule, ...]
    payer_limits: tuple[PayerLimit, ...]

    def remedy(self, category: Category) -> Remedy:
        """The remedy of a category; every category has one (``load_routes`` sees to it)."""
        return next(remedy for remedy in self.remedies if remedy.category is category)


def load_routes(evidence: tuple[EvidenceType, ...]) -> Routes:
    """Everything of ``models/routes/``, checked against the evidence types.

    Raises:
        UsageError: a category without a remedy or with two, or evidence or an illness that nobody defines.
    """
    routes = Routes(
        remedies=load_entries("routes/remedies.yaml", Remedy),
        codes=load_entries("routes/codes.yaml", CodeRule),
        indications=load_entries("routes/indications.yaml", Indication),
        drugs=load_entries("routes/drugs.yaml", Drug),
        tracks=load_entries("routes/tracks.yaml", TrackCue),
        states=load_entries("routes/states.yaml", StateCue),
        standing=load_entries("routes/standing.yaml", StandingRule),
        payer_limits=load_entries("routes/payer_limits.yaml", PayerLimit),
    )
    covered = [remedy.category for remedy in routes.remedies]
    _refuse("routes/remedies.yaml", {c.value for c in Category if covered.count(c) != 1}, "has no or two remedies")
    needs = [need for remedy in routes.remedies for need in remedy.evidence]
    _refuse("routes/remedies.yaml", {n.type for n in needs} - {e.id for e in evidence}, "is no evidence type")
    papers = {paper for rule in routes.standing for paper in rule.papers}
    _refuse("routes/standing.yaml", papers - {e.id for e in evidence}, "is no evidence type")
    illnesses = {illness for need in needs for illness in need.indications}
    _refuse("routes/remedies.yaml", illnesses - {i.id for i in routes.indications}, "is no indication")
    return routes


def _refuse(file: str, wrong: set[str], why: str) -> None:
    if wrong:
        raise UsageError(f"knowledge in models/{file} ({min(wrong)})", why=f"it {why}", advice="Mend the entry.")
