"""A batch and what a person does with it afterwards, through the real command line and with no Prefect."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, cast

import pytest

from pipeline.batch import Batch, work_through
from pipeline.desk import Desk, StoreBusy

LETTER = """\
Example Health Plan
March 3, 2026

Member: Jane Roe
Member ID: W12345678{number}
Claim number: 26-000{number}

We have denied your request for onabotulinumtoxinA (J0585) because it is not medically necessary.
You may appeal within 180 days of the date of this letter.
"""
DAY = "2026-03-10"


def denials(data: Path, *arguments: object, code: int | None = 0) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "pipeline", *map(str, arguments), "--data", str(data), "--as-of", DAY]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=250)
    assert code is None or done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def answer(data: Path, *arguments: object, code: int | None = 0) -> Any:
    done = denials(data, *arguments, "--json", code=code)
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after a batch of three good letters and an empty file."""
    place = tmp_path_factory.mktemp("desk")
    inbox = place / "in"
    inbox.mkdir()
    for number in range(3):
        (inbox / f"scan_{number}.txt").write_text(LETTER.format(number=number))
    (inbox / "empty.pdf").write_bytes(b"")
    done = denials(place / "data", "run", "--inbox", inbox, "--direct", "--received", "2026-03-09", code=1)
    assert "Looked at 4 files: 4 new" in done.stdout
    assert "empty 1: There is nothing in the file." in done.stdout
    said = done.stdout.splitlines()
    assert sum("due 2026-08-30, in 173 days: appeal for Jane Roe, Example" in line for line in said) == 3, done.stdout
    assert all(
        word not in done.stdout for word in ("why that date", "of 100:")
    )  # no task whole: denials tasks has them
    commands = [line.split()[1] for line in said[said.index("Next:") + 1 :]]
    assert commands == ["review", "tasks", "status"]
    assert done.stderr == ""
    return place


@pytest.mark.slow
class TestAfterABatch:
    def test_the_queue_is_json_and_words(self, place):
        tasks = answer(place / "data", "tasks")
        assert len(tasks) == 3
        assert {task["received_at"] for task in tasks} == {"2026-03-09"}
        assert tasks == sorted(tasks, key=lambda t: (t["due"] or "9999", -t["priority"], t["task_id"]))
        words = denials(place / "data", "tasks").stdout
        assert words.startswith("3 tasks, most urgent first")

    def test_the_law_holds(self, place):
        counts = answer(place / "data", "status")
        assert counts["balanced"] is True
        assert counts["seen"] == 4
        assert counts["quarantined"] == 1

    def test_a_second_batch_changes_nothing(self, place):
        before = answer(place / "data", "tasks")
        summary = answer(place / "data", "run", "--inbox", place / "in", "--direct")
        assert summary["tasks_created"] == summary["tasks_updated"] == summary["new"] == 0
        assert answer(place / "data", "tasks") == before

    def test_reprocessing_changes_nothing_where_knowledge_is_the_same(self, place):
        before = answer(place / "data", "tasks")
        summary = answer(place / "data", "reprocess", code=None)
        assert (summary["letters"], summary["tasks_created"], summary["tasks_updated"]) == (3, 0, 0)
        one = answer(place / "data", "reprocess", "--letters", before[0]["letter_id"], code=None)
        assert one["seen"] == 1
        assert answer(place / "data", "reprocess", "--since", "2026-03-10")["seen"] == 0
        assert answer(place / "data", "tasks") == before

    @pytest.mark.parametrize(("kind", "files"), [("xlsx", 1), ("csv", 3), ("json", 2)])
    def test_exports_are_there_and_private(self, place, tmp_path, kind, files):
        printed = denials(place / "data", "export", "--format", kind, "--out", tmp_path / "out").stdout.splitlines()
        assert len(printed) >= files
        for path in map(Path, printed):
            assert path.stat().st_size
            assert path.stat().st_mode & 0o077 == 0

    def test_no_gold_is_made_of_letters_that_nobody_checked(self, place, tmp_path):
        refused = denials(place / "data", "export", "--format", "gold", "--out", tmp_path / "out", code=2)
        assert "no letter was checked yet" in refused.stderr
        assert not list(tmp_path.glob("out/*"))

    def test_a_document_that_was_set_aside_can_be_tried_again(self, place):
        quarantined = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # SHA-256 of no bytes
        assert quarantined in denials(place / "data", "status").stdout
        denials(place / "data", "retry", quarantined)
        assert answer(place / "data", "status")["queued"] == 1
        answer(place / "data", "run", "--inbox", place / "in", "--direct", code=1)
        assert answer(place / "data", "status")["quarantined"] == 1

    def test_a_backup_restored_elsewhere_is_the_same(self, place, tmp_path):
        denials(place / "data", "backup", tmp_path / "copy")
        denials(tmp_path / "other", "restore", tmp_path / "copy")
        assert answer(tmp_path / "other", "tasks") == answer(place / "data", "tasks")
        assert denials(place / "data", "restore", tmp_path / "copy", code=2).stderr.count("\n") == 1


@pytest.mark.slow
def test_an_inbox_in_the_data_folder_is_refused(tmp_path):
    data = tmp_path / "data"
    (data / "in").mkdir(parents=True)
    data.chmod(0o700)
    done = denials(data, "run", "--inbox", data / "in", "--direct", code=2)
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
def test_no_tesseract_stops_the_batch_and_keeps_the_letters(tmp_path, monkeypatch):
    inbox, data = tmp_path / "in", tmp_path / "data"
    inbox.mkdir()
    (inbox / "a.txt").write_text(LETTER.format(number=1))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))  # nor does the library find its language
    done = denials(data, "run", "--inbox", inbox, "--direct", code=3)
    assert "Tesseract" in done.stderr
    assert done.stderr.count("\n") == 1
    counts = answer(data, "status")
    assert (counts["seen"], counts["queued"], counts["balanced"]) == (1, 1, True)


class Locked:
    """A desk over a store that stays locked; counts what is asked of it."""

    def __init__(self, asked: list[str]) -> None:
        self.asked = asked

    def process(self, document_id: str, *, batch_id: str | None) -> str:
        self.asked.append(document_id)
        raise StoreBusy("the database", why="it did not answer in time", advice="Run the command again in a moment.")


def batch_over(desk: object) -> Batch:
    return Batch(cast(Desk, desk), start=None, stop=threading.Event(), show=lambda done, total: None)


def test_a_store_that_stays_locked_ends_the_batch_and_is_not_waited_for_once_a_document(monkeypatch):
    monkeypatch.setattr("pipeline.batch.direct._PAUSES", ())
    asked: list[str] = []
    with pytest.raises(StoreBusy):
        work_through(batch_over(Locked(asked)), [str(number) for number in range(500)], jobs=1)
    assert asked == ["0"]


def test_what_the_store_never_let_be_done_is_told_at_the_end_of_a_flow_too():
    batch = batch_over(Locked([]))
    with pytest.raises(StoreBusy):
        batch.process("a")  # as a task of the flow, which goes on without it
    with pytest.raises(StoreBusy):
        batch.settled()
    batch.desk.process = lambda document_id, *, batch_id: "done"  # type: ignore[method-assign]
    assert batch.process("a") == "done"
    batch.settled()
