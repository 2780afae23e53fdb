"""What became of denials, as reports: overturn rates, money that came back, days to a decision, the preventable share.

Counted from the tasks and the letters that decided them: letters, remittances, and what people said. A rate stands with
its counts and with Wilson's 95 % bounds, because few decided cases say little. Money recovered is what remittances paid
on a denied claim after the denial; what a person merely called overturned has no amount.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import sqrt

import pandas as pd

from pipeline.output.reports import Report
from pipeline.plan.timeline import paid
from pipeline.values.letter import Letter
from pipeline.values.task import FollowUpAct, Status, Task, TaskState
from pipeline.values.vocabulary import LetterKind

_Z = 1.959964
"""The normal quantile of 95 % two-sided bounds."""


class Result(StrEnum):
    """How a level ended."""

    OVERTURNED = "overturned"
    PARTLY = "partly overturned"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WRITTEN_OFF = "written off"
    OPEN = "open"


_BY_STATE = {
    TaskState.OVERTURNED: Result.OVERTURNED,
    TaskState.AWAITING_PAYMENT: Result.OVERTURNED,
    TaskState.PARTIALLY_OVERTURNED: Result.PARTLY,
    TaskState.UPHELD: Result.UPHELD,
    TaskState.DISMISSED: Result.DISMISSED,
    TaskState.WRITTEN_OFF: Result.WRITTEN_OFF,
}
_DECIDED = (Result.OVERTURNED, Result.PARTLY, Result.UPHELD, Result.DISMISSED)
_WON = (Result.OVERTURNED, Result.PARTLY)
_FOR_US = (LetterKind.APPEAL_OVERTURNED, LetterKind.APPROVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A level of a case as the reports count it. ``begun`` is the day the appeal went out, else that of the denial."""

    payer: str
    level: int
    reasons: tuple[str, ...]
    had: tuple[str, ...]
    lacked: tuple[str, ...]
    result: Result
    received: str
    begun: str | None
    decided: str | None
    recovered: Decimal


def ended(tasks: Iterable[Task], letters: Mapping[str, Letter]) -> tuple[Ended, ...]:
    """The tasks with how each ended, by the letters that decided it; ``letters`` by id, as decided."""
    every = tuple(tasks)
    begun = {(task.case_id, task.level): day for task in every if (day := _opened(task))}
    return tuple(_ended(task, letters, upheld=begun.get((task.case_id, task.level + 1))) for task in every)


def _ended(task: Task, letters: Mapping[str, Letter], *, upheld: str | None) -> Ended:
    """``upheld`` is the day of the letter that opened the next level, which is the answer to this one."""
    opened = {mail.letter_id for mail in task.letters}
    closers = [letters[i] for i in task.letter_ids if i not in opened and i in letters]
    paying = [one for one in closers if _paid(one, task) > 0]
    result = _BY_STATE.get(task.state, Result.OPEN)
    if task.state is TaskState.CLOSED and (paying or any(one.kind in _FOR_US for one in closers)):
        result = Result.OVERTURNED
    deciding = [one for one in closers if one.kind in _FOR_US] or paying or closers
    decided = min((day for one in deciding if (day := _day(one))), default=None)
    sent = [one.day for one in task.follow_ups if one.act is FollowUpAct.SENT]
    return Ended(
        payer=task.payer or "unknown",
        level=task.level,
        reasons=tuple(dict.fromkeys(reason.category.value for reason in task.denial_reasons)),
        had=tuple(sorted({need.criterion_id for need in task.requirements if need.status is Status.MET})),
        lacked=tuple(sorted({need.missing.evidence_type for need in task.requirements if need.missing})),
        result=result,
        received=task.received_at[:10],
        begun=max(sent) if sent else _opened(task),
        decided=decided or (upheld if result in (Result.UPHELD, Result.DISMISSED) else None),
        recovered=sum((_paid(one, task) for one in paying), Decimal(0)),
    )


def _opened(task: Task) -> str | None:
    return min((mail.day for mail in task.letters), default=None)


def _paid(letter: Letter, task: Task) -> Decimal:
    """What a remittance paid on the task's claim; of one with several claims, that of the task's number alone."""
    if letter.kind is not LetterKind.REMITTANCE:
        return Decimal(0)
    if len(letter.claims) < 2:
        return paid(letter)
    own = tuple(one for one in letter.claims if one.claim_number and one.claim_number == task.claim_number)
    return paid(replace(letter, claims=own))


def outcome_reports(
    found: Sequence[Ended], *, preventable: Mapping[str, str], month: str | None = None
) -> tuple[Report, ...]:
    """Every report.

    Args:
        found: the tasks as they ended.
        preventable: what to do about a reason, by its id.
        month: as 2026-03; only what was decided, or came in, then.
    """
    decided = [e for e in found if e.result in _DECIDED and (month is None or (e.decided or "").startswith(month))]
    come = [e for e in found if month is None or e.received.startswith(month)]
    return (
        _rates("payer", "Overturned, by payer", [(e.payer, e) for e in decided]),
        _rates("reason", "Overturned, by reason",
               [(_words(reason), e) for e in decided for reason in e.reasons or ("not found",)]),
        _rates("level", "Overturned, by level", [(str(e.level), e) for e in decided]),
        _rates("missing evidence", "Overturned, by evidence that was missing",
               [(_words(what), e) for e in decided for what in e.lacked or ("nothing",)]),
        _rates("criterion shown", "Overturned, by what was shown", [(what, e) for e in decided for what in e.had]),
        _money([e for e in found if e.recovered and (month is None or (e.decided or "").startswith(month))]),
        _waiting(decided),
        _preventable(come, preventable),
    )  # fmt: skip


def wilson(won: int, decided: int) -> tuple[float, float]:
    """Wilson's 95 % bounds of a share, in percent; 0 and 100 where nothing was decided.

    >>> [round(bound, 1) for bound in wilson(8, 10)]
    [49.0, 94.3]
    """
    if decided == 0:
        return 0.0, 100.0
    share, z2 = won / decided, _Z * _Z
    middle = (share + z2 / (2 * decided)) / (1 + z2 / decided)
    half = _Z * sqrt(share * (1 - share) / decided + z2 / (4 * decided * decided)) / (1 + z2 / decided)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def _rates(column: str, title: str, told: Iterable[tuple[str, Ended]]) -> Report:
    columns = [column, "decided", "overturned", "partly", "percent", "at least", "at most"]
    frame = pd.DataFrame([(name, e.result.value) for name, e in told], columns=[column, "result"])
    rows = []
    for name, group in frame.groupby(column, sort=True)["result"]:
        counts = group.value_counts()
        whole, partly = int(counts.get(Result.OVERTURNED, 0)), int(counts.get(Result.PARTLY, 0))
        low, high = wilson(whole + partly, len(group))
        percent = round(100 * (whole + partly) / len(group), 1)
        rows.append((name, len(group), whole, partly, percent, round(low, 1), round(high, 1)))
    rows.sort(key=lambda row: (-row[1], row[0]))
    about = "Of decided levels alone, partly overturned ones counted as won. Bounds: Wilson, 95 %."
    return Report(title=title, about=about, frame=pd.DataFrame(rows, columns=columns), bar="percent")


def _money(found: Sequence[Ended]) -> Report:
    frame = pd.DataFrame([(e.payer, float(e.recovered)) for e in found], columns=["payer", "recovered"])
    table = frame.groupby("payer", as_index=False).agg(claims=("recovered", "size"), recovered=("recovered", "sum"))
    shown = table.sort_values(["recovered", "payer"], ascending=[False, True]).reset_index(drop=True)
    about = "What remittances paid on denied claims after the denial, in US dollars."
    return Report(title="Money recovered", about=about, frame=shown, bar="recovered")


def _waiting(found: Sequence[Ended]) -> Report:
    days = [(e.payer, _between(e.begun, e.decided)) for e in found if e.begun and e.decided]
    frame = pd.DataFrame([(p, d) for p, d in days if d >= 0], columns=["payer", "days"])
    table = frame.groupby("payer", as_index=False).agg(
        decided=("days", "size"), median=("days", "median"), longest=("days", "max")
    )
    shown = table.sort_values(["decided", "payer"], ascending=[False, True]).reset_index(drop=True)
    about = "Days from the day the appeal went out (from the denial where that was not written down) to the decision."
    return Report(title="Days to decision", about=about, frame=shown, bar="median")


def _preventable(found: Sequence[Ended], preventable: Mapping[str, str]) -> Report:
    """Of the denials that came in, those with a reason that can be prevented before billing."""
    first = [e for e in found if e.level == 1]
    rows: list[tuple[str, int, float, float, float, str]] = []
    hit = [{r for r in e.reasons if r in preventable} for e in first]
    for name in (None, *sorted({reason for reasons in hit for reason in reasons})):
        count = sum(bool(reasons) if name is None else name in reasons for reasons in hit)
        low, high = wilson(count, len(first))
        share = round(100 * count / len(first), 1) if first else 0.0
        by = preventable[name] if name is not None else ""
        rows.append((_words(name) if name else "any", count, share, round(low, 1), round(high, 1), by))
    rows[1:] = sorted(rows[1:], key=lambda row: (-row[1], row[0]))
    columns = ["reason", "denials", "percent", "at least", "at most", "what prevents it"]
    about = f"Of {len(first)} first denials that came in; a denial with two such reasons counts once under any."
    return Report(title="Preventable share", about=about, frame=pd.DataFrame(rows, columns=columns), bar="percent")


def _day(letter: Letter) -> str | None:
    return letter.letter_date.value if letter.letter_date else None


def _between(first: str | None, last: str | None) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days if first and last else -1


def _words(name: str) -> str:
    return name.removeprefix("ev.").replace("_", " ").replace(".", " ")
