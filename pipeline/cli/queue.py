"""``denials tasks``: the queue, all of it or what is asked for."""

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.flags import AsOf, Data, Json
from pipeline.cli.opening import day_of, desk_in, print_json
from pipeline.ending import Exit
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.values.task import Task

_MOST_DAYS = 36_500


def tasks(
    due_within: Annotated[
        int | None,
        typer.Option(
            "--due-within", metavar="DAYS", min=0, max=_MOST_DAYS, help="Only what is due by then, or overdue."
        ),
    ] = None,
    payer: Annotated[
        str | None, typer.Option("--payer", metavar="NAME", help="Only payers whose name holds it.")
    ] = None,
    touch_within: Annotated[
        int | None,
        typer.Option(
            "--touch-within", metavar="DAYS", min=0, max=_MOST_DAYS, help="Only what is to be looked at by then."
        ),
    ] = None,
    state: Annotated[str | None, typer.Option("--state", metavar="STATE", help="Only tasks that stand there.")] = None,
    case: Annotated[str | None, typer.Option("--case", metavar="ID", help="Only one case, finished tasks too.")] = None,
    brief: Annotated[bool, typer.Option("--brief", help="A line a task.")] = False,
    groups: Annotated[
        bool, typer.Option("--groups", help="Print what one argument can serve: same payer, reason and policy.")
    ] = False,
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Print the task queue, most urgent first."""
    from pipeline.values.task import TaskState

    today = day_of(as_of)
    states = [known.value for known in TaskState]
    if state is not None and state not in states:
        raise UsageError(f"--state {state}", why="there is no such state", advice=f"Choose one of {', '.join(states)}.")
    with desk_in(data, today=today) as desk:
        queue = desk.tasks(finished=case is not None or state is not None)
    queue = chosen(
        queue, today=today, due_within=due_within, touch_within=touch_within, payer=payer, state=state, case=case
    )
    if groups:
        return _print_groups(queue, as_json=as_json)
    if as_json:
        print_json(queue)
    else:
        from pipeline.cli.screen import show_lines, show_tasks

        show = show_lines if brief else show_tasks
        show(queue, today=today, stream=sys.stdout)
    return Exit.DONE


def chosen(
    queue: Sequence["Task"], *, today: date, due_within: int | None = None, touch_within: int | None = None,
    payer: str | None = None, state: str | None = None, case: str | None = None,
) -> tuple["Task", ...]:  # fmt: skip
    """The tasks of the queue that are asked for, in its order; overdue ones are due within any time."""
    last, touch = (
        (today + timedelta(days=days)).isoformat() if days is not None else None for days in (due_within, touch_within)
    )
    return tuple(
        task
        for task in queue
        if (last is None or (task.due is not None and task.due <= last))
        and (touch is None or (task.next_touch_on is not None and task.next_touch_on <= touch))
        and (payer is None or payer.casefold() in (task.payer or "").casefold())
        and (state is None or task.state.value == state)
        and (case is None or task.case_id == case)
    )


def _print_groups(queue: Sequence["Task"], *, as_json: bool) -> int:
    found = Counter(task.argument for task in queue if task.argument)
    shared = [(argument, n) for argument, n in found.most_common() if n > 1]
    if as_json:
        print_json(
            [
                {"argument": argument, "tasks": [task.task_id for task in queue if task.argument == argument]}
                for argument, _ in shared
            ]
        )
    else:
        from pipeline.cli.screen import clean

        for argument, n in shared:
            print(f"{n:5}  {clean(argument)}")
    return Exit.DONE
