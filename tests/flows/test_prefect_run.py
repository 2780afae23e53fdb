"""A batch under Prefect: a real temporary server, the same queue as without it, and a terminal left clean."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

LETTER = """\
Example Health Plan
March 3, 2026

Member: Jane {name}
Member ID: W12345678{number}
Claim number: 26-000{number}

We have denied your request for onabotulinumtoxinA (J0585) because it is not medically necessary.
You may appeal within 180 days of the date of this letter.
"""
DAY = "2026-03-10"


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "pipeline", *map(str, arguments)]


def denials(*arguments: object, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DENIALS_", "PREFECT_"))}
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, env=kept | environ, check=False, timeout=250
    )


def fill(inbox: Path, count: int = 3) -> Path:
    inbox.mkdir(parents=True)
    for number in range(count):
        (inbox / f"scan_{number}.txt").write_text(LETTER.format(name="Alpha", number=number))
    return inbox


def queue(data: Path) -> list[dict[str, Any]]:
    return json.loads(denials("tasks", "--data", data, "--as-of", DAY, "--json").stdout)


def rows(data: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"file:{data / 'prefect' / 'prefect.db'}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A data folder after one batch under Prefect, and how that ended. The environment holds traps."""
    place = tmp_path_factory.mktemp("batch")
    inbox = fill(place / "in")
    traps = {
        "PREFECT_API_URL": "http://192.0.2.1/api",
        "PREFECT_API_KEY": "pnu_x",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "",
    }
    done = denials("run", "--inbox", inbox, "--data", place / "data", "--as-of", DAY, "--json", **traps)
    return place / "data", done


@pytest.mark.slow
@pytest.mark.xdist_group("prefect")
class TestUnderPrefect:
    def test_it_ends_well_and_says_only_its_summary(self, batch):
        _, done = batch
        assert done.returncode in (0, 1)
        assert done.stderr == ""
        summary = json.loads(done.stdout)
        assert (summary["seen"], summary["new"], summary["letters"]) == (3, 3, 3)
        assert summary["tasks_created"] == 3

    def test_the_queue_is_that_of_a_direct_run(self, batch, tmp_path):
        data, _ = batch
        inbox = fill(tmp_path / "in")
        denials("run", "--inbox", inbox, "--data", tmp_path / "data", "--as-of", DAY, "--direct")
        assert queue(data) == queue(tmp_path / "data")
        assert len(queue(data)) == 3

    def test_one_flow_run_and_one_task_a_document(self, batch):
        data, _ = batch
        assert rows(data, "select state_type, parameters from flow_run") == [("COMPLETED", "{}")]
        names = [name.rpartition("-")[0] for (name,) in rows(data, "select name from task_run")]
        assert sorted(names) == ["process-document"] * 3 + ["take-in"]

    def test_the_artifact_holds_counts_only(self, batch):
        data, _ = batch
        ((key, content),) = rows(data, "select key, data from artifact")
        assert key == "inbox-batch"
        table = json.loads(json.loads(content)) if content.startswith('"') else json.loads(content)
        assert {row["count"]: row["value"] for row in table}["letters"] == 3
        assert all(isinstance(row["value"], int | float) for row in table)

    def test_nothing_is_left_running_or_readable_by_others(self, batch):
        data, _ = batch
        running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        assert "flows.server_process" not in running or str(data) not in running
        open_to_others = [p for p in data.rglob("*") if p.stat().st_mode & 0o077]
        assert open_to_others == []
        assert not (data / "prefect" / "storage").exists() or not any((data / "prefect" / "storage").iterdir())

    def test_a_second_run_makes_nothing_new(self, batch):
        data, _ = batch
        done = denials("run", "--inbox", data.parent / "in", "--data", data, "--as-of", DAY, "--json")
        summary = json.loads(done.stdout)
        assert summary["tasks_created"] == summary["tasks_updated"] == summary["new"] == 0
        assert done.stderr == ""

    def test_a_run_left_running_by_a_power_cut_blocks_nothing(self, batch):
        data, _ = batch
        connection = sqlite3.connect(data / "prefect" / "prefect.db")
        connection.execute("update flow_run set state_type = 'RUNNING', state_name = 'Running' where 1")
        connection.commit()
        connection.close()
        (data.parent / "in" / "late.txt").write_text(LETTER.format(name="Late", number=9))
        done = denials("run", "--inbox", data.parent / "in", "--data", data, "--as-of", DAY, "--json")
        assert json.loads(done.stdout)["tasks_created"] == 1
        states = [state for (state,) in rows(data, "select state_type from flow_run")]
        assert "RUNNING" not in states
        assert "CRASHED" in states


def wait_for(condition: Any, *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.1)


def servers(data: Path) -> list[int]:
    """The processes whose working folder is Prefect's home below ``data``."""
    home = (data / "prefect").resolve()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").resolve() == home:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


@pytest.mark.slow
@pytest.mark.xdist_group("prefect")
def test_a_killed_batch_leaves_no_server_and_the_next_does_the_work(tmp_path):
    data, inbox = tmp_path / "data", fill(tmp_path / "in")
    first = subprocess.Popen(
        command("run", "--inbox", inbox, "--data", data, "--as-of", DAY, "--json"),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    wait_for(lambda: servers(data), seconds=60)
    time.sleep(2)
    first.kill()
    first.wait()
    wait_for(lambda: not servers(data), seconds=30)
    done = denials("run", "--inbox", inbox, "--data", data, "--as-of", DAY, "--json")
    assert done.returncode in (0, 1), done.stderr
    assert len(queue(data)) == 3


@pytest.mark.slow
@pytest.mark.xdist_group("prefect")
def test_ctrl_c_finishes_what_is_in_hand_and_loses_nothing(tmp_path):
    data, inbox = tmp_path / "data", fill(tmp_path / "in", count=60)
    process = subprocess.Popen(
        command("run", "--inbox", inbox, "--data", data, "--as-of", DAY, "--jobs", "1"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    database = data / "denials.sqlite3"

    def some_done() -> bool:
        if not database.exists():
            return False
        counts = json.loads(denials("status", "--data", data, "--json").stdout)
        return counts["done"] + counts["needs_review"] > 1

    wait_for(some_done, seconds=90)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    counts = json.loads(denials("status", "--data", data, "--json").stdout)
    assert counts["balanced"]
    assert counts["seen"] == 60
    assert counts["working"] == 0
    assert servers(data) == []


@pytest.mark.slow
@pytest.mark.xdist_group("prefect")
def test_a_prefect_that_cannot_start_is_one_line_and_three(tmp_path):
    data, inbox = tmp_path / "data", fill(tmp_path / "in")
    (data / "prefect").mkdir(parents=True, mode=0o700)
    data.chmod(0o700)
    (data / "prefect" / "prefect.db").write_text("no database")
    done = denials("run", "--inbox", inbox, "--data", data, "--as-of", DAY)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "--direct" in done.stderr
    assert denials("run", "--inbox", inbox, "--data", data, "--as-of", DAY, "--direct").returncode in (0, 1)
    assert len(queue(data)) == 3


@pytest.mark.slow
@pytest.mark.xdist_group("prefect")
def test_a_schedule_works_the_inbox_by_itself_and_shares_its_server(tmp_path):
    data, inbox = tmp_path / "data", fill(tmp_path / "in")
    process = subprocess.Popen(
        command("schedule", "--cron", "* * * * *", "--timezone", "America/New_York", "--inbox", inbox, "--data", data),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(lambda: (data / "prefect" / "server.json").exists(), seconds=90)
        wait_for(lambda: not [p for p in inbox.glob("*.txt")], seconds=150)
        beside = denials("run", "--inbox", inbox, "--data", data, "--as-of", DAY, "--json")
        assert beside.returncode in (0, 1), beside.stderr
        wait_for(lambda: len(queue(data)) == 3, seconds=60)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            _, err = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert "Traceback" not in err
    assert servers(data) == []
    ((active,),) = rows(data, "select active from deployment_schedule")
    assert active, "a stop does not pause the schedule"
