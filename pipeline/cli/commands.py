"""The command line ``denials``: each command reads its settings, calls one thing, and prints.

Nothing heavy is imported before a command needs it. stdout holds results, stderr one line where something is wrong.
"""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline import __version__
from pipeline.cli import charts as chart_commands
from pipeline.cli import following, forms, keeping, outcomes, queue, retention, scoring, worklists
from pipeline.cli import knowledge as knowledge_command
from pipeline.cli import packet as packet_command
from pipeline.cli.flags import AsOf, Charts, Data, Inbox, Jobs, Json
from pipeline.cli.help import Command, Group
from pipeline.cli.opening import data_flag, date_of, day_of, desk_in, make_folder, opened, print_json
from pipeline.ending import Exit, ended, stopping
from pipeline.errors import UsageError
from pipeline.settings import data_folder, load, prepare

if TYPE_CHECKING:
    from pipeline.values.letter import Document
    from pipeline.values.task import BatchSummary

_WAITING = "denials run: another batch is running on this data folder; waiting for it to end"

app = typer.Typer(
    name="denials",
    cls=Group,
    help="Denial letters go into a folder; a queue of appeal work comes out.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

Received = Annotated[
    str | None, typer.Option("--received", metavar="DATE", help="Day the letters came; today where not said.")
]


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


def read(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Letters: PDF, TIFF, PNG, JPEG, HEIC, DOCX, text, mails, ZIP."),
    ],
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
    jobs: Jobs = None,
) -> int:
    """Read letters and print what was found; store nothing."""
    day_of(as_of)
    settings = load({"jobs": jobs}, os.environ, data=data)
    named = data is not None or bool(os.environ.get("DENIALS_DATA"))
    from pipeline.cli.reading import read_files

    documents = read_files(files, settings=settings, practice_path=settings.practice_file if named else None)
    if as_json:
        print_json(documents)
    else:
        from pipeline.cli.screen import show_documents

        show_documents(documents, stream=sys.stdout)
    asks = any(_asks(document) for document in documents)
    return Exit.NEEDS_A_PERSON if asks else Exit.DONE


def _asks(document: "Document") -> bool:
    """Whether a person must look at it, or at a document inside it."""
    inside = (member.problem or (member.document and _asks(member.document)) for member in document.members)
    return bool(document.problem or any(letter.needs_review for letter in document.letters) or any(inside))


def run(
    inbox: Inbox = None,
    charts: Charts = None,
    direct: Annotated[bool, typer.Option("--direct", help="Without any Prefect process.")] = False,
    received: Received = None,
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
    jobs: Jobs = None,
) -> int:
    """Work one batch through the inbox folder, then stop."""
    today = day_of(as_of)
    day = date_of(received, flag="--received") if received else today
    settings = opened({"inbox": inbox, "charts": charts, "jobs": jobs}, data)
    from pipeline.batch import open_batch, run_direct
    from pipeline.cli.progress import progress

    with (
        stopping() as stop,
        progress("letters") as show,
        open_batch(settings, today=today, received=day, stop=stop, show=show) as batch,
    ):
        if direct:
            run_direct(batch, jobs=settings.jobs)
        else:
            from flows.run import run_with_prefect

            run_with_prefect(batch, settings=settings, waiting=lambda: print(_WAITING, file=sys.stderr))
        summary, queue = batch.summary, () if as_json else batch.desk.tasks()
    code = _batch_ended(summary, as_json=as_json, faults=len(batch.faults), stopped=stop.is_set())
    if not as_json:
        from pipeline.cli.screen import show_next, show_soonest

        print()
        show_soonest(queue, today=today, stream=sys.stdout)
        if summary is not None:
            show_next(summary, tasks=len(queue), data=data_flag(data), stream=sys.stdout)
    return code


def schedule(
    cron: Annotated[str | None, typer.Option("--cron", metavar="LINE", help='When, as "15 4 * * *".')] = None,
    timezone: Annotated[str | None, typer.Option("--timezone", metavar="ZONE", help="IANA time zone of it.")] = None,
    inbox: Inbox = None,
    charts: Charts = None,
    data: Data = None,
    as_of: AsOf = None,
    jobs: Jobs = None,
) -> int:
    """Run a batch by the clock, as a served Prefect deployment, until stopped."""
    day_of(as_of)
    flags = {"cron": cron, "timezone": timezone, "inbox": inbox, "charts": charts, "jobs": jobs}
    settings = opened(flags, data)
    from pipeline.batch import inbox_of

    inbox_of(settings)
    from flows.run import serve_schedule

    def started(page: str) -> None:
        print(f"denials schedule: {settings.cron} in {settings.timezone}; Ctrl-C ends it", file=sys.stderr)
        print(f"Prefect's page: {page} (password in {settings.data}/prefect/password)", file=sys.stderr, flush=True)

    serve_schedule(settings, started=started)
    return Exit.DONE


def status(as_json: Json = False, data: Data = None, as_of: AsOf = None) -> int:
    """Print where every file is (the sum always holds), and what is set aside, with its id."""
    with desk_in(data, today=day_of(as_of)) as desk:
        from pipeline import store

        counts, aside = desk.status(), () if as_json else store.set_aside()
    if as_json:
        print_json(counts)
    else:
        from pipeline.cli.screen import show_status

        show_status(counts, aside, stream=sys.stdout)
    return Exit.DONE if counts.balanced else Exit.NEEDS_A_PERSON


def export(
    kind: Annotated[str, typer.Option("--format", metavar="KIND", help="xlsx, csv, json, parquet, fhir, ics or gold.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the files.")],
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Write the queue and the extracted results to files, and print their paths."""
    from pipeline import output

    kinds = [known.value for known in output.ExportFormat]
    if kind not in kinds:
        raise UsageError(f"--format {kind}", why="there is no such format", advice=f"Choose one of {', '.join(kinds)}.")
    today = day_of(as_of)
    with desk_in(data, today=today) as desk:
        queue, documents = desk.tasks(finished=True), desk.documents()
        if kind == output.ExportFormat.GOLD:
            documents = _checked_with_files(documents, desk.checked(), out=out, original=desk.original)
    for path in output.export(queue, documents, kind=output.ExportFormat(kind), out=out, today=today):
        print(path)
    return Exit.DONE


def reprocess(
    letters: Annotated[
        list[str] | None, typer.Option("--letters", metavar="ID", help="A letter or document; may be repeated.")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Only what came then or later.")] = None,
    as_json: Json = False,
    data: Data = None,
    as_of: AsOf = None,
    jobs: Jobs = None,
) -> int:
    """Read and match stored documents again, with today's knowledge; what people decided stays."""
    today = day_of(as_of)
    first = date_of(since, flag="--since") if since else None
    settings = opened({"jobs": jobs}, data)
    from pipeline.batch import reprocess_direct
    from pipeline.cli.progress import progress

    with stopping() as stop, progress("letters") as show:
        summary, faults = reprocess_direct(
            settings, today=today, letters=letters or None, since=first, stop=stop, show=show
        )
    return _batch_ended(summary, as_json=as_json, faults=faults, stopped=stop.is_set())


def review(
    host: Annotated[
        str | None, typer.Option("--host", metavar="HOST", help="Address to listen at; this machine alone if not said.")
    ] = None,
    port: Annotated[str | None, typer.Option("--port", metavar="PORT", help="Port to listen at.")] = None,
    data: Data = None,
    as_of: AsOf = None,
) -> int:
    """Serve the review page, behind a login, until stopped."""
    fixed = day_of(as_of) if as_of else None
    settings = opened({"review_host": host, "review_port": port}, data)
    from pipeline.batch import reviewing
    from pipeline.web.options import allowed_hosts, secret_key, web_options

    options = web_options(
        allowed_hosts(settings.review_host),
        secret_key=secret_key(settings.data / "review.key"),
        second_factor=settings.second_factor,
    )
    with reviewing(settings, today=lambda: fixed or day_of(None), options=options) as open_review:
        from pipeline.web.server import serve  # Django's views can be imported only now

        serve(
            open_review,
            host=settings.review_host,
            port=settings.review_port,
            largest_file=settings.limits.max_bytes,
        )
    return Exit.DONE


def doctor(
    as_json: Json = False, data: Data = None, as_of: AsOf = None, inbox: Inbox = None, charts: Charts = None
) -> int:
    """Check every tool, folder, permission and setting, and say how to mend each."""
    day_of(as_of)
    from pipeline.cli import doctor as checking

    checks = checking.examine({"inbox": inbox, "charts": charts}, os.environ, data=data)
    if as_json:
        print_json(checks)
    else:
        from pipeline.cli.screen import show_checks

        show_checks([(c.outcome.value, c.name, c.found, c.mend) for c in checks], stream=sys.stdout)
    return checking.exit_code(checks)


def init(data: Data = None, as_of: AsOf = None) -> int:
    """Make the data folder with denials.toml and practice.yaml, commented, ready to fill in."""
    day_of(as_of)
    from pipeline.cli.starter import write_starter_files

    for path, written in write_starter_files(prepare(data_folder(os.environ, data=data))):
        print(f"{path}: {'written' if written else 'was there already, left as it is'}")
    flag = data_flag(data)
    print("Next: write who you are into practice.yaml and the inbox into denials.toml, then")
    print(f"  denials doctor{flag}    says what is missing")
    print(f"  denials run{flag}       works through the inbox")
    print(f"  denials review{flag}    prints a one-time link for the first administrator")
    return Exit.DONE


def version(as_json: Json = False) -> int:
    """Print the versions that make results."""
    if not as_json:
        print(f"denials {__version__}")
        return Exit.DONE
    from pipeline.knowledge import load_knowledge

    print_json({"pipeline": __version__, "knowledge": load_knowledge().version})
    return Exit.DONE


_SECTIONS: dict[str, tuple[Callable[..., int], ...]] = {
    "Every day": (
        run,
        queue.tasks,
        review,
        following.sent,
        following.arrived,
        following.remind,
        packet_command.packet,
        retention.case,
        status,
    ),
    "Look at files, store nothing": (
        read,
        chart_commands.chart,
        chart_commands.match,
        chart_commands.readiness,
        chart_commands.evidence,
    ),
    "In and out": (export, outcomes.outcomes, worklists.worklist, forms.form),
    "Set up and keep running": (
        init,
        doctor,
        schedule,
        keeping.retry,
        reprocess,
        keeping.backup,
        keeping.restore,
        retention.purge,
        version,
    ),
    "How right, and by which knowledge": (scoring.evaluate, knowledge_command.knowledge),
}
"""The commands by what they are for, as ``denials --help`` lists them."""
for _heading, _commands in _SECTIONS.items():
    for _command in _commands:
        app.command(cls=Command, rich_help_panel=_heading)(_command)


def _checked_with_files(
    documents: "Sequence[Document]", checked: frozenset[str], *, out: Path, original: Callable[[str], Path]
) -> "tuple[Document, ...]":
    """The documents whose letters people checked, each copied into ``out`` so that ``denials evaluate`` finds it there.

    Raises ``UsageError`` where none was checked: what nobody looked at is no gold.
    """
    kept = tuple(document for document in documents if document.document_id in checked)
    if not kept:
        raise UsageError("--format gold", why="no letter was checked yet", advice="Check some with denials review.")
    make_folder(out, flag="--out")
    for document in kept:
        suffix = Path(document.file_name).suffix.lower()
        shutil.copyfile(original(document.document_id), out / f"{document.document_id}{suffix}")
    return kept


def _batch_ended(summary: "BatchSummary | None", *, as_json: bool, faults: int, stopped: bool) -> int:
    """Print a batch; its exit code."""
    if summary is None:
        return Exit.INTERRUPTED
    if as_json:
        print_json(summary)
    else:
        from pipeline.cli.screen import show_batch

        show_batch(summary, faults=faults, stream=sys.stdout)
    if stopped:
        return Exit.INTERRUPTED
    return Exit.NEEDS_A_PERSON if summary.needs_review or summary.problems or faults else Exit.DONE
