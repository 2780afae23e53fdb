"""`python -m benchmarks.memory [FOLDER] [--copies N]`: the most memory that each process of a batch ever had resident.

A real batch, `run --direct`, over FOLDER (the sample letters without it), N times over where asked; its processes are
looked at twenty times a second. Resident counts what a child shares with the template that it was forked from. Exit
code 1 where the parent had 300 MB or a child 700 MB.
"""

import argparse
import contextlib
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.sheets import LETTERS

_PARENT_MB, _CHILD_MB = 300.0, 700.0
_PAUSE = 0.05
_PROC = Path("/proc")


def main() -> int:
    """Run the batch, look at it, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=LETTERS)
    parser.add_argument("--copies", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="denials-bench-") as place:
        inbox = Path(place) / "inbox"
        for copy in range(options.copies):
            _fill(inbox / str(copy), options.folder, copy)
        files = sum(1 for path in inbox.rglob("*") if path.is_file())
        most, children = _watched(inbox, data=Path(place) / "data")
        temp = Path(place) / "data" / "tmp"
        # An owner's lock file has no content and is swept by the next process.
        left = [path.name for path in temp.rglob("*") if path.is_file() and path.parent.name != "owners"]
    print(f"{files} files, {children} child processes; the most that was resident, MB:\n")
    print("| process | MB |\n| --- | --- |")
    for role in ("parent", "template", "child"):
        print(f"| {role} | {most[role]:.0f} |")
    print(f"\nTemp folder afterwards: {left or 'empty'}")
    return 0 if most["parent"] < _PARENT_MB and most["child"] < _CHILD_MB else 1


def _fill(inbox: Path, folder: Path, copy: int) -> None:
    """The files of a folder; further copies differ in a byte behind their end, or they would be known already."""
    inbox.mkdir(parents=True)
    for path in folder.iterdir():
        if path.is_file() and path.suffix != ".json":
            shutil.copy(path, inbox)
            with (inbox / path.name).open("ab") as file:
                file.write(b"\n" * copy)


def _watched(inbox: Path, *, data: Path) -> tuple[dict[str, float], int]:
    """A batch over the inbox: MB at most by role, and how many children there were."""
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "run",
        "--inbox",
        str(inbox),
        "--data",
        str(data),
        "--direct",
        "--json",
    ]
    most = {"parent": 0.0, "template": 0.0, "child": 0.0}
    seen: set[int] = set()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as batch:
        while batch.poll() is None:
            below = _children()
            for template in below.get(batch.pid, ()):
                most["template"] = max(most["template"], _resident(template))
                for child in below.get(template, ()):
                    seen.add(child)
                    most["child"] = max(most["child"], _resident(child))
            most["parent"] = max(most["parent"], _resident(batch.pid))
            time.sleep(_PAUSE)
    if batch.returncode not in (0, 1):
        sys.exit(f"the batch failed (exit {batch.returncode})")
    return most, len(seen)


def _children() -> dict[int, list[int]]:
    """The processes by their parent."""
    below: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):  # it ended meanwhile
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                below.setdefault(parent, []).append(int(entry.name))
    return below


def _resident(process: int) -> float:
    """The most that a process ever had resident, in MB; 0 where it is gone."""
    with contextlib.suppress(OSError):
        for line in (_PROC / str(process) / "status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sys.exit(main())
