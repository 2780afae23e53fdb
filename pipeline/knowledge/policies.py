"""Schema of ``models/criteria/`` and ``models/policies/``: what a payer asks before it pays, as data."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import Field, model_validator

from pipeline.errors import UsageError
from pipeline.knowledge.entry import Entry, Strict
from pipeline.knowledge.load import load_entries

EvidenceId = Annotated[str, Field(pattern=r"^ev\.[a-z_.]+$")]


class Measure(StrEnum):
    """What an atom looks at."""

    AGE = "age"
    DIAGNOSIS = "diagnosis"
    HEADACHE_DAYS = "headache_days"
    MIGRAINE_DAYS = "migraine_days"
    HEADACHE_HOURS = "headache_hours"
    MONTHS = "months"
    SCORE = "score"
    TEST_RESULT = "test_result"
    TRIALS = "trials"
    NOT_TAKEN = "not_taken"
    FINDING = "finding"
    ASSESSED = "assessed"
    SPECIALTY = "specialty"
    UNITS = "units"
    INTERVAL = "interval"
    RESPONSE = "response"
    FREQUENCY = "frequency"
    ATTESTED = "attested"


class Phase(StrEnum):
    """For which request a criterion holds."""

    INITIAL = "initial"
    CONTINUATION = "continuation"
    BOTH = "both"


class Test(Strict):
    """A tree of atoms: ``all``, ``any`` or one atom.

    An atom measures: ``at_least`` / ``at_most`` bound a number (in ``unit``), ``names`` are scales, findings, illnesses
    or specialties of which ``count`` are needed, ``against`` what contradicts. Of trials: ``classes`` and ``drugs``
    that count, ``count`` medicines of ``distinct`` classes (``groups`` joins classes), each ``days`` long; with
    ``exceptions`` an intolerance or contraindication stands for a trial; ``complete`` asks for every field. ``past``
    lets what is said as past count (a stroke, a therapy). ``absent`` asks that a finding was looked for and not there.
    ``attested`` can only be answered by a person. Units with ``days`` are summed over so many days; a
    ``frequency`` is at most so many treatments in so many days.
    """

    __test__ = False  # no test of pytest's

    all: tuple["Test", ...] = ()
    any: tuple["Test", ...] = ()
    measure: Measure | None = None
    at_least: float | None = None
    at_most: float | None = None
    unit: str | None = None
    names: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()
    groups: dict[str, str] = Field(default_factory=dict)
    count: int = Field(default=1, ge=1)
    distinct: int = Field(default=1, ge=1)
    days: int | None = Field(default=None, gt=0)
    exceptions: bool = False
    complete: bool = False
    absent: bool = False
    past: bool = False
    indication: str | None = None
    max_age_days: int | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Test":
        if sum((bool(self.all), bool(self.any), self.measure is not None)) != 1:
            raise ValueError("a test is all, any, or one measure")
        return self


class Criterion(Entry):
    """One thing a payer asks. ``criterion`` is the stem that requirements carry; the id names the payer's variant."""

    meaning: str = ""
    criterion: str | None = None
    phase: Phase
    statement: str = Field(min_length=5)
    evidence: tuple[EvidenceId, ...] = Field(min_length=1)
    test: Test

    @property
    def stem(self) -> str:
        """The id without the payer's variant."""
        return self.criterion or self.id


class Diagnoses(Strict):
    """Beginnings of ICD-10-CM codes that a policy covers for an indication, and those it names as not covered."""

    covered: tuple[str, ...] = ()
    not_covered: tuple[str, ...] = ()


class Policy(Entry):
    """A payer's policy: names of the payer (lower case), policy numbers, and criteria by indication.

    ``drug`` is the drug family of ``models/routes/drugs.yaml`` that it is about; ``area`` are the states of a Medicare
    contractor, which are not used to choose: a letter names its contractor or its determination.
    ``complete`` says that its text is known in full; where it is not, the general profile fills in, shown as such.
    """

    payers: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    title: str
    edition: str | None = None
    complete: bool = False
    general: bool = False
    drug: str = "botulinum_toxin"
    area: tuple[str, ...] = ()
    diagnoses: dict[str, Diagnoses] = Field(default_factory=dict)
    criteria: dict[str, tuple[str, ...]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyKnowledge:
    """All policies and the criteria by id."""

    policies: tuple[Policy, ...]
    criteria: dict[str, Criterion]

    @property
    def general(self) -> Policy:
        """The general profile."""
        return next(policy for policy in self.policies if policy.general)


@cache
def load_policies() -> PolicyKnowledge:
    """Read ``models/criteria`` and ``models/policies`` once.

    Raises:
        UsageError: naming the file and entry that is wrong, or the policy that names an unknown criterion.
    """
    criteria = {entry.id: entry for entry in load_entries("criteria", Criterion)}
    policies = load_entries("policies", Policy)
    for policy in policies:
        unknown = {c for ids in policy.criteria.values() for c in ids} - criteria.keys()
        if unknown:
            raise UsageError(
                f"policy {policy.id}",
                why=f"it names {', '.join(sorted(unknown))}",
                advice="Add them to models/criteria.",
            )
    return PolicyKnowledge(policies=policies, criteria=criteria)
