"""A case is found with all that is kept of it; and once it is forgotten, no byte of it is left anywhere of ours."""

import shutil
import threading
from datetime import UTC, date, datetime

import pytest

from pipeline import store
from pipeline.cli.retention import _before, _copy
from pipeline.desk import Clock, open_desk, restore
from pipeline.desk.papers import PROOF
from pipeline.errors import UsageError
from pipeline.store import Followed
from pipeline.values.decision import Act
from pipeline.values.letter import Channel
from pipeline.values.task import FollowUpAct, TaskState
from tests.test_desk import Reader

OLD = datetime(2018, 5, 1, 9, 0, tzinfo=UTC)
NOW = date(2026, 11, 24)
CANARY = "ZANZIBAR"


@pytest.fixture
def place(tmp_path):
    (tmp_path / "inbox").mkdir()
    yield tmp_path
    store.hang_up()


def desk_at(place):
    clock = Clock(now=lambda: OLD)
    return open_desk(place / "data", reader=Reader(), today=OLD.date(), settle_seconds=0.0, clock=clock)


def worked(desk, place):
    """A case of years ago in which everything happened, each thing with a word that can be looked for."""
    (place / "inbox" / f"{CANARY}-file.txt").write_text(f"CLM00001 {CANARY}-bytes")
    (place / "inbox" / "other.txt").write_text("CLM00002")
    batch_id = desk.start_batch(place / "inbox", received=OLD.date())
    desk.take_in(batch_id)
    for document_id in desk.queued():
        desk.process(document_id, batch_id=batch_id)
    desk.finish_batch(batch_id)
    task = next(one for one in desk.tasks() if one.claim_number == "CLM00001")
    desk.decide(
        task.letter_id, field="member_name", value=f"{CANARY}-name", by="dana", act=Act.SET, reason=f"{CANARY}-why"
    )
    desk.follow_up(
        task.task_id,
        Followed(act=FollowUpAct.SENT, channel=Channel.MAIL, number=f"{CANARY}-street", day=OLD.date()),
        by="dana",
    )
    (place / "receipt.txt").write_text(f"{CANARY}-receipt")
    (place / f"{CANARY}-packet.pdf").write_text(f"{CANARY}-packet")
    desk.keep_papers(task.task_id, [place / f"{CANARY}-packet.pdf"], kind="first_appeal", by="dana")
    desk.keep_papers(task.task_id, [place / "receipt.txt"], kind=PROOF, by="dana")
    for path in (place / "receipt.txt", place / f"{CANARY}-packet.pdf"):
        path.unlink()
    store.remark(task.task_id, kind=store.RemarkKind.NOTE, text=f"{CANARY}-note", by="dana", now=OLD)
    desk.read_worklist(f"Member,ICN,MRN\nM1,CLM00001,{CANARY}-mrn\n".encode(), said={"member_id": "Member"})
    pictures = place / "data" / "pages" / task.letter_id[:2] / f"{task.letter_id.partition('-')[0]}-upright"
    pictures.mkdir(parents=True)
    (pictures / "1.txt").write_text(f"{CANARY}-page")
    return task


def holding(place):
    """The files below the place that hold the word, in their bytes or in their name."""
    files = [path for path in place.rglob("*") if path.is_file()]
    return {str(p.relative_to(place)) for p in files if CANARY.encode() in p.read_bytes() or CANARY in p.name}


def close(task):
    store.change_task(task.task_id, by="dana", now=OLD, version=None, state=TaskState.CLOSED, reason="done")


def test_a_case_is_found_with_all_that_is_kept_of_it(place):
    with desk_at(place) as desk:
        task = worked(desk, place)
        for words in (task.case_id, task.task_id, task.letter_id, "CLM00001"):
            assert store.find_cases(words) == (task.case_id,), words
        kept = store.case_file(task.case_id)
    assert [one.file_name for one in kept.letters] == [f"{CANARY}-file.txt"]
    assert [one.value for one in kept.decisions] == [f"{CANARY}-name"]
    assert [one.number for one in kept.follow_ups] == [f"{CANARY}-street"]
    assert f"{CANARY}-note" in [one.text for one in kept.remarks]
    assert [(one.kind, one.name, one.by) for one in kept.papers] == [
        ("first_appeal", f"{CANARY}-packet.pdf", "dana"), (PROOF, "receipt.txt", "dana"),
    ]  # fmt: skip
    with desk_at(place) as desk:
        assert [desk.paper(one.digest).read_text() for one in kept.papers] == [f"{CANARY}-packet", f"{CANARY}-receipt"]
    assert store.case_file("case-unknown") is None


def test_the_same_packet_again_is_kept_once_and_another_beside_it(place):
    with desk_at(place) as desk:
        task = worked(desk, place)
        (place / "packet.pdf").write_text(f"{CANARY}-packet")
        assert not desk.keep_papers(task.task_id, [place / "packet.pdf"], kind="first_appeal", by="lee")
        (place / "packet.pdf").write_text("another")
        assert desk.keep_papers(task.task_id, [place / "packet.pdf"], kind="first_appeal", by="lee")
        with pytest.raises(UsageError, match="not there"):
            desk.keep_papers("case-none-L1", [place / "packet.pdf"], kind="first_appeal", by="lee")
        with pytest.raises(UsageError, match="no such file"):
            desk.keep_papers(task.task_id, [place / "gone.pdf"], kind=PROOF, by="lee")
        kept = store.case_file(task.case_id)
        assert [one.by for one in kept.papers] == ["dana", "dana", "lee"]
        assert {path.stat().st_mode & 0o777 for path in (place / "data" / "papers").rglob("*") if path.is_file()} == {
            0o600
        }


def test_what_is_forgotten_leaves_no_byte_behind_but_id_hash_and_audit(place):
    with desk_at(place) as desk:
        task = worked(desk, place)
        assert desk.forget(before=NOW, dry_run=False).documents == 0, "its work is not finished"
        close(task)
        before = holding(place)
        assert {"inbox", "data"} <= {name.partition("/")[0] for name in before}
        planned = desk.forget(before=NOW, dry_run=True)
        assert (planned.documents, planned.letters, planned.cases, planned.originals) == (1, 1, 1, 1)
        assert planned.papers == 2
        assert holding(place) == before
        assert desk.forget(before=date(2018, 1, 1), dry_run=False).documents == 0
        done = desk.forget(before=NOW, dry_run=False, by="lee")
        assert (done.documents, done.kept_bytes, done.done) == (1, planned.kept_bytes, True)
        assert desk.status().balanced
        rows, _ = store.audit_rows(subject=task.letter_id.partition("-")[0], start=0, most=50)
        assert ("purged", "lee") in {(row.act, row.who) for row in rows}
        assert store.broken_at() is None
        assert [one.claim_number for one in desk.tasks(finished=True)] == ["CLM00002"]
    store.hang_up()
    assert holding(place) == set()


def test_a_backup_brings_packets_and_proofs_back(place):
    with desk_at(place) as desk:
        task = worked(desk, place)
        desk.backup(place / "copy.tar")
    store.hang_up()
    restore(place / "copy.tar", data=place / "new")
    with open_desk(place / "new", reader=Reader(), today=OLD.date()) as desk:
        kept = store.case_file(task.case_id).papers
        assert [desk.paper(one.digest).read_text() for one in kept] == [f"{CANARY}-packet", f"{CANARY}-receipt"]
    store.hang_up()
    damaged = (place / "copy.tar").read_bytes().replace(f"{CANARY}-receipt".encode(), b"another--receipt")
    (place / "damaged.tar").write_bytes(damaged)
    with pytest.raises(UsageError, match="damaged or missing"):
        restore(place / "damaged.tar", data=place / "other")


def test_a_packet_made_lately_keeps_its_case(place):
    with desk_at(place) as desk:
        task = worked(desk, place)
        close(task)
        store.keep_papers(
            task.task_id, [("late.pdf", "f" * 64, 4)], kind="first_appeal", by="dana",
            now=datetime(2026, 11, 24, 9, tzinfo=UTC),
        )  # fmt: skip
        assert desk.forget(before=NOW, dry_run=True).documents == 0


def test_a_file_of_the_inbox_that_is_another_by_now_stays(place):
    with desk_at(place) as desk:
        task = worked(desk, place)
        close(task)
        (original,) = (place / "inbox" / "processed").glob(f"{CANARY}*")
        original.write_text("another letter")
        desk.forget(before=NOW, dry_run=False)
        assert original.read_text() == "another letter"


def batch(desk, place):
    batch_id = desk.start_batch(place / "inbox", received=OLD.date())
    return desk.take_in(batch_id)


def worked_and_left(desk, place, monkeypatch):
    """A finished case whose original could not be moved out of the inbox."""
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.inbox.intake.move", lambda inbox, found, *, to: None)
        task = worked(desk, place)
    close(task)
    return place / "inbox" / f"{CANARY}-file.txt"


def test_an_original_that_was_never_moved_goes_with_its_case(place, monkeypatch):
    with desk_at(place) as desk:
        original = worked_and_left(desk, place, monkeypatch)
        assert original.is_file()
        assert desk.forget(before=NOW, dry_run=True).originals == 1
        assert original.is_file()
        done = desk.forget(before=NOW, dry_run=False)
        assert (done.originals, done.still_there) == (1, ())
        assert batch(desk, place) == ()
        assert desk.status().balanced
    store.hang_up()
    assert holding(place) == set()


@pytest.mark.parametrize("remounted", [False, True])
def test_an_original_that_cannot_be_taken_away_is_told_and_never_comes_back_by_itself(place, monkeypatch, remounted):
    with desk_at(place) as desk:
        original = worked_and_left(desk, place, monkeypatch)
        with monkeypatch.context() as patched:
            patched.setattr("pipeline.desk.retention.remove", lambda inbox, path, *, sha256: False)
            done = desk.forget(before=NOW, dry_run=False)
        assert (done.documents, done.originals, done.still_there) == (1, 0, (str(original),))
        if remounted:  # the same file under another inode
            copy = place / "copy"
            shutil.copy2(original, copy)
            copy.replace(original)
        for _ in range(2):
            batch_id = desk.start_batch(place / "inbox", received=OLD.date())
            assert desk.take_in(batch_id) == ()
            summary = desk.finish_batch(batch_id)
            assert (summary.new, summary.problems) == (0, {"purged_left": 1})
        counts = desk.status()
        assert (counts.balanced, counts.in_inbox, counts.queued) == (True, 0, 0)
    store.hang_up()
    assert holding(place) == {f"inbox/{CANARY}-file.txt"}
    with desk_at(place) as desk:  # a person puts it there again
        original.unlink()
        (place / "inbox" / "again.txt").write_text(f"CLM00001 {CANARY}-bytes")
        batch_id = desk.start_batch(place / "inbox", received=OLD.date())
        (document_id,) = desk.take_in(batch_id)
        assert desk.process(document_id) == "done"
        summary = desk.finish_batch(batch_id)
        assert (summary.new, summary.problems) == (1, {"purged_again": 1})
        assert [one.file_name for one in desk.documents() if one.document_id == document_id] == ["again.txt"]
        assert desk.status().balanced


@pytest.mark.parametrize(
    ("age", "day"), [("7y", date(2019, 11, 24)), ("84m", date(2019, 11, 24)), ("1 month", date(2026, 10, 24))]
)
def test_ages(age, day):
    assert _before(NOW, age) == day


@pytest.mark.parametrize("age", ["7", "0y", "seven years", "-1y", "999y999"])
def test_what_is_no_age_is_refused(age):
    with pytest.raises(UsageError):
        _before(NOW, age)


def test_files_of_a_case_go_into_a_folder_or_it_is_said_why_not(place):
    (place / "a-file").write_text("x")
    with desk_at(place) as desk:
        found = [store.case_file(worked(desk, place).case_id)]
        _copy(desk, found, place / "out")
        assert len(list((place / "out").iterdir())) == 3
        with pytest.raises(UsageError, match="exists"):
            _copy(desk, found, place / "a-file")


def test_what_is_forgotten_waits_for_a_backup_that_runs(place):
    """Bytes that a backup names and has not copied yet must still be there."""
    with desk_at(place) as desk:
        close(worked(desk, place))
        done = threading.Event()

        def purge():
            desk.forget(before=NOW, dry_run=False)
            done.set()
            store.hang_up()

        with store.alone(place / "data", store.BACKUP_LOCK):
            purging = threading.Thread(target=purge)
            purging.start()
            assert not done.wait(0.5)
        purging.join(60)
        assert done.is_set()
