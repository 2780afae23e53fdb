"""A desk over a real store, inbox and case; only the reading of a document is stood in for."""

import hashlib
import os
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import store
from pipeline.desk import Clock, StoreBusy, open_desk, restore
from pipeline.errors import EXPLANATIONS, MissingToolError, ProblemCode, UsageError
from pipeline.values.letter import Document, DocumentStatus, Finding, Letter, LetterKind, Problem, ReviewNote
from pipeline.values.limits import Limits
from pipeline.values.task import TaskState

DAY = date(2026, 11, 24)


def finding(value: str) -> Finding:
    return Finding(value=value, text=value, page=1, boxes=(), confidence=1.0, rule="test")


class Reader:
    """A text is the claim number of a letter; a few words make it misbehave."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.error: BaseException | None = None
        self.before = lambda: None

    def run(
        self, path: Path, *, file_name: str, practice_path: Path | None, unpack: Path | None = None,
        password: str | None = None,
    ) -> Document:  # fmt: skip
        text = path.read_text()
        self.read.append(text)
        self.before()
        if self.error:
            raise self.error
        document_id = hashlib.sha256(text.encode()).hexdigest()
        if text.startswith("locked"):
            message, advice = EXPLANATIONS[ProblemCode.ENCRYPTED]
            problem = Problem(code=ProblemCode.ENCRYPTED, message=message, advice=advice)
            return Document(
                file_name=file_name, document_id=document_id, status=DocumentStatus.QUARANTINED, problem=problem,
                versions={},
            )  # fmt: skip
        letter = Letter(
            letter_id=f"{document_id}-1", pages=(1,), kind=LetterKind.DENIAL, kind_confidence=1.0,
            payer=finding("Example Health"), claim_number=finding(text.split()[0]), member_id=finding("M1"),
            letter_date=finding("2026-11-01"),
            needs_review=(ReviewNote(field="payer", why="look"),) if "unsure" in text else (),
        )  # fmt: skip
        return Document(
            file_name=file_name, document_id=document_id, status=DocumentStatus.READ, letters=(letter,), versions={}
        )


@pytest.fixture
def reader():
    return Reader()


@pytest.fixture
def place(tmp_path):
    (tmp_path / "inbox").mkdir()
    yield tmp_path
    store.hang_up()


def desk_at(place: Path, reader: Reader | None = None, **keys):
    keys = {"today": DAY, "settle_seconds": 0.0, **keys}
    return open_desk(place / "data", reader=reader, **keys)


def drop(place: Path, **texts: str) -> None:
    for name, text in texts.items():
        (place / "inbox" / f"{name}.txt").write_text(text)


def batch(desk, place: Path, *, received: date = DAY):
    batch_id = desk.start_batch(place / "inbox", received=received)
    desk.take_in(batch_id)
    outcomes = [desk.process(document_id, batch_id=batch_id) for document_id in desk.queued()]
    return desk.finish_batch(batch_id), sorted(outcomes)


def test_a_batch_from_files_to_tasks_and_a_second_that_changes_nothing(place, reader):
    drop(place, a="CLM1", again="CLM1", b="CLM1 later", c="CLM2 unsure", d="locked")
    with desk_at(place, reader) as desk:
        summary, outcomes = batch(desk, place)
        assert outcomes == ["done", "done", "needs_review", "quarantined"]
        assert (summary.seen, summary.new, summary.duplicates, summary.letters) == (5, 4, 1, 3)
        assert (summary.tasks_created, summary.needs_review, summary.problems) == (2, 1, {"encrypted": 1})
        assert desk.status().balanced
        assert desk.status().seen == 5
        before = desk.tasks()
        assert len(before) == 2
        again, outcomes = batch(desk, place)
        assert (again.seen, again.tasks_created, again.tasks_updated, outcomes) == (0, 0, 0, [])
        assert desk.tasks() == before
    assert len(reader.read) == 4


def test_the_order_of_letters_does_not_matter(place, reader):
    other = place / "other"
    (other / "inbox").mkdir(parents=True)
    with desk_at(place, reader) as desk:
        for text in ("CLM1 first", "CLM1 second", "CLM1 third"):
            drop(place, x=text)
            batch(desk, place)
        one = desk.tasks()
    with desk_at(other, reader) as desk:
        for text in ("CLM1 third", "CLM1 first", "CLM1 second"):
            drop(other, x=text)
            batch(desk, other)
        assert desk.tasks() == one


def test_files_that_wait_are_in_the_law(place, reader):
    drop(place, a="CLM1")
    with desk_at(place, reader) as desk:
        desk.start_batch(place / "inbox", received=DAY)
        drop(place, b="CLM2", junk="x")
        (place / "inbox" / "junk.txt").rename(place / "inbox" / ".DS_Store")
        counts = desk.status()
        assert (counts.seen, counts.in_inbox, counts.balanced) == (2, 2, True)


def test_an_inbox_that_may_not_be_written_to_works(place, reader, monkeypatch):
    drop(place, a="CLM1", b="CLM1 again")
    os.link(place / "inbox" / "a.txt", place / "inbox" / "hard.txt")
    monkeypatch.setattr("pipeline.inbox.intake.move", lambda inbox, found, to: None)
    monkeypatch.setattr("pipeline.inbox.intake.writable", lambda inbox: False)
    with desk_at(place, reader) as desk:
        first, _ = batch(desk, place)
        assert (first.new, first.quarantined) == (3, 2)  # both names of the hard-linked file are refused
        second, _ = batch(desk, place)
        assert (second.seen, second.new, second.duplicates) == (3, 0, 3)
        os.utime(place / "inbox" / "b.txt", ns=(1, 1))  # the same bytes, touched: read again, but no new file
        third, _ = batch(desk, place)
        assert (third.seen, third.new, third.duplicates) == (3, 0, 3)
        counts = desk.status()
        assert (counts.seen, counts.in_inbox, counts.balanced) == (3, 0, True)
        drop(place, b="CLM3 another letter under an old name")
        assert desk.status().in_inbox == 1
        fourth, _ = batch(desk, place)
        assert (fourth.new, desk.status().seen, desk.status().balanced) == (1, 4, True)


def test_a_full_disk_leaves_the_files_and_says_so(place, reader):
    drop(place, a="CLM1", b="CLM2")
    with desk_at(place, reader, free_space_floor=1 << 60) as desk:
        summary, _ = batch(desk, place)
        assert summary.problems == {"disk_full": 2}
        assert (desk.status().in_inbox, desk.status().balanced) == (2, True)
    with desk_at(place, reader) as desk:
        assert batch(desk, place)[0].new == 2


def test_a_file_over_the_limit_is_set_aside(place, reader):
    drop(place, big="x" * 100, good="CLM1")
    with desk_at(place, reader, limits=Limits(max_bytes=50)) as desk:
        summary, outcomes = batch(desk, place)
    assert (summary.problems, outcomes) == ({"too_large": 1}, ["done"])


def test_what_a_missing_tool_stopped_is_queued_again_without_blame(place, reader):
    drop(place, a="CLM1")
    with desk_at(place, reader) as desk:
        batch_id = desk.start_batch(place / "inbox", received=DAY)
        (document_id,) = desk.take_in(batch_id)
        reader.error = MissingToolError("tesseract", why="not found", advice="install it")
        for _ in range(5):
            with pytest.raises(MissingToolError):
                desk.process(document_id)
            assert desk.queued() == (document_id,)


def test_an_error_that_only_a_document_makes_is_its_own_fault(place, reader):
    drop(place, a="CLM1", b="CLM2")
    with desk_at(place, reader) as desk:
        batch_id = desk.start_batch(place / "inbox", received=DAY)
        document_id, other = desk.take_in(batch_id)
        reader.error = ValueError("text of a letter")
        for _ in range(3):
            with pytest.raises(ValueError):
                desk.process(document_id)
        reader.error = None
        assert desk.process(document_id) == "skipped"
        assert desk.process(other) == "done"
        counts = desk.status()
        assert (counts.quarantined, counts.done, counts.balanced) == (1, 1, True)
        desk.retry(document_id)
        assert desk.process(document_id) == "done"


def test_a_busy_store_at_the_save_can_be_tried_again(place, reader, monkeypatch):
    drop(place, a="CLM1")
    with desk_at(place, reader) as desk:
        (document_id,) = desk.take_in(desk.start_batch(place / "inbox", received=DAY))

        def busy(*_: object, **__: object) -> None:
            raise StoreBusy("the database", why="locked", advice="again")

        with monkeypatch.context() as patch:
            patch.setattr(store, "save", busy, raising=False)
            patch.setattr(store, "release", busy, raising=False)
            with pytest.raises(StoreBusy):
                desk.process(document_id)
        assert desk.status().working == 1
        assert desk.process(document_id) == "done"


def test_two_desks_do_not_take_one_document_twice(place, reader):
    drop(place, a="CLM1")
    inside, go_on = threading.Event(), threading.Event()
    reader.before = lambda: (inside.set(), go_on.wait(10))
    with desk_at(place, reader) as desk, desk_at(place, reader) as other:
        (document_id,) = desk.take_in(desk.start_batch(place / "inbox", received=DAY))
        outcome: list[str] = []

        def work() -> None:
            outcome.append(desk.process(document_id))
            store.hang_up()

        worker = threading.Thread(target=work)
        worker.start()
        assert inside.wait(10)
        assert desk.process(document_id) == "skipped"
        assert other.process(document_id) == "skipped"
        other.sweep()
        assert other.status().working == 1
        go_on.set()
        worker.join()
        assert outcome == ["done"]


def test_a_late_result_after_the_lease_ran_out_is_dropped(place, reader):
    drop(place, a="CLM1")
    now = [datetime(2026, 11, 24, tzinfo=UTC)]
    clock = Clock(now=lambda: now[0])
    with desk_at(place, reader, clock=clock) as desk, desk_at(place, Reader(), clock=clock) as other:
        (document_id,) = desk.take_in(desk.start_batch(place / "inbox", received=DAY))
        results = []

        def overtake() -> None:
            now[0] += timedelta(hours=1)  # as after a machine that slept
            results.append(other.process(document_id))

        reader.before = overtake
        results.append(desk.process(document_id))
        assert results == ["done", "lease_lost"]
        assert len(desk.tasks()) == 1


def test_what_a_killed_process_had_in_hand_is_done_by_the_next_at_once(place, reader):
    drop(place, a="CLM1")
    if (child := os.fork()) == 0:
        with desk_at(place, reader) as desk:
            batch_id = desk.start_batch(place / "inbox", received=DAY)
            (document_id,) = desk.take_in(batch_id)
            reader.before = lambda: os._exit(9)
            desk.process(document_id)
    os.waitpid(child, 0)
    with desk_at(place, Reader()) as desk:
        assert desk.status().queued == 1
        assert batch(desk, place)[1] == ["done"]
        assert not list((place / "data" / "tmp").glob("intake-*"))
    with desk_at(place):
        assert len(list((place / "data" / "tmp" / "owners").iterdir())) == 1, "dead owners are cleared away"


def test_reprocessing_changes_nothing_by_itself_and_keeps_what_people_did(place, reader):
    drop(place, a="CLM1", b="CLM2")
    with desk_at(place, reader) as desk:
        batch(desk, place)
        task = desk.tasks()[0]
        desk.change_task(task.task_id, by="dana", version=0, state=TaskState.SENT, assignee="Dana")
        desk.decide(task.letter_id, field="member_id", value="M2", by="dana", reason="typo")
        before = desk.tasks()
        batch_id = desk.start_batch(place / "inbox", received=DAY)
        ids = desk.reprocess()
        assert len(ids) == 2
        assert desk.status().balanced
        assert [desk.process(document_id, batch_id=batch_id) for document_id in ids] == ["done", "done"]
        summary = desk.finish_batch(batch_id)
        assert (summary.tasks_created, summary.tasks_updated, summary.letters) == (0, 0, 2)
        assert desk.tasks() == before
        assert {t.assignee for t in desk.tasks()} == {"Dana", None}


def test_the_inbox_must_not_be_the_data_folder(place, reader):
    with desk_at(place, reader) as desk:
        for wrong in (place, place / "data", place / "data" / "tmp"):
            with pytest.raises(UsageError, match="data folder"):
                desk.start_batch(wrong, received=DAY)


def test_backup_and_restore(place, reader):
    drop(place, a="CLM1", b="locked")
    with desk_at(place, reader) as desk:
        batch(desk, place)
        desk.backup(place / "copy.tar")
        tasks, documents = desk.tasks(), desk.documents()
    restore(place / "copy.tar", data=place / "new")
    with open_desk(place / "new", today=DAY) as desk:
        assert (desk.tasks(), desk.documents()) == (tasks, documents)
        assert desk.status().balanced


def test_what_a_killed_backup_left_is_cleared_away(place):
    with desk_at(place):
        pass
    (place / "data" / "tmp" / "backup-x").mkdir()
    (place / "data" / "tmp" / "backup-x" / "database.sqlite3").write_text("CANARY")
    (place / "data" / "tmp" / "intake-x").write_text("CANARY")
    with desk_at(place):
        assert [path.name for path in (place / "data" / "tmp").iterdir()] == ["owners"]


def test_no_file_name_and_no_text_is_logged(place, reader, caplog):
    drop(place, **{"Jane Canary": "CANARY-1", "bad Canary": "locked CANARY"})
    caplog.set_level("DEBUG")
    with desk_at(place, reader) as desk:
        batch(desk, place)
    assert caplog.records
    assert "canary" not in caplog.text.lower()
