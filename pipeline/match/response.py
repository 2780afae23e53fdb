"""Response to treatment: as a note says it, else the frozen baseline against the newest full count."""

from collections.abc import Callable
from datetime import date, timedelta

from pipeline.knowledge.policies import Test
from pipeline.match.proofs import Case, weigh
from pipeline.match.verdicts import Verdict, by_facts
from pipeline.match.weights import Weighed, Weight
from pipeline.values.chart import Context, Fact, FactKind, Outcome
from pipeline.values.task import Status

_FULL_CYCLE_DAYS = 28
"""A count sooner after the first treatment than this is none of a treated month."""


def response(test: Test, case: Case, *, bounded: Callable[..., bool | None], shown: str) -> Verdict:
    """Whether the response reaches the bound; a treatment that plainly failed does not."""
    failed = [
        w
        for w in weigh(case, [FactKind.DRUG_TRIAL], max_age=test.max_age_days)
        if w.fact.drug_class == "botulinum_toxin" and w.fact.outcome in (Outcome.FAILURE, Outcome.INTOLERANCE)
    ]

    def holds(fact: Fact) -> bool | None:
        if fact.kind is FactKind.DRUG_TRIAL:
            return False
        if "headache" in test.words and fact.name not in (None, "headache"):
            return None  # of migraine days or of a scale, beside those of headache
        if fact.name not in (None, "headache", "migraine") and not any(
            w.casefold() in fact.name.casefold() for w in test.words
        ):
            return None  # of pads, in words that name leaks too
        about = fact.unit == "day/month" and "headache" in test.words
        if not about and not any(word.casefold() in fact.text.casefold() for word in test.words):
            return None
        if "headache" in test.words and fact.name is None and fact.baseline is None:
            return None  # so much better, but of what it does not say
        if test.unit == "percent":
            return bounded(fact.percent, fact.percent, test=test)
        if fact.baseline is None or fact.current is None:
            return None
        gain = fact.baseline - fact.current
        return bounded(gain, gain, test=test)

    said = weigh(case, [FactKind.RESPONSE], max_age=test.max_age_days)
    plain_failure = [w for w in failed if w.weight is Weight.PLAIN]
    verdict = by_facts([*said, *plain_failure], holds, shown=shown)
    if verdict.status in (Status.MET, Status.NOT_MET, Status.CONFLICT) or "headache" not in test.words:
        return verdict
    return _counted(test, case, bounded=bounded, shown=shown) or verdict


def _counted(test: Test, case: Case, *, bounded: Callable[..., bool | None], shown: str) -> Verdict | None:
    """The verdict of two counts: one from before the first treatment, one of a treated month; None without both."""
    first = _first_treatment(case)
    if first is None:
        return None
    leave = frozenset({Context.HISTORICAL})
    counts = [
        w
        for w in weigh(case, [FactKind.HEADACHE_DAYS], leave=leave, ages=False)
        if w.weight is Weight.PLAIN and w.fact.unit == "day/month" and w.day is not None
    ]
    before = [w for w in counts if w.fact.context is Context.HISTORICAL or _day(w) <= first]
    after = [w for w in counts if w.fact.context is None and _day(w) >= first + timedelta(days=_FULL_CYCLE_DAYS)]
    if not before or not after:
        return None
    # The baseline is frozen: the last count before the first treatment, at its least; today's at its most.
    base, now = max(before, key=lambda w: (w.fact.context is None, _day(w))), max(after, key=_day)
    if base.fact.value is None or not base.fact.value or now.fact.value_high is None:
        return None
    gain = base.fact.value - now.fact.value_high
    amount = 100 * gain / base.fact.value if test.unit == "percent" else gain
    answer = bounded(amount, amount, test=test)
    if answer is None:
        return None
    words = f"{base.fact.value:g} headache days before treatment, {now.fact.value_high:g} now"
    return Verdict(
        status=Status.MET if answer else Status.NOT_MET, why=f"{shown}: {words}.", facts=(base.fact, now.fact)
    )


def _day(weighed: Weighed) -> date:
    return weighed.day or date.min


def _first_treatment(case: Case) -> date | None:
    days = [
        w.day
        for w in weigh(case, [FactKind.PROCEDURE], ages=False)
        if w.weight is Weight.PLAIN and w.day is not None and w.fact.drug_class == "botulinum_toxin"
    ]
    return min(days, default=None)
