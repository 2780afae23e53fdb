"""How far a treatment helped: baseline, current, and the fall in percent."""

import re
from collections.abc import Iterable, Iterator

from pipeline.charts.clinical import Subject
from pipeline.charts.context import context_at
from pipeline.charts.counting import Count
from pipeline.charts.counts import counts_over
from pipeline.charts.quantities import QUANTITY, number_of, quantity_of
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Statement
from pipeline.knowledge.chart_words import ChartWordKnowledge
from pipeline.values.chart import Context, Fact, FactKind

_PERCENT = re.compile(
    rf"(?:reduc\w*|decreas\w*|improv\w*|fewer|less|declin\w*|drop\w*|better|relief|benefit|help\w*)\b[^.;%]{{0,40}}?{QUANTITY}\s*(?:%|percent)"
    rf"|{QUANTITY.replace('?P<', '?P<z')}\s*(?:%|percent)\s*(?:\w+\s+){{0,2}}"
    r"(?:reduc|decreas|improv|fewer|less|declin|drop|better|relief|benefit)\w*",
    re.IGNORECASE,
)
_SHARES = {
    "half": 50.0, "one half": 50.0, "a third": 33.0, "one third": 33.0, "two thirds": 66.0, "a quarter": 25.0,
    "one quarter": 25.0, "halved": 50.0, "three quarters": 75.0, "three fourths": 75.0, "a half": 50.0,
}  # fmt: skip
"""The percent that a share is at its least."""
_SHARE = (
    r"(?:more than|over|at least|about|roughly|by)?\s*"
    r"(?P<share>(?:an?|one|two|three)[\s-]+(?:half|thirds?|quarters?|fourths)|half)\b"
)
# "fallen by more than half", "cut in half", "two thirds fewer"; nearly half is less than half
_FRACTION = re.compile(
    r"\b(?:reduc\w*|decreas\w*|declin\w*|drop\w*|fall\w*|fell|cut|down)\b[^.;\d]{0,24}?"
    rf"(?<!nearly )(?<!almost )(?:by|in)\s+{_SHARE}"
    r"|\b(?P<share4>halved|half as (?:many|much|often|frequent|bad|severe))\b"
    rf"|\b(?:down|fell|dropped|reduced)\s+{_SHARE.replace('?P<share>', '?P<share3>')}"
    rf"|(?<!nearly )(?<!almost )\b{_SHARE.replace('?P<share>', '?P<share2>')}\s+(?:fewer|less)\b",
    re.IGNORECASE,
)
_N = r"(?:about |approximately |~)?(\d{1,3}(?:\.\d)?)"
_FROM_TO = re.compile(
    rf"\bfrom\s+(?:a baseline of )?{_N}(?:\s*-\s*\d+)?\b"
    rf"[^.;\d]{{0,60}}?\b(?:down )?to\s+(?:\d{{1,2}}\s*-\s*)?{_N}\b(?!\s*(?:mg|units))"
    rf"|(?<![\d/.-]){_N}\s*(?:-+>|\u2192|=>)\s*{_N}\b(?!\s*(?:mg|units))",
    re.IGNORECASE,
)
# "8 days a month, down from 22", "8 days this past month versus 22 before we started"
_NOW_THEN = re.compile(
    rf"(?<![\d/.-]){_N}\s+(?:headache |migraine |HA )?days?\b[^.;\d]{{0,40}}?\b"
    r"(?:down\s+from|(?:vs\.?|versus|compared\s+(?:with|to))"
    r"(?=\s+\w*\s*\d{1,2}\s[^.;\d]{0,12}(?:before|prior|at baseline|at the start)))"
    rf"\s+(?:a baseline of\s+)?{_N}(?![\d/%])",
    re.IGNORECASE,
)
# "HA days/mo: 6 (was 18)", "MHD 18, down from 26", "headache days 9, baseline 24"
_NAMED_NOW_THEN = re.compile(
    r"\b(?:(?:headache|migraine|HA)s?[\s-]*days?|MHDs?|MMDs?)\b(?:\s*(?:/|per|a|each)\s*mo(?:nth)?\b)?"
    rf"[^.;\d]{{0,16}}(?<![\d/.-]){_N}(?:\s*(?:/|per|a)\s*mo(?:nth)?\b|\s+days)?\s*[,(;]?\s*"
    rf"(?:down\s+from|was|from|previously|prev\.?|prior|baseline|vs\.?|compared\s+(?:with|to))\s*:?\s*"
    rf"(?:a\s+baseline\s+of\s+)?{_N}(?![\d/%-])",
    re.IGNORECASE,
)


_NEAR = 300
"""So many characters after a toxin is named, how well it worked needs no further noun."""


def response_facts(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    """Responses said in one statement, and the one that two counts of one document give."""
    base: tuple[float, Statement] | None = None
    now: tuple[float, Statement] | None = None
    said = False
    treated = -_NEAR
    before: tuple[float, Statement] | None = None
    for statement, counts in counts_over(statements, recorded=source.recorded, headache=source.headache):
        if any(h.key.startswith("botulinum_toxin/") for h in statement.of(Subject.DRUG)):
            treated = statement.start
        near = statement.start - treated < _NEAR
        if statement.boxed is not None:
            continue
        if not (near or source.clinical.words.response_of.found_in(statement.text) or counts) or statement.section in {
            "plan",
            "criteria",
            "family",
            "copied",
        }:
            continue
        beside, before = before, None
        for value, is_base, is_now in _monthly(statement.text, counts, words=source.clinical.words):
            if is_base and not is_now:
                base = base or (value, statement)
                now = now or beside  # "9 headache days this month. Before treatment it was 24."
            elif is_now and not is_base:
                now = now or (value, statement)
            elif not is_now and _context(source, statement, 0, 1) is None:
                before = (value, statement)
        for fact in _said(source, statement):
            said = said or fact.baseline is not None
            yield fact
    if base and now and base[0] and not said:
        percent = round(100 * (base[0] - now[0]) / base[0], 1)
        yield fact_at(
            source, now[1], FactKind.RESPONSE, confidence=0.85, name=_HEADACHE,
            baseline=base[0], current=now[0], percent=percent,
            unit="day/month", context=_context(source, now[1], 0, 1),
        )  # fmt: skip


def _said(source: Source, statement: Statement) -> Iterator[Fact]:
    moves = [*_FROM_TO.finditer(statement.text)]
    moved = moves[0] if moves else None
    about_days = _OF_DAYS.search(statement.text) or (
        re.search("day", statement.text, re.IGNORECASE)
        and re.search(r"headache|migraine|(?-i:\bHAs?\b)", statement.text, re.IGNORECASE)
    )
    if (
        moved
        and float(moved[1] or moved[3]) > 0
        and about_days
        and re.search(
            r"reduc|decreas|drop|fell|fall|improv|declin|went|down|days?\s+from|frequency from|->|\u2192|=>",
            statement.text,
            re.IGNORECASE,
        )
    ):
        first, last = (float(n) for n in (moved[1] or moved[3], moved[2] or moved[4]))
        if max(first, last) <= 31:
            yield fact_at(
                source, statement, FactKind.RESPONSE, confidence=0.9, name=_HEADACHE, baseline=first, current=last,
                percent=round(100 * (first - last) / first, 1), unit="day/month",
                context=_context(source, statement, moved.start(), moved.end()),
            )  # fmt: skip
            yield from _of_migraine(source, statement, moves[1:])
            return
    turned = _NOW_THEN.search(statement.text) or _NAMED_NOW_THEN.search(statement.text) if about_days else None
    if turned is not None and 0 < float(turned[2]) <= 31 and float(turned[1]) <= 31:
        last, first = float(turned[1]), float(turned[2])
        yield fact_at(
            source, statement, FactKind.RESPONSE, confidence=0.85, name=_HEADACHE, baseline=first, current=last,
            percent=round(100 * (first - last) / first, 1), unit="day/month",
            context=_context(source, statement, turned.start(), turned.end()),
        )  # fmt: skip
        return
    m = _PERCENT.search(statement.text)
    if m is not None:
        least = quantity_of(m).low if m["a"] else number_of(m["za"])
    else:
        m = _FRACTION.search(statement.text)
        least = _share(m) if m is not None else None
    if m is not None and least is not None and least <= 100 and not _GOAL.search(statement.text, 0, m.start()):
        yield fact_at(
            source, statement, FactKind.RESPONSE, confidence=0.85, percent=least,
            name=_what(source, statement.text), context=_context(source, statement, m.start(), m.end()),
        )  # fmt: skip


_GOAL = re.compile(
    r"\b(?:goal|target|aim|objective)s?\b\W*(?:of|is|are)?\s*(?:at least|>=?|\u2265)?\s*$", re.IGNORECASE
)


def _of_migraine(source: Source, statement: Statement, later: Iterable[re.Match[str]]) -> Iterator[Fact]:
    """The fall in migraine days behind that in headache days: "from 23 to 10, migraine days from 15 to 5"."""
    for moved in later:
        if not _MIGRAINE_DAYS.search(statement.text[: moved.start()]):
            continue
        first, last = (float(n) for n in (moved[1] or moved[3], moved[2] or moved[4]))
        if first > 0 and max(first, last) <= 31:
            yield fact_at(
                source, statement, FactKind.RESPONSE, confidence=0.85, name="migraine", baseline=first, current=last,
                percent=round(100 * (first - last) / first, 1), unit="day/month",
                context=_context(source, statement, moved.start(), moved.end()),
            )  # fmt: skip


_MIGRAINE_DAYS = re.compile(r"\b(?:migraine[\s-]*days?|MMDs?)\b[^.;\d]{0,20}$", re.IGNORECASE)


def _share(m: re.Match[str]) -> float | None:
    """The percent of a share in words."""
    share = re.sub(r"[\s-]+", " ", _shared(m).casefold())
    return _SHARES.get("half" if share.startswith("half as") else share)


def _shared(m: re.Match[str]) -> str:
    return m["share"] or m["share2"] or m["share3"] or m["share4"]


_HEADACHE = "headache"


def _what(source: Source, text: str) -> str | None:
    """What fell: headache, where the words or the whole document are of nothing else; None of anything else."""
    return _HEADACHE if source.headache or _OF_HEADACHE.search(text) else None


_OF_DAYS = re.compile(r"\bM[HM]Ds?\b")
_OF_HEADACHE = re.compile(r"headache|migraine|(?-i:\bHAs?\b)|\bMHDs?\b|\bMMDs?\b", re.IGNORECASE)


def _context(source: Source, statement: Statement, start: int, end: int) -> Context | None:
    return context_at(statement, start, end, clinical=source.clinical, leave=frozenset({Context.HISTORICAL}))


def _monthly(text: str, counted: list[Count], *, words: ChartWordKnowledge) -> list[tuple[float, bool, bool]]:
    """The monthly headache counts of a statement: the value, whether it is the baseline's, whether it is of now.

    A baseline is taken at its least and a count of now at its most, so that no response is made larger than it is.
    """
    found: list[tuple[float, bool, bool]] = []
    counts = [
        c
        for c in counted
        if c.kind is FactKind.HEADACHE_DAYS and c.per is not None and not c.per.startswith(("w", "y"))
    ]
    for number, count in enumerate(counts):
        begin = counts[number - 1].end if number else 0
        until = counts[number + 1].start if number + 1 < len(counts) else len(text)
        around = text[begin:until] if len(counts) > 1 else text
        is_base, is_now = words.before_treatment.found_in(around), words.under_treatment.found_in(around)
        if is_base and is_now and len(counts) > 1:
            is_base, is_now = (
                words.before_treatment.found_in(text[begin : count.start]),
                words.under_treatment.found_in(text[begin : count.start]),
            )
        value = count.amount.low if is_base else count.amount.high
        if value is not None and value <= 31:
            found.append((value, is_base, is_now))
    return found
