"""kill -9 of the whole process group at ten random moments: the queue is that of an undisturbed run."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

LETTERS = Path(__file__).parents[2] / "sample_letters" / "letters"
AS_OF = "2026-11-24"
KILLS = 10


def denials(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "pipeline", *arguments, "--as-of", AS_OF, "--json"]


def run(place: Path, *flags: str) -> dict[str, object]:
    command = denials("run", "--inbox", str(place / "inbox"), "--data", str(place / "data"), *flags)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def queue(place: Path) -> list[dict[str, object]]:
    done = subprocess.run(denials("tasks", "--data", str(place / "data")), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def law(place: Path) -> dict[str, int]:
    done = subprocess.run(denials("status", "--data", str(place / "data")), capture_output=True, text=True, check=False)
    return json.loads(done.stdout)


def fill(inbox: Path) -> None:
    """A dozen letters of every medium: enough for a batch of several seconds, small enough for ten of them."""
    inbox.mkdir(parents=True)
    chosen = sorted(LETTERS.iterdir())
    by_suffix = [
        p for suffix in sorted({p.suffix for p in chosen}) for p in [q for q in chosen if q.suffix == suffix][:4]
    ]
    for path in by_suffix:
        shutil.copy(path, inbox)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_ten_kills_lose_nothing_and_double_nothing(tmp_path):
    fill(tmp_path / "calm" / "inbox")
    start = time.monotonic()
    run(tmp_path / "calm", "--direct")
    length = time.monotonic() - start
    wanted = queue(tmp_path / "calm")
    assert wanted, "the sample letters make tasks"

    place = tmp_path / "killed"
    fill(place / "inbox")
    files = len(list((place / "inbox").iterdir()))
    rng = random.Random(int(os.environ.get("KILL_SEED", "2026")))  # noqa: S311 - not for secrets
    moments = []
    for _ in range(KILLS):
        moment = rng.uniform(0.3, max(1.0, length * 0.7))
        moments.append(round(moment, 2))
        batch = subprocess.Popen(
            denials("run", "--inbox", str(place / "inbox"), "--data", str(place / "data"), "--direct"),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(moment)
        if batch.poll() is None:
            os.killpg(batch.pid, signal.SIGKILL)
        batch.wait()
    run(place, "--direct")
    assert queue(place) == wanted, f"killed after {moments} s"
    counts = law(place)
    assert counts["balanced"]
    assert counts["seen"] == files
    assert counts["queued"] == counts["working"] == counts["in_inbox"] == 0
    again = run(place, "--direct")
    assert again["tasks_created"] == again["tasks_updated"] == 0
