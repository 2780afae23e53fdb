"""How far a treatment helped: baseline, current, and the fall in percent."""

import re
from collections.abc import Iterable, Iterator

from pipeline.charts.context import context_at
from pipeline.charts.quantities import QUANTITY, number_of, quantity_of
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Statement
from pipeline.values.chart import Context, Fact, FactKind

_SUBJECT = re.compile(
    r"headache|migraine|\bHAs?\b|leak|incontinence|void|episode|sweat|pain|spasm|frequency", re.IGNORECASE
)
_PERCENT = re.compile(
    rf"(?:reduc\w*|decreas\w*|improv\w*|fewer|less|declin\w*|drop\w*|better)\b[^.;%]{{0,40}}?{QUANTITY}\s*(?:%|percent)"
    rf"|{QUANTITY.replace('?P<', '?P<z')}\s*(?:%|percent)\s*(?:\w+\s+){{0,2}}(?:reduc|decreas|improv|fewer|less|declin|drop)\w*",  # noqa: E501
    re.IGNORECASE,
)
_N = r"(?:about |approximately |~)?(\d{1,3}(?:\.\d)?)"
_FROM_TO = re.compile(rf"\bfrom\s+{_N}\b[^.;\d]{{0,60}}?\bto\s+{_N}\b(?!\s*(?:mg|units))", re.IGNORECASE)
_BASE = re.compile(
    r"\b(?:baseline|before (?:treatment|botox|onabot\w+|starting|injections?)|prior to (?:treatment|botox)|pre-?treatment)\b",  # noqa: E501
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:last (?:full )?cycle|currently|now|today|on treatment|since (?:starting|treatment|botox)|after (?:treatment|botox|\w+ cycles?)|current)\b",  # noqa: E501
    re.IGNORECASE,
)
_PER_MONTH = re.compile(
    rf"{_N}\s*(?:headache |migraine |HA )?(?:days?\s*)?(?:a|per|/|each)\s*mo(?:nth)?|days?[^.;\d]{{0,50}}[:=]\s*{_N}|{_N}\s*(?:headache|migraine|HA)\s*days",  # noqa: E501
    re.IGNORECASE,
)


def response_facts(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    """Responses said in one statement, and the one that two counts of one document give."""
    base: tuple[float, Statement] | None = None
    now: tuple[float, Statement] | None = None
    said = False
    for statement in statements:
        if not _SUBJECT.search(statement.text) or statement.section in {"plan", "criteria", "family"}:
            continue
        count = _monthly(statement.text)
        if count is not None and _BASE.search(statement.text) and not _NOW.search(statement.text):
            base = base or (count, statement)
        elif count is not None and _NOW.search(statement.text) and not _BASE.search(statement.text):
            now = now or (count, statement)
        for fact in _said(source, statement):
            said = said or fact.baseline is not None
            yield fact
    if base and now and base[0] and not said:
        percent = round(100 * (base[0] - now[0]) / base[0], 1)
        yield fact_at(
            source, now[1], FactKind.RESPONSE, confidence=0.85, baseline=base[0], current=now[0], percent=percent,
            unit="day/month", context=_context(source, now[1], 0, 1),
        )  # fmt: skip


def _said(source: Source, statement: Statement) -> Iterator[Fact]:
    moved = _FROM_TO.search(statement.text)
    about_days = re.search(r"day", statement.text, re.IGNORECASE) and re.search(
        "headache|migraine", statement.text, re.IGNORECASE
    )
    if (
        moved
        and float(moved[1]) > 0
        and about_days
        and re.search(r"reduc|decreas|drop|fell|fall|improv|declin|went|down", statement.text, re.IGNORECASE)
    ):
        first, last = float(moved[1]), float(moved[2])
        if max(first, last) <= 31:
            yield fact_at(
                source, statement, FactKind.RESPONSE, confidence=0.9, baseline=first, current=last,
                percent=round(100 * (first - last) / first, 1), unit="day/month",
                context=_context(source, statement, moved.start(), moved.end()),
            )  # fmt: skip
            return
    m = _PERCENT.search(statement.text)
    if m is not None:
        least = quantity_of(m).low if m["a"] else number_of(m["za"])
        if least is not None and least <= 100:
            yield fact_at(
                source, statement, FactKind.RESPONSE, confidence=0.85, percent=least,
                context=_context(source, statement, m.start(), m.end()),
            )  # fmt: skip


def _context(source: Source, statement: Statement, start: int, end: int) -> Context | None:
    return context_at(statement, start, end, clinical=source.clinical, leave=frozenset({Context.HISTORICAL}))


def _monthly(text: str) -> float | None:
    m = _PER_MONTH.search(text)
    if m is None:
        return None
    value = float(next(g for g in m.groups() if g is not None))
    return value if value <= 31 else None
