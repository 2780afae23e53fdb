"""One consistent copy of everything, taken while work goes on.

A backup is a tar file: the database as a SQLite file, whichever engine it came from, so that it can be restored into
either; the bytes of every document and of every kept paper in it; the settings and practice files; and, last, a
manifest. The database is copied first, and retention, which alone takes bytes away, waits for a running backup: so
whatever the copy names is there. From PostgreSQL the tables of sessions and login attempts stay out.
"""

import contextlib
import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, models, transaction

from pipeline import __version__
from pipeline.errors import UsageError
from pipeline.store.audit import note
from pipeline.store.blobs import Blobs, sync_folder
from pipeline.store.door import busy, transacted
from pipeline.store.setup import BACKUP_LOCK, DATABASE, PAPERS, STORE, alone, copy_sqlite, point_at, sqlite_database
from pipeline.store.states import Act

FORMAT = 1
DATABASE_MEMBER, MANIFEST = "database.sqlite3", "manifest.json"
SETTINGS = ("denials.toml", "practice.yaml")
_COPY = "copy"
_WITH_PEOPLE = ("otp_totp", "otp_static", "store")
_ROWS_AT_ONCE = 500


def back_up(data: Path, target: Path, *, blobs: Blobs, now: datetime) -> None:
    """Write a backup to ``target``, private and on disk when this returns; nothing is left of one that failed.

    Raises:
        UsageError: ``target`` is there already, or cannot be written.
        StoreBusy: the database did not let itself be copied.
    """
    try:
        if target.exists():
            raise UsageError(f"backup {target}", why="it is there already", advice="Name a new file.")
        with alone(data, BACKUP_LOCK), tempfile.TemporaryDirectory(prefix="backup-", dir=data / "tmp") as temp:
            snapshot = Path(temp) / DATABASE_MEMBER
            _snapshot(data, snapshot)
            _write_whole(target, data, snapshot, blobs=blobs, now=now)
    except sqlite3.Error as error:
        raise busy(error) from None
    except OSError as error:
        raise UsageError(
            f"backup {target}", why=os.strerror(error.errno or 0).lower(), advice="Name a file that you may write."
        ) from None
    _record(target, now=now)


@transacted
def _record(target: Path, *, now: datetime) -> None:
    note(Act.BACKED_UP, hashlib.sha256(os.fsencode(target)).hexdigest()[:16], at=now)


def _snapshot(data: Path, target: Path) -> None:
    if connections["default"].vendor == "sqlite":
        copy_sqlite(data / DATABASE, target)
        return
    with copy_database(target), transaction.atomic():
        connections["default"].cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        copy_rows("default", _COPY)


def _write_whole(target: Path, data: Path, snapshot: Path, *, blobs: Blobs, now: datetime) -> None:
    """Write the tar file under another name, and give it its own once it is on disk."""
    part = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            _write(out, data, snapshot, blobs=blobs, now=now)
            out.flush()
            os.fsync(out.fileno())
        part.rename(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)  # after Ctrl-C too: it holds letters


def _write(out: IO[bytes], data: Path, snapshot: Path, *, blobs: Blobs, now: datetime) -> None:
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        _add(tar, DATABASE_MEMBER, snapshot)
        for name in SETTINGS:
            if (data / name).is_file():
                _add(tar, name, data / name)
        with closing(sqlite3.connect(snapshot)) as connection:
            ids, digests = document_ids(connection), paper_digests(connection)
        # Damaged bytes go in as they are, named in the manifest: a person may still read them.
        damaged = [document_id for document_id in ids if not _added_whole(tar, document_id, blobs, STORE)]
        papers = Blobs(data / PAPERS)
        damaged += [digest for digest in digests if not _added_whole(tar, digest, papers, PAPERS)]
        manifest = {
            "format": FORMAT, "pipeline": __version__, "made": now.isoformat(), "documents": len(ids),
            "papers": len(digests), "damaged": damaged,
        }  # fmt: skip
        content = json.dumps(manifest).encode()
        tar.addfile(_info(MANIFEST, len(content)), io.BytesIO(content))


def _added_whole(tar: tarfile.TarFile, digest: str, blobs: Blobs, folder: str) -> bool:
    if not blobs.has(digest):
        return False
    return _add(tar, blob_member(digest, folder), blobs.path(digest)) == digest


def sweep_copies(data: Path) -> None:
    """Remove what a killed backup or restore left half-done."""
    with contextlib.suppress(BlockingIOError), alone(data, BACKUP_LOCK, wait=False):
        for left in [*(data / "tmp").glob("backup-*"), *(data / "tmp").glob("restore-*")]:
            shutil.rmtree(left, ignore_errors=True)


def blob_member(digest: str, folder: str) -> str:
    """The name in the tar file of the bytes of a document (``STORE``) or of a kept paper (``PAPERS``)."""
    return f"{folder}/{digest[:2]}/{digest}"


class _Hashing(io.BytesIO):
    """Reads a file and hashes what goes by."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int | None = -1) -> bytes:
        chunk = self._file.read(-1 if size is None else size)
        self.digest.update(chunk)
        return chunk


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Add a file under ``name``; the SHA-256 of what was added."""
    with path.open("rb") as file:
        hashing = _Hashing(file)
        tar.addfile(_info(name, path.stat().st_size), hashing)
    return hashing.digest.hexdigest()


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def document_ids(connection: sqlite3.Connection) -> list[str]:
    """The documents of a copied database whose bytes are kept."""
    wanted = "SELECT document_id FROM store_document WHERE state <> 'purged' ORDER BY document_id"
    return [document_id for (document_id,) in connection.execute(wanted)]


def paper_digests(connection: sqlite3.Connection) -> list[str]:
    """The kept papers of a copied database; one of before they were kept has none."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'store_paper'").fetchone():
        return []
    return [digest for (digest,) in connection.execute("SELECT DISTINCT digest FROM store_paper ORDER BY digest")]


@contextmanager
def copy_database(file: Path) -> Iterator[None]:
    """The SQLite file as the database ``copy``, with today's tables, in this thread."""
    point_at(_COPY, sqlite_database(file))
    try:
        call_command("migrate", database=_COPY, interactive=False, verbosity=0)
        yield
        connections[_COPY].cursor().execute("PRAGMA journal_mode=DELETE")
    finally:
        connections[_COPY].close()


def copy_rows(source: str, target: str) -> None:
    """Copy people with roles and second factors, and all of the store, from one database into another without it."""
    own = [model for name in _WITH_PEOPLE for model in apps.get_app_config(name).get_models()]
    wanted: list[type[models.Model]] = [Group, User, User.groups.through, *own]
    done: list[type[models.Model]] = []
    with transaction.atomic(using=target):
        for model in _parents_first(wanted):
            rows = model._base_manager.using(source).order_by("pk")
            for start in range(0, rows.count(), _ROWS_AT_ONCE):
                model._base_manager.using(target).bulk_create(rows[start : start + _ROWS_AT_ONCE])
            done.append(model)
        there = connections[target]
        for statement in there.ops.sequence_reset_sql(no_style(), done):
            there.cursor().execute(statement)


def _parents_first(wanted: list[type[models.Model]]) -> Iterator[type[models.Model]]:
    """The models so that what a row points to comes before it."""
    left = list(wanted)
    while left:
        for model in list(left):
            needs = {f.related_model for f in model._meta.get_fields() if isinstance(f, models.ForeignKey)}
            if not needs & (set(left) - {model}):
                left.remove(model)
                yield model
