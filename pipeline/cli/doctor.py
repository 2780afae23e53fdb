"""What this machine and this data folder need, checked one by one, with how to mend each."""

import importlib
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from pipeline.errors import DenialsError
from pipeline.knowledge import load_knowledge
from pipeline.knowledge.practice import load_practice
from pipeline.settings import PRACTICE_NAME, Settings, load

_PACKAGES = ("pdfplumber", "pypdfium2", "pikepdf", "pytesseract", "PIL", "spacy", "django", "pandas", "xlsxwriter",
            "holidays", "waitress")  # fmt: skip
DATABASE = "denials.sqlite3"
_LANGUAGES = ("eng", "osd")
_INSTALL_TESSERACT = "Install it: apt-get install tesseract-ocr tesseract-ocr-eng tesseract-ocr-osd"
_INSTALL_PACKAGES = "Install what the lock names: make setup"
_SECONDS = 30


class Outcome(StrEnum):
    """How a check ended; a warning leaves everything working."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: what was looked at, what was found, and how to mend it. ``exit_code`` is that of a failed check."""

    name: str
    outcome: Outcome
    found: str
    mend: str | None = None
    exit_code: int = 0


def examine(flags: Mapping[str, object], environ: Mapping[str, str], *, data: Path | None) -> list[Check]:
    """Every check, in order; where a setting is wrong, those that need it are left out. Nothing is changed."""
    checks = [_tesseract(), *_tesseract_languages(), _engine(), *_packages(), _knowledge()]
    try:
        settings = load(flags, environ, data=data)
    except DenialsError as problem:
        return [*checks, _failed("settings", f"{problem.what}: {problem.why}", mend=problem.advice, exit_code=2)]
    checks.append(
        _ok("settings", f"time zone {settings.timezone}, schedule {settings.cron}, {settings.jobs} at a time")
    )
    of_settings: tuple[Callable[[Settings], Check], ...] = (
        _practice, _data_folder, _space, _database, _inbox, _charts,
    )  # fmt: skip
    return checks + [check(settings) for check in of_settings]


def exit_code(checks: list[Check]) -> int:
    """0; 3 where a tool or service is missing, 2 where a setting or folder is wrong (the first that failed decides)."""
    return next((check.exit_code for check in checks if check.outcome is Outcome.FAILED), 0)


def _ok(name: str, found: str) -> Check:
    return Check(name=name, outcome=Outcome.OK, found=found)


def _warning(name: str, found: str, *, mend: str) -> Check:
    return Check(name=name, outcome=Outcome.WARNING, found=found, mend=mend)


def _failed(name: str, found: str, *, mend: str, exit_code: int) -> Check:
    return Check(name=name, outcome=Outcome.FAILED, found=found, mend=mend, exit_code=exit_code)


def _tesseract() -> Check:
    said = _output("tesseract", "--version")
    if said is None:
        return _failed("Tesseract", "not found on the PATH", mend=_INSTALL_TESSERACT, exit_code=3)
    return _ok("Tesseract", said.splitlines()[0] if said else "there")


def _tesseract_languages() -> Iterator[Check]:
    said = _output("tesseract", "--list-langs")
    if said is None:
        return
    there = set(said.split())
    for language in _LANGUAGES:
        name = f"Tesseract language {language}"
        if language in there:
            yield _ok(name, "there")
        else:
            package = f"Install it: apt-get install tesseract-ocr-{language}"
            yield _failed(name, "not installed", mend=package, exit_code=3)


def _engine() -> Check:
    """Which engine reads pages; looked at in a process of its own, as a broken wheel may crash it."""
    probe = "import tesserocr; print(tesserocr.tesseract_version().split()[1])"
    done = subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-c", probe], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        found = "pages are read by the command tesseract: it works, and is slower"
        return _warning("reading engine", found, mend="Install tesserocr (Linux on x86-64 or ARM): make setup")
    return _ok("reading engine", f"{done.stdout.strip()}, kept open (tesserocr)")


def _output(program: str, flag: str) -> str | None:
    """What a program prints, both streams; None where it is not there or does not run."""
    path = shutil.which(program)
    if path is None:
        return None
    try:
        done = subprocess.run([path, flag], capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (done.stdout + done.stderr).decode(errors="replace") if done.returncode == 0 else None


def _packages() -> Iterator[Check]:
    """Imported in a process of its own: Prefect reads its settings then, and a broken wheel may crash it."""
    probe = "import importlib, sys\nfor name in sys.argv[1:]:\n  importlib.import_module(name)\n  print(name)"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    with tempfile.TemporaryDirectory(prefix="denials-doctor-") as home:
        environment |= {"PREFECT_HOME": home, "DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
        for group, names in (("Python packages", _PACKAGES), ("Prefect", ("prefect", "fastapi"))):
            done = subprocess.run(  # noqa: S603 - this interpreter, fixed names
                [sys.executable, "-c", probe, *names], capture_output=True, text=True, env=environment, check=False
            )
            missing = [name for name in names if name not in done.stdout.split()]
            if missing:
                found = f"{missing[0]} cannot be imported"
                yield _failed(group, found, mend=_INSTALL_PACKAGES, exit_code=3)
            else:
                yield _ok(group, "can be imported")


def _knowledge() -> Check:
    try:
        knowledge = load_knowledge()
    except DenialsError as problem:
        return _failed("knowledge", f"{problem.what}: {problem.why}", mend=problem.advice, exit_code=problem.exit_code)
    return _ok("knowledge", f"version {knowledge.version}")


def _practice(settings: Settings) -> Check:
    path = settings.practice_file
    if path is None:
        return _ok(PRACTICE_NAME, "not there; everything works without it (denials init writes one to fill in)")
    try:
        practice = load_practice(path)
    except DenialsError as problem:
        return _failed(PRACTICE_NAME, problem.why, mend=problem.advice, exit_code=problem.exit_code)
    return _ok(PRACTICE_NAME, f"{len(practice.names)} names, {len(practice.contracts)} contracts")


def _data_folder(settings: Settings) -> Check:
    folder, name = settings.data, "data folder"
    if not folder.exists():
        above = next(parent for parent in folder.parents if parent.exists())
        if os.access(above, os.W_OK):
            return _ok(name, f"{folder}, made on first use")
        mend = "Name a folder that you may write to, with --data or DENIALS_DATA."
        return _failed(name, f"{folder} cannot be made", mend=mend, exit_code=2)
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return _failed(name, f"{folder} may not be written to", mend=f"Run chown on {folder}.", exit_code=2)
    if folder.stat().st_mode & 0o077:
        mend = f"Run: chmod 700 {shlex.quote(str(folder))}"
        return _failed(name, f"{folder} can be read by others", mend=mend, exit_code=2)
    return _ok(name, f"{folder}, private and writable")


def _space(settings: Settings) -> Check:
    folder = next(place for place in (settings.data, *settings.data.parents) if place.exists())
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < settings.free_space_floor_mb:
        mend = "Free space on that disk, or lower free_space_floor_mb in denials.toml."
        return _failed("disk space", f"{free} MB free, {settings.free_space_floor_mb} wanted", mend=mend, exit_code=3)
    return _ok("disk space", f"{free} MB free")


def _database(settings: Settings) -> Check:
    """The SQLite file whole, or the server there; looked at without changing it."""
    if settings.database_url is not None:
        return _server(settings.database_url)
    path, name = settings.data / DATABASE, "database"
    if not path.exists() or not path.stat().st_size:
        return _ok(name, "not there yet, made on first use")
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=_SECONDS)) as connection:
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        verdict = type(error).__name__
    if verdict != "ok":
        mend = "Restore the last backup: denials restore FILE (copies from before each upgrade are in backups/)."
        return _failed(name, "it is damaged or cannot be opened", mend=mend, exit_code=2)
    return _ok(name, f"SQLite, {path.stat().st_size // 1000} kB, whole")


def _server(url: str) -> Check:
    mend = "Check database_url in denials.toml and that the server runs; psycopg comes with the postgresql extra."
    try:
        psycopg = importlib.import_module("psycopg")
        psycopg.connect(url, connect_timeout=5).close()
    except Exception as error:  # whatever the driver raises: its message may name people
        return _failed("database", f"PostgreSQL cannot be reached ({type(error).__name__})", mend=mend, exit_code=3)
    return _ok("database", "PostgreSQL answers")


def _inbox(settings: Settings) -> Check:
    name = "inbox"
    if settings.inbox is None:
        mend = "Name it with --inbox, or as inbox in denials.toml."
        return _warning(name, "not named", mend=mend)
    if not settings.inbox.is_dir():
        return _failed(name, f"{settings.inbox} is no folder", mend="Make it, or name another.", exit_code=2)
    if not os.access(settings.inbox, os.R_OK | os.X_OK):
        return _failed(
            name, f"{settings.inbox} may not be read", mend="Give yourself the right to read it.", exit_code=2
        )
    if not os.access(settings.inbox, os.W_OK):
        mend = "Letters are read all the same and stay there; allow writing so that they are moved to processed/."
        return _warning(name, f"{settings.inbox} may not be written to", mend=mend)
    return _ok(name, f"{settings.inbox}, readable and writable")


def _charts(settings: Settings) -> Check:
    if settings.charts is None:
        return _ok("charts", "not named")
    if not settings.charts.is_dir():
        return _failed("charts", f"{settings.charts} is no folder", mend="Make it, or name another.", exit_code=2)
    return _ok("charts", str(settings.charts))
