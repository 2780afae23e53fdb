"""The units that each muscle got: parts of an injection, from tables of muscles and from sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.charts.cells import column_of, row_cells
from pipeline.charts.clinical import Subject
from pipeline.charts.context import context_at
from pipeline.charts.dates import dates_in
from pipeline.charts.muscle_tables import is_of_muscles, parts_of
from pipeline.charts.rows import Row, Sheet, Table, row_fact
from pipeline.charts.source import Source, fact_at
from pipeline.charts.statements import Hit, Statement
from pipeline.language.reading import Cell, boxes_at
from pipeline.values.chart import Context, Fact, FactKind

_LEAST_PARTS = 2
"""One muscle with its units is an injection itself; so many are parts of one."""
_SIDE = r"(?:right|left|bilateral(?:ly)?|bilat|bil|both|(?-i:R|L|B))"
_SIDE_BEFORE = re.compile(rf"(?<![\w/]){_SIDE}\.?\s+$", re.IGNORECASE)
_N = r"(?P<n>\d{1,4}(?:,\d{3})?(?:\.\d{1,2})?)"
_UNIT = r"(?:units?|IU|U)\b"
# "right SCM 40 units", "SCM (2 sites): 40 U", "temporalis - 40 units", "corrugator, 10 U"
_BEHIND = re.compile(
    rf"(?:\s*(?:muscles?|complex|major|gland|{_SIDE}))?"
    r"(?:\s*[:,(=@x-]\s*|\s+|\s*\(?\d{1,2}\s*sites?\)?[\s:,-]*){1,2}(?:got|received|with)?\s*"
    rf"{_N}\s*(?P<unit>{_UNIT})?(?![\d.,/%]*\d"
    r"|\s*(?:sites?|/|%|mg|mL|cc|cm|mm|deg|weeks?|wks?|months?|days?|times|x\b))",
    re.IGNORECASE,
)
# "40 units into the right SCM", "40 U R SCM", "25 U to each masseter"
_BEFORE = re.compile(
    rf"(?<![\d.,/-]){_N}\s*(?P<unit>{_UNIT})\s*(?:were\s+|was\s+)?(?:(?:injected|placed|given|administered|went)\s+)?"
    rf"(?:(?:in|into|to|at|for)\s+)?(?:(?:the|each|her|his)\s+)?(?:{_SIDE}\.?\s+)?$",
    re.IGNORECASE,
)
_EYES = re.compile(rf"(?<![\d.,/-]){_N}\s*(?:{_UNIT})?\s*(?:in|to|into)?\s*(?P<eye>(?-i:OD|OS))\b", re.IGNORECASE)
_OF_EYES = {"OD": "right eye", "OS": "left eye"}
_NOT_GIVEN = re.compile(
    r"\b(?:plan\w*|next (?:time|cycle|visit|round|session|dose)|propos\w*|request\w*|order\w*|schedul\w*"
    r"|will|would|could|may|might|should|if|max\w*|up to"
    r"|recommend\w*|consider\w*|typical\w*|usual\w*|standard|protocol|label"
    r"|per (?:the )?(?:PREEMPT|PI)|approv\w*|auth\w*|not (?:injected|given|treated|done)"
    r"|cancel\w*|held|declin\w*|refus\w*|deferred|omitted|skipped|instead of)\b|\?",
    re.IGNORECASE,
)
_HARMLESS = frozenset({Context.HISTORICAL})
_NO_INJECTION = {"ev.order", "ev.pa_form", "ev.pa_letter", "ev.sp_dispense", "ev.rx_fills"}
"""Kinds that say what is asked for or sent."""


def part_facts(source: Source, statements: Sequence[Statement], tables: Sequence[Table], sheet: Sheet) -> list[Fact]:
    """A fact a muscle with its units, in a document that names a toxin; none where only one muscle has any."""
    if source.evidence_type in _NO_INJECTION:
        return []
    named = {
        h.key.split("/")[1] for s in statements for h in s.of(Subject.DRUG) if h.key.startswith("botulinum_toxin/")
    }
    if not named and source.evidence_type != "ev.procedure_note":
        return []
    toxins = named - {""}
    drug = next(iter(toxins)) if len(toxins) == 1 else None
    drug_class = "botulinum_toxin" if named else None
    found = [fact for table in tables if is_of_muscles(table) for fact in _of_table(table, sheet)]
    found += [fact for statement in statements for fact in _of_statement(source, statement)]
    found += _under_sides(source, sheet) if named else ()
    return [replace(f, drug=drug, drug_class=drug_class) for f in found] if len(found) >= _LEAST_PARTS else []


def _of_table(table: Table, sheet: Sheet) -> Iterator[Fact]:
    if any(_NOT_GIVEN.search(line) for line in table.above):
        return
    for row in table.rows:
        if not _NOT_GIVEN.search(row.text):
            for site, units in parts_of(row):
                fact = row_fact(sheet, row, FactKind.PROCEDURE, site=site, units=units)
                yield replace(fact, date=None)


def _under_sides(source: Source, sheet: Sheet) -> Iterator[Fact]:
    """Rows of a muscle and its units under a head of nothing but two sides."""
    heads: Sequence[Cell] = ()
    for line in source.reading.lines:
        cells = row_cells(line) if line.text.strip() else ()
        if len(cells) == 2 and {c.text.casefold() for c in cells} in _TWO_SIDES:
            heads = cells
        elif heads and len(cells) > 1 and _TARGET.search(cells[0].text):
            row = Row(
                text=" ".join(line.text.split()), cells={}, page=line.page,
                boxes=boxes_at(source.reading.text, line.start, line.end),
            )  # fmt: skip
            for cell in cells[1:]:
                if (m := _CELL.fullmatch(cell.text)) is not None and float(m["n"]) > 0:
                    side = (
                        "" if _MIDDLE.search(line.text) else f"{_SIDES[heads[column_of(cell, heads)].text.casefold()]} "
                    )
                    site = side + _MIDDLE.sub("", cells[0].text).strip(" ()")
                    fact = row_fact(sheet, row, FactKind.PROCEDURE, site=site, units=float(m["n"]))
                    yield replace(fact, date=None)
        elif line.text.strip():
            heads = ()


_SIDES = {"od": "right", "os": "left", "r": "right", "l": "left", "right": "right", "left": "left"}
_TWO_SIDES = ({"od", "os"}, {"r", "l"}, {"right", "left"})
_CELL = re.compile(r"(?P<n>\d{1,4}(?:\.\d{1,2})?)\s*(?:U|units?)?", re.IGNORECASE)
_MIDDLE = re.compile(r"\bmid-?line\b|\bcent(?:er|re|ral)\b", re.IGNORECASE)
_TARGET = re.compile(r"[A-Za-z]{3}")


def _of_statement(source: Source, statement: Statement) -> Iterator[Fact]:
    text = statement.text
    if statement.section in {"plan", "criteria", "family", "copied"} or statement.boxed is not None:
        return
    if statement.of(Subject.SCALE) or not re.search(r"\d", text):
        return
    days = {d.iso for d in dates_in(text) if len(d.iso) == len("2026-01-01")}
    day = days.pop() if len(days) == 1 else None
    for start, end, site, units in () if _NOT_GIVEN.search(text) else _pairs(statement):
        context = context_at(statement, start, end, clinical=source.clinical, leave=_HARMLESS)
        yield fact_at(
            source, statement, FactKind.PROCEDURE, confidence=0.8, context=context, site=site, units=units, date=day,
            dated=False,
        )  # fmt: skip


def _pairs(statement: Statement) -> Iterator[tuple[int, int, str, float]]:
    """Each muscle with the units beside it: where they stand, its name with its side, its units.

    A list puts its units before or behind its muscles throughout: what its first muscle has, all have.
    """
    text, hits = statement.text, _joined(statement)
    behind = [_BEHIND.match(text, hit.end) for hit in hits]
    before = [_BEFORE.search(text, hits[n - 1].end if n else 0, hit.start) for n, hit in enumerate(hits)]
    told = before if hits and before[0] is not None else behind
    has_unit = any(m is not None and m["unit"] for m in told)
    for hit, m in zip(hits, told, strict=True):
        if m is not None and has_unit:
            side = _SIDE_BEFORE.search(text, 0, hit.start)
            name = f"{side[0].strip()} " if side else ""
            yield hit.start, hit.end, name + text[hit.start : hit.end], float(m["n"].replace(",", ""))
    if re.search(_UNIT, text, re.IGNORECASE):
        for m in _EYES.finditer(text):
            yield m.start(), m.end(), _OF_EYES[m["eye"]], float(m["n"])


def _joined(statement: Statement) -> list[Hit]:
    """The muscles that a statement names, the longest name at each place."""
    found: list[Hit] = []
    for hit in sorted(statement.of(Subject.MUSCLE), key=lambda h: (h.start, -h.end)):
        last = found[-1] if found else None
        if last is not None and (
            hit.start < last.end or re.fullmatch(r"\s*/?\s*", statement.text[last.end : hit.start])
        ):
            found[-1] = last._replace(end=max(last.end, hit.end))
        else:
            found.append(hit)
    return found
