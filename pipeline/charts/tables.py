"""Tables of a chart, from a CSV file or from the running text of a document: what kind they are, and their facts."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.charts.attacks import attack_facts, is_attack_log
from pipeline.charts.bladder_diaries import bladder_facts, is_of_bladder
from pipeline.charts.clinical import Clinical
from pipeline.charts.diaries import diary_facts, last_day, monthly_facts
from pipeline.charts.injection_rows import injection_facts
from pipeline.charts.medicine_rows import fill_facts, medicine_facts
from pipeline.charts.muscle_tables import is_of_muscles
from pipeline.charts.rows import Row, Sheet, Table, heads_of
from pipeline.errors import DocumentError, ProblemCode
from pipeline.values.chart import Fact


def table_of(data: bytes, clinical: Clinical) -> Table:
    """The table of a CSV file; lines ahead of its heads (a title, the patient) are its ``above``.

    Raises:
        DocumentError: ``corrupt`` where it is no table of text, ``empty`` where it has no rows.
    """
    try:
        content = data.decode("utf-8-sig")
        raw = list(csv.reader(io.StringIO(content)))
    except (UnicodeDecodeError, csv.Error):
        raise DocumentError(ProblemCode.CORRUPT) from None
    raw = [row for row in raw if any(cell.strip() for cell in row)]
    known = [len(set(heads_of(row, clinical)) & clinical.columns.keys()) for row in raw[:6]]
    first = known.index(max(known)) if known and max(known) > 1 else 0
    if len(raw) < first + 2:
        raise DocumentError(ProblemCode.EMPTY)
    columns = heads_of(raw[first], clinical)
    rows = (Row(",".join(row), dict(zip(columns, (c.strip() for c in row), strict=False))) for row in raw[first + 1 :])
    above = [_labelled(row) for row in raw[:first]]
    named = [n for n, head in enumerate(raw[first]) if _PERSON.fullmatch(head.strip())]
    told = ([raw[first][n], row[n]] for row in raw[first + 1 :] for n in named if n < len(row))
    people = dict.fromkeys(_labelled(pair) for pair in told)
    return Table(columns, tuple(rows), above=(*above, *people))


_PERSON = re.compile(
    r"(?:patient|member|pt|subscriber)?[ _]*(?:name|id|dob|date of birth|birth[ _]?date)|patient|member", re.IGNORECASE
)


def _labelled(cells: Sequence[str]) -> str:
    """The cells of a line in words; a label and the cell beside it as ``Patient: Ann Example``."""
    words = [cell.strip().replace("_", " ") for cell in cells if cell.strip()]
    parts: list[str] = []
    for word in words:
        if parts and _PERSON.fullmatch(parts[-1].rstrip(":")):
            parts[-1] = f"{parts[-1].rstrip(':')}: {word}"
        else:
            parts.append(word)
    return "   ".join(parts)


def kind_of_table(table: Table) -> str | None:
    """The kind of document that the columns show."""
    names = set(table.columns)
    if names & {"headache", "migraine", "headache_days", "migraine_days"} or is_attack_log(table):
        return "ev.headache_diary"
    if names & {"leaks", "voids", "urge_leaks"} or {"volume", "urge"} <= names:
        return "ev.bladder_diary"
    if "drug" in names and names & {"supply", "quantity"}:
        return "ev.rx_fills"
    if is_of_muscles(table):
        return "ev.procedure_note"
    if {"units", "wasted"} <= names:
        return "ev.mar"
    if "drug" in names:
        return "ev.med_history"
    return None


def table_facts(table: Table, sheet: Sheet, *, toxin: str | None = None) -> list[Fact]:
    """The facts of a table, whatever kind it is; ``toxin`` is the one that its document names."""
    table = _as_diary(table)
    names = set(table.columns)
    found: list[Fact] = []
    if is_attack_log(table):
        found.extend(attack_facts(table, sheet))
    elif "drug" in names:
        fills = "supply" in names and "fill" in names
        found.extend(fill_facts(table, sheet) if fills else medicine_facts(table, sheet))
    elif "fill" in names and (names & {"headache", "migraine"} or ("severity" in names and names & {"hours", "acute"})):
        found.extend(diary_facts(table, sheet))
    elif is_of_bladder(names):
        found.extend(bladder_facts(table, sheet))
    elif names & {"headache_days", "migraine_days"}:
        found.extend(monthly_facts(table, sheet))
    found.extend(injection_facts(table, sheet, toxin=toxin))
    return found


def _as_diary(table: Table) -> Table:
    """A diary whose medicine and duration are those of the attack; any other table as it is."""
    names = set(table.columns)
    if not ("fill" in names and names & {"headache", "migraine", "severity"}) or names & _OF_A_COURSE:
        return table
    rows = tuple(replace(r, cells={_OF_AN_ATTACK.get(c, c): text for c, text in r.cells.items()}) for r in table.rows)
    return replace(table, columns=tuple(_OF_AN_ATTACK.get(c, c) for c in table.columns), rows=rows)


_OF_A_COURSE = {"dose", "outcome", "supply", "quantity", "start", "stop", "reason"}
_OF_AN_ATTACK = {"drug": "acute", "duration": "hours"}


def day_of_table(table: Table) -> str | None:
    """The last day that a table has rows of."""
    day = last_day(table)
    return day.isoformat() if day else None
