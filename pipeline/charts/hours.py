"""How long a headache lasts, in hours of the day, and whether that is untreated."""

import re
from collections.abc import Iterable, Iterator

from pipeline.charts.clinical import Subject
from pipeline.charts.context import context_at, long_ago
from pipeline.charts.quantities import QUANTITY, Quantity, quantity_of
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Statement
from pipeline.knowledge.chart_words import ChartWordKnowledge
from pipeline.values.chart import Context, Fact, FactKind

_LONGEST_HOURS = 96
_TIME = re.compile(
    rf"(?<![\d/.-]){QUANTITY}\s*[- ]?(?P<unit>hours?|hrs?|h|days?)\b(?!\s+(?:per|of|a"
    rf"|each)\b[^.;:\d]{{0,30}}:\s*\d)(?=(?P<after>[^.;]{{0,40}}))",
    re.IGNORECASE,
)
# "Hours per day (untreated)   4 or more", "Duration of attacks in hours: 6"
_LABELLED = re.compile(
    rf"\b(?:hours?|hrs)\b(?![^.;:?]{{0,50}}\b(?:sleep|work|missed|lost)\b)[^.;:?\d]{{0,50}}[:?]?\s*(?<![\d/.-]){QUANTITY}\s*(?P<unit>)(?P<after>)$",
    re.IGNORECASE,
)
_LASTS = re.compile(r"\b(?:lasts?|lasted|duration|persists?)\b", re.IGNORECASE)
_DAYS_LASTING = re.compile(
    r"\b(?:last\w*|duration|untreated|persist\w*|takes?|run its course)\b[^.;\d]{0,25}$", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:every|q|within|after|before|for sleep|sleep|sleeps|slept|onset|relie\w+|drive|work\w*|past|previous"
    r"|next|q)\b[^.;]{0,15}$",
    re.IGNORECASE,
)
_OF_LATE = re.compile(r"\b(?:the|in|over|within|for)\s+(?:the\s+)?last\s*$", re.IGNORECASE)


def hour_facts(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    """The lengths of attacks that the statements give."""
    for statement in statements:
        words = source.clinical.words
        if not words.attack_named.found_in(statement.text) and not (source.headache and _LASTS.search(statement.text)):
            continue
        labelled = _LABELLED.search(statement.text)
        for m in [*_TIME.finditer(statement.text), *([labelled] if labelled else [])]:
            amount = _hours(statement.text, m, words=words)
            if amount is not None:
                yield _fact(source, statement, m, amount)


def _hours(text: str, m: re.Match[str], *, words: ChartWordKnowledge) -> Quantity | None:
    """The hours of a match that is a length of headaches; None of another time."""
    lead, near = text[: m.start()], text[max(0, m.start() - 45) : m.end() + 30]
    by_day = m["unit"].casefold().startswith("d")
    if by_day and (not _DAYS_LASTING.search(lead[-40:]) or re.match(r"\s*(?:/|per|a|each|out)\b", m["after"])):
        return None
    if (
        not words.attack_lasting.found_in(near)
        or _OTHER.search(lead[-25:])
        or _OF_LATE.search(lead)
        or re.search(r"\bago\b|\bof (?:work|sleep)", m["after"][:12])
    ):
        return None
    amount, times = quantity_of(m), 24 if by_day else 1
    low, high = (None if n is None else n * times for n in (amount.low, amount.high))
    if (low is None and high is None) or max(low or 0, high or 0) > _LONGEST_HOURS:
        return None
    return Quantity(low, high)


def _fact(source: Source, statement: Statement, m: re.Match[str], amount: Quantity) -> Fact:
    near = statement.text[max(0, m.start() - 50) : m.end() + 30]
    untreated = source.clinical.words.attack_untreated.found_in(near)
    treated = not untreated and source.clinical.words.attack_treated.found_in(near)
    leave = _of_treating(source, statement) if untreated else frozenset[Context]()
    return fact_at(
        source, statement, FactKind.HEADACHE_HOURS, confidence=0.85,
        context=context_at(statement, m.start(), m.start("unit"), clinical=source.clinical, leave=leave)
        or long_ago(source.recorded, statement.text),
        value=amount.low, value_high=amount.high, unit="hour/day",
        name="treated" if treated else "untreated" if untreated else None,
    )  # fmt: skip


def _of_treating(source: Source, statement: Statement) -> frozenset[Context]:
    """Contexts that only say "untreated": "if she does not treat it" supposes nothing and denies nothing."""
    found = source.clinical.words.attack_untreated.pattern.search(statement.text)
    if found is None or statement.section == "criteria":
        return frozenset()
    reach = range(found.start() - 8, found.end() + 1)
    would = {m.start() for m in re.finditer(r"\bwould(?= (?:last|persist|go on|run))", statement.text, re.IGNORECASE)}
    mine = {Context.HYPOTHETICAL, Context.NEGATED}
    others = {
        context
        for cue in statement.of(Subject.CONTEXT)
        if (context := source.clinical.contexts[cue.key].context) in mine
        and cue.start not in reach
        and cue.start not in would
    }
    return frozenset(mine - others)
