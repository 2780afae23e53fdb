"""Scores over time and injection logs in columns."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.charts.medicine_rows import drug_in
from pipeline.charts.rows import Row, Sheet, Table, row_fact
from pipeline.values.chart import Fact, FactKind


def injection_facts(table: Table, sheet: Sheet, *, toxin: str | None = None) -> Iterator[Fact]:
    """The scores of each row that is dated, and the injections: a toxin, its units and its day.

    ``toxin`` is the one that the document names, for a log of what was given and discarded.
    """
    if {"units", "wasted"} <= set(table.columns):
        yield from _logged(table, sheet, toxin)
        return
    if {"drug", "dose", "wasted"} <= set(table.columns):
        yield from _administered(table, sheet)
        return
    of_toxin = toxin is not None and "units" in table.columns and not _OF_OTHERS & set(table.columns)
    for row in table.rows:
        day = row.day("fill", "month", "period")
        if day is None:
            continue
        yield from _scores(sheet, row, day.isoformat())
        named = drug_in(row.text, sheet.clinical)
        units = re.search(r"\d{1,4}", row.get("units") or "")
        if named is not None and named[0] == "botulinum_toxin" and units is not None:
            yield row_fact(
                sheet, row, FactKind.PROCEDURE, drug_class=named[0], drug=named[1], units=float(units[0]),
                date=day.isoformat(),
            )  # fmt: skip
        elif named is None and of_toxin and units is not None and _was_given(row, day.isoformat(), sheet):
            sites = re.fullmatch(r"\d{1,2}", row.get("sites"))
            yield row_fact(
                sheet, row, FactKind.PROCEDURE, drug_class="botulinum_toxin", drug=toxin, units=float(units[0]),
                sites=int(sites[0]) if sites else None, wasted=_amount(row.get("wasted")), date=day.isoformat(),
            )  # fmt: skip


def _was_given(row: Row, day: str, sheet: Sheet) -> bool:
    """Whether a row of treatments is of one that was given: not ahead of its document, nor held or planned."""
    return (sheet.recorded is None or day <= sheet.recorded) and not _NOT_GIVEN.search(row.text)


_OF_OTHERS = {"drug", "supply", "auth_number", "auth_to", "auth_from", "muscle", "start", "stop"}
"""Columns of tables whose units are dispensed, authorized or a muscle's."""
_NOT_GIVEN = re.compile(
    r"\b(?:plan\w*|scheduled|due|held|hold|cancel\w*|no[ -]?show|not given|resched\w*|denied|pending|auth\w*|order\w*"
    r"|request\w*)\b",
    re.IGNORECASE,
)


def _logged(table: Table, sheet: Sheet, toxin: str | None) -> Iterator[Fact]:
    """What a log of one patient says was given and discarded; of several patients nobody can say whose a row is."""
    given = [(row, units) for row in table.rows if (units := _amount(row.get("units"))) is not None]
    if len(given) != 1 and not _is_course(table, [row for row, _ in given]):
        return
    for row, units in given:
        named, day = drug_in(row.text, sheet.clinical), row.day("fill")
        drug = named[1] if named is not None and named[0] == "botulinum_toxin" else toxin
        written = day.isoformat() if day else sheet.recorded
        if drug is not None and units > 0 and (len(given) == 1 or _was_given(row, written or "", sheet)):
            yield row_fact(
                sheet, row, FactKind.PROCEDURE, drug_class="botulinum_toxin", drug=drug, units=units,
                wasted=_amount(row.get("wasted")), date=written,
            )  # fmt: skip


def _is_course(table: Table, rows: Sequence[Row]) -> bool:
    """Whether rows are the treatments of one patient: each of another day, as far apart as injections are."""
    days = [row.day("fill") for row in rows]
    told = sorted(day for day in days if day is not None)
    whole = len(told) == len(days) > 1 and not any(_WHOSE.search(column) for column in table.columns)
    return whole and all((later - day).days >= _LEAST_APART for day, later in pairwise(told))


_WHOSE = re.compile(r"\b(?:patient|pt|name|mrn|initials|member|chart)\b", re.IGNORECASE)
_LEAST_APART = 60
"""Days between two treatments with a toxin; rows nearer together may be of several patients."""


def _administered(table: Table, sheet: Sheet) -> Iterator[Fact]:
    """The toxin among what a record of administration says was given: its dose in units; of two such rows nothing."""
    found = [(row, named) for row in table.rows if (named := drug_in(row.get("drug"), sheet.clinical)) is not None]
    given = [(row, named) for row, named in found if named[0] == "botulinum_toxin"]
    units = (
        re.fullmatch(r"(\d{1,4})\s*(?:units?|u)", given[0][0].get("dose"), re.IGNORECASE) if len(given) == 1 else None
    )
    if units is None or _NOT_GIVEN.search(given[0][0].text):
        return
    row, named = given[0]
    sites = re.search(r"\b(\d{1,2})\s*(?:inj\w*|sites?)\b", row.text, re.IGNORECASE)
    wasted = re.match(r"(\d{1,3})\s*(?:units?|u)?\b", row.get("wasted"), re.IGNORECASE)
    day = row.day("fill")
    yield row_fact(
        sheet, row, FactKind.PROCEDURE, drug_class="botulinum_toxin", drug=named[1] or None, units=float(units[1]),
        sites=int(sites[1]) if sites else None, wasted=float(wasted[1]) if wasted else None,
        date=day.isoformat() if day else sheet.recorded,
    )  # fmt: skip


def _amount(cell: str) -> float | None:
    m = re.fullmatch(r"(\d{1,4})\s*(?:units?|u)?(?:\s+[A-Z].*)?", cell.strip(), re.IGNORECASE)
    return float(m[1]) if m is not None else None


def _scores(sheet: Sheet, row: Row, day: str) -> Iterator[Fact]:
    for name, scale in sheet.clinical.scales.items():
        m = re.match(r"\d{1,3}(?:\.\d)?", row.get(name))
        if m is not None and scale.low <= float(m[0]) <= scale.high:
            yield row_fact(sheet, row, FactKind.SCORE, name=name, value=float(m[0]), value_high=float(m[0]), date=day)
