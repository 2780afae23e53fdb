"""Scores of scales, each with its time: "68 at baseline, 55 today" is one of then and one of now."""

import re
from collections.abc import Iterable, Iterator

from pipeline.charts.clinical import Subject
from pipeline.charts.context import context_at
from pipeline.charts.dates import dates_in
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Hit, Statement
from pipeline.knowledge.clinical import Scale
from pipeline.values.chart import Context, Fact, FactKind

_NOT_A_SCORE = (
    r"(?!\s*(?:mg|units?|U\b|%|days?|weeks?|wks?|months?|mos?\b|points?\s+(?:lower|better|drop)"
    r"|/\d{1,2}/|-\d\d-|:\d\d|\d))"
)
_FIRST = re.compile(
    rf"(?P<gap>[^.;\d]{{0,40}}?)(?P<v>\d{{1,3}}(?:\.\d)?)(?P<half>\s?\+)?{_NOT_A_SCORE}(?:\s*/\s*\d{{1,3}}(?![\d/]))?"
)
_NEXT = re.compile(
    rf"\s*(?P<when>(?:\([^)]{{0,30}}\)|[^.;\d]){{0,30}}?)(?P<sign>,|\(|\band\b|\bto\b|-+>|\u2192|=>|;|\bvs\.?"
    rf"|\bdown to|\bup from|\bfrom\b)"
    rf"\s*(?P<w2>[a-z :]{{0,22}}?)(?P<v>\d{{1,3}}(?:\.\d)?)"
    rf"(?P<half>\s?\+)?{_NOT_A_SCORE}(?:\s*/\s*\d{{1,3}}(?![\d/]))?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:baseline|before|pre-?treatment|pre-?botox|initial\w*|prior|previous\w*|was|were|last visit|had been"
    r"|originally|at start)\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:today|now|current\w*|this visit|most recent|is)\b", re.IGNORECASE)
_ARROW = re.compile(r"-+>|\u2192|=>|^\s*to$|down to", re.IGNORECASE)
_PARTS = re.compile(
    r"\b(?:severity|disability|pain|subscale|subscore|grade|item|question|part)\b[\s:=]*$", re.IGNORECASE
)
_ANOTHER = re.compile(
    r"\b(?:baseline|was|previous\w*|prior|initial\w*|from|before)\b\D{0,14}\d{1,3}(?![\d/-])", re.IGNORECASE
)
_PARTED = re.compile(r"\b(?:severity|disability|pain)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\btotal\b[^\d;]{0,12}(?P<v>\d{1,3}(?:\.\d{1,2})?)", re.IGNORECASE)
_THRESHOLD = re.compile(
    r"(?:>=|<=|(?<!-)>|<|\u2265|\u2264|at least|of at least|or more|or greater|goal|target|cutoff|means"
    r"|indicates)\s*(?:of\s*)?$",
    re.IGNORECASE,
)


def score_facts(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    """The scores that the statements give."""
    ordered = tuple(statements)
    for number, statement in enumerate(ordered):
        hits = statement.of(Subject.SCALE)
        for place, hit in enumerate(hits):
            if place and hit.start < hits[place - 1].end:
                continue
            until = hits[place + 1].start if place + 1 < len(hits) else len(statement.text)
            following = ordered[number + 1].text if number + 1 < len(ordered) else ""
            yield from _scores(source, statement, hit, statement.text[hit.end : until], following)


def _scores(source: Source, statement: Statement, hit: Hit, rest: str, following: str) -> Iterator[Fact]:
    scale = source.clinical.scales[hit.key]
    total = _TOTAL.search(rest) or (_TOTAL.match(following) if _PARTED.search(rest) else None)
    if total is not None and scale.low <= float(total["v"]) <= scale.high:
        yield _fact(source, statement, hit, scale, float(total["v"]), old=False, day=None)
        return
    m = _FIRST.match(rest)
    first = True
    while m is not None:
        following_m = _NEXT.match(rest, m.end())
        value = float(m["v"]) + (0.5 if m["half"] and scale.id == "MAS" and m["v"] == "1" else 0)
        lead = rest[m.start() : m.start("v")]
        if scale.low <= value <= scale.high and not _PARTS.search(lead) and not _THRESHOLD.search(lead):
            tail = _tail(rest, m.end())
            yield _fact(
                source, statement, hit, scale, value,
                old=_is_old(lead, tail, following_m if first else None), day=_day(tail),
            )  # fmt: skip
        first, m = False, following_m


def _tail(rest: str, place: int) -> str:
    """The words after a value that may say of when it is: to the next stop, or a bracket."""
    bracket = re.match(r"\s*\([^)]{0,40}\)", rest[place:])
    if bracket and _ANOTHER.search(bracket[0]):
        return ""
    return bracket[0] if bracket else re.split(r"[,;.\d]|->|\bto\b", rest[place:], maxsplit=1)[0]


def _is_old(lead: str, tail: str, following: re.Match[str] | None) -> bool:
    """Whether a value is of then: said so, or another follows that it moved to."""
    if _BEFORE.search(tail) and not _NOW.search(tail):
        return True
    if _BEFORE.search(lead) and not re.search(r"today|now|current", lead + tail, re.IGNORECASE):
        return True
    if re.search(r"\bfrom\s*$", lead, re.IGNORECASE):
        return True
    moved = following is not None and (
        _ARROW.search(following["sign"]) or _NOW.search(following["w2"] + following["when"])
    )
    return bool(moved) and not _NOW.search(tail)


def _day(tail: str) -> str | None:
    found = [d.iso for d in dates_in(tail) if len(d.iso) >= 7]
    return found[0] if len(found) == 1 else None


def _fact(
    source: Source, statement: Statement, hit: Hit, scale: Scale, value: float, *, old: bool, day: str | None
) -> Fact:
    leave = frozenset({Context.HISTORICAL, Context.NEGATED})
    plain = context_at(statement, hit.start, hit.end, clinical=source.clinical, leave=leave)
    return fact_at(
        source, statement, FactKind.SCORE, confidence=0.9, context=plain or (Context.HISTORICAL if old else None),
        name=scale.id, value=value, value_high=value, date=day,
    )  # fmt: skip
