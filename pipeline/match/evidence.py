"""The evidence table of an illness from the facts of a chart: plain facts only, each with where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from operator import attrgetter

from pipeline.knowledge import Knowledge
from pipeline.knowledge.clinical import ClinicalKnowledge, NamedFinding
from pipeline.knowledge.policies import PolicyKnowledge
from pipeline.match.criteria import indication_of, service_day
from pipeline.match.filed import Filed
from pipeline.match.proofs import Case, proof_of, weigh
from pipeline.match.trial_atoms import FILLS, completed, files_about, is_taken_for
from pipeline.match.weights import Weighed, Weight
from pipeline.values.chart import Context, Fact, FactKind, Outcome
from pipeline.values.evidence import Aspect, EvidenceTable, Proof, ScoreRow, SymptomRow, TreatmentRow
from pipeline.values.letter import Letter

_FINDINGS = (FactKind.SYMPTOM, FactKind.EXAM_FINDING, FactKind.TEST_RESULT)
_AMOUNTS = {
    FactKind.HEADACHE_DAYS: (Aspect.FREQUENCY, "headache days"),
    FactKind.MIGRAINE_DAYS: (Aspect.FREQUENCY, "migraine days"),
    FactKind.HEADACHE_HOURS: (Aspect.DURATION, "hours a headache lasts"),
}
_UNITS = {
    "day/month": "days a month",
    "day/week": "days a week",
    "day/year": "days a year",
    "hour/day": "hours",
    None: "days",
}
_ORDER = {aspect: place for place, aspect in enumerate(Aspect)}
_PAIN = "pain_severity"
_ILLNESS = {"migraine_cgrp": "migraine"}
"""Indications that differ by the medicine asked for, not by the illness."""


def evidence_of(
    letter: Letter,
    filed: Filed,
    *,
    knowledge: Knowledge,
    policies: PolicyKnowledge,
    clinical: ClinicalKnowledge,
    as_of: date,
) -> EvidenceTable | None:
    """The evidence for a letter's service, as far as it may be used; None where the illness is not certain."""
    indication = indication_of(letter, filed.chart, knowledge=knowledge, policies=policies)
    if indication is None:
        return None
    day, given = service_day(letter, as_of)
    return evidence_table(filed, indication=indication, clinical=clinical, day=day, given=given)


def evidence_table(
    filed: Filed, *, indication: str, clinical: ClinicalKnowledge, day: date, given: bool = False
) -> EvidenceTable:
    """Symptoms, treatments and scores that the chart plainly shows on ``day``: that of the service if it was given."""
    illness = _ILLNESS.get(indication, indication)
    case = Case(filed=filed, day=day, given=given, indication=illness)
    return EvidenceTable(
        indication=indication,
        symptoms=_symptoms(case, clinical),
        treatments=_treatments(case, clinical),
        scores=_scores(case, clinical),
    )


def _plain(case: Case, kinds: Iterable[FactKind], *, earlier: bool = False) -> list[Weighed]:
    """The plain facts, the oldest first; with ``earlier`` also what is said of a time before."""
    leave = frozenset({Context.HISTORICAL}) if earlier else frozenset[Context]()
    return [w for w in reversed(weigh(case, kinds, leave=leave, ages=False)) if w.weight is Weight.PLAIN]


def _symptoms(case: Case, clinical: ClinicalKnowledge) -> tuple[SymptomRow, ...]:
    named = {f.id: f for f in clinical.findings if f.aspect is not None and case.indication in f.illnesses}
    kinds = (*_FINDINGS, FactKind.RESPONSE, *(_AMOUNTS if case.indication == "migraine" else ()))
    told: dict[tuple[Aspect, str, str, str | None, bool], list[Fact]] = {}
    for w in _plain(case, kinds, earlier=True):
        fact = w.fact
        said = _said(fact, named)
        if said is not None and (said[2] or fact.kind in _FINDINGS):
            earlier = fact.context is Context.HISTORICAL
            told.setdefault((*said, _day(fact, earlier=earlier), earlier), []).append(fact)
    rows = (
        SymptomRow(aspect=aspect, what=what, value=value, date=day, earlier=earlier, proofs=_proofs(facts))
        for (aspect, what, value, day, earlier), facts in told.items()
    )
    return tuple(sorted(rows, key=lambda r: (_ORDER[r.aspect], r.what, r.date or "")))


def _said(fact: Fact, named: Mapping[str, NamedFinding]) -> tuple[Aspect, str, str] | None:
    """The aspect of a symptom, what it is and its value in words; None of what is no symptom of the illness."""
    if fact.kind in _AMOUNTS:
        aspect, what = _AMOUNTS[fact.kind]
        return aspect, f"{what}, {fact.name}" if fact.name else what, _amount(fact)
    if fact.kind is FactKind.RESPONSE:
        return Aspect.RESPONSE, "response to treatment", _response(fact)
    if fact.name == _PAIN:
        return Aspect.SEVERITY, "pain", _amount(fact)
    entry = named.get(fact.name or "")
    if entry is None or entry.aspect is None or entry.aspect is Aspect.TREATMENT:
        return None
    return entry.aspect, entry.meaning, ""


def _proofs(facts: Iterable[Fact]) -> tuple[Proof, ...]:
    """Every place where the facts stand, once."""
    return tuple(dict.fromkeys(proof_of(fact) for fact in facts))


def _day(fact: Fact, *, earlier: bool) -> str | None:
    """The day a fact speaks of; what is said of before has only a day of its own, never its document's."""
    return None if earlier and fact.date == fact.recorded else fact.date or fact.recorded


def _amount(fact: Fact) -> str:
    """The amount in words; empty where the words of the chart leave it open.

    >>> _amount(Fact(kind=FactKind.HEADACHE_DAYS, value=18.0, value_high=20.0, unit="day/month",
    ...              file_name="note.pdf", page=1, text="18-20 headache days", confidence=0.9))
    '18 to 20 days a month'
    """
    low, high = fact.value, fact.value_high
    unit = _UNITS.get(fact.unit, fact.unit or "")
    if low is not None and high is not None:
        return f"{low:g} {unit}" if low == high else f"{low:g} to {high:g} {unit}"
    if low is not None:
        return f"at least {low:g} {unit}"
    return f"at most {high:g} {unit}" if high is not None else ""


def _response(fact: Fact) -> str:
    if fact.baseline is not None and fact.current is not None:
        unit = _UNITS.get(fact.unit, fact.unit or "")
        return f"from {fact.baseline:g} to {fact.current:g} {unit} ({fact.percent or 0:g} % less)"
    return f"{fact.percent:g} % less" if fact.percent is not None else ""


def _scores(case: Case, clinical: ClinicalKnowledge) -> tuple[ScoreRow, ...]:
    wanted = {s.id for s in clinical.scales if not s.illnesses or case.indication in s.illnesses}
    told: dict[tuple[str, float, str | None, bool], list[Fact]] = {}
    for w in _plain(case, [FactKind.SCORE], earlier=True):
        fact = w.fact
        if fact.name in wanted and fact.name is not None and fact.value is not None:
            earlier = fact.context is Context.HISTORICAL
            told.setdefault((fact.name, fact.value, _day(fact, earlier=earlier), earlier), []).append(fact)
    rows = (
        ScoreRow(scale=scale, value=value, date=day, earlier=earlier, proofs=_proofs(facts))
        for (scale, value, day, earlier), facts in told.items()
    )
    return tuple(sorted(rows, key=lambda r: (r.scale, r.date is not None, r.date or "")))


def _treatments(case: Case, clinical: ClinicalKnowledge) -> tuple[TreatmentRow, ...]:
    """What was tried for the illness, one row a course; entries that say the same of one medicine are one row."""
    classes = {c.id: c for c in clinical.drugs}
    kinds = (FactKind.DRUG_TRIAL, FactKind.CURRENT_DRUG, FactKind.CONTRAINDICATION)
    facts = [w.fact for w in _plain(case, kinds) if not w.fact.negated and (w.fact.drug or w.fact.drug_class)]
    about = files_about(case, case.indication)
    told: list[_Told] = []
    filled = completed(facts, [f for f in facts if f.kind is FactKind.CURRENT_DRUG and f.name == FILLS])
    lent = [other for _, joined in filled for other in joined[1:]]
    for fact, joined in filled:
        if any(fact is other for other in lent):
            continue  # a fill whose dates stand in the row of its trial
        acute = fact.drug_class in classes and classes[fact.drug_class].acute_only
        if _is_told(fact, case, about, acute=acute):
            _add(told, _treatment(fact, acute=acute), joined)
    rows = [replace(row, proofs=_proofs(rests_on)) for row, rests_on in told]
    rows += [*_injections(case), *_unmedicated(case, clinical)]
    return tuple(sorted(rows, key=lambda r: (r.acute_only, r.start or r.stop or "9999", r.what)))


def _is_told(fact: Fact, case: Case, about: frozenset[str], *, acute: bool) -> bool:
    """Whether a medicine belongs to the illness: what is taken now only where it is said to be for it."""
    if fact.kind is FactKind.CONTRAINDICATION:
        return fact.outcome is Outcome.CONTRAINDICATED
    if fact.indication is not None:
        return is_taken_for(fact, case.indication, about)
    if fact.kind is FactKind.CURRENT_DRUG:
        return acute and case.indication == "migraine"
    return is_taken_for(fact, case.indication, about)


def _treatment(fact: Fact, *, acute: bool) -> TreatmentRow:
    """The row of a course, without its proofs."""
    outcome = fact.outcome or Outcome.UNKNOWN
    return TreatmentRow(
        what=fact.drug or (fact.drug_class or "").replace("_", " "),
        drug_class=fact.drug_class,
        dose=fact.dose,
        start=fact.start,
        stop=fact.stop,
        duration_days=fact.duration_days,
        indication=fact.indication,
        outcome=outcome,
        side_effect=fact.reason if outcome is Outcome.INTOLERANCE else None,
        reason=None if outcome is Outcome.INTOLERANCE else fact.reason,
        acute_only=acute,
        lacks=() if acute or fact.kind is not FactKind.DRUG_TRIAL else _lacks(fact),
        proofs=(),
    )


def _lacks(fact: Fact) -> tuple[str, ...]:
    known = {
        "dose": fact.dose, "start": fact.start, "stop": fact.stop, "duration": fact.duration_days,
        "indication": fact.indication, "reason": fact.reason,
        "outcome": fact.outcome is not None and fact.outcome is not Outcome.UNKNOWN,
    }  # fmt: skip
    return tuple(name for name, value in known.items() if not value)


_Told = tuple[TreatmentRow, Sequence[Fact]]
"""A row and the facts that it rests on."""
_said_in = attrgetter(
    *(f.name for f in fields(TreatmentRow) if f.name not in {"lacks", "proofs", "acute_only", "what", "drug_class"})
)


def _add(told: list[_Told], new: TreatmentRow, joined: Sequence[Fact]) -> None:
    """Add a row, or lay it to one of the same medicine of which the one says all that the other says."""
    for number, (old, rests_on) in enumerate(told):
        if old.what != new.what:
            continue
        if _says_all(old, new):
            told[number] = old, (*rests_on, *joined)
            return
        if _says_all(new, old):
            told[number] = new, (*joined, *rests_on)
            return
    told.append((new, joined))


def _says_all(one: TreatmentRow, other: TreatmentRow) -> bool:
    """Whether each thing that ``other`` says ``one`` says as well."""
    return all(b in (None, Outcome.UNKNOWN) or a == b for a, b in zip(_said_in(one), _said_in(other), strict=True))


def _injections(case: Case) -> list[TreatmentRow]:
    """Toxin given before, one row a day and dose."""
    told: dict[tuple[str, str, str | None, str], list[Fact]] = {}
    for w in _plain(case, [FactKind.PROCEDURE]):
        fact = w.fact
        if fact.drug_class is not None and fact.date is not None:
            dose = f"{fact.units:g} units" if fact.units else None
            what = fact.drug or fact.drug_class.replace("_", " ")
            told.setdefault((what, fact.drug_class, dose, fact.date), []).append(fact)
    return [
        TreatmentRow(
            what=what, drug_class=drug_class, dose=dose, start=day, outcome=Outcome.UNKNOWN, proofs=_proofs(facts)
        )
        for (what, drug_class, dose, day), facts in told.items()
    ]


def _unmedicated(case: Case, clinical: ClinicalKnowledge) -> list[TreatmentRow]:
    """Treatments without a medicine, as therapy or training; how they ended is not read."""
    named: Mapping[str, str] = {
        f.id: f.meaning for f in clinical.findings if f.aspect is Aspect.TREATMENT and case.indication in f.illnesses
    }
    told: dict[str, list[Fact]] = {}
    for w in _plain(case, _FINDINGS, earlier=True):
        meaning = named.get(w.fact.name or "")
        if meaning is not None:
            told.setdefault(meaning, []).append(w.fact)
    return [
        TreatmentRow(what=meaning, drug_class=None, outcome=Outcome.UNKNOWN, proofs=_proofs(facts))
        for meaning, facts in told.items()
    ]
