"""Trials of medicines against what a payer counts as a trial."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pipeline.knowledge.policies import Test
from pipeline.match.filed import whole_date
from pipeline.match.proofs import Case, weigh
from pipeline.match.verdicts import Verdict, by_facts
from pipeline.match.weights import Weighed, Weight
from pipeline.values.chart import Context, Fact, FactKind, Outcome
from pipeline.values.task import Status

_ENDED = {Outcome.FAILURE, Outcome.INTOLERANCE}
FILLS = "fills"
"""The name of a fact that rests on a pharmacy's fills."""
_SAME = {"neurogenic_bladder": {"overactive_bladder", "neurogenic_bladder"}, "migraine": {"migraine"}}


def trials(test: Test, case: Case) -> Verdict:
    """Whether enough medicines count; a trial that lacks a field is named with what it lacks."""
    weighed = [w for w in weigh(case, [FactKind.DRUG_TRIAL], ages=False) if _listed(w.fact, test)]
    plain = [w.fact for w in weighed if w.weight is Weight.PLAIN and not w.fact.negated]
    taken = weigh(case, [FactKind.CURRENT_DRUG], ages=False)
    fills = [w.fact for w in taken if w.weight is Weight.PLAIN and w.fact.name == FILLS and _listed(w.fact, test)]
    stands_in = _exceptions(test, case) if test.exceptions else []
    by_drug: dict[str, list[Fact]] = {}
    for fact in [*(fact for fact, _ in completed(plain, fills)), *stands_in]:
        by_drug.setdefault(fact.drug or fact.drug_class or "", []).append(fact)
    about = files_about(case, test.indication)
    current = [w.fact for w in taken if w.weight is Weight.PLAIN]
    good: dict[str, Fact] = {}
    lacking: list[str] = []
    short: list[str] = []
    for drug, facts in by_drug.items():
        faults = [(f, _fault(f, test, about)) for f in facts]
        fit = next((f for f, fault in faults if not fault), None)
        if fit is not None and not _still_taken(fit, current):
            good[drug] = fit
        elif fit is None:
            (short if all(fault.startswith("!") for _, fault in faults) else lacking).append(
                f"{drug}: {faults[0][1].lstrip('!')}"
            )
    under_way = {} if case.given else _under_way(test, case, [w.fact for w in taken if w.weight is Weight.PLAIN], good)
    verdict = _verdict(test, weighed, good=good, lacking=lacking, short=short)
    return _with_wait(verdict, test, good, under_way)


def _under_way(
    test: Test, case: Case, current: Sequence[Fact], good: Mapping[str, Fact]
) -> dict[str, tuple[Fact, date]]:
    """The medicines taken now that would count, each with the day on which it was taken long enough."""
    about = files_about(case, test.indication)
    found: dict[str, tuple[Fact, date]] = {}
    for fact in current:
        begun = whole_date(fact.start)
        right = _listed(fact, test) and (not test.indication or is_taken_for(fact, test.indication, about))
        if test.days and begun and right and fact.drug and fact.drug not in good:
            found[fact.drug] = (fact, begun + timedelta(days=test.days))
    return found


def _with_wait(
    verdict: Verdict, test: Test, good: Mapping[str, Fact], under_way: Mapping[str, tuple[Fact, date]]
) -> Verdict:
    """The verdict with the day on which the trials under way are long enough; how they end is another matter."""
    if verdict.status is Status.MET or not under_way or len(good) + len(under_way) < test.count:
        return verdict
    classes = {f.drug_class for f in good.values()} | {f.drug_class for f, _ in under_way.values()}
    if len({test.groups.get(c or "", c) for c in classes}) < test.distinct:
        return verdict
    needed = test.count - len(good)
    waited = sorted(under_way.items(), key=lambda item: item[1][1])[: max(needed, 1)]
    earliest = waited[-1][1][1]
    told = "; ".join(f"{drug} is taken since {fact.start}" for drug, (fact, _) in waited)
    why = f"{verdict.why} {told}: {test.days} days are reached on {earliest.isoformat()}, if it then has not helped."
    return replace(verdict, why=why, earliest=earliest)


def completed(facts: Sequence[Fact], fills: Sequence[Fact] = ()) -> list[tuple[Fact, tuple[Fact, ...]]]:
    """Each trial with what it rests on: fields it lacks come from what else is plainly on file of the same medicine.

    A pharmacy's fills give dates, duration and dose and never an outcome; an outcome never comes from another entry.
    ``fills`` are those of a course that the fill history leaves open.
    """
    found = []
    silent = [f for f in facts if f.outcome in (Outcome.UNKNOWN, None)]
    for fact in facts:
        own, joined = fact, [fact]
        for other in (*silent, *fills) if fact.outcome in _ENDED else ():
            if other.drug != fact.drug or other is own or not _at_one_time(fact, other):
                continue
            joined.append(other)
            fact = replace(
                fact,
                dose=fact.dose or other.dose,
                start=fact.start or other.start,
                duration_days=fact.duration_days or other.duration_days,
                indication=fact.indication or other.indication,
            )
        found.append((fact, tuple(joined)))
    return found


def _at_one_time(one: Fact, other: Fact) -> bool:
    """Whether two entries can be of one course: neither ends before the other begins, as far as they are dated."""
    apart = (one.stop and other.start and other.start[:7] > one.stop[:7]) or (
        other.stop and one.start and one.start[:7] > other.stop[:7]
    )
    later = other.outcome is Outcome.ONGOING and (other.date or "9999") > (one.recorded or "")
    return not apart and not later


def _listed(fact: Fact, test: Test) -> bool:
    return (fact.drug_class in test.classes and bool(fact.drug)) or fact.drug in test.drugs


def _exceptions(test: Test, case: Case) -> list[Fact]:
    """Contraindications that stand for a trial: of a medicine, or of a whole class."""
    found = weigh(case, [FactKind.CONTRAINDICATION], ages=False)
    return [
        w.fact
        for w in found
        if w.weight is Weight.PLAIN
        and w.fact.outcome is Outcome.CONTRAINDICATED
        and (w.fact.drug_class in test.classes or w.fact.drug in test.drugs)
    ]


def _fault(fact: Fact, test: Test, about: frozenset[str]) -> str:
    """Why a trial does not count: a leading ``!`` where the chart says no, without it where it does not say."""
    if fact.kind is FactKind.CONTRAINDICATION:
        return ""
    if fact.outcome not in _ENDED:
        return "the outcome is not recorded"
    wanted = test.indication
    if wanted and not is_taken_for(fact, wanted, about):
        return f"!taken for {fact.indication}" if fact.indication else "what it was taken for is not recorded"
    if test.complete:
        absent = [
            n
            for n, v in (
                ("dose", fact.dose),
                ("duration", fact.duration_days or (fact.start and fact.stop)),
                ("reason", fact.reason),
            )
            if not v
        ]
        if absent:
            return f"{' and '.join(absent)} not recorded"
    tolerated = fact.outcome is Outcome.FAILURE or not test.exceptions
    if test.days and tolerated:
        if fact.duration_days is None:
            return "the duration is not recorded"
        if fact.duration_days < test.days:
            return f"!only {fact.duration_days} of {test.days} days"
    return ""


def is_taken_for(fact: Fact, wanted: str, about: frozenset[str]) -> bool:
    """Whether a medicine was taken for the illness: said so, or its document is one of those ``about`` that illness."""
    if fact.indication is not None:
        return fact.indication in _SAME.get(wanted, {wanted})
    return fact.file_name in about


_TELLING = (FactKind.DIAGNOSIS, FactKind.HEADACHE_DAYS, FactKind.MIGRAINE_DAYS, FactKind.DRUG_TRIAL)


def files_about(case: Case, wanted: str | None) -> frozenset[str]:
    """The documents about an illness: they diagnose it, or count its headaches, in plain words."""
    if not wanted:
        return frozenset()
    known = case.about.get(wanted)
    if known is None:
        known = case.about[wanted] = frozenset(
            one.fact.file_name
            for one in case.filed.of(_TELLING)
            if one.fact.context in (None, Context.HISTORICAL) and _speaks_of(one.fact, wanted)
        )
    return known


def _speaks_of(fact: Fact, wanted: str) -> bool:
    if wanted == "migraine" and (
        fact.kind in {FactKind.HEADACHE_DAYS, FactKind.MIGRAINE_DAYS}
        or (fact.kind is FactKind.DIAGNOSIS and fact.name in {"chronic_migraine", "episodic_migraine"})
        or (fact.kind is FactKind.DRUG_TRIAL and fact.indication == "migraine")
    ):
        return True
    return fact.kind is FactKind.DIAGNOSIS and fact.name in _SAME.get(wanted, {wanted})


def _still_taken(fact: Fact, current: Sequence[Fact]) -> bool:
    """Whether a newer plain entry says the medicine is taken now: then it cannot be shown as given up."""
    if fact.outcome is Outcome.CONTRAINDICATED:
        return False
    return any(other.drug == fact.drug and (other.recorded or "") > (fact.recorded or "") for other in current)


def _verdict(
    test: Test, weighed: Sequence[Weighed], *, good: dict[str, Fact], lacking: Sequence[str], short: Sequence[str]
) -> Verdict:
    groups = {test.groups.get(f.drug_class or "", f.drug_class) for f in good.values()}
    facts = tuple(good.values())
    wanted = f"{test.count} trials" if test.count > 1 else "one trial"
    if test.distinct > 1:
        wanted += f" of {test.distinct} classes"
    if len(good) >= test.count and len(groups) >= test.distinct:
        return Verdict(status=Status.MET, why=f"{wanted}: {', '.join(sorted(good))}.", facts=facts)
    have = f"{len(good)} of {wanted} shown" + (f" ({', '.join(sorted(good))})" if good else "")
    if lacking:
        return Verdict(status=Status.UNKNOWN, why=f"{have}; {'; '.join([*lacking, *short])}.", facts=facts)
    late = next((w for w in weighed if w.weight is Weight.POST_DATED and not w.fact.negated), None)
    if late is not None:
        return Verdict(status=Status.POST_DATED, why=f"{have}; {late.fact.drug}: {late.why}.", facts=facts)
    if good or short:
        return Verdict(status=Status.NOT_MET, why=f"{have}{'; ' if short else ''}{'; '.join(short)}.", facts=facts)
    unsure = next((w for w in weighed if w.weight is Weight.NOTHING), None)
    why = f"an entry proves nothing, because {unsure.why}" if unsure else "nothing on file says"
    return Verdict(status=Status.UNKNOWN, why=f"{wanted}: {why}.")


def not_taken(test: Test, case: Case) -> Verdict:
    """Whether the chart says that none of these is taken now. That nothing is said is no proof."""
    kinds = [FactKind.CURRENT_DRUG, FactKind.DRUG_TRIAL, FactKind.ORDER]
    weighed = [
        w
        for w in weigh(case, kinds, leave=frozenset({Context.NEGATED, Context.PLANNED}))
        if w.fact.drug_class in test.classes
    ]

    def holds(fact: Fact) -> bool | None:
        if fact.context is Context.NEGATED:
            return True if fact.drug is None else None  # of the class as a whole
        if fact.kind is FactKind.CURRENT_DRUG and fact.context is None:
            return False
        return None

    return by_facts(weighed, holds, shown=f"not taking {' or '.join(test.classes).replace('_', ' ')}")
