"""kill -9, EIO and ENOSPC at each step that makes something last: nothing lost, nothing doubled, the law holds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DRIVER = Path(__file__).with_name("kill_steps.py")
FILES = 6


def faults(work: Path, kind: str, *, stride: int) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, str(DRIVER), str(work), kind, str(stride)],
        capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    assert done.returncode == 0
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("kind", "stride", "least"), [("kill", 1, 60), ("EIO", 2, 15), ("ENOSPC", 2, 15)])
def test_every_step_is_a_safe_place_to_stop(tmp_path, kind, stride, least):
    calm, *struck = faults(tmp_path, kind, stride=stride)
    assert calm["status"] == {
        "seen": FILES, "queued": 0, "working": 0, "needs_review": 0, "done": 4, "quarantined": 2, "in_inbox": 0,
        "balanced": True,
    }  # fmt: skip
    assert len(calm["tasks"]) == 2  # two claims; the letters of one are one case
    assert len(struck) >= least, "the batch has fewer steps than it had: is the driver still counting?"
    begun = False
    for run in struck:
        assert run["found"]["balanced"], run["at"]
        begun = begun or run["found"]["seen"] == FILES  # before the first batch is written down no inbox is known
        assert run["found"]["seen"] == (FILES if begun else 0), run["at"]
        for what in ("status", "tasks", "documents", "blobs", "temps", "inbox"):
            assert run[what] == calm[what], f"{what} after {kind} at step {run['at']}"
