"""What every test starts from."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.store import setup

# A runner in the background ignores Ctrl-C and hands that on to what it starts; tests that send it need it heard.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _temp_folder_stays() -> Iterator[None]:
    """A command keeps its temp files in its data folder; one that runs in this process must not leave the next that."""
    named, chosen = os.environ.get("TMPDIR"), tempfile.tempdir
    yield
    tempfile.tempdir = chosen
    if named is None:
        os.environ.pop("TMPDIR", None)
    else:
        os.environ["TMPDIR"] = named


@pytest.fixture(scope="session", autouse=True)
def _tables_are_made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The migrations make the tables of the first SQLite store of a worker; each further new one begins as its copy.

    Every store still goes through the migrations' check, as one that is opened again does.
    """
    migrate, template = setup._migrate, tmp_path_factory.mktemp("tables") / "new.sqlite3"

    def migrated(data: Path, *, sqlite_file: Path | None) -> None:
        new = sqlite_file is not None and sqlite_file.stat().st_size == 0
        if new and template.exists():
            shutil.copyfile(template, sqlite_file)
        migrate(data, sqlite_file=sqlite_file)
        if new and not template.exists():
            setup.copy_sqlite(sqlite_file, template)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(setup, "_migrate", migrated)
        yield
