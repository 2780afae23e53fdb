"""The command ``denials packet``: a task's draft letter, evidence and exhibits as files."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.opening import day_of, opened, print_json
from pipeline.ending import Exit


def packet(
    task_id: Annotated[str, typer.Argument(metavar="TASK_ID", help="The task, as `denials tasks` lists it.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the files.")],
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Another kind of letter than the task's action sends.")
    ] = None,
    charts: Annotated[
        Path | None, typer.Option("--charts", metavar="DIR", help="Folder with a sub-folder a patient.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on stdout.")] = False,
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Data folder (or DENIALS_DATA).")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Take this day, YYYY-MM-DD, as today.")
    ] = None,
) -> int:
    """Write the draft letter of a task with its evidence and exhibits, and print the files' paths.

    Exit 1: it is written, but a gap is open and it is not ready to be sent.
    """
    today = day_of(as_of)
    settings = opened({"charts": charts}, data)
    from pipeline.batch import desk_of
    from pipeline.packing import pack
    from pipeline.sandbox import Sandbox

    temp = settings.data / "tmp"
    with (
        desk_of(settings, today=today) as desk,
        Sandbox(limits=settings.limits, temp=temp, jobs=1, entry="pipeline.viewing") as drawer,
    ):
        packed = pack(desk, task_id, out=out, drawer=drawer, charts=settings.charts, kind=kind)
    if as_json:
        print_json(packed)
    else:
        for path in packed.files:
            print(path)
        for gap in packed.gaps:
            print(f"open: {gap}", file=sys.stderr)
    return Exit.DONE if packed.ready else Exit.NEEDS_A_PERSON
