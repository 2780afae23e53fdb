"""Criteria of a policy against a patient's chart: what is shown, what is not, and what is missing."""

from datetime import date

from pipeline.knowledge import Knowledge
from pipeline.knowledge.policies import Criterion, Phase, PolicyKnowledge
from pipeline.knowledge.service_rules import load_service_rules
from pipeline.match.atoms import evaluate
from pipeline.match.filed import Filed
from pipeline.match.indications import criterion_of, drugs_of, indications_of
from pipeline.match.policy import Asked, asked_by, policy_for, policy_of
from pipeline.match.proofs import Case, proof_of, weigh
from pipeline.match.service import service_requirements
from pipeline.match.verdicts import Verdict
from pipeline.match.weights import Weight
from pipeline.values.chart import Chart, FactKind
from pipeline.values.letter import Letter
from pipeline.values.task import Missing, Requirement, Status
from pipeline.values.vocabulary import Category, ServiceTiming

_BY_DIAGNOSIS = {"chronic_migraine": "migraine", "episodic_migraine": "migraine"}
_ALIASES = {
    "chronic_migraine": "migraine", "cm": "migraine", "cd": "cervical_dystonia", "torticollis": "cervical_dystonia",
    "sp": "spasticity", "hh": "hyperhidrosis", "axillary_hyperhidrosis": "hyperhidrosis", "oab": "overactive_bladder",
    "ndo": "neurogenic_bladder", "bleph": "blepharospasm", "cgrp": "migraine_cgrp",
}  # fmt: skip
_GIVEN = {ServiceTiming.POST_SERVICE, ServiceTiming.POST_PAYMENT, ServiceTiming.PREPAYMENT_REVIEW}


def matched(
    letter: Letter,
    filed: Filed,
    *,
    knowledge: Knowledge,
    policies: PolicyKnowledge,
    as_of: date,
    born: str | None = None,
) -> tuple[Requirement, ...]:
    """The criteria that a letter's service must fulfil, against the chart: those the letter calls unmet come first.

    Empty where neither letter nor chart shows the illness for certain.
    """
    indication = indication_of(letter, filed.chart, knowledge=knowledge, policies=policies)
    if indication is None:
        return ()
    drug = next((i.drug for i in knowledge.routes.indications if i.id == indication), None)
    day, given = service_day(letter, as_of)
    case = Case(filed=filed, day=day, given=given, indication=indication, born=born)
    phase = _phase(letter, case)
    payer = letter.payer.value if letter.payer is not None else None
    policy = policy_for(letter, known=policies, day=day, drug=drug)
    named = [criterion_of(reason, letter, knowledge=knowledge) for reason in letter.denial_reasons]
    asked = asked_by(policy, indication=indication, phase=phase, payer=payer, known=policies)
    first = sorted(asked, key=lambda a: a.criterion.stem not in named)
    diagnoses = (policy.diagnoses if policy is not None else {}).get(indication)
    billed = service_requirements(
        letter,
        case,
        rules=load_service_rules(),
        diagnoses=diagnoses or policies.general.diagnoses.get(indication),
    )
    return (*(_requirement(one, case, phase, knowledge) for one in first), *billed)


def readiness(
    filed: Filed, *, payer: str, indication: str, phase: Phase, knowledge: Knowledge, policies: PolicyKnowledge,
    as_of: date, born: str | None = None,
) -> tuple[Requirement, ...]:  # fmt: skip
    """The payer's criteria against the chart before a request is made."""
    plain = named_indication(indication)
    case = Case(filed=filed, day=as_of, given=False, indication=plain, born=born)
    drug = next((i.drug for i in knowledge.routes.indications if i.id == plain), None)
    policy = policy_of([payer], known=policies, day=as_of, drug=drug)
    asked = asked_by(policy, indication=plain, phase=phase, payer=payer, known=policies)
    return tuple(_requirement(one, case, phase, knowledge) for one in asked)


def named_indication(name: str) -> str:
    """The id of an illness under any of its names.

    >>> named_indication("Chronic migraine")
    'migraine'
    """
    plain = name.strip().casefold().replace("-", "_").replace(" ", "_")
    return _ALIASES.get(plain, plain)


def indication_of(letter: Letter, chart: Chart, *, knowledge: Knowledge, policies: PolicyKnowledge) -> str | None:
    """The one illness that the letter's codes show, else the one that its words or the chart diagnose.

    None where the letter names no drug whose criteria are known.
    """
    drugs = drugs_of(letter, knowledge=knowledge)
    known = [i.id for i in knowledge.routes.indications if i.drug in drugs and i.id in policies.general.criteria]
    by_code = [i.id for i in indications_of(letter, knowledge=knowledge) if i.id in known]
    if len(by_code) == 1:
        return by_code[0]
    told = f"{letter.service_description.value} {letter.service_description.text}" if letter.service_description else ""
    said = [i for i in known if i.replace("_", " ") in told.casefold()]
    if len(said) == 1:
        return said[0]
    plain = {f.name for f in chart.facts if f.kind is FactKind.DIAGNOSIS and f.context is None and f.name}
    if "migraine_cgrp" in known:
        return "migraine_cgrp" if plain & _BY_DIAGNOSIS.keys() else None
    charted = {_BY_DIAGNOSIS.get(name, name) for name in plain} & set(known)
    if by_code:
        charted &= set(by_code)
    return next(iter(charted)) if len(charted) == 1 else None


def service_day(letter: Letter, as_of: date) -> tuple[date, bool]:
    """The day facts are weighed against, and whether the service was given by then."""
    served = sorted(f.value for f in letter.dates_of_service if f.value and len(f.value) == 10)
    if letter.service_timing in _GIVEN and served:
        return date.fromisoformat(served[0]), True
    return as_of, False


def _phase(letter: Letter, case: Case) -> Phase:
    """Continuation where the letter says so, or an earlier injection of the toxin is plainly on file."""
    if any(reason.category is Category.CONTINUATION_NO_BENEFIT for reason in letter.denial_reasons):
        return Phase.CONTINUATION
    earlier = [
        w
        for w in weigh(case, [FactKind.PROCEDURE], ages=False)
        if w.weight is Weight.PLAIN and w.fact.drug_class == "botulinum_toxin" and w.day and w.day < case.day
    ]
    return Phase.CONTINUATION if earlier else Phase.INITIAL


def _requirement(asked: Asked, case: Case, phase: Phase, knowledge: Knowledge) -> Requirement:
    criterion = asked.criterion
    verdict = evaluate(criterion.test, case)
    return Requirement(
        criterion_id=criterion.stem,
        statement=criterion.statement,
        source=asked.source,
        phase=phase.value if criterion.phase is Phase.BOTH else criterion.phase.value,
        status=verdict.status,
        why=verdict.why,
        evidence=tuple(proof_of(fact) for fact in verdict.facts),
        missing=_missing(criterion, verdict, knowledge),
        earliest=verdict.earliest.isoformat() if verdict.earliest is not None else None,
    )


def _missing(criterion: Criterion, verdict: Verdict, knowledge: Knowledge) -> Missing | None:
    """What would close the gap; nothing where it is closed or cannot be."""
    if verdict.status in (Status.MET, Status.NOT_APPLICABLE):
        return None
    known = {kind.id: kind for kind in knowledge.evidence}
    kind = next((known[e] for e in criterion.evidence if e in known), None)
    if kind is None:
        return None
    return Missing(
        evidence_type=kind.id,
        what=f"{kind.meaning}, showing: {criterion.statement}",
        where_to_find=kind.where_to_find,
        owner=kind.owner,
        turnaround_days=kind.turnaround_days,
    )
