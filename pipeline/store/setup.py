"""Opening the database: Django is set up once a process, the tables are made or brought up to date."""

import contextlib
import fcntl
import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import django
from django.conf import settings
from django.db import DatabaseError, connections

from pipeline.errors import UsageError
from pipeline.store.mounts import refuse_network_mount

DATABASE = "denials.sqlite3"
BACKUPS = "backups"
BACKUP_LOCK = "backup.lock"
"""Held while a backup or a restore has copies of letters in the data folder's ``tmp``, and while bytes are purged."""
STORE, PAPERS = "store", "papers"
"""Folders of bytes: of documents that came, and of what we made or keep as proof."""
_WAIT_SECONDS = 30
_INIT = (
    f"PRAGMA busy_timeout={_WAIT_SECONDS * 1000}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    " PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON"
)
_APPS = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "pipeline.store",
)
"""All applications with tables, whoever opens the store, so that there is one set of tables."""


def configure(data: Path, *, database_url: str | None = None, options: Mapping[str, Any] | None = None) -> None:
    """Point Django at the database of ``data`` and bring its tables up to date.

    From here on files that this process makes are private (umask 077). Django can be set up once in a process; a second
    call may name another data folder, for which nobody may be using the first any more.

    Args:
        data: the data folder, made (mode 0700) if it is missing.
        database_url: ``postgresql://user@host/name``; None for the SQLite file in the data folder.
        options: more of Django's settings, for the review page; ``INSTALLED_APPS`` in it are added to those of the
            store. Counts in the first call of a process only.

    Raises:
        UsageError: the folder or the address cannot be used, or the database was made by a newer version.
    """
    os.umask(0o077)
    if database_url is None:
        refuse_network_mount(data)
    _make_private(data)
    database = _sqlite(data / DATABASE) if database_url is None else _postgresql(database_url)
    _set_up({"default": database}, dict(options or {}))
    with alone(data, "migrate.lock"):  # two that start together must not both make the tables
        _migrate(data, sqlite_file=data / DATABASE if database_url is None else None)


def point_at(alias: str, database: dict[str, Any]) -> None:
    """Make ``alias`` a connection to this database, in this thread."""
    if alias in connections:
        with contextlib.suppress(DatabaseError):
            connections[alias].close()
        del connections[alias]
    connections.settings = connections.configure_settings({**connections.settings, alias: database})


def sqlite_database(file: Path) -> dict[str, Any]:
    """Django's description of a SQLite file."""
    return _sqlite(file)


def _make_private(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        data.chmod(0o700)
        for name in ("store", "tmp", BACKUPS):
            (data / name).mkdir(mode=0o700, exist_ok=True)
            (data / name).chmod(0o700)
    except OSError as error:
        raise UsageError(
            f"data folder {data}",
            why=os.strerror(error.errno or 0).lower(),
            advice="Name a folder that you may write to, with --data or DENIALS_DATA.",
        ) from None


def _sqlite(file: Path) -> dict[str, Any]:
    # Made by us, so that it is private from its first byte; the -wal and -shm files take over its mode.
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    file.chmod(0o600)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"timeout": _WAIT_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": _INIT},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    wrong = parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/")
    if not wrong:
        with contextlib.suppress(ValueError):
            query = dict(parse_qsl(parts.query))
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(parts.path.lstrip("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": query.pop("host", unquote(parts.hostname or "")),
                "PORT": str(query.pop("port", parts.port or "")),
                "CONN_MAX_AGE": None,
                "CONN_HEALTH_CHECKS": True,
                "OPTIONS": {"options": f"-c lock_timeout={_WAIT_SECONDS}s", **query},
            }
    raise UsageError(
        "database_url",
        why="it is not the address of a PostgreSQL database",
        advice="Write it as postgresql://user@host/name, or leave it out for the SQLite file in the data folder.",
    )


def _set_up(databases: dict[str, Any], options: dict[str, Any]) -> None:
    if settings.configured:
        for alias, database in databases.items():
            point_at(alias, database)
        return
    apps = (*_APPS, *(app for app in options.pop("INSTALLED_APPS", ()) if app not in _APPS))
    options.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    settings.configure(
        DATABASES=databases, INSTALLED_APPS=apps, USE_TZ=True, TIME_ZONE="UTC", LOGGING_CONFIG=None, **options
    )
    django.setup()


@contextlib.contextmanager
def alone(data: Path, name: str, *, wait: bool = True) -> Iterator[None]:
    """Only one process or thread at a time on this data folder, by the lock file ``name``; it ends with its holder.

    Raises:
        BlockingIOError: another one is there and this one does not ``wait``.
    """
    with (data / name).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _migrate(data: Path, *, sqlite_file: Path | None) -> None:
    from django.core.management import call_command
    from django.db.migrations.executor import MigrationExecutor

    connection = connections["default"]
    try:
        executor = MigrationExecutor(connection)
        applied = set(executor.loader.applied_migrations)
        if any(app == "store" and (app, name) not in executor.loader.disk_migrations for app, name in applied):
            raise UsageError(
                f"data folder {data}",
                why="its database was made by a newer version",
                advice="Install that version again, or name another folder with --data.",
            )
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
        if applied and sqlite_file is not None:
            copy_sqlite(sqlite_file, data / BACKUPS / f"before-migration-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.sqlite3")
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise UsageError(
            "the database" if sqlite_file is None else f"database {sqlite_file}",
            why=f"it cannot be opened ({type(error).__name__})",
            advice="Check database_url and that the server runs."
            if sqlite_file is None
            else "Check the rights of the data folder, or restore the last backup with denials restore.",
        ) from None


def copy_sqlite(source: Path, target: Path) -> None:
    """One consistent copy of a SQLite file that may be in use, private and on disk when this returns."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with (
        contextlib.closing(sqlite3.connect(source, timeout=_WAIT_SECONDS)) as here,
        contextlib.closing(sqlite3.connect(target)) as there,
    ):
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")
    with target.open("rb") as file:
        os.fsync(file.fileno())
