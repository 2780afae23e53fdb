"""kill -9, EIO and ENOSPC at each step that makes something last: nothing lost, nothing doubled, the law holds."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DRIVER = Path(__file__).with_name("kill_steps.py")
FILES, MEMBERS = 7, 3
"""Files of the inbox, and what one of them holds: a letter, the copy of another, one that cannot be taken out."""


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
        "seen": FILES + MEMBERS, "queued": 0, "working": 0, "needs_review": 0, "done": 7, "quarantined": 3,
        "in_inbox": 0, "balanced": True,
    }  # fmt: skip
    assert len(calm["tasks"]) == 3  # three claims; the letters of one are one case
    assert len(struck) >= least, "the batch has fewer steps than it had: is the driver still counting?"
    begun = False
    for run in struck:
        assert run["found"]["balanced"], run["at"]
        begun = begun or run["found"]["seen"] >= FILES  # before the first batch is written down no inbox is known
        # What a container holds is seen, all of it at once, when the container is saved.
        assert run["found"]["seen"] in ((FILES, FILES + MEMBERS) if begun else (0,)), run["at"]
        for what in ("status", "tasks", "documents", "blobs", "temps", "inbox"):
            assert run[what] == calm[what], f"{what} after {kind} at step {run['at']}"
