"""The evidence table of an illness from the facts of a chart: plain facts only, each with where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date

from pipeline.knowledge import Knowledge
from pipeline.knowledge.clinical import ClinicalKnowledge
from pipeline.knowledge.policies import PolicyKnowledge
from pipeline.match.criteria import indication_of, service_day
from pipeline.match.proofs import Case, Weighed, Weight, proof_of, weigh
from pipeline.match.trial_atoms import FILLS, completed, files_about, is_taken_for
from pipeline.values.chart import Chart, Context, Fact, FactKind, OnFile, Outcome
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
_PAIN = "pain_severity"
_ILLNESS = {"migraine_cgrp": "migraine"}
"""Indications that differ by the medicine asked for, not by the illness."""


def evidence_of(
    letter: Letter,
    on_file: OnFile,
    *,
    knowledge: Knowledge,
    policies: PolicyKnowledge,
    clinical: ClinicalKnowledge,
    as_of: date,
) -> EvidenceTable | None:
    """The evidence for a letter's service, as far as it may be used; None where the illness is not certain."""
    indication = indication_of(letter, on_file.chart, knowledge=knowledge, policies=policies)
    if indication is None:
        return None
    day, given = service_day(letter, as_of)
    return evidence_table(
        on_file.chart, indication=indication, knowledge=knowledge, clinical=clinical, day=day, given=given
    )


def evidence_table(
    chart: Chart, *, indication: str, knowledge: Knowledge, clinical: ClinicalKnowledge, day: date, given: bool = False
) -> EvidenceTable:
    """Symptoms, treatments and scores that the chart plainly shows on ``day``: that of the service if it was given."""
    illness = _ILLNESS.get(indication, indication)
    case = Case(chart=chart, evidence={e.id: e for e in knowledge.evidence}, day=day, given=given, indication=illness)
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
    rows: dict[tuple[object, ...], SymptomRow] = {}
    named = {f.id: f for f in clinical.findings if f.aspect is not None and case.indication in f.illnesses}
    kinds = (*_FINDINGS, FactKind.RESPONSE, *(_AMOUNTS if case.indication == "migraine" else ()))
    for w in _plain(case, kinds, earlier=True):
        fact = w.fact
        row: SymptomRow | None = None
        if fact.kind in _AMOUNTS:
            aspect, what = _AMOUNTS[fact.kind]
            row = _symptom(fact, aspect, f"{what}, {fact.name}" if fact.name else what, _amount(fact))
        elif fact.kind is FactKind.RESPONSE:
            row = _symptom(fact, Aspect.RESPONSE, "response to treatment", _response(fact))
        elif fact.name == _PAIN:
            row = _symptom(fact, Aspect.SEVERITY, "pain", _amount(fact))
        elif fact.name in named and (aspect_ := named[fact.name].aspect) is not Aspect.TREATMENT and aspect_:
            row = _symptom(fact, aspect_, named[fact.name].meaning, "")
        if row is not None and (row.value or fact.kind in _FINDINGS):
            key = (row.aspect, row.what, row.value, row.date, row.earlier)
            rows[key] = replace(rows[key], proofs=_more(rows[key].proofs, row.proofs)) if key in rows else row
    order = list(Aspect)
    return tuple(sorted(rows.values(), key=lambda r: (order.index(r.aspect), r.what, r.date or "")))


def _symptom(fact: Fact, aspect: Aspect, what: str, value: str) -> SymptomRow:
    earlier = fact.context is Context.HISTORICAL
    return SymptomRow(
        aspect=aspect,
        what=what,
        value=value,
        date=_day(fact, earlier=earlier),
        earlier=earlier,
        proofs=(proof_of(fact),),
    )


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
    rows: dict[tuple[object, ...], ScoreRow] = {}
    for w in _plain(case, [FactKind.SCORE], earlier=True):
        fact = w.fact
        if fact.name not in wanted or fact.value is None:
            continue
        earlier = fact.context is Context.HISTORICAL
        row = ScoreRow(
            scale=fact.name,
            value=fact.value,
            date=_day(fact, earlier=earlier),
            earlier=earlier,
            proofs=(proof_of(fact),),
        )
        key = (row.scale, row.value, row.date, row.earlier)
        rows[key] = replace(rows[key], proofs=_more(rows[key].proofs, row.proofs)) if key in rows else row
    return tuple(sorted(rows.values(), key=lambda r: (r.scale, r.date is not None, r.date or "")))


def _treatments(case: Case, clinical: ClinicalKnowledge) -> tuple[TreatmentRow, ...]:
    """What was tried for the illness, one row a course; entries that say the same of one medicine are one row."""
    classes = {c.id: c for c in clinical.drugs}
    kinds = (FactKind.DRUG_TRIAL, FactKind.CURRENT_DRUG, FactKind.CONTRAINDICATION)
    facts = [w.fact for w in _plain(case, kinds) if not w.fact.negated and (w.fact.drug or w.fact.drug_class)]
    about = files_about(case, case.indication)
    rows: list[TreatmentRow] = []
    filled = completed(facts, [f for f in facts if f.kind is FactKind.CURRENT_DRUG and f.name == FILLS])
    lent = [other for _, joined in filled for other in joined[1:]]
    for fact, joined in filled:
        if any(fact is other for other in lent):
            continue  # a fill whose dates stand in the row of its trial
        acute = fact.drug_class in classes and classes[fact.drug_class].acute_only
        if _is_told(fact, case, about, acute=acute):
            _add(rows, _treatment(fact, joined, acute=acute))
    rows.extend(_injections(case))
    rows.extend(_unmedicated(case, clinical))
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


def _treatment(fact: Fact, joined: Sequence[Fact], *, acute: bool) -> TreatmentRow:
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
        proofs=tuple(proof_of(f) for f in joined),
    )


def _lacks(fact: Fact) -> tuple[str, ...]:
    known = {
        "dose": fact.dose, "start": fact.start, "stop": fact.stop, "duration": fact.duration_days,
        "indication": fact.indication, "reason": fact.reason,
        "outcome": fact.outcome is not None and fact.outcome is not Outcome.UNKNOWN,
    }  # fmt: skip
    return tuple(name for name, value in known.items() if not value)


_SAID = tuple(
    f.name for f in fields(TreatmentRow) if f.name not in {"lacks", "proofs", "acute_only", "what", "drug_class"}
)


def _add(rows: list[TreatmentRow], new: TreatmentRow) -> None:
    """Add a row, or lay it to one of the same medicine of which the one says all that the other says."""
    for number, old in enumerate(rows):
        if old.what != new.what:
            continue
        if _says_all(old, new):
            rows[number] = replace(old, proofs=_more(old.proofs, new.proofs))
            return
        if _says_all(new, old):
            rows[number] = replace(new, proofs=_more(new.proofs, old.proofs))
            return
    rows.append(new)


def _says_all(one: TreatmentRow, other: TreatmentRow) -> bool:
    """Whether each thing that ``other`` says ``one`` says as well."""
    return all(
        getattr(other, name) in (None, Outcome.UNKNOWN) or getattr(other, name) == getattr(one, name) for name in _SAID
    )


def _injections(case: Case) -> list[TreatmentRow]:
    """Toxin given before, one row a day and dose."""
    rows: dict[tuple[object, ...], TreatmentRow] = {}
    for w in _plain(case, [FactKind.PROCEDURE]):
        fact = w.fact
        if fact.drug_class is None or fact.date is None:
            continue
        dose = f"{fact.units:g} units" if fact.units else None
        row = TreatmentRow(
            what=fact.drug or fact.drug_class.replace("_", " "), drug_class=fact.drug_class, dose=dose, start=fact.date,
            outcome=Outcome.UNKNOWN, proofs=(proof_of(fact),),
        )  # fmt: skip
        key = (row.what, row.dose, row.start)
        rows[key] = replace(rows[key], proofs=_more(rows[key].proofs, row.proofs)) if key in rows else row
    return list(rows.values())


def _unmedicated(case: Case, clinical: ClinicalKnowledge) -> list[TreatmentRow]:
    """Treatments without a medicine, as therapy or training; how they ended is not read."""
    named: Mapping[str, str] = {
        f.id: f.meaning for f in clinical.findings if f.aspect is Aspect.TREATMENT and case.indication in f.illnesses
    }
    rows: dict[str, TreatmentRow] = {}
    for w in _plain(case, _FINDINGS, earlier=True):
        meaning = named.get(w.fact.name or "")
        if meaning is None:
            continue
        row = TreatmentRow(what=meaning, drug_class=None, outcome=Outcome.UNKNOWN, proofs=(proof_of(w.fact),))
        rows[meaning] = replace(row, proofs=_more(rows[meaning].proofs, row.proofs)) if meaning in rows else row
    return list(rows.values())


def _more(known: tuple[Proof, ...], new: tuple[Proof, ...]) -> tuple[Proof, ...]:
    return (*known, *(p for p in new if p not in known))
