"""The reports as a page shows them: a table each, with a bar in each row."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline import store
from pipeline.output.reports import Counted, Report, Verdict, reports
from pipeline.review import Review
from pipeline.store import Within
from pipeline.values.decision import Act, Decided
from pipeline.values.letter import Finding

_SAID: Mapping[Act, str] = {Act.CONFIRM: "right", Act.SET: "corrected", Act.ABSENT: "not there"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a report: its name, how long its bar is (percent of the longest; None without bars), its numbers."""

    name: str
    bar: str | None
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One report."""

    title: str
    about: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """The reports, with how much they are counted over."""

    today: date
    tasks: int
    letters: int
    parts: tuple[Part, ...]


def report_page(review: Review, *, within: Within = None) -> ReportPage:
    """The reports of today over what lies ``within`` some locations."""
    counted = [
        Counted(payer=payer, reasons=tuple(reasons.split()), service=service, stage=stage, cents=cents,
                received=received, finished=finished)
        for payer, reasons, service, stage, cents, received, finished in store.counted_tasks(within=within)
    ]  # fmt: skip
    found = reports(counted, missing=_missing(within), verdicts=_verdicts(within), today=review.today())
    return ReportPage(
        today=review.today(), tasks=len(counted), letters=store.letters_kept(within=within),
        parts=tuple(_part(report) for report in found),
    )  # fmt: skip


def _missing(within: Within) -> Counter[str]:
    return Counter(
        what
        for task in store.first_tasks(most=2000, within=within)
        for what in {need.missing.what for need in task.requirements if need.missing}
    )


def _verdicts(within: Within) -> list[Verdict]:
    """What people said of single values, with the rule that had read them."""
    found = []
    for letter, said in store.decided_letters(within=within):
        for one in said:
            verdict = _SAID.get(one.act)
            if verdict and _is_verdict(one):
                held = getattr(letter, one.field, None)
                rule = held.rule if isinstance(held, Finding) else ""
                found.append(Verdict(field=one.field, said=verdict, rule=rule))
    return found


def _is_verdict(one: Decided) -> bool:
    """Whether something had been read that can be right or wrong."""
    return one.machine is not None and one.field not in ("letter", "case", "pages")


def _part(report: Report) -> Part:
    heads = tuple(str(column).replace("_", " ") for column in report.frame.columns)
    money = [str(column).startswith("amount") and "known" not in str(column) for column in report.frame.columns]
    cells = [
        [_money(value, of=row) if is_money else _cell(value) for value, is_money in zip(row, money, strict=True)]
        for row in report.frame.itertuples(index=False)
    ]
    rows = tuple(
        Row(name=name, bar=bar, numbers=tuple(numbers))
        for (name, *numbers), bar in zip(cells, _bars(report), strict=True)
    )
    return Part(title=report.title, about=report.about, heads=heads, rows=rows)


def _bars(report: Report) -> list[str | None]:
    if not report.bar:
        return [None] * len(report.frame)
    values = [float(value) for value in report.frame[report.bar]]
    longest = max([*values, 1.0])
    return [f"{100 * value / longest:.1f}" for value in values]


def _money(value: Any, *, of: tuple[Any, ...]) -> str:
    """An amount with cents; a sum over nothing (``of`` is the row: its name, its count) is not one that is unknown."""
    if isinstance(value, (int, float)) and not math.isnan(value):
        return f"{value:,.2f}"
    return "–" if of[1] == 0 else _cell(value)


def _cell(value: Any) -> str:
    if isinstance(value, float) and math.isnan(value):
        return "not known"
    if isinstance(value, float):
        return f"{value:,.0f}" if value == int(value) and value < 1000 else f"{value:,.2f}"
    return str(value)
