"""The commands for what follows the work: ``sent``, ``arrived``, ``remind``."""

import getpass
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.flags import AsOf, Data
from pipeline.cli.opening import date_of, day_of, desk_in
from pipeline.ending import Exit
from pipeline.errors import UsageError
from pipeline.values.letter import Channel
from pipeline.values.task import FollowUpAct

Task = Annotated[str, typer.Argument(metavar="TASK_ID", help="A task, as denials tasks names it.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who did it; your login where not said.")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="What else is to be known.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take back the last sending.")]


def sent(
    task_id: Task,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="CHANNEL", help="fax, mail, portal, email or phone.")
    ] = None,
    number: Annotated[str, typer.Option("--number", metavar="NUMBER", help="Fax number, address or portal used.")] = "",
    proof: Annotated[
        str, typer.Option("--proof", metavar="NUMBER", help="Confirmation, trace or certified-mail number.")
    ] = "",
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Day it went out; today where not said.")
    ] = None,
    proof_file: Annotated[
        list[Path] | None,
        typer.Option(
            "--proof-file",
            metavar="FILE",
            help="Kept with the case: the confirmation page, the receipt, the letter as it was sent; may be repeated.",
        ),
    ] = None,
    note: Note = "",
    undo: Undo = False,
    by: By = None,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Write down that a task's appeal or claim went out; the payer's time to answer runs from it."""
    channels = [known.value for known in Channel]
    if channel is not None and channel not in channels:
        raise UsageError(f"--channel {channel}", why="there is no such way", advice=f"Choose {', '.join(channels)}.")
    act = FollowUpAct.TAKEN_BACK if undo else FollowUpAct.SENT
    used = Channel(channel) if channel else None
    return _follow(
        task_id, act, on=on, by=by, data=data, as_of=as_of, note=note, channel=used, number=number, proof=proof,
        files=proof_file or (),
    )  # fmt: skip


def arrived(
    task_id: Task,
    proof: Annotated[
        str, typer.Option("--reference", metavar="NUMBER", help="The payer's number of what it has, or of the call.")
    ] = "",
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Day it arrived; today where not said.")
    ] = None,
    note: Note = "",
    by: By = None,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Write down that the payer says it has what was sent."""
    return _follow(task_id, FollowUpAct.ARRIVED, on=on, by=by, data=data, as_of=as_of, note=note, proof=proof)


def remind(
    task_id: Task,
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="Day to look at the task again.")],
    note: Note = "",
    by: By = None,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Have a task come up again on a day."""
    return _follow(task_id, FollowUpAct.REMIND, on=on, by=by, data=data, as_of=as_of, note=note)


def _follow(
    task_id: str, act: FollowUpAct, *, on: str | None, by: str | None, data: Path | None, as_of: str | None,
    note: str, channel: Channel | None = None, number: str = "", proof: str = "", files: Sequence[Path] = (),
) -> int:  # fmt: skip
    today, by = day_of(as_of), by or getpass.getuser()
    day: date = date_of(on, flag="--on") if on else today
    from pipeline.desk.papers import PROOF
    from pipeline.store import Followed

    said = Followed(act=act, day=day, channel=channel, number=number, proof=proof, note=note)
    with desk_in(data, today=today) as desk:
        if act is FollowUpAct.TAKEN_BACK:
            there = (row for one in desk.tasks(finished=True) if one.task_id == task_id for row in one.follow_ups)
            said = replace(said, undoes=max((row.id for row in there if row.act is FollowUpAct.SENT), default=0))
        if files:  # first: a file that cannot be read leaves nothing half-said
            desk.keep_papers(task_id, files, kind=PROOF, by=by)
        desk.follow_up(task_id, said, by=by)
        queue = desk.tasks(finished=True)
    for task in (one for one in queue if one.task_id == task_id):
        print(f"{task.task_id}: {task.state.value.replace('_', ' ')}; look again by {task.next_touch_on or 'no day'}")
        for step in task.steps:
            print(f"  {step.order}. {step.do}{f', by {step.by}' if step.by else ''}")
    return Exit.DONE
