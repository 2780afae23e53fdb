"""``denials outcomes``: what became of denials, as a page and as tables."""

import re
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.opening import day_of, desk_in
from pipeline.ending import Exit
from pipeline.errors import UsageError


def outcomes(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the page and the tables.")],
    month: Annotated[
        str | None, typer.Option("--month", metavar="MONTH", help="Only what was decided or came in then, as 2026-03.")
    ] = None,
    data: Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Data folder (or DENIALS_DATA).")] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Take this day, YYYY-MM-DD, as today.")
    ] = None,
) -> int:
    """Write overturn rates, money recovered, days to decision and the preventable share, and print the files' paths."""
    if month is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise UsageError(f"--month {month}", why="it is no month", advice="Write it as 2026-03.")
    from pipeline.knowledge.preventable import load_preventable
    from pipeline.output.outcomes import ended, outcome_reports
    from pipeline.output.report_files import write_reports

    today = day_of(as_of)
    with desk_in(data, today=today) as desk:
        letters = {letter.letter_id: letter for document in desk.documents() for letter in document.letters}
        found = ended(desk.tasks(finished=True), letters)
    reports = outcome_reports(found, preventable=load_preventable(), month=month)
    title = f"What became of denials, {month or f'up to {today:%Y-%m-%d}'}"
    for path in write_reports(reports, title=title, out=out, today=today):
        print(path)
    return Exit.DONE
