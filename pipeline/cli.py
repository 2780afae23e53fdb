"""The command line ``denials``: each command reads its settings, calls one thing, and prints.

Nothing heavy is imported before a command needs it. stdout holds results, stderr one line where something is wrong.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline import __version__
from pipeline.ending import Exit, ended, start_log, stopping
from pipeline.errors import DenialsError, UsageError
from pipeline.settings import Settings, load, prepare

if TYPE_CHECKING:
    from pipeline.desk import Desk
    from pipeline.values.letter import Document

app = typer.Typer(
    name="denials",
    help="Denial letters go into a folder; a queue of appeal work comes out.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Data folder (or DENIALS_DATA).")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Take this day, YYYY-MM-DD, as today.")]
Jobs = Annotated[str | None, typer.Option("--jobs", metavar="N", help="Documents worked on at the same time.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on stdout.")]
Inbox = Annotated[Path | None, typer.Option("--inbox", metavar="DIR", help="Folder that letters are dropped into.")]
Charts = Annotated[Path | None, typer.Option("--charts", metavar="DIR", help="Folder with a sub-folder a patient.")]


def main() -> None:
    """Run the command of ``sys.argv``; ends the process with its exit code."""
    os.umask(0o077)
    arguments = sys.argv[1:] or ["--help"]
    named = next((word for word in arguments if not word.startswith("-")), None)
    command = (
        f"denials {named}" if named in {c.name or _name(c.callback) for c in app.registered_commands} else "denials"
    )
    sys.exit(ended(partial(app, arguments, prog_name="denials", standalone_mode=False), command=command))


def _name(callback: Callable[..., Any] | None) -> str:
    return callback.__name__ if callback else ""


@app.callback()
def denials() -> None:
    """Denial letters go into a folder; a queue of appeal work comes out."""


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="PDF, TIFF, PNG, JPEG, TXT or MD.")],
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
    jobs: Jobs = None,
) -> int:
    """Read letters and print what was found; store nothing."""
    _today(as_of)
    settings = load({"jobs": jobs}, os.environ, data=data)
    for path in files:
        if not path.is_file():
            why = "it is a folder" if path.is_dir() else "it is not there"
            raise UsageError(f"file {path}", why=why, advice="Name files that are there")
    named = data is not None or bool(os.environ.get("DENIALS_DATA"))
    documents = _read_all(files, settings=settings, practice=settings.practice_file if named else None)
    if as_json:
        from pipeline.values.contract import to_json

        _print_json([to_json(document) for document in documents])
    else:
        from pipeline.screen import show_documents

        show_documents(documents, stream=sys.stdout)
    asks = any(d.problem or any(letter.needs_review for letter in d.letters) for d in documents)
    return Exit.NEEDS_A_PERSON if asks else Exit.DONE


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Documents with their gold answers.")],
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
    jobs: Jobs = None,
) -> int:
    """Score reading against gold answers."""
    _today(as_of)
    settings = load({"jobs": jobs}, os.environ, data=data)
    from pipeline import evaluation
    from pipeline.values.contract import to_json

    gold = evaluation.gold_letters(folder)
    documents = _read_all(list(gold), settings=settings, practice=None)
    answers = {path.name: to_json(document)["letters"] for path, document in zip(gold, documents, strict=True)}
    report = evaluation.evaluate({path.name: letters for path, letters in gold.items()}, answers)
    if as_json:
        _print_json(evaluation.as_json(report))
    else:
        print(evaluation.as_text(report))
    return Exit.DONE


@app.command()
def doctor(
    as_json: Json = False, data: Data = None, as_of: AsOf = None, inbox: Inbox = None, charts: Charts = None
) -> int:
    """Check every tool, folder, permission and setting, and say how to mend each."""
    _today(as_of)
    from pipeline import doctor as checking

    checks = checking.examine({"inbox": inbox, "charts": charts}, os.environ, data=data)
    if as_json:
        from pipeline.values.contract import to_json

        _print_json([to_json(check) for check in checks])
    else:
        from pipeline.screen import show_checks

        show_checks([(c.outcome.value, c.name, c.found, c.mend) for c in checks], stream=sys.stdout)
    return checking.exit_code(checks)


@app.command()
def init(data: Data = None, as_of: AsOf = None) -> int:
    """Make the data folder with denials.toml and practice.yaml, commented, ready to fill in."""
    _today(as_of)
    from pipeline.settings import data_folder
    from pipeline.starter import write_starter_files

    folder = prepare(data_folder(os.environ, data=data))
    for path, written in write_starter_files(folder):
        print(f"{path}: {'written' if written else 'was there already, left as it is'}")
    flag = f" --data {folder}" if data else ""
    print("Next: write who you are into practice.yaml and the inbox into denials.toml, then run")
    print(f"  denials doctor{flag}")
    print(f"  denials run{flag}")
    print(f"  denials review{flag}    prints a one-time link for the first administrator")
    return Exit.DONE


@app.command()
def version(as_json: Json = False) -> int:
    """Print the versions that make results."""
    if not as_json:
        print(f"denials {__version__}")
        return Exit.DONE
    from pipeline.knowledge import load_knowledge

    _print_json({"pipeline": __version__, "knowledge": load_knowledge().version})
    return Exit.DONE


def _read_all(files: Sequence[Path], *, settings: Settings, practice: Path | None) -> "list[Document]":
    """The documents of the files, in their order, each read in a child; no data folder is needed."""
    from concurrent.futures import ThreadPoolExecutor, as_completed

    from pipeline.progress import progress
    from pipeline.sandbox import Sandbox

    with (
        tempfile.TemporaryDirectory(prefix="denials-") as temp,
        ThreadPoolExecutor(max_workers=settings.jobs) as pool,
        Sandbox(limits=settings.limits, temp=Path(temp), jobs=settings.jobs) as sandbox,
        progress("reading") as show,
    ):  # the sandbox ends before the pool: it kills what the pool would wait for
        waiting = [pool.submit(sandbox.run, path, file_name=path.name, practice_path=practice) for path in files]
        try:
            for done, future in enumerate(as_completed(waiting), start=1):
                future.result()  # raises at once where nothing can be read
                show(done, len(waiting))
            return [future.result() for future in waiting]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _today(as_of: str | None) -> date:
    """The day of ``--as-of``, else today."""
    if as_of is None:
        return datetime.now().astimezone().date()
    return _date(as_of, flag="--as-of")


def _date(text: str, *, flag: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{flag} {text}", why="it is no day", advice="Write it as 2026-05-01") from None


def _print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")
