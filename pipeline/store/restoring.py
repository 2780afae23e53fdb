"""Putting a backup in place: read and checked whole before anything of it counts."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO

from django.db import connections

from pipeline.errors import UsageError
from pipeline.store import models
from pipeline.store.audit import note
from pipeline.store.backup import (
    DATABASE_MEMBER,
    FORMAT,
    MANIFEST,
    SETTINGS,
    blob_member,
    copy_database,
    copy_rows,
    document_ids,
    paper_digests,
)
from pipeline.store.blobs import Blobs, sync_folder
from pipeline.store.door import transacted
from pipeline.store.leases import dead_owners
from pipeline.store.setup import BACKUP_LOCK, BACKUPS, DATABASE, PAPERS, STORE, alone, configure
from pipeline.store.states import Act

_BLOB = re.compile(rf"(?:{STORE}|{PAPERS})/[0-9a-f]{{2}}/[0-9a-f]{{64}}")
_CHUNK = 1 << 20


class _Damaged(Exception):
    """What is wrong with the backup, in words."""


def restore(source: Path, *, data: Path, database_url: str | None, replace: bool, now: datetime) -> None:
    """Make ``data`` (and the database at ``database_url``) what ``source`` holds.

    Args:
        source: a file that ``back_up`` wrote, from either engine.
        data: the data folder, which must hold nothing yet.
        database_url: PostgreSQL, which must hold nothing yet; None for SQLite in the data folder.
        replace: put aside what ``data`` holds now, into its ``backups``, instead of refusing. SQLite only.
        now: for the audit.

    Raises:
        UsageError: the backup is damaged, or the data folder is in use or not empty; nothing was changed.
    """
    configure(data, database_url=database_url)
    _refuse_in_use(data, replace=replace and database_url is None)
    with alone(data, BACKUP_LOCK), tempfile.TemporaryDirectory(prefix="restore-", dir=data / "tmp") as temp:
        try:
            _unpack(source, Path(temp))
        except _Damaged as damage:
            raise _unusable(source, str(damage)) from None
        except (tarfile.TarError, EOFError, ValueError, KeyError, sqlite3.Error):
            raise _unusable(source, "it is damaged, or no backup") from None
        except OSError as error:
            raise _unusable(source, os.strerror(error.errno or 0).lower()) from None
        _refuse_in_use(data, replace=replace and database_url is None)  # a batch may have begun while it was unpacked
        _put_in_place(Path(temp), data, sqlite=database_url is None, now=now)
    configure(data, database_url=database_url)
    _record(now=now)


@transacted
def _record(*, now: datetime) -> None:
    note(Act.RESTORED, "store", at=now)


def _unusable(source: Path, why: str) -> UsageError:
    return UsageError(f"backup {source}", why=why, advice="Name a file that denials backup wrote.")


def _refuse_in_use(data: Path, *, replace: bool) -> None:
    owners = {path.name for path in (data / "tmp" / "owners").glob("[0-9a-f]*")}
    if owners - {path.name for path in dead_owners(data)}:
        raise UsageError(
            f"data folder {data}", why="it is in use", advice="Stop the running batch or review page first."
        )
    if not replace and (models.Batch.objects.exists() or any(Blobs(data / STORE).names())):
        raise UsageError(
            f"data folder {data}", why="it holds letters already", advice="Name an empty folder with --data."
        )


def _unpack(source: Path, temp: Path) -> None:
    """Unpack the backup into ``temp``, checking every byte of it."""
    seen: dict[str, str] = {}
    with tarfile.open(source, mode="r|") as tar:
        for member in tar:
            blob = _BLOB.fullmatch(member.name)
            if not member.isfile() or not (blob or member.name in {DATABASE_MEMBER, MANIFEST, *SETTINGS}):
                raise _Damaged("it holds something that no backup holds")
            target = temp / member.name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            content = tar.extractfile(member)
            if content is None:
                raise _Damaged("a part of it cannot be read")
            seen[member.name] = _pour(content, target)
    if MANIFEST not in seen:
        raise _Damaged("it is incomplete: its end is missing")
    manifest = json.loads((temp / MANIFEST).read_text(encoding="utf-8"))
    if manifest["format"] != FORMAT:
        raise _Damaged("it was made by a newer version")
    _check(temp / DATABASE_MEMBER, seen, damaged=set(manifest["damaged"]))


def _pour(content: IO[bytes], target: Path) -> str:
    digest = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _check(database: Path, seen: dict[str, str], *, damaged: set[str]) -> None:
    with closing(sqlite3.connect(database)) as connection:
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise _Damaged("its database is damaged")
        wanted = {STORE: document_ids(connection), PAPERS: paper_digests(connection)}
    for folder, digests in wanted.items():
        if any(d not in damaged and seen.get(blob_member(d, folder)) != d for d in digests):
            raise _Damaged("the bytes of a document in it are damaged or missing")


def _put_in_place(temp: Path, data: Path, *, sqlite: bool, now: datetime) -> None:
    """The bytes first, then the database: a killed restore leaves a folder without letters, not half of them.

    Bytes and their names are on disk before the database that tells of them, even if the power goes.
    """
    _put_aside(data, now=now, sqlite=sqlite)
    for folder in (STORE, PAPERS):
        _put_bytes(temp / folder, data / folder)
    for name in SETTINGS:
        if (temp / name).is_file() and not (data / name).exists():
            (temp / name).rename(data / name)
    sync_folder(data)
    if sqlite:
        (temp / DATABASE_MEMBER).rename(data / DATABASE)
        sync_folder(data)
    else:
        with copy_database(temp / DATABASE_MEMBER):
            copy_rows("copy", "default")


def _put_bytes(source: Path, target: Path) -> None:
    """Move what was unpacked of a folder of blobs; on disk when this returns."""
    folders = sorted(source.glob("*"))
    if not folders:
        return
    target.mkdir(mode=0o700, exist_ok=True)
    for folder in folders:
        beside = target / folder.name
        beside.mkdir(mode=0o700, exist_ok=True)
        for path in sorted(folder.iterdir()):
            path.rename(beside / path.name)
        sync_folder(beside)
    sync_folder(target)


def _put_aside(data: Path, *, now: datetime, sqlite: bool) -> None:
    if not sqlite:
        return
    connections["default"].close()
    aside = data / BACKUPS / f"replaced-{now:%Y%m%dT%H%M%S%f}"
    aside.mkdir(mode=0o700)
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", STORE, PAPERS):
        if (data / name).exists():
            shutil.move(data / name, aside / name)
    sync_folder(aside)
    sync_folder(aside.parent)
    (data / STORE).mkdir(mode=0o700)
