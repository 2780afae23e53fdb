"""Headache days, migraine days and hours, each with its unit: a count that is not by the month says so."""

import re
from collections.abc import Iterable, Iterator

from pipeline.charts.clinical import Subject
from pipeline.charts.context import context_at, long_ago
from pipeline.charts.counting import ABOUT_HEADACHE, Count, counts_in, kind_of
from pipeline.charts.dates import Written, dates_in, duration_in, month_end, month_named
from pipeline.charts.month_counts import by_month
from pipeline.charts.quantities import Quantity
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Statement
from pipeline.values.chart import Context, Fact, FactKind

_NOW = re.compile(
    r"\b(?:now|current\w*|today|last (?:full )?cycle|after|since (?:start|begin|botox)|on treatment)\b", re.IGNORECASE
)


def count_facts(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    """Days of headache and of migraine that the statements count."""
    month: Written | None = None
    for statement, counts in counts_over(statements, recorded=source.recorded, headache=source.headache):
        named = _months_named(statement.text)
        month = named[-1] if named else month
        listed = by_month(statement.text, source.recorded)
        for m, days, when in listed:
            before = [k for k in re.finditer(r"headache|HA\b|migraine", statement.text[: m.end()], re.IGNORECASE)]
            kind = kind_of(before[-1][0] if before else "")
            yield fact_at(
                source, statement, kind, confidence=0.9, value=float(days), value_high=float(days), unit="day/month",
                context=context_at(statement, m.start(), m.end(), clinical=source.clinical), date=month_end(when),
                duration_days=30,
            )  # fmt: skip
        for count in () if listed else counts:
            yield from _days(source, statement, count, month=month)


def counts_over(
    statements: Iterable[Statement], *, recorded: str | None, headache: bool = False
) -> list[tuple[Statement, list[Count]]]:
    """Each statement with its counts; what one leaves out ("9 of them", "now 9 a month") the one before it says.

    ``recorded`` is the document's day; ``headache``: it is about headache, and a bare "frequency" is that of headaches.
    """
    found: list[tuple[Statement, list[Count]]] = []
    before: Count | None = None
    for statement in statements:
        of_headache = headache or bool(ABOUT_HEADACHE.search(statement.heading))
        counts = counts_in(statement.text, before=before, headache=of_headache)
        found.append((statement, counts))
        days = [c for c in counts if c.kind is FactKind.HEADACHE_DAYS]
        listed = by_month(statement.text, recorded)
        if listed:
            m, last, _ = listed[-1]
            before = Count(m.start(), m.end(), Quantity(float(last), float(last)), FactKind.HEADACHE_DAYS, "month")
        else:
            before = days[-1] if days else None
    return found


def _months_named(text: str) -> list[Written]:
    return [d for d in dates_in(text) if len(d.iso) == 7]


def _days(source: Source, statement: Statement, count: Count, *, month: Written | None) -> Iterator[Fact]:
    amount, unit = count.amount, _unit(count.per)
    whole_month = unit is None and month is not None and source.evidence_type == "ev.headache_diary"
    if unit is None and _months_named(statement.text[: count.start]):
        whole_month, month = True, _months_named(statement.text[: count.start])[-1]
    if unit is None and not whole_month:
        alone = month_named(statement.text[: count.start], source.recorded)
        whole_month, month = alone is not None, alone or month
    unit = "day/month" if whole_month else unit
    most = {"day/week": 7.0, "day/month": 31.0}.get(unit or "", 366.0)
    if (amount.low is None and amount.high is None) or max(amount.low or 0, amount.high or 0) > most:
        return
    context = context_at(
        statement, count.start, count.end, clinical=source.clinical, leave=_leave(statement, count)
    ) or long_ago(source.recorded, statement.text)
    yield fact_at(
        source, statement, count.kind, confidence=0.9 if unit == "day/month" else 0.6, context=context,
        value=amount.low, value_high=amount.high, unit=unit,
        duration_days=30 if whole_month else persistence(statement.text),
        date=month_end(month.iso) if whole_month and month else None,
    )  # fmt: skip


def _leave(statement: Statement, count: Count) -> frozenset[Context]:
    """Contexts that do not hold: "no fewer than 15 days" denies nothing, and a drug's negation is not the count's."""
    lead = statement.text[max(0, count.start - 20) : count.start]
    drugs = [h for h in statement.of(Subject.DRUG) if h.end <= count.start]
    if drugs and re.search(r"[,;.]", statement.text[drugs[-1].end : count.start]):
        return frozenset({Context.NEGATED})
    return frozenset({Context.HISTORICAL}) if _NOW.search(lead) else frozenset()


def _unit(per: str | None) -> str | None:
    if per is None:
        return None
    word = per.casefold()
    if word.startswith("attack"):
        return word
    if word == "m" or word.startswith(("mo", "30", "31", "28", "29")):
        return "day/month"
    return "day/week" if word.startswith("w") else "day/year"


_PERSISTENCE = re.compile(
    r"\b(?:over|for|during|past|last|x)\s+(?:at least |more than |greater than |over |> ?|the )*(?:last |past "
    r"|previous |prior )?"
    r"(?P<span>(?:\w+|\d+(?:-\d+)?\+?)\s*(?:months?|mos?|years?|yrs?|weeks?|wks?))\b",
    re.IGNORECASE,
)


def persistence(text: str) -> int | None:
    """For how long the count has held, where the words say so."""
    known = [days for m in _PERSISTENCE.finditer(text) if (days := duration_in(f"for {m['span']}"))]
    return max(known, default=None)
