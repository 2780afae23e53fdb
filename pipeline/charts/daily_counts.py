"""Pads, leaks, voids and the like counted by the day in running text: "6 pads/day", "nocturia x4", "leaks: 5 a day".

They are symptoms with a number, as those of a bladder diary are; of their fall ``measured_moves.py`` tells.
"""

import re
from collections.abc import Iterable, Iterator

from pipeline.charts.context import context_at
from pipeline.charts.quantities import QUANTITY, Quantity, quantity_of
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Statement
from pipeline.values.chart import Fact, FactKind

_THINGS = (
    r"(?:(?P<pads>(?:[a-z-]+ )?(?:pads?|briefs?|pull-?ups?|liners?|diapers?))"
    r"|(?P<leaks>(?:(?:urge|urgency|urinary|stress|incontinence|incontinent|UUI|UI|leakage|leak|wet(?:ting)?) ){0,2}"
    r"(?:leaks?|leakages?|incontinence|accidents?|(?<=\w )episodes?|UUI|wettings?)(?: episodes?)?)"
    r"|(?P<voids>(?:daytime |day )?(?:voids?|voiding|urinations?|urinates?|micturitions?"
    r"|bathroom trips?|trips to the (?:bathroom|toilet)))"
    r"|(?P<nocturia>nocturia|night(?:time|-time)? (?:voids?|trips?)|nocturnal voids?)"
    r"|(?P<changes>(?:bib|shirt|towel|clothes|clothing|outfit|drool rag) changes?|bibs|rags))"
)
_A_DAY = (
    r"(?:\s*(?:/|per|a|each|every|in an?|in the|over|in|during the)\s*(?:24[\s-]*(?:h(?:ours?"
    r"|rs?)?)?|day(?:time)?|d\b|night|noc)\b"
    r"|\s+(?:daily|nightly|overnight|at night)\b|\s*x\s*/\s*(?:day|night)\b)"
)
_TIMES = r"\s*(?:x\b|times\b)?"
_NAMED_FIRST = re.compile(
    rf"\b{_THINGS}\b(?:\s+(?:used|count|frequency|usage|number|rate|now|is|are|at|of|about|averag\w+))*"
    rf"(?P<per1>{_A_DAY})?\s*[:=,~]?\s*(?:x\s?)?{QUANTITY}(?P<times>\s*(?:x\b|times\b))?(?:\s*(?:pads?|leaks?|voids?|episodes?))?(?P<per2>{_A_DAY})?"
    r"(?![\d/.]*\d|\s*(?:%|mL|cc|mg|units?|U\b|weeks?|wks?|months?|mos?\b|hours?|hrs?|years?|yrs?|minutes?|days?))",
    re.IGNORECASE,
)
_COUNTED_FIRST = re.compile(
    rf"(?<![\d/.-]){QUANTITY}{_TIMES}\s*(?:(?:wet|soaked|heavy|large|small|absorbent|incontinence|urge)\s+)?{_THINGS}"
    rf"(?:\s+(?:used|changed|soaked|changes))?{_A_DAY}",
    re.IGNORECASE,
)
_NIGHT = re.compile(r"night|noc\b|nightly", re.IGNORECASE)
_UP = re.compile(
    rf"\b(?:up|gets up|wakes(?: up)?|getting up|awakens)\s+(?:to (?:void|urinate|pee"
    rf"|go)\s+)?{QUANTITY}\s*(?:x\b|times\b)?"
    r"\s*(?:/|per|a|each|at|every)?\s*night\b(?:\s+to (?:void|urinate|pee|go))?",
    re.IGNORECASE,
)
_BLADDER = re.compile(r"void|urin|pee\b|bathroom|toilet|bladder|OAB|nocturia", re.IGNORECASE)
_MOST = 60
"""No such count of a day is larger."""
_NOT_COUNTED = {"plan", "criteria", "copied", "family"}
_AIMED = re.compile(
    r"\b(?:goals?|target|fewer than|less than|under|until|hop\w+|expect\w*)\b[^.;\d]{0,20}$", re.IGNORECASE
)
_MOVES = re.compile(r"\s*(?:-+>|=>|\u2192|(?:down |up )?to\b|\(was|\bwas\b|,?\s*(?:down|up) from)", re.IGNORECASE)


def daily_counts(source: Source, statements: Iterable[Statement]) -> Iterator[Fact]:
    """The counts by the day that statements tell of this patient now; one that moved is told by its moves."""
    for statement in statements:
        if statement.section in _NOT_COUNTED or not _ANY.search(statement.text):
            continue
        taken: list[tuple[int, int]] = []
        for m in (*_COUNTED_FIRST.finditer(statement.text), *_NAMED_FIRST.finditer(statement.text)):
            name = _name(m)
            told = m.re is _COUNTED_FIRST or m["per1"] or m["per2"] or name == "nocturia"
            clear = not any(a < m.end() and m.start() < b for a, b in taken)
            lead = statement.text[: m.start("a")]
            if told and clear and not _AIMED.search(lead) and not _MOVES.match(statement.text, m.end()):
                taken.append(m.span())
                yield from _fact(source, statement, m, name)
        for m in _UP.finditer(statement.text):
            if source.topics & _OF_THE_BLADDER or _BLADDER.search(statement.text):
                yield from _fact(source, statement, m, "nocturia")


_ANY = re.compile(
    r"pad|brief|pull-?up|liner|diaper|leak|incontinen|accident|UUI|wet|void|urinat|mictur|nocturia"
    r"|bathroom|night|chang|bibs|rags",
    re.IGNORECASE,
)
_OF_THE_BLADDER = {"overactive_bladder", "neurogenic_bladder"}


def _name(m: re.Match[str]) -> str:
    name = next(n for n in ("pads", "leaks", "nocturia", "voids", "changes") if m[n])
    by_night = name == "voids" and _NIGHT.search(m[0][m.start("voids") - m.start() :])
    return "nocturia" if by_night else name


_NAMES = {"pads": "pads", "leaks": "leaks", "voids": "voids", "nocturia": "nocturia", "changes": "changes of clothes"}


def _fact(source: Source, statement: Statement, m: re.Match[str], name: str) -> Iterator[Fact]:
    amount: Quantity = quantity_of(m)
    if (amount.low is None and amount.high is None) or max(amount.low or 0, amount.high or 0) > _MOST:
        return
    yield fact_at(
        source, statement, FactKind.SYMPTOM, confidence=0.8, name=_NAMES[name], value=amount.low,
        value_high=amount.high, unit="a day",
        context=context_at(statement, m.start(), m.end(), clinical=source.clinical),
    )  # fmt: skip
