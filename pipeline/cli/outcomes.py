"""``denials outcomes``: what became of denials, as a page and as tables."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.flags import AsOf, Data
from pipeline.cli.opening import day_of, desk_in
from pipeline.ending import Exit


def outcomes(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the page and the tables.")],
    month: Annotated[
        str | None, typer.Option("--month", metavar="MONTH", help="Only what was decided or came in then, as 2026-03.")
    ] = None,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Write overturn rates, money recovered, days to decision and the preventable share, and print the files' paths."""
    from pipeline.output.report_files import write_reports
    from pipeline.review.outcomes import outcomes_of

    today = day_of(as_of)
    with desk_in(data, today=today) as desk:
        title, reports = outcomes_of(desk, month=month)
    for path in write_reports(reports, title=title, out=out, today=today):
        print(path)
    return Exit.DONE
