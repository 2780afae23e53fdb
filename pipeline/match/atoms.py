"""Atoms of a criterion against the facts of a chart. Only a plain, dated fact of the right patient gives ``met``."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from pipeline.knowledge.policies import Measure, Test
from pipeline.match.filed import whole_date
from pipeline.match.proofs import Case, weigh
from pipeline.match.response import response
from pipeline.match.trial_atoms import not_taken, trials
from pipeline.match.verdicts import Verdict, all_of, any_of, by_facts
from pipeline.match.weights import Weighed, Weight
from pipeline.values.chart import Context, Fact, FactKind
from pipeline.values.evidence import born_on
from pipeline.values.task import Status

_FINDINGS = (FactKind.SYMPTOM, FactKind.EXAM_FINDING, FactKind.TEST_RESULT)


def evaluate(test: Test, case: Case) -> Verdict:
    """How a tree of atoms stands."""
    if test.all:
        return all_of([evaluate(part, case) for part in test.all])
    if test.any:
        return any_of([evaluate(part, case) for part in test.any])
    if test.measure is None:
        raise ValueError("a test is all, any, or one measure")
    return _ATOMS[test.measure](test, case)


def bounded(fact_low: float | None, fact_high: float | None, *, test: Test) -> bool | None:
    """Whether an amount is within the bounds for certain; None where the words leave it open."""
    if test.at_least is not None:
        if fact_low is not None and fact_low >= test.at_least:
            return True
        return False if fact_high is not None and fact_high < test.at_least else None
    if test.at_most is not None:
        if fact_high is not None and fact_high <= test.at_most:
            return True
        return False if fact_low is not None and fact_low > test.at_most else None
    return True if fact_low is not None else None


def _number(kind: FactKind) -> Callable[[Test, Case], Verdict]:
    def evaluated(test: Test, case: Case) -> Verdict:
        weighed = weigh(case, [kind], max_age=test.max_age_days)

        def holds(fact: Fact) -> bool | None:
            if (test.unit and fact.unit != test.unit) or fact.name == "treated":
                return None
            return bounded(fact.value, fact.value_high, test=test)

        return by_facts(weighed, holds, shown=_shown(test, kind.value.replace("_", " ")))

    return evaluated


def _shown(test: Test, what: str) -> str:
    if test.at_least is not None:
        return f"{what} of at least {test.at_least:g}"
    if test.at_most is not None:
        return f"{what} of at most {test.at_most:g}"
    return what


def _months(test: Test, case: Case) -> Verdict:
    """Whether the count has held for so long: said so, or so many whole calendar months of a diary in a row."""
    shown = f"at least {test.at_least:g} headache days a month for {test.days} days"
    weighed = weigh(case, [FactKind.HEADACHE_DAYS], max_age=test.max_age_days)
    enough = [w for w in weighed if w.fact.unit == "day/month" and bounded(w.fact.value, w.fact.value_high, test=test)]
    said = [w for w in enough if (w.fact.duration_days or 0) >= (test.days or 0)]
    verdict = by_facts(said, lambda _: True, shown=shown)
    if verdict.status is Status.MET:
        return verdict
    plain = {
        (w.day.year * 12 + w.day.month): w.fact
        for w in enough
        if w.weight is Weight.PLAIN and w.day and w.fact.duration_days == 30
    }
    needed = -(-(test.days or 0) // 30)
    for last in sorted(plain, reverse=True):
        row = [plain[m] for m in range(last - needed + 1, last + 1) if m in plain]
        if len(row) == needed:
            return Verdict(
                status=Status.MET, why=f"{shown}: {needed} whole calendar months in a row.", facts=tuple(row)
            )
    return verdict


def _age(test: Test, case: Case) -> Verdict:
    shown = _shown(test, "age")
    born = {d.date_of_birth for d in case.chart.documents if d.patient_matches and d.date_of_birth} | (
        {case.born} if case.born else set()
    )
    if len(born) == 1 and (birth := whole_date(next(iter(born)))) is not None:
        years = case.day.year - birth.year - ((case.day.month, case.day.day) < (birth.month, birth.day))
        document = next((d for d in case.chart.documents if d.patient_matches and d.date_of_birth), None)
        facts = (
            (Fact(
                kind=FactKind.AGE, value=float(years), unit="year", date=document.date, recorded=document.date,
                file_name=document.file_name, page=document.pages[0] if document.pages else 1,
                text=born_on(birth.isoformat()), confidence=1.0,
            ),)
            if document else ()
        )  # fmt: skip
        answer = bounded(float(years), float(years), test=test)
        return Verdict(
            status=Status.MET if answer else Status.NOT_MET,
            why=f"{shown}: {years} years on {case.day.isoformat()}.",
            facts=facts,
        )
    return by_facts(
        weigh(case, [FactKind.AGE], ages=False), lambda f: bounded(f.value, f.value_high, test=test), shown=shown
    )


def _diagnosis(test: Test, case: Case) -> Verdict:
    def holds(fact: Fact) -> bool | None:
        if fact.name in test.names:
            return True
        return False if fact.name in test.against else None

    shown = f"diagnosis of {' or '.join(n.replace('_', ' ') for n in test.names)}"
    return by_facts(weigh(case, [FactKind.DIAGNOSIS], max_age=test.max_age_days or 730), holds, shown=shown)


def _score(test: Test, case: Case) -> Verdict:
    return _measured(FactKind.SCORE, test, case, shown=" or ".join(test.names))


def _test_result(test: Test, case: Case) -> Verdict:
    return _measured(FactKind.TEST_RESULT, test, case, shown=" or ".join(n.replace("_", " ") for n in test.names))


def _measured(kind: FactKind, test: Test, case: Case, *, shown: str) -> Verdict:
    """Whether what was measured under one of the names lies within the bounds."""

    def holds(fact: Fact) -> bool | None:
        return bounded(fact.value, fact.value_high, test=test) if fact.name in test.names else None

    return by_facts(weigh(case, [kind], max_age=test.max_age_days), holds, shown=_shown(test, shown))


def _finding(test: Test, case: Case) -> Verdict:
    """Whether enough of the named findings are there; with ``absent``, whether one was looked for and not there."""
    leave = frozenset({Context.NEGATED, Context.HISTORICAL} if test.past else {Context.NEGATED})
    each = []
    for name in test.names:
        weighed = [w for w in weigh(case, _FINDINGS, leave=leave, max_age=test.max_age_days) if w.fact.name == name]
        shown = f"{'no ' if test.absent else ''}{name.replace('_', ' ')}"
        if test.days is not None:
            weighed = [w for w in weighed if _lasts(w, test.days)]
        each.append(by_facts(weighed, lambda f: (f.context is Context.NEGATED) == test.absent, shown=shown))
    met = [v for v in each if v.status is Status.MET]
    if len(met) >= test.count:
        return all_of(met)
    rest = sorted((v for v in each if v.status is not Status.MET), key=lambda v: _NEAREST.index(v.status))
    open_ = [v for v in rest if v.status is not Status.NOT_MET]
    worst = rest[0] if len(met) + len(open_) >= test.count else next(v for v in rest if v.status is Status.NOT_MET)
    found = f"{len(met)} of {test.count} documented. " if test.count > 1 else ""
    return Verdict(status=worst.status, why=found + " ".join(v.why for v in rest), facts=worst.facts)


_NEAREST = (Status.CONFLICT, Status.STALE, Status.POST_DATED, Status.UNKNOWN, Status.NOT_APPLICABLE, Status.NOT_MET)


def _lasts(weighed: Weighed, days: int) -> bool:
    """Whether the words of the finding give a time at least so long."""
    spans = re.findall(
        r"(\d+|six|seven|eight|nine|ten|twelve|two|three|four|five|several)\+?\s*(month|year)s?",
        weighed.fact.text,
        re.IGNORECASE,
    )
    words = {
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "twelve": 12,
        "several": 2,
    }
    amounts = [
        (int(n) if n.isdigit() else words[n.casefold()]) * (30 if u.casefold() == "month" else 365) for n, u in spans
    ]
    since = re.search(r"\bsince\s+(?:\w+\s+)?((?:19|20)\d\d)\b", weighed.fact.text)
    if since and weighed.day:
        amounts.append((weighed.day - date(int(since[1]), 12, 31)).days)
    return max(amounts, default=0) >= days


def _assessed(test: Test, case: Case) -> Verdict:
    weighed = [
        w for w in weigh(case, _FINDINGS, leave=frozenset({Context.NEGATED}), max_age=365) if w.fact.name in test.names
    ]
    return by_facts(weighed, lambda _: True, shown=" or ".join(n.replace("_", " ") for n in test.names))


def _specialty(test: Test, case: Case) -> Verdict:
    shown = f"specialty: {' or '.join(n.replace('_', ' ') for n in test.names)}"
    return by_facts(
        weigh(case, [FactKind.SPECIALTY], max_age=730), lambda f: True if f.name in test.names else None, shown=shown
    )


def _units(test: Test, case: Case) -> Verdict:
    """The units that are ordered; after the service, those that were given on its day."""
    shown = _shown(test, "units")
    if case.given:
        told = [w for w in weigh(case, [FactKind.PROCEDURE], ages=False) if w.day == case.day]
    else:
        told = list(weigh(case, [FactKind.ORDER], leave=frozenset({Context.PLANNED})))
    weighed = [w for w in told if w.fact.drug_class == "botulinum_toxin"]
    before = _given_before(case, test.days) if test.days else 0.0

    def holds(fact: Fact) -> bool | None:
        return bounded(fact.units + before, fact.units + before, test=test) if fact.units else None

    return by_facts(weighed, holds, shown=f"{shown} in {test.days} days" if test.days else shown)


def _given_before(case: Case, days: int) -> float:
    """Units of every toxin given in so many days before the day, whatever they were given for."""
    units: dict[date, float] = {}
    for w in weigh(case, [FactKind.PROCEDURE], ages=False):
        if w.weight is Weight.PLAIN and w.day and w.fact.units and 0 < (case.day - w.day).days < days:
            units[w.day] = max(units.get(w.day, 0.0), w.fact.units)
    return sum(units.values())


def _interval(test: Test, case: Case) -> Verdict:
    """Date of service to date of service; before the service, whether so many days have passed today."""
    days = test.days or 84
    given = [
        w
        for w in weigh(case, [FactKind.PROCEDURE], ages=False)
        if w.weight is Weight.PLAIN and w.day and w.fact.drug_class == "botulinum_toxin" and w.fact.date
    ]
    before = [w for w in given if w.day and (w.day < case.day or not case.given)]
    if not before or before[0].day is None:
        return Verdict(
            status=Status.UNKNOWN, why=f"{days} days since the last treatment: no dated injection is on file."
        )
    last = before[0]
    earliest = before[0].day + timedelta(days=days)
    if case.day >= earliest:
        passed = (case.day - before[0].day).days
        return Verdict(status=Status.MET, why=f"{passed} days since the last treatment.", facts=(last.fact,))
    why = f"The earliest day is {earliest.isoformat()}."
    return Verdict(status=Status.NOT_MET, why=why, facts=(last.fact,), earliest=earliest)


def _response(test: Test, case: Case) -> Verdict:
    shown = _shown(test, "percent less" if test.unit == "percent" else "days less")
    return response(test, case, bounded=bounded, shown=shown)


def _frequency(test: Test, case: Case) -> Verdict:
    """Treatments in the window of ``days`` that ends with the one asked for, that one counted."""
    window, most = test.days or 365, test.at_most or 0
    given = [
        w
        for w in weigh(case, [FactKind.PROCEDURE], ages=False)
        if w.weight is Weight.PLAIN and w.day and w.fact.drug_class == "botulinum_toxin"
    ]
    days = {w.day for w in given if w.day and 0 < (case.day - w.day).days < window}
    shown = f"at most {most:g} treatments in {window} days"
    if not days:
        return Verdict(status=Status.UNKNOWN, why=f"{shown}: no dated injection is on file.")
    facts = tuple(w.fact for w in given if w.day in days)
    status = Status.MET if len(days) + 1 <= most else Status.NOT_MET
    return Verdict(status=status, why=f"{shown}: this would be number {len(days) + 1}.", facts=facts)


def _attested(test: Test, case: Case) -> Verdict:
    return Verdict(status=Status.UNKNOWN, why="Only a person can say.")


_ATOMS: dict[Measure, Callable[[Test, Case], Verdict]] = {
    Measure.AGE: _age,
    Measure.DIAGNOSIS: _diagnosis,
    Measure.HEADACHE_DAYS: _number(FactKind.HEADACHE_DAYS),
    Measure.MIGRAINE_DAYS: _number(FactKind.MIGRAINE_DAYS),
    Measure.HEADACHE_HOURS: _number(FactKind.HEADACHE_HOURS),
    Measure.MONTHS: _months,
    Measure.SCORE: _score,
    Measure.TEST_RESULT: _test_result,
    Measure.TRIALS: trials,
    Measure.NOT_TAKEN: not_taken,
    Measure.FINDING: _finding,
    Measure.ASSESSED: _assessed,
    Measure.SPECIALTY: _specialty,
    Measure.UNITS: _units,
    Measure.INTERVAL: _interval,
    Measure.RESPONSE: _response,
    Measure.FREQUENCY: _frequency,
    Measure.ATTESTED: _attested,
}
