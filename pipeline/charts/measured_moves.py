"""How far scores, leaks, pads, pain and the like fell under a toxin: "pads 6 -> 2", "TWSTRS 24 today (was 47)".

Of headache days ``responses.py`` tells. A number that fell under another medicine is no response to a toxin.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.charts.clinical import Clinical, Subject
from pipeline.charts.context import context_at
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Statement
from pipeline.knowledge.chart_words import ChartWords
from pipeline.values.chart import Context, Fact, FactKind

_N = (
    r"(?<![\d/.-])(?:\d\s*-\s*)?{}(?:\.\d)?)"
    r"(?![\d-]*\d|\s*(?:mg|units?|U|wks?|weeks?|mos?|months?|yrs?|years?|mL|%)\b|\s*%)"
)
_A, _B = _N.format(r"(?P<a>\d{1,3}"), _N.format(r"(?P<b>\d{1,3}")
_UNIT = (
    r"(?:\s*/\s*(?:10|\w{1,8}\b)|\s*x\s*/?\s*\w+|\s*(?:times\s+)?(?:a|per|each)\s+\w+|\s+(?:daily|times|pads?|leaks?))?"
)
_ARROW = r"(?:-+>|=>|\u2192)"
_MOVES = (
    # "pads 6 -> 2", "DLQI 16 to 4", "MIDAS went from 90 to 30"
    re.compile(rf"[^;.\d]{{0,40}}?{_A}{_UNIT}\s*(?P<sign>{_ARROW}|(?:down\s+)?to)\s*(?:only\s+)?{_B}", re.IGNORECASE),
    # "leaks were 8/day before, now 2 a day"
    re.compile(
        rf"[^;.\d]{{0,25}}?{_A}{_UNIT}[^;.\d]{{0,30}}\b(?:before|prior|at baseline|pre-?\w*)\b[^;.\d]{{0,30}}?"
        rf"\b(?:now|today|currently|after)\b[^;.\d]{{0,20}}?{_B}",
        re.IGNORECASE,
    ),
    # "TWSTRS total 22 today (was 44 in 12/2024)"
    re.compile(
        rf"[^;.\d]{{0,25}}?{_B}{_UNIT}[^;.\d(]{{0,25}}[,(]?\s*"
        r"(?:was|were|down from|from|baseline|previously|pre-?treatment)\b\s*:?\s*"
        rf"(?:a\s+baseline\s+of\s+)?{_A}",
        re.IGNORECASE,
    ),
)
_VALUE = re.compile(rf"[^;.,\d]{{0,16}}?{_A}")
_BASE = re.compile(r"\W*(?:baseline|before|pre-?(?:treatment|botox|tx)|prior to)\b", re.IGNORECASE)
_NOW = re.compile(r"\W*(?:now|today|current\w*|after|post-?(?:treatment|botox|tx)|since)\b", re.IGNORECASE)
_AIM = re.compile(r"\b(?:goals?|targets?|aim|hop(?:e|ing)|expect\w*|if|should|may|might|could)\b", re.IGNORECASE)
_NEAR = 400
"""So many characters behind a toxin's name a number that fell is still of it."""
_NOT_PAST = {"plan", "criteria", "family", "copied", "history", "tried"}


class _Measure(NamedTuple):
    """What is measured, and where its words stand; ``most`` is the most that it can be."""

    name: str
    start: int
    end: int
    least: float
    most: float


def moved_facts(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    """The response of every measure with two values in a statement, or in two lines, one of before and one of now."""
    ordered = tuple(statements)
    treated = _always_of_toxin(source, ordered)
    last = -_NEAR
    for statement in ordered:
        if any(h.key.startswith(_TOXIN) for h in statement.of(Subject.DRUG)):
            last = statement.start + len(statement.text)
        of_toxin = treated or statement.start - last < _NEAR
        if of_toxin and _is_told(statement):
            yield from _in_one(source, statement)
    if treated or last > 0:
        yield from _in_two(source, ordered)


_TOXIN = "botulinum_toxin/"


def _always_of_toxin(source: Source, statements: Sequence[Statement]) -> bool:
    """Whether a document is of nothing but a toxin: a record of a treatment, where no other medicine is named."""
    return source.evidence_type in {"ev.procedure_note", "ev.response_record"} and {
        h.key.split("/")[0] for s in statements for h in s.of(Subject.DRUG)
    } == {_TOXIN.rstrip("/")}


def _is_told(statement: Statement) -> bool:
    others = [h for h in statement.of(Subject.DRUG) if not h.key.startswith(_TOXIN)]
    return statement.boxed is None and statement.section not in _NOT_PAST and not others


def _in_one(source: Source, statement: Statement) -> Iterator[Fact]:
    measures = _measures(statement, source.clinical)
    for number, measure in enumerate(measures):
        until = measures[number + 1].start if number + 1 < len(measures) else len(statement.text)
        rest = statement.text[measure.end : until]
        for pattern in _MOVES:
            m = pattern.match(rest)
            if m is None:
                continue
            first, last = float(m["a"]), float(m["b"])
            ranged = m.groupdict().get("sign", "->").casefold() == "to" and last >= first
            whole = measure.least <= min(first, last) and max(first, last) <= measure.most
            lead = f"{statement.text[: measure.start]} {m[0]}"
            if first > 0 and whole and not ranged and not _AIM.search(lead):
                yield _fact(source, statement, measure.name, first, last, at=measure.start)
            break


def _in_two(source: Source, statements: Sequence[Statement]) -> Iterator[Fact]:
    """Scores of a line of before against those of the line of now."""
    before: dict[str, float] = {}
    for statement in statements:
        if not _is_told(statement):
            continue
        is_base, is_now = _BASE.match(statement.text), _NOW.match(statement.text)
        for measure in _measures(statement, source.clinical) if is_base or is_now else ():
            m = _VALUE.match(statement.text, measure.end)
            if m is None or not measure.least <= float(m["a"]) <= measure.most:
                continue
            if is_base:
                before.setdefault(measure.name, float(m["a"]))
            elif before.get(measure.name, 0) > 0:
                yield _fact(source, statement, measure.name, before.pop(measure.name), float(m["a"]), at=measure.start)


def _fact(source: Source, statement: Statement, name: str, first: float, last: float, *, at: int) -> Fact:
    context = context_at(
        statement, at, at + 1, clinical=source.clinical, leave=frozenset({Context.HISTORICAL, Context.NEGATED})
    )
    return fact_at(
        source, statement, FactKind.RESPONSE, confidence=0.85, name=name, unit=name, baseline=first, current=last,
        percent=round(100 * (first - last) / first, 1), context=context,
    )  # fmt: skip


def _measures(statement: Statement, clinical: Clinical) -> list[_Measure]:
    """The scales and counts that a statement names, in order; of two at one place the longer."""
    found = [
        _Measure(scale.id, hit.start, hit.end, scale.low, scale.high)
        for hit in statement.of(Subject.SCALE)
        if not (scale := clinical.scales[hit.key]).by_muscle
    ]
    for name, words, most in _counted(clinical):
        found += [_Measure(name, m.start(), m.end(), 0, most) for m in words.pattern.finditer(statement.text)]
    found.sort(key=lambda one: (one.start, -one.end))
    return [one for n, one in enumerate(found) if not any(other.end > one.start for other in found[:n])]


def _counted(clinical: Clinical) -> Iterator[tuple[str, ChartWords, float]]:
    words = clinical.words
    yield "leaks", words.moved_leaks, 50
    yield "pads", words.moved_pads, 30
    yield "voids", words.moved_voids, 50
    yield "pain", words.moved_pain, 10
    yield "spasms", words.moved_spasms, 100
    yield "changes of clothes", words.moved_changes, 50
