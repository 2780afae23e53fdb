"""One row of a table of service lines: date, code, modifiers, units, money, adjustments, remarks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pipeline.extract.claims.table import MONEY_COLUMNS, Heading, across
from pipeline.extract.shapes import dates, mended_amounts
from pipeline.language import Reading
from pipeline.language.reading import Line, boxes_at
from pipeline.values.letter import Adjustment, ServiceLine

Span = tuple[str, int, int]

_CODE = re.compile(r"(?<![\w.$#-])(?:[A-EGHJ-MP-V]\s?[\dO]{4}|\d{4}[A-Z]|\d{5})(?![\w]|[.,]\d|-\d{3}|/\d)")
_AMOUNT = re.compile(r"(?<![\w.,/])\(?-?\$?\s?(?P<number>\d{1,3}(?:,\d{3})+\.\d{2}|\d+\.\d{2}|\.\d{2})\)?(?![\w.]\d)")
_ADJUSTED = re.compile(
    r"(?<![\w-])(?P<group>CO|PR|OA|PI|CR|co|pr|oa|pi)[\s:/–-]{0,6}(?P<carc>[ABPW]?\d{1,3})(?![\w]|[.,]\d)"
    r"(?:[\s:]+(?P<amount>-?\$?[\d,]*\d\.\d{2}))?"
)  # fmt: skip
_REMARK = re.compile(r"(?<![\w-])(?:N|M|MA)\d{1,3}(?![\w.-])")
_CARC_ALONE = re.compile(r"(?<![\w.,$-])(?:[ABP]\d{1,2}|\d{1,3})(?![\w.,/-])")
_MODIFIERS = re.compile(
    r"(?P<lead>[-,\s|│┃][\s|│┃]*)(?P<mods>(?:[A-Z][A-Z0-9]|\d{2})(?:[\s,/-]+(?:[A-Z][A-Z0-9]|\d{2}))*)(?![\w.,])"
)
_UNITS = re.compile(r"(?<![\w.,$/-])\d{1,4}(?:\.0+)?(?![\w,/%-]|\.\d)")
_SHORT_DATE = re.compile(r"(?<![\w/.-])(?:(?P<from>\d{4})\s+)?(?P<m>\d{2})(?P<d>\d{2})(?P<y>(?:20)?\d{2})(?![\w/.-])")
_REFUSED = re.compile(r"\b(?:denied|deny|disallowed|rejected|not covered|not payable|not allowed)\b", re.IGNORECASE)
_SLACK = 6.0
_NOT_A_REFUSAL = frozenset({"1", "2", "3", "45", "253", "94", "131", "66", "100"})
"""Adjustments that share costs or apply the fee schedule; they refuse nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A service line, the number of its line of text, and where its dates and amounts stand by column.

    ``refused``: the row itself says so, by a word, a denied amount or the code of an adjustment that refuses.
    """

    line: ServiceLine
    number: int
    refused: bool
    dates: tuple[Span, ...]
    amounts: tuple[tuple[str, Span], ...]


def read_row(reading: Reading, line: Line, heading: Heading) -> Row | None:
    """The service line that a line of text holds under a heading; None where it holds none."""
    line = _within(line, heading)
    text = line.text
    days = _days(reading, line, heading)
    adjusted = list(_ADJUSTED.finditer(text))
    taken = [(s, e) for _, s, e in days] + [m.span() for m in adjusted]
    code = _code(reading, line, heading, taken=taken)
    if code is None:
        return None
    amounts = _amounts(reading, line, heading, adjusted=adjusted)
    if not amounts and not days:
        return None
    by_column = dict(amounts)
    value = {name: span[0] for name, span in by_column.items()}
    adjustments = tuple(_adjustments(reading, line, heading, adjusted=adjusted))
    modifiers, after = _modifiers(reading, line, heading, code=code)
    number = _units(reading, line, heading, taken=[*taken, (code[1], after)])
    base = line.start
    decided = outcome(text, value, adjustments)
    return Row(
        line=ServiceLine(
            from_=days[0][0] if days else None, to=days[-1][0] if days else None, code=code[0], modifiers=modifiers,
            units=number, billed=value.get("billed"), allowed=value.get("allowed"), paid=value.get("paid"),
            adjustments=adjustments, rarc=tuple(dict.fromkeys(m.group() for m in _REMARK.finditer(text, after))),
            outcome=decided, page=line.page,
            boxes=boxes_at(reading.text, line.start, line.end),
        ),
        number=line.number,
        refused=decided == "denied" and (bool(adjustments) or "denied" in value or bool(_REFUSED.search(text))),
        dates=tuple((iso, base + s, base + e) for iso, s, e in days),
        amounts=tuple((name, (v, base + s, base + e)) for name, (v, s, e) in amounts),
    )  # fmt: skip


def _within(line: Line, heading: Heading) -> Line:
    """The part of a line that stands under the heading, without the cells of a column to its left."""
    left = min(column.left for column in heading.columns)
    cells = tuple(c for c in line.cells if c.right > left - _SLACK)
    if not cells or len(cells) == len(line.cells):
        return line
    skip = cells[0].start - line.start
    return replace(line, start=cells[0].start, text=line.text[skip:], cells=cells)


def outcome(text: str, value: dict[str, str], adjustments: tuple[Adjustment, ...]) -> str | None:
    """``denied``, ``partial`` or ``paid`` where the row says so; None where it does not."""
    billed, paid, denied = (Decimal(value[k]) if k in value else None for k in ("billed", "paid", "denied"))
    allowed = Decimal(value.get("allowed", "0"))
    if _REFUSED.search(text) or (billed and denied == billed):
        return "denied"
    if denied:
        return "partial"
    if paid:
        return "paid"
    refusing = any(a.carc not in _NOT_A_REFUSAL for a in adjustments) or not adjustments
    return "denied" if billed and paid == 0 and not allowed and refusing else None


def remarks_of(line: Line) -> tuple[str, ...]:
    """The remark codes of a row that holds nothing else (``REM: N115 N1``)."""
    lead = re.match(
        r"\s*(?:(?:REM|REMARKS?|RARC|RMK)\b[\s.:]*|(?=(?:[NM]A?\d{1,3}[\s,|]*)+$))", line.text, re.IGNORECASE
    )
    return tuple(m.group() for m in _REMARK.finditer(line.text, lead.end())) if lead else ()


def totals_of(reading: Reading, line: Line, heading: Heading) -> dict[str, Span]:
    """The amounts of a totals row by column, with their place in the content."""
    if not re.search(r"\btotals?\b", line.text, re.IGNORECASE) or _CODE.search(line.text):
        return {}
    start = re.search(r"\btotals?\b", line.text, re.IGNORECASE)
    begin = start.end() if start else 0
    found = _placed(reading, line, heading, list(_plain_amounts(line.text, begin)), complete=False)
    return {name: (v, line.start + s, line.start + e) for name, (v, s, e) in found}


def _days(reading: Reading, line: Line, heading: Heading) -> list[Span]:
    """The dates of a row; those without separators only where they stand under a date column."""
    written = list(dates(line.text))
    if written:
        return written[:2]
    for hit in _SHORT_DATE.finditer(line.text):
        column = heading.nearest(*across(reading, line.start + hit.start(), line.start + hit.end()))
        if column is None or column.id not in {"date", "from", "to"}:
            continue
        year = int(hit["y"]) + (2000 if len(hit["y"]) == 2 else 0)
        try:
            last = date(year, int(hit["m"]), int(hit["d"]))
            first = last.replace(month=int(hit["from"][:2]), day=int(hit["from"][2:])) if hit["from"] else last
        except ValueError:
            continue
        return [(first.isoformat(), hit.start(), hit.end()), (last.isoformat(), hit.start(), hit.end())]
    return []


def _code(reading: Reading, line: Line, heading: Heading, *, taken: list[tuple[int, int]]) -> Span | None:
    """The code of a row: of those that fit, the one under the column of codes."""
    able = [m for m in _CODE.finditer(line.text) if not _touches(m.span(), taken)]
    column = next(iter(heading.of("code")), None)
    if not able:
        return None

    def away(hit: re.Match[str]) -> float:
        left, _ = across(reading, line.start + hit.start(), line.start + hit.end())
        return abs(left - column.left) if column else left

    best = min(able, key=away)
    value = re.sub(r"\s", "", best.group())
    return value[0] + value[1:].replace("O", "0"), best.start(), best.end()


def _touches(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and span[1] > start for start, end in taken)


def _plain_amounts(text: str, begin: int = 0) -> Iterator[Span]:
    for hit in _AMOUNT.finditer(mended_amounts(text), begin):
        number = hit["number"].replace(",", "")
        sign = "-" if "-" in hit.group() or hit.group().startswith("(") else ""
        yield sign + ("0" if number.startswith(".") else "") + number, hit.start(), hit.end()


def _amounts(
    reading: Reading, line: Line, heading: Heading, *, adjusted: list[re.Match[str]]
) -> list[tuple[str, Span]]:
    inside = [m.span("amount") for m in adjusted if m["amount"] and _prints_amount(heading)]
    found = [span for span in _plain_amounts(line.text) if not _touches(span[1:], inside)]
    return _placed(reading, line, heading, found, complete=True)


def _prints_amount(heading: Heading) -> bool:
    return any(re.search(r"amt|amount", c.label, re.IGNORECASE) for c in heading.of("adjustment"))


def _placed(
    reading: Reading, line: Line, heading: Heading, found: list[Span], *, complete: bool
) -> list[tuple[str, Span]]:
    """Each amount under its column: one by one where there are as many as columns, else each to the nearest."""
    able = sorted(heading.of(*MONEY_COLUMNS), key=lambda c: c.left)
    if complete and len(found) == len(able):
        return [(column.id, span) for column, span in zip(able, found, strict=True) if column.id != "other_money"]
    out: list[tuple[str, Span]] = []
    for span in found:
        column = heading.nearest(*across(reading, line.start + span[1], line.start + span[2]), MONEY_COLUMNS)
        if column is not None and column.id != "other_money" and column.id not in dict(out):
            out.append((column.id, span))
    return out


def _adjustments(
    reading: Reading, line: Line, heading: Heading, *, adjusted: list[re.Match[str]]
) -> Iterator[Adjustment]:
    for hit in adjusted:
        amount = next((v for v, _, _ in _plain_amounts(hit["amount"] or "")), None) if _prints_amount(heading) else None
        yield Adjustment(group=hit["group"].upper(), carc=hit["carc"], amount=amount)
    if adjusted:
        return
    for hit in _CARC_ALONE.finditer(line.text):
        column = heading.nearest(*across(reading, line.start + hit.start(), line.start + hit.end()))
        if column is not None and column.id == "adjustment":
            yield Adjustment(group=None, carc=hit.group(), amount=None)


def _modifiers(reading: Reading, line: Line, heading: Heading, *, code: Span) -> tuple[tuple[str, ...], int]:
    """The modifiers behind the code, and where the code with them ends."""
    hit = _MODIFIERS.match(line.text, code[2])
    if hit is None:
        return (), code[2]
    column = heading.nearest(*across(reading, line.start + hit.start("mods"), line.start + hit.end("mods")))
    under_modifiers = column is not None and column.id in {"modifiers", "code"}
    found = tuple(re.findall(r"[A-Z0-9]{2}", hit["mods"]))
    if any(m.isdigit() for m in found) and not (hit["lead"].startswith("-") or under_modifiers):
        return (), code[2]
    return (
        (found, hit.end()) if under_modifiers or hit["lead"].strip() == "-" or len(hit["lead"]) == 1 else ((), code[2])
    )


def _units(reading: Reading, line: Line, heading: Heading, *, taken: list[tuple[int, int]]) -> str | None:
    times = re.search(r"(?<=\s)[x×]\s?(\d{1,4})\b", line.text)
    if times:
        return times.group(1)
    for hit in _UNITS.finditer(line.text):
        column = heading.nearest(*across(reading, line.start + hit.start(), line.start + hit.end()))
        if column is not None and column.id == "units" and not _touches(hit.span(), taken):
            return hit.group().split(".")[0]
    return None
