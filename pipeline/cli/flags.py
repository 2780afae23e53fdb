"""The flags that several commands have, each written once."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Data folder (or DENIALS_DATA).")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Take this day, YYYY-MM-DD, as today.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on stdout.")]
Jobs = Annotated[str | None, typer.Option("--jobs", metavar="N", help="Documents worked on at the same time.")]
Inbox = Annotated[Path | None, typer.Option("--inbox", metavar="DIR", help="Folder that letters are dropped into.")]
Charts = Annotated[Path | None, typer.Option("--charts", metavar="DIR", help="Folder with a sub-folder a patient.")]
