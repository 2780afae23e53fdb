"""How a command opens: its day, its settings, its data folder, its desk; and how it prints for a program."""

import json
import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.ending import start_log
from pipeline.errors import UsageError
from pipeline.settings import Settings, load, prepare

if TYPE_CHECKING:
    from pipeline.desk import Desk

_FIRST_YEAR, _LAST_YEAR = 1900, 2999


def opened(flags: Mapping[str, object], data: Path | None) -> Settings:
    """The settings of a command that keeps something: the data folder is there and private, the log goes into it."""
    settings = load(flags, os.environ, data=data)
    if settings.charts is not None and not settings.charts.is_dir():
        raise UsageError(f"charts {settings.charts}", why="there is no such folder", advice="Name one with --charts.")
    prepare(settings.data)
    start_log(settings.data, level=settings.log_level)
    os.environ["TMPDIR"] = str(settings.data / "tmp")
    return settings


@contextmanager
def desk_in(data: Path | None, *, today: date) -> "Iterator[Desk]":
    """The desk of a command that asks or changes something and processes nothing."""
    settings = load({}, os.environ, data=data)
    made = not settings.data.exists()
    settings = opened({}, data)
    from pipeline.batch import desk_of

    with desk_of(settings, today=today) as desk:
        yield desk
    if made:  # a slip in the folder's name must not pass for an empty queue
        print(f"data folder {settings.data}: it was not there and was made now, with nothing in it", file=sys.stderr)


def data_flag(data: Path | None) -> str:
    """The ``--data`` flag for a command that a person copies, where it was said."""
    return f" --data {shlex.quote(str(data))}" if data else ""


def day_of(as_of: str | None) -> date:
    """The day of ``--as-of``, else today."""
    return datetime.now().astimezone().date() if as_of is None else date_of(as_of, flag="--as-of")


def date_of(text: str, *, flag: str) -> date:
    """The day of a flag; raises ``UsageError`` naming it. A year that limits cannot be counted from is a slip."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise UsageError(f"{flag} {text}", why="it is no day", advice="Write it as 2026-05-01.")
    return day


def readable(path: Path, *, what: str, advice: str) -> Path:
    """A file that a command is to read. Raises ``UsageError``, as ``what``, where it is none or may not be read."""
    if path.is_dir():
        why = "it is a folder"
    elif not path.is_file():
        why = "it is not there"
    elif not os.access(path, os.R_OK):
        why = "it may not be read"
    else:
        return path
    raise UsageError(f"{what} {path}", why=why, advice=advice)


def make_folder(folder: Path, *, flag: str) -> None:
    """Make a folder that files go into, private, if it is missing. Raises ``UsageError`` naming the flag."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        why = os.strerror(error.errno or 0).lower()
        raise UsageError(f"{flag} {folder}", why=why, advice="Name a folder that you may write to.") from None


def print_json(value: Any) -> None:
    """A value, or a list of them, as the contract's JSON: one line on stdout, and nothing else there."""
    from pipeline.values.contract import to_json

    json.dump(to_json(value), sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")
