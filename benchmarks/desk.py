"""`python -m benchmarks.desk [--letters N] [--tasks N] [--rounds N]`: how fast the review desk answers when it is full.

The store is one real batch over some sample letters, copied by SQL under other ids; the desk is the real command, asked
over HTTP by one visitor who is signed in. Printed: median and 95th percentile, in milliseconds, of a page of the
worklist (plain, filtered, searched, far down), a letter, a saved decision and a page image that was drawn before; and
the processor time that the server takes for each, which a busy machine changes less.
"""

import argparse
import http.client
import os
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path

from benchmarks.hundred_thousand import multiplied
from benchmarks.sheets import LETTERS
from pipeline.store.setup import DATABASE

_PASSWORD = "a password of the benchmark"  # noqa: S105 - of a throw-away desk
_DAY = "2026-03-10"


class Visitor:
    """Somebody who is signed in, over one connection that is kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str) -> tuple[str, float]:
        """The answer's text, and the seconds it took."""
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items()), **headers}
        body = None
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode({"csrfmiddlewaretoken": self._cookies.get("csrftoken", ""), **form})
        start = time.perf_counter()
        self._connection.request("GET" if form is None else "POST", path, body=body, headers=sent)
        answer = self._connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        seconds = time.perf_counter() - start
        if answer.status >= 400:
            sys.exit(f"{path}: {answer.status} {text[-300:]}")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = cookie.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        return text, seconds

    def welcome(self, link: str) -> None:
        """Choose a password by the one-time link."""
        path = urllib.parse.urlsplit(link).path
        self.ask(path)
        path = path.rsplit("/", 2)[0] + "/set-password/"
        self.ask(path)
        self.ask(path, {"new_password1": _PASSWORD, "new_password2": _PASSWORD})


def main() -> None:
    """Make the store, serve it, ask and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="denials-bench-") as place:
        data = Path(place) / "data"
        real = _filled(Path(place), data, letters=wanted.letters, tasks=wanted.tasks)
        with sqlite3.connect(data / DATABASE) as store:
            (tasks,) = store.execute("SELECT count(*) FROM store_taskline WHERE NOT finished").fetchone()
            (letters,) = store.execute("SELECT count(*) FROM store_letter").fetchone()
            ids = [row[0] for row in store.execute("SELECT letter_id FROM store_letter ORDER BY random() LIMIT 200")]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "pipeline", "review", "--data", str(data), "--port", str(port)]
        server = subprocess.Popen([*command, "--as-of", _DAY], stderr=subprocess.PIPE, text=True)
        try:
            told = ""
            while "Review page" not in told:
                told += server.stderr.readline() if server.stderr else ""
            visitor = Visitor(port)
            visitor.welcome(re.findall(r"http\S+/welcome/\S+", told)[0])
            print(f"| {tasks:,} open tasks, {letters:,} letters | median ms | p95 ms | processor ms |")
            print("| --- | --- | --- | --- |")
            for name, asked in _questions(visitor, ids, real, tasks).items():
                before = _processor(server.pid)
                seconds = [asked(number) for number in range(wanted.rounds)]
                spent = (_processor(server.pid) - before) / wanted.rounds
                p95 = sorted(seconds)[max(0, round(0.95 * len(seconds)) - 1)]
                told = (statistics.median(seconds), p95, spent)
                print(f"| {name} | {' | '.join(f'{1000 * value:.0f}' for value in told)} |", flush=True)
        finally:
            server.terminate()
            server.wait(60)


def _filled(place: Path, data: Path, *, letters: int, tasks: int) -> str:
    """The store; the id of a letter whose file is really there."""
    inbox = place / "inbox"
    inbox.mkdir()
    for path in sorted(LETTERS.glob("claim-*.pdf")):
        shutil.copy(path, inbox)
    run = [sys.executable, "-m", "pipeline", "run", "--direct", "--inbox", str(inbox), "--data", str(data)]
    subprocess.run([*run, "--as-of", _DAY], capture_output=True, check=False)
    with sqlite3.connect(data / DATABASE) as store:
        (real,) = store.execute("SELECT letter_id FROM store_letter ORDER BY rowid LIMIT 1").fetchone()
    multiplied(data, letters, open_one_in=1)
    with sqlite3.connect(data / DATABASE) as store:
        (there,) = store.execute("SELECT count(*) FROM store_task").fetchone()
        for copy in range(1, -(-tasks // there)):
            for table, key in (("case", "case_id"), ("task", "task_id"), ("taskline", "task_id")):
                columns = [row[1] for row in store.execute(f"PRAGMA table_info(store_{table})")]
                values = [f"'{copy}_' || {c}" if c in ("task_id", "case_id") else f'"{c}"' for c in columns]
                store.execute(
                    f"INSERT INTO store_{table} SELECT {', '.join(values)} FROM store_{table} "  # noqa: S608
                    f"WHERE instr({key}, '_') = 0"
                )
        store.execute("UPDATE store_letter SET content = json_set(content, '$.letter_id', letter_id)")
        store.execute("UPDATE store_task SET content = json_set(content, '$.task_id', task_id, '$.case_id', case_id)")
    return str(real)


def _questions(visitor: Visitor, ids: list[str], real: str, tasks: int) -> dict[str, Callable[[int], float]]:
    """What is asked the how-manieth time, and the seconds that the answer took."""
    picture = f"/letter/{real}/page/1/"
    for path in ("/", picture, f"/letter/{real}/"):
        visitor.ask(path)  # what is loaded once

    def save(number: int) -> float:
        letter_id = ids[number % len(ids)]
        text, _ = visitor.ask(f"/letter/{letter_id}/")
        version = re.findall(r'data-version="(\d+)"', text)[0]
        form = {"version": version, "act": "set", "value": f"G-{number}"}
        return visitor.ask(f"/letter/{letter_id}/field/group_number/", form, **{"HX-Request": "true"})[1]

    return {
        "save of a decision (processor: with its letter)": save,
        "worklist": lambda number: visitor.ask("/")[1],
        "worklist, filtered by payer and week": lambda number: visitor.ask("/?window=week&payer=Aetna")[1],
        "worklist, searched": lambda number: visitor.ask(f"/?search=claim+{number}")[1],
        "worklist, three quarters down": lambda number: visitor.ask(f"/?start={tasks * 3 // 4 + number}")[1],
        "letter": lambda number: visitor.ask(f"/letter/{ids[number % len(ids)]}/")[1],
        "page image drawn before": lambda number: visitor.ask(picture)[1],
    }


def _processor(pid: int) -> float:
    """The seconds of processor time that a process took so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
