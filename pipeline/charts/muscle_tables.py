"""Tables of an injection: a row a muscle or an area with its sites and units, a total, what was discarded."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.charts.rows import Row, Table

_TOTAL = re.compile(r"\W*(?:grand |overall )?(?:total|sum|both|all)\b", re.IGNORECASE)
_WASTE = re.compile(r"\W*(?:\w+ ){0,2}(?:wast\w*|discard\w*)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<n>\d{1,4}(?:\.\d+)?)\s*(?:units?|u)?\s*(?:\(?(?:midline|total|mid)\)?|\(\d{1,2}(?:\s*sites?)?\))?",
    re.IGNORECASE,
)
_SITES = re.compile(r"\b(?P<n>\d{1,2})\s*sites?\b|^\s*(?P<n2>\d{1,2})\s*$", re.IGNORECASE)
_SURE, _DOUBTED = 0.95, 0.55
"""How well a total is borne out by its rows; one that differs from their sum proves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Injected:
    """What a table of muscles adds up to, at the row that says it."""

    units: float
    sites: int | None
    wasted: float | None
    row: Row
    confidence: float


def is_of_muscles(table: Table) -> bool:
    """Whether a table has a row a muscle or an area, with its units, or those of either side."""
    names = set(table.columns)
    return "muscle" in names and ("units" in names or names >= _SIDES)


def parts_of(row: Row) -> Iterator[tuple[str, float]]:
    """Each muscle of a row with its units, one a side where the sides have columns; none of a total or of waste."""
    label = row.get("muscle").strip(" *_")
    # "procerus 5 (1)": a muscle of the middle, with its units in its own cell
    middle = IN_ONE_CELL.fullmatch(label)
    if not label or _TOTAL.match(label) or _WASTE.match(label):
        return
    if middle is not None:
        yield middle["name"], float(middle["n"])
        return
    if "units" in row.cells:
        told = [(label, row.get("units"))]
    else:
        told = [(f"{side} {label}", row.get(side)) for side in sorted(_SIDES)]
    yield from ((name, units) for name, cell in told if (units := _number(cell)))


IN_ONE_CELL = re.compile(r"(?P<name>[A-Za-z][A-Za-z ]+?)\s+(?P<n>\d{1,3}(?:\.\d+)?)\s*(?:U|units?)?\s*(?:\(\d{1,2}\))?")


def injected_in(tables: Sequence[Table]) -> Injected | None:
    """What the one table of muscles of a document adds up to; None without one, or of several."""
    found = [told for table in tables if is_of_muscles(table) and (told := _added_up(table)) is not None]
    return found[0] if len(found) == 1 else None


def _added_up(table: Table) -> Injected | None:
    """The printed total where there is one, else the sum of the rows."""
    own, totals, wasted = [], [], None
    for row in table.rows:
        label, units = row.get("muscle"), _units(row)
        if not units and (middle := IN_ONE_CELL.fullmatch(label)) is not None:
            units = float(middle["n"])
        if _WASTE.match(label):
            wasted = next((n for cell in _behind(row) if (n := _number(cell)) is not None), wasted)
        elif _TOTAL.match(label):
            totals.append((_last_number(row) if units is None or "units" not in row.cells else units, row))
        elif label:
            own.append((units, row))
    summed = None if any(units is None for units, _ in own) else sum(units or 0.0 for units, _ in own)
    printed = [(_of_sides(row, summed, units), row) for units, row in totals if units is not None]
    if printed:
        units, row = max(printed, key=lambda told: told[0])
        borne_out = summed is None or abs(units - summed) < 0.5
        return Injected(
            units=units, sites=_sites(row), wasted=wasted, row=row, confidence=_SURE if borne_out else _DOUBTED
        )
    if not own or not summed:
        return None
    sites = [_sites(row) for _, row in own]
    counted = sum(n or 0 for n in sites) if all(sites) else None
    return Injected(units=summed, sites=counted, wasted=wasted, row=own[-1][1], confidence=_SURE)


def _of_sides(row: Row, summed: float | None, units: float) -> float:
    """The total of a row: that of both sides where they have one each, which the rows above bear out."""
    sides = _units(row) if row.cells.keys() >= _SIDES else None
    return sides if sides is not None and summed is not None and abs(sides - summed) < 0.5 else units


def _units(row: Row) -> float | None:
    """The units of a row; of one with a column a side the sum."""
    if "units" in row.cells or not _SIDES & row.cells.keys():
        return _number(row.get("units"))
    sides = [_number(row.get(side)) for side in sorted(_SIDES) if row.get(side)]
    return None if None in sides else sum(n or 0.0 for n in sides)


_SIDES = {"left", "right"}


def _number(cell: str) -> float | None:
    m = _NUMBER.fullmatch(cell.strip(" *_"))
    return float(m["n"]) if m is not None else None


def _behind(row: Row) -> Iterator[str]:
    """The cells behind the label of a row."""
    yield from (cell for column, cell in row.cells.items() if column != "muscle")


def _last_number(row: Row) -> float | None:
    numbers = [n for cell in _behind(row) if (n := _number(cell)) is not None]
    return numbers[-1] if numbers else None


def _sites(row: Row) -> int | None:
    told = [m for c, cell in row.cells.items() if c not in {"muscle", "units"} and (m := _SITES.search(cell))]
    named = [m for m in told if m["n"]] or (told if "sites" in row.cells else [])
    return int(named[0]["n"] or named[0]["n2"]) if len(named) == 1 else None
