"""A backup taken while work goes on is whole, portable between the engines, and checked before it is put in place."""

import io
import json
import os
import sqlite3
import stat
import tarfile
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from pipeline import store
from pipeline.errors import UsageError
from pipeline.values.casework import CasePart
from pipeline.values.letter import Document, DocumentStatus, Letter, LetterKind

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class File:
    path: str
    size: int = 3
    mtime_ns: int = 1
    inode: int = 7


@dataclass(frozen=True)
class Kept:
    temp: Path
    sha256: str


def take(data: Path, texts) -> None:
    batch = store.start_batch(data.parent / "inbox", received=NOW.date(), now=NOW)
    ledger = store.Ledger(batch, blobs=store.Blobs(data / "store"), now=lambda: NOW)
    for text in texts:
        document_id = sha256(text.encode()).hexdigest()
        temp = data / "tmp" / f"intake-{document_id[:8]}"
        temp.write_text(text)
        ledger.keep(File(path=f"{text}.pdf"), Kept(temp=temp, sha256=document_id), moved=False)
        token = store.claim(document_id, owner_id="a", now=NOW)
        letter = Letter(letter_id=f"{document_id}-1", pages=(1,), kind=LetterKind.OTHER, kind_confidence=1)
        document = Document(
            file_name="x", document_id=document_id, status=DocumentStatus.READ, versions={}, letters=(letter,)
        )
        store.save(
            document, token=token, batch_id=batch, cases_of=lambda letter, said: (CasePart(home="case"),),
            work_out=lambda case_id, letters: (), today=NOW.date(), now=NOW,
        )  # fmt: skip
        store.decide(
            store.Decided(letter_id=letter.letter_id, field="f", value=[text], by="d", at=NOW, reason="r"),
            cases_of=lambda letter, said: (CasePart(home="case"),), work_out=lambda case_id, letters: (),
            lay=lambda letter, said: letter, today=NOW.date(), now=NOW,
        )  # fmt: skip


def back_up(data: Path, target: Path) -> None:
    store.back_up(data, target, blobs=store.Blobs(data / "store"), now=NOW)


def content(data: Path) -> dict[str, object]:
    documents = store.documents()
    blobs = store.Blobs(data / "store")
    return {
        "documents": documents,
        "decisions": [store.decisions(letter.letter_id) for d in documents for letter in d.letters],
        "blobs": {name: sha256(blobs.path(name).read_bytes()).hexdigest() for name in blobs.names()},
    }  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def other_engine(request):
    return None if request.param == "sqlite" else request.getfixturevalue("new_database")()


def test_it_comes_back_whole_on_either_engine(data, other_engine, tmp_path):
    take(data, ["one", "two", "three"])
    (data / "practice.yaml").write_text("names: [Us]\n")
    from django.contrib.auth.models import Group, User
    from django_otp.plugins.otp_totp.models import TOTPDevice

    dana = User.objects.create_user("dana", password="a long enough one")
    dana.groups.add(Group.objects.create(name="biller"))
    secret = TOTPDevice.objects.create(user=dana, name="telephone").key
    back_up(data, tmp_path / "copy.tar")
    assert stat.S_IMODE((tmp_path / "copy.tar").stat().st_mode) == 0o600
    wanted = content(data)
    new = tmp_path / "new"
    store.restore(tmp_path / "copy.tar", data=new, database_url=other_engine, replace=False, now=NOW)
    assert content(new) == wanted
    assert all(name == digest for name, digest in wanted["blobs"].items())
    assert store.counts(store.Blobs(new / "store"), in_inbox=0).balanced
    assert store.counts(store.Blobs(new / "store"), in_inbox=0).done == 3
    assert (new / "practice.yaml").read_text() == "names: [Us]\n"
    dana = User.objects.get(username="dana")
    assert dana.check_password("a long enough one")
    assert [group.name for group in dana.groups.all()] == ["biller"]
    assert TOTPDevice.objects.get(user=dana).key == secret
    take(new, ["four"])  # ids go on after those that came along
    assert store.counts(store.Blobs(new / "store"), in_inbox=0).done == 4
    for path in new.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_names_of_bytes_are_on_disk_before_the_database_that_tells_of_them(tmp_path, monkeypatch):
    data, new = tmp_path / "data", tmp_path / "new"
    store.configure(data)
    take(data, ["one", "two"])
    back_up(data, tmp_path / "copy.tar")
    done, sync, rename = [], os.fsync, Path.rename

    def noted_sync(descriptor):
        sync(descriptor)
        done.append(Path(f"/proc/self/fd/{descriptor}").readlink())

    def noted_rename(path, target):
        done.append(Path(target))
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "rename", noted_rename)
    store.restore(tmp_path / "copy.tar", data=new, database_url=None, replace=False, now=NOW)
    database = done.index(new / "denials.sqlite3")
    for document_id in (sha256(b"one").hexdigest(), sha256(b"two").hexdigest()):
        folder = new / "store" / document_id[:2]
        assert done.index(folder / document_id) < done.index(folder) < database
    assert done.index(new / "store") < done.index(new) < database < len(done) - done[::-1].index(new) - 1


def test_it_is_consistent_while_work_goes_on(data, tmp_path):
    take(data, [f"before {n}" for n in range(20)])
    stop, errors = threading.Event(), []

    def work() -> None:
        try:
            number = 0
            while not stop.is_set():
                take(data, [f"during {number}"])
                number += 1
        except BaseException as error:
            errors.append(error)
        finally:
            store.hang_up()

    worker = threading.Thread(target=work)
    worker.start()
    for number in range(3):
        back_up(data, tmp_path / f"{number}.tar")
    stop.set()
    worker.join()
    assert errors == []
    for number in range(3):
        new = tmp_path / f"new {number}"
        store.restore(tmp_path / f"{number}.tar", data=new, database_url=None, replace=False, now=NOW)
        counts = store.counts(store.Blobs(new / "store"), in_inbox=0)
        assert counts.balanced
        assert counts.seen >= 20
        assert all(digest == name for name, digest in content(new)["blobs"].items())


def test_a_folder_that_holds_letters_is_refused_unless_told(tmp_path):
    data, other = tmp_path / "data", tmp_path / "other"
    store.configure(data)
    take(data, ["one"])
    back_up(data, tmp_path / "copy.tar")
    store.configure(other)
    take(other, ["two"])
    with pytest.raises(UsageError, match="holds letters already"):
        store.restore(tmp_path / "copy.tar", data=other, database_url=None, replace=False, now=NOW)
    assert store.counts(store.Blobs(other / "store"), in_inbox=0).done == 1
    store.restore(tmp_path / "copy.tar", data=other, database_url=None, replace=True, now=NOW)
    assert list(store.Blobs(other / "store").names()) == [sha256(b"one").hexdigest()]
    (aside,) = (other / "backups").glob("replaced-*")
    assert (aside / "store" / sha256(b"two").hexdigest()[:2] / sha256(b"two").hexdigest()).read_text() == "two"


def test_a_folder_in_use_is_refused(tmp_path):
    data = tmp_path / "data"
    store.configure(data)
    back_up(data, tmp_path / "copy.tar")
    with store.owner(data), pytest.raises(UsageError, match="in use"):
        store.restore(tmp_path / "copy.tar", data=data, database_url=None, replace=True, now=NOW)


def damage(source: Path, target: Path, change) -> None:
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            body = change(member, old.extractfile(member).read())
            if body is not None:
                member.size = len(body)
                new.addfile(member, io.BytesIO(body))


def renamed(to: str):
    def change(member, body):
        if member.name.startswith("store/"):
            member.name = to
        return body

    return change


def linked(member, body):
    if member.name.startswith("store/"):
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        return b""
    return body


DAMAGES = {
    "a byte of a document": lambda m, body: body[:-1] + b"!" if m.name.startswith("store/") else body,
    "a document missing": lambda m, body: None if m.name.startswith("store/") else body,
    "the database": lambda m, body: body[:100] + b"\0" * 4000 + body[4100:] if m.name.endswith("sqlite3") else body,
    "the manifest missing": lambda m, body: None if m.name == "manifest.json" else body,
    "a newer format": lambda m, body: b'{"format": 9, "damaged": []}' if "manifest" in m.name else body,
    "a path out of the folder": renamed("../../evil"),
    "an absolute path": renamed("/tmp/evil"),
    "a link": linked,
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGES)
def test_a_damaged_backup_is_refused_and_changes_nothing(tmp_path, what):
    data, new = tmp_path / "data", tmp_path / "new"
    store.configure(data)
    take(data, ["one"])
    back_up(data, tmp_path / "copy.tar")
    damage(tmp_path / "copy.tar", tmp_path / "damaged.tar", DAMAGES[what])
    with pytest.raises(UsageError, match="backup"):
        store.restore(tmp_path / "damaged.tar", data=new, database_url=None, replace=False, now=NOW)
    assert list(store.Blobs(new / "store").names()) == []
    assert store.documents() == ()
    assert list((new / "tmp").glob("restore-*")) == []


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_backup_that_was_cut_is_refused(tmp_path, part):
    data = tmp_path / "data"
    store.configure(data)
    take(data, ["one"])
    back_up(data, tmp_path / "copy.tar")
    whole = (tmp_path / "copy.tar").read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: int(len(whole.rstrip(b"\0")) * part)])
    with pytest.raises(UsageError):
        store.restore(tmp_path / "cut.tar", data=tmp_path / "new", database_url=None, replace=False, now=NOW)


def test_damaged_bytes_do_not_stop_a_backup_and_are_named(tmp_path):
    data = tmp_path / "data"
    store.configure(data)
    take(data, ["one", "two"])
    store.Blobs(data / "store").path(sha256(b"one").hexdigest()).write_text("eno")
    back_up(data, tmp_path / "copy.tar")
    with tarfile.open(tmp_path / "copy.tar") as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    assert manifest["damaged"] == [sha256(b"one").hexdigest()]
    store.restore(tmp_path / "copy.tar", data=tmp_path / "new", database_url=None, replace=False, now=NOW)
    assert len(store.documents()) == 2


def test_a_backup_never_replaces_a_file(tmp_path):
    store.configure(tmp_path / "data")
    (tmp_path / "there").write_text("precious")
    with pytest.raises(UsageError, match="there already"):
        back_up(tmp_path / "data", tmp_path / "there")
    with pytest.raises(UsageError):
        back_up(tmp_path / "data", tmp_path / "no folder" / "copy.tar")
    assert (tmp_path / "there").read_text() == "precious"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data", "there"]


def test_a_backup_that_is_stopped_leaves_nothing_beside_its_target(data, tmp_path):
    take(data, ["one"])

    class Stopped(store.Blobs):
        def has(self, document_id: str) -> bool:
            raise KeyboardInterrupt

    (tmp_path / "out").mkdir()
    with pytest.raises(KeyboardInterrupt):
        store.back_up(data, tmp_path / "out" / "copy.tar", blobs=Stopped(data / "store"), now=NOW)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_database_that_cannot_be_copied_is_told_without_its_words(data, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full: row of Jane Roe")

    monkeypatch.setattr("pipeline.store.backup._snapshot", full)
    with pytest.raises(store.StoreBusy, match="disk is full") as told:
        back_up(data, tmp_path / "copy.tar")
    assert "Roe" not in str(told.value)
