"""A store on each engine: a SQLite file, and a database of a private PostgreSQL server started for the tests."""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import pytest

from pipeline import store

BINARIES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def _as_nobody() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid():
        return []
    user = next(name for name in ("postgres", "nobody") if _known(name))
    return ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"]


def _known(user: str) -> bool:
    with contextlib.suppress(KeyError):
        return bool(pwd.getpwnam(user))
    return False


@pytest.fixture(scope="session")
def server():
    """The socket folder of a private server, with a migrated template; None where PostgreSQL is missing."""
    found = shutil.which("initdb") or (BINARIES and shutil.which("initdb", path=str(BINARIES)))
    if not found or (os.geteuid() == 0 and not shutil.which("setpriv")):
        yield None
        return
    binaries = Path(found).parent
    place = Path(tempfile.mkdtemp(prefix="denials-pg-"))
    run = _as_nobody()
    if run:
        shutil.chown(place, run[1].partition("=")[2])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True, "cwd": place}
    subprocess.run(
        [*run, binaries / "initdb", "-D", place / "db", "-A", "trust", "-U", "denials", "-E", "UTF8"], **quiet
    )
    settings = f"-k {place} -c listen_addresses='' -c fsync=off -c max_connections=60"
    subprocess.run([*run, binaries / "pg_ctl", "-D", place / "db", "-w", "-o", settings, "start"], **quiet)
    try:
        _admin(place, "CREATE DATABASE template_store")
        with tempfile.TemporaryDirectory() as data:  # in a process of its own: this one is busy with another database
            make = "import pathlib, sys; from pipeline.store import configure as c; c(pathlib.Path(sys.argv[1]), "
            make += "database_url=sys.argv[2])"
            subprocess.run([sys.executable, "-c", make, data, _url(place, "template_store")], check=True)
        yield place
    finally:
        subprocess.run([*run, binaries / "pg_ctl", "-D", place / "db", "-m", "immediate", "-w", "stop"], **quiet)
        shutil.rmtree(place, ignore_errors=True)


def _url(place: Path, name: str) -> str:
    return f"postgresql://denials@/{name}?host={place}"


def _admin(place: Path, statement: str) -> None:
    import psycopg

    with psycopg.connect(_url(place, "postgres"), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def new_database(server):
    """Makes empty PostgreSQL databases, with the tables; dropped at the end."""
    if server is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    made = []

    def make() -> str:
        name = f"test_{uuid.uuid4().hex[:12]}"
        _admin(server, f"CREATE DATABASE {name} TEMPLATE template_store")
        made.append(name)
        return _url(server, name)

    yield make
    store.hang_up()
    for name in made:
        _admin(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    """None for SQLite, an address for PostgreSQL."""
    return None if request.param == "sqlite" else request.getfixturevalue("new_database")()


@pytest.fixture
def data(tmp_path, database_url):
    """A data folder with its store configured on the engine."""
    folder = tmp_path / "data"
    store.configure(folder, database_url=database_url)
    yield folder
    store.hang_up()
