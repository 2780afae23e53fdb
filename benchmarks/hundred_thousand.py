"""`python -m benchmarks.hundred_thousand [--documents N]`: a batch with nothing new over a store that is full.

The store is one real batch over some sample letters, whose documents, letters, cases and tasks are then copied by SQL
under other ids until there are as many as asked for. Nineteen of twenty copies have their tasks closed and were taken
in a year ago, as in a store of some years; the rest came lately. Printed: seconds of `run --direct` with nothing new on
the same day and on later ones, and of `status`.
"""

import argparse
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from benchmarks.sheets import LETTERS
from pipeline.store.setup import DATABASE

_OPEN_ONE_IN = 20


def main() -> None:
    """Make the store, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    wanted = parser.parse_args().documents
    with tempfile.TemporaryDirectory(prefix="denials-bench-") as place:
        inbox, data = Path(place) / "inbox", Path(place) / "data"
        inbox.mkdir()
        for path in sorted(LETTERS.glob("claim-*")):
            shutil.copy(path, inbox)
        run = ("run", "--inbox", str(inbox), "--data", str(data), "--direct")
        _denials(*run)
        documents = multiplied(data, wanted)
        print("| with so many documents in the store | seconds |\n| --- | --- |")
        print(f"| {documents:,}: batch with nothing new, the same day | {_denials(*run):.1f} |", flush=True)
        for days, told in ((1, "the next day"), (2, "the day after"), (9, "a week later")):
            day = date.today() + timedelta(days=days)
            seconds = _denials(*run, "--as-of", day.isoformat())
            print(f"| {documents:,}: batch with nothing new, {told} | {seconds:.1f} |", flush=True)
        print(f"| {documents:,}: status | {_denials('status', '--data', str(data)):.1f} |")


def _denials(*arguments: str) -> float:
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments, "--json"], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(f"denials {arguments[0]} failed: {done.stderr.strip()[-300:]}")
    return time.monotonic() - start


def multiplied(data: Path, wanted: int, *, open_one_in: int = _OPEN_ONE_IN) -> int:
    """Copies what is in the store under other ids; the number of documents then. Of so many tasks one stays open."""
    with sqlite3.connect(data / DATABASE) as store:
        (there,) = store.execute("SELECT count(*) FROM store_document").fetchone()
        for copy in range(1, -(-wanted // there)):
            _copied(store, copy, closed=bool(copy % open_one_in))
        (there,) = store.execute("SELECT count(*) FROM store_document").fetchone()
        for (name,) in store.execute("SELECT document_id FROM store_document"):
            blob = data / "store" / name[:2] / name
            blob.parent.mkdir(exist_ok=True)
            blob.touch()
    return int(there)


def _copied(store: sqlite3.Connection, copy: int, *, closed: bool) -> None:
    new_id = f"printf('%06x', {copy}) || substr(%s, 7)"
    changed = {
        "document_id": new_id, "letter_id": new_id, "case_id": f"'{copy}-' || %s", "task_id": f"'{copy}-' || %s",
        "person_state": "'closed'" if closed else "%s", "finished": "1" if closed else "%s", "subject": new_id,
        "left": "0", "id": "NULL",
    }  # fmt: skip
    for table, key in (
        ("document", "document_id"), ("letter", "letter_id"), ("case", "case_id"), ("caseletter", "id"),
        ("task", "task_id"), ("taskline", "task_id"), ("letterline", "letter_id"),
        ("receipt", "id"), ("outcome", "id"), ("audit", "id"),
    ):  # fmt: skip
        _copy_rows(store, f"store_{table}", key, changed, first=copy == 1)


_ORIGINALS: dict[str, int] = {}


def _copy_rows(store: sqlite3.Connection, table: str, key: str, changed: dict[str, str], *, first: bool) -> None:
    if first:
        (_ORIGINALS[table],) = store.execute(f'SELECT max(rowid) FROM "{table}"').fetchone()  # noqa: S608
    columns = [row[1] for row in store.execute(f'PRAGMA table_info("{table}")')]
    values = [changed[c].replace("%s", f'"{c}"') if c in changed else f'"{c}"' for c in columns]
    names = ", ".join(f'"{c}"' for c in columns)
    store.execute(
        f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)} FROM "{table}" WHERE rowid <= ?',  # noqa: S608
        (_ORIGINALS[table],),
    )


if __name__ == "__main__":
    main()
