"""Authorizations that a chart tells: number, units, and from when to when, in sentences, behind labels and in tables.

The days are those of a range or behind a word that says so; only a letter of approval may leave that to their order.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.charts.context import context_at
from pipeline.charts.dates import dates_in
from pipeline.charts.medicine_rows import drug_in
from pipeline.charts.rows import Row, Sheet, Table, row_fact
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Statement
from pipeline.language.reading import line_at
from pipeline.values.chart import Context, Fact, FactKind

_VALUE = r"(?P<number>(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{3,})"
_DAY_AHEAD = r"(?!\d{1,4}[/-]\d{1,2}[/-]\d)"
_NUMBER = re.compile(
    r"\b(?:prior )?(?:authorization|auth|certification|PA|approval)\s*(?:number|no\.?|#|id)\s*[:#]?\s*" + _VALUE,
    re.IGNORECASE,
)
# "Payer PA         NP-2207718": a label without a word for number, parted from it by a gap
_BY_GAP = re.compile(
    r"(?:^|\t|\s{3,})(?:payer |plan |prior |insurance )?(?:authorization|auth|PA)\s*(?::|\t|\s{3,})\s*"
    rf"{_DAY_AHEAD}{_VALUE}(?![\w/])",
    re.IGNORECASE,
)
# "current auth BX-77120-3 ends", "PA on file | MSX-448190": letters and figures right behind the word
_BARE = re.compile(
    r"\b(?:authorization|auth|PA)(?: on file)?\s*[|:]?\s*(?P<number>(?-i:[A-Z]{1,5})-?\d[A-Z0-9-]{3,})(?![\w/])"
    r"|\bauthorized\b[^.;]{0,20}\bref(?:erence)?\s*(?:#|no\.?|number)?\s*:?\s*(?P<ref>(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{3,})",
    re.IGNORECASE,
)
_CURRENT = re.compile(r"\b(?:current|active|existing|open)\s+$", re.IGNORECASE)
_HELD = frozenset({Context.HYPOTHETICAL, Context.PLANNED})
"""What a sentence supposes of a renewal is not said of an authorization that it calls current."""
_LAPSED = re.compile(r"\b(?:expired|denied|denial|closed|void\w*|withdrawn|prior|previous|old|last)\b", re.IGNORECASE)
_REFERENCE = re.compile(
    rf"\b(?:reference|request|tracking|service request)\s*(?:number|no\.?|#|id)\s*[:#]?\s*{_VALUE}", re.IGNORECASE
)
"""What an approval's own letter may call its number."""
_UNITS = re.compile(
    r"(?<![\d.])(?P<n>\d{1,3}(?:,\d{3})?|\d{1,5})\s*(?:-?\s?units?\b|U\b)(?!\s*(?:vial|/))"
    r"|\bunits?\s+(?:approved|authorized|allowed)\s*:?\s*(?P<n2>\d{1,5})\b|\b(?:approved|authorized)\s+units?\s*:?\s*(?P<n3>\d{1,5})\b",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:-|\u2013|\u2014|to|through|thru|until|and)\s*", re.IGNORECASE)
_FROM_LABEL = re.compile(
    r"\b(?:effective|from|starts?|start date|begins?|begin date|valid|approved)\b\W*(?:on|date|from|as of)?\W*$",
    re.IGNORECASE,
)
_TO_LABEL = re.compile(
    r"\b(?:expires?|expiration|expiry|ends?|end date|(?:good|valid|approved) (?:through|thru"
    r"|until|til)|through|thru|until|valid to|to)\b\W*(?:on|date)?\W*$",
    re.IGNORECASE,
)
_LEAST_UNITS = 10
_LINES = 8
"""So many lines below its number may what an authorization covers be told."""


def authorization_facts(
    source: Source, statements: Sequence[Statement], tables: Sequence[Table], sheet: Sheet
) -> list[Fact]:
    """The authorizations of a document, each number once: as its table tells it, else its sentences and labels."""
    found = [fact for table in tables for fact in _rows(table, sheet)]
    for statement in statements:
        for fact in _said(source, statement):
            if source.evidence_type == "ev.pa_letter" and fact.units is None:
                fact = replace(fact, units=_units_of_rows(tables, sheet))
            if not any(fact.number == known.number for known in found):
                found.append(fact)
    return found


def _rows(table: Table, sheet: Sheet) -> Iterator[Fact]:
    """One authorization a number; of its rows the one of a toxin tells the units."""
    if "auth_number" not in table.columns:
        return
    numbers = dict.fromkeys(number for row in table.rows if (number := row.get("auth_number")))
    for number in numbers:
        rows = [row for row in table.rows if row.get("auth_number") == number]
        row = next((r for r in rows if _is_of_toxin(r, sheet)), rows[0] if len(rows) == 1 else None)
        if row is None or not any(c.isdigit() for c in number):
            continue
        first, last = row.day("auth_from"), row.day("auth_to")
        units = re.match(r"\d{1,3},\d{3}|\d{1,5}", row.get("units"))
        yield row_fact(
            sheet, row, FactKind.AUTHORIZATION, number=number, from_=first.isoformat() if first else None,
            units=float(units[0].replace(",", "")) if units else None, to=last.isoformat() if last else None,
        )  # fmt: skip


def _units_of_rows(tables: Sequence[Table], sheet: Sheet) -> float | None:
    """The units that the one row of a toxin has, in a letter's table without a column for the number."""
    rows = [row for table in tables for row in table.rows if _is_of_toxin(row, sheet)]
    told = [n for row in rows for c in ("units", "quantity") if (n := row.get(c).replace(",", "")).isdigit()]
    return float(told[0]) if len(told) == 1 and float(told[0]) >= _LEAST_UNITS else None


def _is_of_toxin(row: Row, sheet: Sheet) -> bool:
    named = drug_in(row.text, sheet.clinical)
    return (named is not None and named[0] == "botulinum_toxin") or bool(re.search(r"\bJ058[5-8]\b", row.text))


def _said(source: Source, statement: Statement) -> Iterator[Fact]:
    """The authorization whose number a statement has."""
    is_letter = source.evidence_type == "ev.pa_letter"
    offset = source.reading.prose.offsets[statement.start]
    line = line_at(source.reading, offset)
    m = _NUMBER.search(statement.text)
    start, end = m.span() if m is not None else (0, len(statement.text))
    m = (
        m
        or _NUMBER.search(line.text)
        or _BY_GAP.search(line.text)
        or (_REFERENCE.search(line.text) if is_letter else None)
    )
    if m is None and (bare := _BARE.search(statement.text)) is not None and not _LAPSED.search(statement.text):
        m, start, end = bare, *bare.span()
    number = (m["number"] or m["ref"] if m.re is _BARE else m["number"]) if m is not None else None
    if m is None or number is None or number not in statement.text:
        return
    near = statement.text if m.re is _BARE else _near(source, line.number)
    first, last = _span(near, is_letter=is_letter)
    # Below it a note tells the units that were given; "1 unit" is what a code stands for.
    told = [
        float(next(n for n in m.groups() if n).replace(",", ""))
        for m in _UNITS.finditer(near if is_letter else line.text)
    ]
    units = next((n for n in told if n >= _LEAST_UNITS), None)
    referred = m.re is _BARE and m["ref"] is not None
    holds = _HELD if referred or _CURRENT.search(statement.text, 0, start) else frozenset[Context]()
    yield fact_at(
        source, statement, FactKind.AUTHORIZATION, confidence=0.8, number=number,
        context=context_at(statement, start, end, clinical=source.clinical, leave=holds),
        units=units, from_=first, to=last,
    )  # fmt: skip


def _near(source: Source, number: int) -> str:
    """The line of a number and those below it."""
    lines = [line for line in source.reading.lines if number <= line.number]
    return "\n".join(line.text for line in lines[:_LINES])


def _span(text: str, *, is_letter: bool) -> tuple[str | None, str | None]:
    """From when to when: a range, else two days that say so; in a letter of approval the first two."""
    days = [d for d in dates_in(text) if len(d.iso) == 10]
    for one, other in pairwise(days):
        if _TO.fullmatch(text[one.end : other.start]) and one.iso < other.iso:
            return one.iso, other.iso
    first = next((d.iso for d in days if _FROM_LABEL.search(text[max(0, d.start - 30) : d.start])), None)
    last = next((d.iso for d in days if _TO_LABEL.search(text[max(0, d.start - 30) : d.start])), None)
    if first and last and first < last:
        return first, last
    return (days[0].iso, days[1].iso) if is_letter and len(days) > 1 else (None, None)
