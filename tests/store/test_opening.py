"""How the store opens: private files, no network mount, migrations by themselves after a backup, broken databases."""

import os
import sqlite3
import stat
from datetime import UTC

import pytest
from django.core.management import call_command

from pipeline import store
from pipeline.errors import UsageError
from pipeline.store.mounts import refuse_network_mount


def modes(folder):
    return {
        path.relative_to(folder).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]
    }


def test_everything_is_private(tmp_path):
    before = os.umask(0)
    try:
        store.configure(tmp_path / "data")
        store.queued()
        found = modes(tmp_path / "data")
        store.hang_up()
    finally:
        os.umask(before)
    assert {"denials.sqlite3", "denials.sqlite3-wal", "denials.sqlite3-shm"} <= found.keys()
    for name, mode in found.items():
        assert mode == (0o700 if (tmp_path / "data" / name).is_dir() else 0o600), name


def test_an_open_data_folder_is_closed(tmp_path):
    (tmp_path / "data").mkdir(mode=0o755)
    store.configure(tmp_path / "data")
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_the_database_waits_for_the_disk(data):
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
        return
    with connection.cursor() as cursor:
        pragmas = {}
        for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
            cursor.execute(f"PRAGMA {pragma}")
            pragmas[pragma] = cursor.fetchone()[0]
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs"])
def test_a_network_mount_is_refused(tmp_path, kind):
    folder = tmp_path / "a share"
    folder.mkdir()
    mounts = f"/dev/sda / ext4 rw 0 0\nserver:/x {str(folder).replace(' ', chr(92) + '040')} {kind} rw 0 0\n"
    with pytest.raises(UsageError, match=f"network mount \\({kind}\\)"):
        refuse_network_mount(folder / "data", mounts=mounts)
    refuse_network_mount(tmp_path / "data", mounts=mounts)


def test_a_link_to_a_network_mount_is_seen_through(tmp_path):
    (tmp_path / "share").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "share")
    with pytest.raises(UsageError):
        refuse_network_mount(
            tmp_path / "data", mounts=f"/dev/sda / ext4 rw 0 0\nx:/ {tmp_path / 'share'} nfs4 rw 0 0\n"
        )


def test_migrations_run_by_themselves_after_a_backup(tmp_path):
    data = tmp_path / "data"
    store.configure(data)
    store.hang_up()
    assert list((data / "backups").iterdir()) == []  # there was nothing to back up
    call_command("migrate", "store", "0001", verbosity=0)  # as if the later steps were still to come
    store.hang_up()
    store.configure(data)
    store.hang_up()
    (copy,) = (data / "backups").iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (0,)
    connection.close()
    with sqlite3.connect(data / "denials.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (6,)
    connection.close()
    store.configure(data)
    assert len(list((data / "backups").iterdir())) == 1


def test_migrations_go_down_and_up_again(data):
    from django.core.management import call_command

    call_command("migrate", "store", "zero", verbosity=0)
    call_command("migrate", "store", verbosity=0)
    assert store.queued() == ()


def test_the_migrations_are_those_of_the_models(data):
    from django.core.management import call_command

    call_command("makemigrations", "store", check=True, dry_run=True, verbosity=0)


def test_a_database_of_a_newer_version_is_refused(tmp_path):
    store.configure(tmp_path / "data")
    store.hang_up()
    with sqlite3.connect(tmp_path / "data" / "denials.sqlite3") as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', '2030-01-01')"
        )
    connection.close()
    with pytest.raises(UsageError, match="newer version"):
        store.configure(tmp_path / "data")


def test_a_file_that_is_no_database_is_one_clear_error(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "denials.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(UsageError, match="cannot be opened"):
        store.configure(tmp_path / "data")


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "nonsense", "postgresql://host:port/db"])
def test_a_wrong_address_is_one_clear_error(tmp_path, url):
    with pytest.raises(UsageError, match="not the address"):
        store.configure(tmp_path / "data", database_url=url)


def test_a_server_that_is_away_is_one_clear_error(tmp_path):
    pytest.importorskip("psycopg")
    with pytest.raises(UsageError, match="cannot be opened"):
        store.configure(tmp_path / "data", database_url=f"postgresql://nobody@/x?host={tmp_path}")


def test_a_database_that_is_locked_too_long_says_busy(tmp_path, monkeypatch):
    store.configure(tmp_path / "data")
    other = sqlite3.connect(tmp_path / "data" / "denials.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=50")
    from datetime import datetime

    with pytest.raises(store.StoreBusy):
        store.start_batch(tmp_path, received=datetime.now(UTC).date(), now=datetime.now(UTC))
    other.execute("COMMIT")
    other.close()
    assert store.start_batch(tmp_path, received=datetime.now(UTC).date(), now=datetime.now(UTC))


def test_only_what_the_store_offers_is_reached_through_its_front(tmp_path):
    store.configure(tmp_path / "data")
    for name in store.__all__:
        assert getattr(store, name) is not None, name
    for inner in ("note_all", "transacted", "by_parts"):  # of modules behind it
        with pytest.raises(AttributeError):
            getattr(store, inner)
    store.hang_up()
