"""What became of denials, as reports: overturn rates, money that came back, days to a decision, the preventable share.

Counted from the tasks and the letters that decided them: letters, remittances, and what people said. A rate stands with
its counts and with Wilson's 95 % bounds, because few decided cases say little. Money recovered is what remittances paid
on a denied claim after the denial, less what was taken back later (``recovered``); what a person merely called
overturned has no amount.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pandas as pd

from pipeline.output.bounds import difference, wilson
from pipeline.output.recovered import Moved, moved
from pipeline.output.reports import Report, in_words
from pipeline.values.letter import Letter
from pipeline.values.task import FollowUpAct, Status, Task, TaskState
from pipeline.values.vocabulary import LetterKind


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
_NOT_SHOWN = frozenset(Status) - {Status.MET, Status.NOT_APPLICABLE}
_FOR_US = (LetterKind.APPEAL_OVERTURNED, LetterKind.APPROVAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A level of a case as the reports count it. ``begun`` is the day the appeal went out, else that of the denial.

    ``had`` and ``wanted`` are the criteria that were shown and those that were not; ``lacked`` the kinds of evidence
    that were missing; ``money`` what remittances paid on the claim, and took back, in the order of their days.
    """

    payer: str
    level: int
    reasons: tuple[str, ...]
    had: tuple[str, ...]
    wanted: tuple[str, ...]
    lacked: tuple[str, ...]
    result: Result
    received: str
    begun: str | None
    decided: str | None
    money: tuple[Moved, ...]


def ended(
    tasks: Iterable[Task], letters: Mapping[str, Letter], *, of_cases: Mapping[str, Sequence[str]] | None = None
) -> tuple[Ended, ...]:
    """The tasks with how each ended, by the letters that decided it.

    ``letters`` are all letters by id, as decided; ``of_cases`` the ids of each case's letters, those that take money
    back among them.
    """
    every = tuple(tasks)
    begun = {(task.case_id, task.level): day for task in every if (day := _opened(task))}
    found = []
    for task in every:
        of_case = [letters[i] for i in (of_cases or {}).get(task.case_id, ()) if i in letters]
        found.append(_ended(task, letters, of_case, upheld=begun.get((task.case_id, task.level + 1))))
    return tuple(found)


def _ended(task: Task, letters: Mapping[str, Letter], of_case: Sequence[Letter], *, upheld: str | None) -> Ended:
    """``upheld`` is the day of the letter that opened the next level, which is the answer to this one."""
    opened = {mail.letter_id for mail in task.letters}
    closers = [letters[i] for i in task.letter_ids if i not in opened and i in letters]
    money = moved(task, closers, of_case)
    paying = [one for one in closers if any(one.letter_id == m.letter_id for m in money)]
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
        wanted=tuple(sorted({need.criterion_id for need in task.requirements if need.status in _NOT_SHOWN})),
        lacked=tuple(sorted({need.missing.evidence_type for need in task.requirements if need.missing})),
        result=result,
        received=task.received_at[:10],
        begun=max(sent) if sent else _opened(task),
        decided=decided or (upheld if result in (Result.UPHELD, Result.DISMISSED) else None),
        money=money,
    )


def _opened(task: Task) -> str | None:
    return min((mail.day for mail in task.letters), default=None)


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
        _with_and_without(decided),
        _money(found, month),
        _waiting(decided),
        _preventable(come, preventable),
    )  # fmt: skip


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


def _with_and_without(decided: Sequence[Ended]) -> Report:
    """What goes with success: of each criterion how often a level was won where it was shown, and where it was not."""
    rows: list[tuple[str, int, float, int, float, float, float, float]] = []
    for what in sorted({name for e in decided for name in (*e.had, *e.wanted)}):
        shown = [e.result in _WON for e in decided if what in e.had]
        open_ = [e.result in _WON for e in decided if what in e.wanted and what not in e.had]
        if shown and open_:
            more, low, high = difference((sum(shown), len(shown)), (sum(open_), len(open_)))
            rows.append((what, len(shown), _share(shown), len(open_), _share(open_), more, low, high))
    rows.sort(key=lambda row: (-row[6], row[0]))
    columns = ["criterion", "shown", "won, percent", "not shown", "won then, percent", "more", "at least", "at most"]
    about = (
        "Of decided levels that asked for it, in points of percent. It goes with success; that it is the cause is not"
        " shown, for such cases differ in more. Bounds: Newcombe, 95 %."
    )
    return Report(title="Evidence that goes with success", about=about, frame=pd.DataFrame(rows, columns=columns),
                  bar="more")  # fmt: skip


def _share(won: Sequence[bool]) -> float:
    return round(100 * sum(won) / len(won), 1)


def _money(found: Sequence[Ended], month: str | None) -> Report:
    """By the day of each payment, so that a month's figure stays what it is when money is taken back later."""
    rows = [
        (e.payer, place, float(max(m.amount, Decimal(0))), float(max(-m.amount, Decimal(0))))
        for place, e in enumerate(found)
        for m in e.money
        if month is None or m.day.startswith(month)
    ]
    frame = pd.DataFrame(rows, columns=["payer", "claim", "paid", "taken back"])
    table = frame.groupby("payer", as_index=False).agg(
        {"claim": "nunique", "paid": "sum", "taken back": "sum"}
    ).rename(columns={"claim": "claims"})  # fmt: skip
    table["recovered"] = (table["paid"] - table["taken back"]).round(2)
    shown = table.sort_values(["recovered", "payer"], ascending=[False, True]).reset_index(drop=True)
    about = "What remittances paid on denied claims after the denial, less what was taken back of it, in US dollars."
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
    return in_words(name.removeprefix("ev.")).replace(".", " ")
