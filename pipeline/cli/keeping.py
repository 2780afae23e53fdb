"""The commands for what is kept: ``retry`` of what was set aside, ``backup`` and ``restore``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.flags import AsOf, Data
from pipeline.cli.opening import day_of, desk_in, opened, readable
from pipeline.ending import Exit
from pipeline.errors import UsageError


def retry(
    document_id: Annotated[str, typer.Argument(metavar="DOCUMENT_ID", help="A document that was set aside.")],
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Open it now, with the password on the first line of stdin.")
    ] = False,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Queue a document that was set aside once more; the next run works on it, or this one with a password."""
    if not password_stdin:
        with desk_in(data, today=day_of(as_of)) as desk:
            desk.retry(document_id)
        print("Queued again; the next denials run works on it.")
        return Exit.DONE
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise UsageError("the password", why="stdin has none", advice="Write it on the first line of stdin.")
    from pipeline.batch import open_locked

    code = open_locked(opened({}, data), document_id, password=password, today=day_of(as_of))
    print(f"Opened and worked on: {code.replace('_', ' ')}." if code != "quarantined" else "It is still set aside.")
    return Exit.DONE if code == "done" else Exit.NEEDS_A_PERSON


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes; it must not be there yet.")],
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Write one consistent copy of database, documents and decisions; work may go on meanwhile."""
    with desk_in(data, today=day_of(as_of)) as desk:
        desk.backup(file)
    print(file)
    return Exit.DONE


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy that denials backup wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of what is there.")] = False,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Put a backup in place, into a data folder that holds no letters yet."""
    day_of(as_of)
    readable(file, what="backup", advice="Name a file that denials backup wrote.")
    settings = opened({}, data)
    from pipeline.desk import restore as put_back
    from pipeline.store import configure

    configure(settings.data, database_url=settings.database_url)  # the store's models can be imported only then
    put_back(file, data=settings.data, database_url=settings.database_url, replace=replace)
    print(f"Restored into {settings.data}; see denials status")
    return Exit.DONE
