"""Counts and sums over the queue and over what reviewers corrected, as frames: the reports of the desk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from pandas.api.typing import DataFrameGroupBy

from pipeline.values.vocabulary import IN_WORDS

_WON = ("overturned", "partially_overturned", "awaiting_payment")
_LOST = ("upheld", "dismissed", "written_off")
_AGES = ((0, "0-7 days"), (8, "8-30 days"), (31, "31-60 days"), (61, "61-90 days"), (91, "over 90 days"))
_MOST = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A task as the reports count it; money in cents, ``received`` an ISO day."""

    payer: str
    reasons: tuple[str, ...]
    service: str
    stage: str
    cents: int | None
    received: str
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a person said of a field: ``right``, ``corrected`` or ``not there``; ``rule`` is what had read it."""

    field: str
    said: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A table with what it counts; ``bar`` is the column that a plot draws."""

    title: str
    about: str
    frame: pd.DataFrame
    bar: str | None


def reports(
    tasks: Iterable[Counted], *, missing: Mapping[str, int], verdicts: Sequence[Verdict], today: date
) -> tuple[Report, ...]:  # fmt: skip
    """Every report, in the order they are shown."""
    frame = pd.DataFrame(
        [_row(task) for task in tasks],
        columns=["payer", "reasons", "service", "stage", "amount", "received", "finished"],
    ).astype({"amount": float})  # fmt: skip
    by_reason = frame.explode("reasons").assign(reason=lambda f: f["reasons"].fillna("not found").map(in_words))
    return (
        _grouped(frame, "payer", "Denials by payer", "Tasks and the money at risk in them, finished ones too."),
        _grouped(by_reason, "reason", "Denials by reason", "A task with two reasons counts in both rows."),
        _grouped(frame, "service", "Denials by service", "As the letters print the service."),
        _by_month(frame),
        _ages(frame, today),
        _overturned(frame),
        Report(
            title="Evidence missing most", bar="tasks",
            about=f"Over the tasks that are due first, 2,000 at most.{_cut(len(missing))}",
            frame=_ranked(missing, ("evidence", "tasks")),
        ),
        _accuracy(verdicts),
        _overruled(verdicts),
    )  # fmt: skip


def in_words(code: str) -> str:
    """A code of the contract as people say it."""
    return IN_WORDS.get(code) or code.replace("_", " ")


def _row(task: Counted) -> tuple[object, ...]:
    amount = None if task.cents is None else task.cents / 100
    return (
        task.payer or "unknown", task.reasons, task.service or "unknown", task.stage, amount, task.received,
        task.finished,
    )  # fmt: skip


def _grouped(frame: pd.DataFrame, column: str, title: str, about: str) -> Report:
    found = _summed(frame.groupby(column)).reset_index(names=column)
    order = found.sort_values(["tasks", column], ascending=[False, True])
    shown = order.head(_MOST).reset_index(drop=True)
    return Report(title=title, about=about + _cut(len(order)), frame=shown, bar="tasks")


def _by_month(frame: pd.DataFrame) -> Report:
    """The last twelve months."""
    found = _summed(frame.groupby(frame["received"].str[:7])).reset_index(names="month").sort_values("month")
    about = "By the day a letter came." + _cut(len(found), part="last")
    return Report(title="Denials by month", about=about, frame=found.tail(_MOST).reset_index(drop=True), bar="tasks")


def _cut(rows: int, *, part: str = "first") -> str:
    """That not all rows are shown, in words; nothing where all are."""
    return f" The {part} {_MOST} of {rows}." if rows > _MOST else ""


def _summed(groups: "DataFrameGroupBy[Any, Any]") -> pd.DataFrame:
    """Tasks and money of each group; an amount that no task of it names is not known, which is not nothing."""
    money = groups["amount"]
    counted = {
        "tasks": money.size(),
        "amount": money.sum(min_count=1),
        "amount not known": money.size() - money.count(),
    }
    return pd.DataFrame(counted)


def _ages(frame: pd.DataFrame, today: date) -> Report:
    waiting = frame[~frame["finished"].astype(bool)]
    days = (pd.Timestamp(today) - pd.to_datetime(waiting["received"], errors="coerce")).dt.days.clip(lower=0)
    names = [name for _, name in _AGES]
    edges = [low for low, _ in _AGES] + [10**6]
    group = pd.cut(days, bins=edges, labels=names, right=False)
    shown = _summed(waiting.groupby(group, observed=False)).reset_index(names="age").astype({"age": str})
    return Report(title="Ages of open tasks", about="Days since the letter came.", frame=shown, bar="tasks")


def _overturned(frame: pd.DataFrame) -> Report:
    """Of what is decided, by payer: how many went our way. The rate is of decided ones alone, and is not a forecast."""
    decided = frame[frame["stage"].isin([*_WON, *_LOST])].assign(won=lambda f: f["stage"].isin(_WON))
    found = decided.groupby("payer", as_index=False).agg(decided=("won", "size"), won=("won", "sum"))
    rated = found.assign(percent=(100 * found["won"] / found["decided"].clip(lower=1)).round().astype(int))
    order = rated.sort_values(["decided", "payer"], ascending=[False, True]).head(_MOST)
    about = f"Of decided tasks alone; few decided ones say little.{_cut(len(rated))}"
    return Report(title="Overturned, by payer", about=about, frame=order.reset_index(drop=True), bar="percent")


def _accuracy(verdicts: Sequence[Verdict]) -> Report:
    about = "By the reviewers' own words: of the values they spoke on, how many were right as read."
    frame = pd.DataFrame([(v.field.replace("_", " "), v.said) for v in verdicts], columns=["field", "said"])
    table = pd.crosstab(frame["field"], frame["said"]) if len(frame) else pd.DataFrame()
    table = table.reindex(columns=["right", "corrected", "not there"], fill_value=0)
    whole = table.sum(axis=1)
    rated = table.assign(percent=(100 * table["right"] / whole.clip(lower=1)).round().astype(int))
    return Report(
        title="Right as read, field by field",
        about=about,
        frame=rated.rename_axis("field").reset_index(),
        bar="percent",
    )


def _overruled(verdicts: Sequence[Verdict]) -> Report:
    counted: dict[str, int] = {}
    for verdict in verdicts:
        if verdict.said != "right" and verdict.rule:
            counted[verdict.rule] = counted.get(verdict.rule, 0) + 1
    frame = _ranked(counted, ("rule", "overruled"))
    return Report(
        title="Rules most often overruled",
        about=f"What to mend first.{_cut(len(counted))}",
        frame=frame,
        bar="overruled",
    )


def _ranked(counted: Mapping[str, int], columns: tuple[str, str]) -> pd.DataFrame:
    rows = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]
    return pd.DataFrame(rows, columns=list(columns))
