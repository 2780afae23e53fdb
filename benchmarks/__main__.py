"""`python -m benchmarks [--runs N]`: letters a minute, and where the time goes, as Markdown."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.stages import stages

LETTERS = Path(__file__).parents[1] / "sample_letters" / "letters"


def batch(*flags: str) -> dict[str, float]:
    """One batch over a fresh copy of the sample letters: wall-clock seconds and letters."""
    with tempfile.TemporaryDirectory(prefix="denials-bench-") as place:
        inbox, data = Path(place) / "inbox", Path(place) / "data"
        shutil.copytree(LETTERS, inbox)
        command = [
            sys.executable,
            "-m",
            "pipeline",
            "run",
            "--inbox",
            str(inbox),
            "--data",
            str(data),
            "--json",
            *flags,
        ]
        start = time.monotonic()
        first = subprocess.run(command, capture_output=True, text=True, check=False)
        wall = time.monotonic() - start
        if first.returncode not in (0, 1):
            sys.exit(f"benchmarks: the batch failed (exit {first.returncode}): {first.stderr.strip()[-300:]}")
        start = time.monotonic()
        again = subprocess.run(command, capture_output=True, text=True, check=False)
        second = time.monotonic() - start
    summary, repeat = json.loads(first.stdout), json.loads(again.stdout)
    return {
        "seconds": wall,
        "again": second,
        "letters": summary["letters"],
        "pages": summary["pages"],
        "ocr_pages": summary["ocr_pages"],
        "tasks": summary["tasks_created"],
        "tasks_again": repeat["tasks_created"],
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, medians of {runs} runs\n")
    print("| batch over the sample letters | seconds | letters a minute | second run, s | tasks, then new ones |")
    print("| --- | --- | --- | --- | --- |")
    walls = {}
    for name, flags in (
        ("with Prefect", ()),
        ("--direct", ("--direct",)),
        ("--direct --jobs 1", ("--direct", "--jobs", "1")),
    ):
        taken = [batch(*flags) for _ in range(runs)]
        walls[name] = wall = statistics.median(t["seconds"] for t in taken)
        again = statistics.median(t["again"] for t in taken)
        last = taken[-1]
        rate = 60 * last["letters"] / wall
        print(f"| {name} | {wall:.1f} | {rate:.0f} | {again:.1f} | {last['tasks']}, {last['tasks_again']} |")
    share = 1 - walls["--direct"] / walls["with Prefect"]
    print(f"\n{last['letters']} letters, {last['pages']} pages of which {last['ocr_pages']} by OCR.")
    print(f"Prefect's share of the batch: {share:.0%}, {walls['with Prefect'] - walls['--direct']:.1f} s.\n")
    print("| stage, one process, one thread | seconds | share |")
    print("| --- | --- | --- |")
    measured = [stages(LETTERS) for _ in range(runs)]
    names = list(measured[0])
    medians = {name: statistics.median(m[name] for m in measured) for name in names}
    for name, seconds in medians.items():
        print(f"| {name} | {seconds:.2f} | {seconds / sum(medians.values()):.0%} |")


main()
