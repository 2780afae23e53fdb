"""Headache days, migraine days and hours, each with its unit: a count that is not by the month says so."""

import re
from collections.abc import Iterable, Iterator

from pipeline.charts.clinical import Subject
from pipeline.charts.context import context_at
from pipeline.charts.dates import dates_in, duration_in
from pipeline.charts.quantities import NUMBER as _AMOUNT
from pipeline.charts.quantities import QUANTITY, quantity_of
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Statement
from pipeline.values.chart import Context, Fact, FactKind

_PER = r"(?:\s*(?:/|per|a|each|every|in a|in the last|in the past|out of|of|in)\s*(?:the\s+)?(?:last\s+|past\s+|prior\s+)?(?P<per>month|mo\b|30(?:\s*days)?|28(?:\s*days)?|week|wk|year)|\s+(?P<ly>monthly|weekly))"  # noqa: E501
_DAYS = re.compile(
    rf"(?<![\d/.-]){QUANTITY}\s*(?:(?P<mid>(?:headache|migraine|HA|severe|migrainous|bad|pain|headache-free|migraine-free|pain-free|crystal[- ]clear)[\s-]*(?:free\s+)?)*)days?\b{_PER}?(?P<post>(?:\s+(?:with|of)\s+[\w -]+)?{_PER.replace('?P<per>', '?P<per2>').replace('?P<ly>', '?P<ly2>')}?)",  # noqa: E501
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"\b(?P<what>(?:monthly\s+)?(?:headache|migraine|HA)[\s-]*days?(?:\s+(?:per|a|/|each)\s*month|/mo(?:nth)?|\s+frequency)?)(?P<gap>[^.;\d]{{0,40}}?)[:=]?\s*(?:of\s+|is\s+|was\s+|were\s+|are\s+|about\s+|approximately\s+|~)*{QUANTITY}(?!\s*(?:mg|weeks?|hours?|%|units?|years?|/\d))(?:\s*days?)?{_PER}?",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|from|onset(?: in)?|began(?: in)?|started(?: in)?)\s*$", re.IGNORECASE)
_MOVES = re.compile(r"free|reduc|decreas|fewer|improv|drop|last|by\b", re.IGNORECASE)
_COUNTED_ALREADY = re.compile(rf"{_AMOUNT}\+?\s*$", re.IGNORECASE)
_HOURS = re.compile(rf"(?<![\d/.-]){QUANTITY}\s*[- ]?(?:hours?|hrs?|h)\b(?P<after>[^.;]{{0,40}})", re.IGNORECASE)
_SUBJECTS = re.compile(
    r"(?P<free>(?:headache|migraine|pain|symptom)[\s-]*free|crystal[- ]clear)"
    r"|(?P<features>migrain\w*|nausea|vomiting|photophobia|phonophobia)"
    r"|(?P<headache>headaches?|\bHAs?\b|cephalalgia|head pain)"
    r"|(?P<other>triptans?|\w+triptan|nsaids?|medicat\w*|analges\w*|rescue|acute|tablets?|pills?|ibuprofen|fioricet|excedrin|work|school|missed|leaks?|sleep)",
    re.IGNORECASE,
)
_LASTING = re.compile(r"\b(?:last\w*|duration|untreated|persist\w*|hours? (?:long|per|a day|each))\b", re.IGNORECASE)
_DOSING = re.compile(
    r"\b(?:every|q|within|after|before|for sleep|sleep|slept|onset|relie\w+|drive|work\w*)\b[^.;]{0,15}$", re.IGNORECASE
)
_TREATED = re.compile(
    r"\b(?:with|after|when)\s+(?:treat\w*|triptan\w*|\w+triptan|medicat\w*|rescue)\b|\btreated\b", re.IGNORECASE
)
_NOW = re.compile(
    r"\b(?:now|current\w*|today|last (?:full )?cycle|after|since (?:start|begin|botox)|on treatment)\b", re.IGNORECASE
)


def count_facts(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    """Days and hours of headache that the statements count."""
    for statement in statements:
        taken: list[tuple[int, int]] = []
        per: str | None = None  # "19 days a month, 11 with nausea": the unit goes on
        for m in _COUNTED.finditer(statement.text):
            kind = FactKind.MIGRAINE_DAYS if "migraine" in m["what"].casefold() else FactKind.HEADACHE_DAYS
            monthly = "month" in m["what"].casefold() or "/mo" in m["what"].casefold()
            if not _MOVES.search(m["gap"]) and not _COUNTED_ALREADY.search(statement.text[: m.start()]):
                taken.append(m.span())
                yield from _days(source, statement, m, kind=kind, per="month" if monthly else m["per"] or m["ly"])
        for m in _DAYS.finditer(statement.text):
            if any(a < m.end() and m.start() < b for a, b in taken):
                continue
            named = _subject(statement, m)
            per = m["per"] or m["ly"] or m["per2"] or m["ly2"] or per
            if named is not None:
                yield from _days(source, statement, m, kind=named, per=per)
        yield from _hours(source, statement)


def _subject(statement: Statement, m: re.Match[str]) -> FactKind | None:
    """What is counted: the noun beside the number, else the nearest before it in the statement."""
    inside = _SUBJECTS.search(m["mid"] or "") or _SUBJECTS.search(m["post"] or "")
    after = _SUBJECTS.match(statement.text[m.end() :].lstrip(" ,").removeprefix("with ").removeprefix("of "))
    before = list(_SUBJECTS.finditer(statement.text[: m.start()]))
    monthly = m["per"] or m["ly"] or m["per2"] or m["ly2"]
    beside = inside or after
    if beside is None and not monthly:
        return None
    chosen = beside or (before[-1] if before else None)
    if chosen is None or chosen["free"] or chosen["other"]:
        return None
    if (
        not beside
        and re.search(r"\b(?:on|for)\s*$", statement.text[: m.start()], re.IGNORECASE)
        and any(b["other"] for b in before)
    ):
        return None
    return FactKind.HEADACHE_DAYS if chosen["headache"] else FactKind.MIGRAINE_DAYS


def _days(source: Source, statement: Statement, m: re.Match[str], *, kind: FactKind, per: str | None) -> Iterator[Fact]:
    amount = quantity_of(m)
    unit = _unit(per)
    most = {"day/week": 7.0, "day/month": 31.0}.get(unit or "", 366.0)
    if (amount.low is None and amount.high is None) or max(amount.low or 0, amount.high or 0) > most:
        return
    context = context_at(statement, m.start(), m.end(), clinical=source.clinical, leave=_leave(statement, m, source))
    context = context or _long_ago(source, statement)
    yield fact_at(
        source, statement, kind, confidence=0.9 if unit == "day/month" else 0.6, context=context,
        value=amount.low, value_high=amount.high, unit=unit, duration_days=_persistence(statement.text),
    )  # fmt: skip


def _long_ago(source: Source, statement: Statement) -> Context | None:
    """Historical where the statement dates its count in an earlier year than the document's."""
    for written in dates_in(statement.text):
        lead = statement.text[max(0, written.start - 16) : written.start]
        if source.recorded and written.iso[:4] < source.recorded[:4] and not _SINCE.search(lead):
            return Context.HISTORICAL
    return None


def _leave(statement: Statement, m: re.Match[str], source: Source) -> frozenset[Context]:
    """Contexts that do not hold: "no fewer than 15 days" denies nothing, and a drug's negation is not the count's."""
    lead = statement.text[max(0, m.start() - 20) : m.start()]
    drugs = [h for h in statement.of(Subject.DRUG) if h.end <= m.start()]
    if drugs and re.search(r"[,;.]", statement.text[drugs[-1].end : m.start()]):
        return frozenset({Context.NEGATED})
    return frozenset({Context.HISTORICAL}) if _NOW.search(lead) else frozenset()


def _unit(per: str | None) -> str | None:
    if per is None:
        return None
    word = per.casefold()
    if word.startswith(("mo", "30", "28")):
        return "day/month"
    return "day/week" if word.startswith("w") else "day/year"


def _persistence(text: str) -> int | None:
    """For how long the count has held, where the words say so."""
    m = re.search(
        r"\b(?:over|for|during|in)\s+(?:at least\s+)?(?:the\s+)?(?:last|past|previous)?\s*(?P<rest>.{0,30})",
        text,
        re.IGNORECASE,
    )
    spans = [
        duration_in(s.group())
        for s in re.finditer(
            r"\b(?:over|for|during)\s+(?:at least |more than |over )?(?:the )?(?:last |past |previous )?(?:\w+|\d+(?:-\d+)?) (?:months?|years?|weeks?)\b",  # noqa: E501
            text,
            re.IGNORECASE,
        )
    ]
    known = [s for s in spans if s]
    return max(known) if m and known else None


def _hours(source: Source, statement: Statement) -> Iterator[Fact]:
    if not re.search(r"headache|migraine|\bHAs?\b|attack|untreated|lasting|episode", statement.text, re.IGNORECASE):
        return
    for m in _HOURS.finditer(statement.text):
        near = statement.text[max(0, m.start() - 40) : m.end() + 25]
        lead = statement.text[: m.start()]
        if (
            not _LASTING.search(near)
            or _DOSING.search(lead[-25:])
            or re.search(r"\bago\b|\bof (?:work|sleep)", m["after"][:12])
        ):
            continue
        amount = quantity_of(m)
        if (amount.low is None and amount.high is None) or max(amount.low or 0, amount.high or 0) > 96:
            continue
        treated = _TREATED.search(near.replace("untreated", ""))
        yield fact_at(
            source, statement, FactKind.HEADACHE_HOURS, confidence=0.85,
            context=context_at(statement, m.start(), m.end(), clinical=source.clinical),
            value=amount.low, value_high=amount.high, unit="hour/day", name="treated" if treated else "untreated" if "untreated" in near.casefold() else None,  # noqa: E501
        )  # fmt: skip
