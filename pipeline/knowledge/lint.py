"""What a schema cannot see in policies and criteria: names that nothing has, editions that overlap, texts left out."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from pipeline.knowledge import Knowledge
from pipeline.knowledge.clinical import ClinicalKnowledge
from pipeline.knowledge.policies import Criterion, Measure, Policy, PolicyKnowledge, Test

_NAMED = {Measure.FINDING, Measure.ASSESSED}


def complaints(knowledge: Knowledge, clinical: ClinicalKnowledge, policies: PolicyKnowledge) -> tuple[str, ...]:
    """What is wrong with criteria and policies, one sentence each; empty where all hold together."""
    found = [
        *(line for criterion in policies.criteria.values() for line in _criterion(criterion, knowledge, clinical)),
        *(line for policy in policies.policies for line in _policy(policy, knowledge, policies)),
        *_overlaps(policies.policies),
    ]
    used = {c for policy in policies.policies for ids in policy.criteria.values() for c in ids}
    found.extend(f"criterion {c}: no policy names it" for c in sorted(policies.criteria.keys() - used - _VARIANTS))
    return tuple(found)


_VARIANTS = {
    "cm.features",
    "cm.dose.label",
    "cm.cap.cum",
    "cm.cont.7d100h",
    "cm.interval.90",
    "cm.frequency.4y",
    "oab.dose",
}
"""Known variants that no policy read so far uses; a policy that is added may."""


def _criterion(criterion: Criterion, knowledge: Knowledge, clinical: ClinicalKnowledge) -> Iterator[str]:
    where = f"criterion {criterion.id}"
    if not criterion.id.startswith(criterion.stem):
        yield f"{where}: its id does not begin with {criterion.stem}"
    for evidence in set(criterion.evidence) - {kind.id for kind in knowledge.evidence}:
        yield f"{where}: evidence {evidence} is not in evidence.yaml"
    for atom in atoms(criterion.test):
        for name in _unknown_names(atom, clinical):
            yield f"{where}: {name} is known nowhere in models/drugs or models/charts"


def atoms(test: Test) -> list[Test]:
    """The atoms of a tree."""
    inside = [atom for part in (*test.all, *test.any) for atom in atoms(part)]
    return inside or [test]


def _unknown_names(atom: Test, clinical: ClinicalKnowledge) -> Iterator[str]:
    classes = {entry.id: entry for entry in clinical.drugs}
    drugs = {drug for entry in clinical.drugs for drug in entry.drugs}
    yield from set(atom.classes) - classes.keys()
    yield from set(atom.drugs) - drugs
    yield from (f"acute class {c}" for c in atom.classes if c in classes and classes[c].acute_only)
    if atom.measure in _NAMED:
        yield from set(atom.names) - {entry.id for entry in clinical.findings}
    if atom.measure is Measure.SCORE:
        yield from set(atom.names) - {entry.id for entry in clinical.scales}
    if atom.measure is Measure.DIAGNOSIS:
        yield from {*atom.names, *atom.against} - {entry.id for entry in clinical.illnesses}
    if atom.measure is Measure.SPECIALTY:
        yield from set(atom.names) - {entry.id for entry in clinical.specialties}


def _policy(policy: Policy, knowledge: Knowledge, policies: PolicyKnowledge) -> Iterator[str]:
    where = f"policy {policy.id}"
    if policy.drug not in {drug.id for drug in knowledge.routes.drugs}:
        yield f"{where}: drug {policy.drug} is not in routes/drugs.yaml"
    known = {indication.id for indication in knowledge.routes.indications}
    for indication in {*policy.criteria, *policy.diagnoses} - known:
        yield f"{where}: indication {indication} is not in routes/indications.yaml"
    if not policy.general and not policy.payers and not policy.numbers:
        yield f"{where}: it has neither payer nor number, so no letter can lead to it"
    if any(name != name.casefold() for name in policy.payers):
        yield f"{where}: payers stand in small letters"
    if policy.effective_from and policy.effective_to and policy.effective_from > policy.effective_to:
        yield f"{where}: it ends before it begins"
    for indication, ids in policy.criteria.items():
        stems = [(policies.criteria[c].stem, policies.criteria[c].phase) for c in ids]
        if len(stems) != len(set(stems)):
            yield f"{where}: {indication} names two variants of one criterion"


def _overlaps(policies: tuple[Policy, ...]) -> Iterator[str]:
    """Two policies that share a number and a day: which one holds would be a matter of order."""
    for one, other in combinations(policies, 2):
        shared = set(one.numbers) & set(other.numbers)
        begins = max(one.effective_from or date.min, other.effective_from or date.min)
        ends = min(one.effective_to or date.max, other.effective_to or date.max)
        if shared and begins <= ends:
            yield f"policies {one.id} and {other.id}: both hold {', '.join(sorted(shared))} on one day"
