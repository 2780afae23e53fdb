"""Runs one small batch many times in forks of itself, each with a fault at another step. Not a test: its driver.

A step is a call that makes something last: fsync, rename, unlink, the copy's write, a commit (before it, and right
after). Prints a JSON object a fault: what the run after it found, and what it ended with.
"""

import errno
import hashlib
import json
import os
import shutil
import signal
import sys
import traceback
from datetime import date
from pathlib import Path

from django.db.backends.sqlite3.base import DatabaseWrapper

from pipeline.desk import StoreBusy, open_desk
from pipeline.errors import DenialsError, ProblemCode
from pipeline.knowledge import load_knowledge
from pipeline.values.contract import to_json
from pipeline.values.letter import Document, DocumentStatus, Finding, Letter, LetterKind, Member, Problem

DAY = date(2026, 11, 24)


class Reader:
    """Stands for the sandbox: a letter for a text, a code for a file that says it is bad."""

    def run(
        self, path: Path, *, file_name: str, practice_path: Path | None, unpack: Path | None = None,
        password: str | None = None,
    ) -> Document:  # fmt: skip
        text = path.read_text()
        document_id = hashlib.sha256(text.encode()).hexdigest()
        if text.startswith("holds:"):
            assert unpack is not None
            members = []
            for place, inner in enumerate(text.removeprefix("holds:").split("|"), start=1):
                (unpack / str(place)).write_text(inner)
                members.append(Member(place=place, name=f"inner {place}.txt", document_id="0" * 64))
            members.append(
                Member(place=9, name="odd", problem=Problem(code=ProblemCode.CORRUPT, message="", advice=""))
            )
            return Document(
                file_name=file_name, document_id=document_id, status=DocumentStatus.READ, members=tuple(members),
                versions={},
            )  # fmt: skip
        if text.startswith("bad"):
            problem = Problem(code=ProblemCode.CORRUPT, message="", advice="")
            return Document(
                file_name=file_name, document_id=document_id, status=DocumentStatus.QUARANTINED, problem=problem,
                versions={},
            )  # fmt: skip

        def finding(value: str) -> Finding:
            return Finding(value=value, text=value, page=1, boxes=(), confidence=1.0, rule="test")

        letter = Letter(
            letter_id=f"{document_id}-1", pages=(1,), kind=LetterKind.DENIAL, kind_confidence=1.0,
            payer=finding("Example Health"), claim_number=finding(text.split()[0]), member_id=finding("M1"),
            letter_date=finding("2026-11-01"),
        )  # fmt: skip
        return Document(
            file_name=file_name, document_id=document_id, status=DocumentStatus.READ, letters=(letter,), versions={}
        )


class Faults:
    """Counts steps and strikes at the one that is asked for."""

    def __init__(self, at: int, kind: str) -> None:
        self.steps, self._at, self._kind = 0, at, kind

    def step(self) -> None:
        self.steps += 1
        if self.steps != self._at:
            return
        if self._kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(getattr(errno, self._kind), self._kind)

    def install(self) -> None:
        for name in ("fsync", "rename", "replace", "unlink", "write"):
            self._wrap(os, name)
        commit = DatabaseWrapper._commit

        def counted(wrapper: DatabaseWrapper) -> None:
            if self._kind == "kill":
                self.step()
            commit(wrapper)
            if self._kind == "kill":
                self.step()

        DatabaseWrapper._commit = counted  # type: ignore[method-assign]

    def _wrap(self, module: object, name: str) -> None:
        real = getattr(module, name)

        def counted(*args: object, **kwargs: object) -> object:
            self.step()
            return real(*args, **kwargs)

        setattr(module, name, counted)


def batch(place: Path) -> None:
    with open_desk(place / "data", today=DAY, reader=Reader(), settle_seconds=0.0) as desk:
        batch_id = desk.start_batch(place / "inbox", received=DAY)
        desk.take_in(batch_id)
        tried: set[str] = set()
        while waiting := [found for found in desk.queued() if found not in tried]:
            tried.update(waiting)
            for document_id in waiting:
                desk.process(document_id, batch_id=batch_id)
        desk.finish_batch(batch_id)


def faulty(place: Path, at: int, kind: str) -> int:
    """Run the batch with a fault, in a fork; how many steps it got to (0 where it was killed)."""
    counted = place / "steps"
    if (child := os.fork()) == 0:
        faults = Faults(at, kind)
        try:
            faults.install()
            batch(place)
        except (OSError, DenialsError, StoreBusy):
            pass
        except BaseException:
            traceback.print_exc()
        finally:
            counted.write_text(str(faults.steps))
            os._exit(0)
    os.waitpid(child, 0)
    return int(counted.read_text()) if counted.exists() else 0


def after(place: Path) -> dict[str, object]:
    """What is there after the fault, and after one more run without any; in a fork."""
    result = place / "result.json"
    if (child := os.fork()) == 0:
        try:
            with open_desk(place / "data", today=DAY, reader=None) as desk:
                found = desk.status()
            batch(place)
            with open_desk(place / "data", today=DAY, reader=None) as desk:
                left = sorted(
                    p.relative_to(place / "inbox").as_posix()
                    for p in (place / "inbox").rglob("*")
                    if not p.is_dir() or p.is_symlink()
                )
                answer = {
                    "found": to_json(found),
                    "status": to_json(desk.status()),
                    "tasks": to_json(desk.tasks()),
                    "documents": sorted((d.document_id, d.status.value) for d in desk.documents()),
                    "blobs": sorted(p.name for p in (place / "data" / "store").rglob("*") if p.is_file()),
                    "temps": sorted(p.name for p in (place / "data" / "tmp").iterdir() if p.name != "owners"),
                    "inbox": left,
                }
            result.write_text(json.dumps(answer))
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    return json.loads(result.read_text()) if result.exists() else {}


def prepare(place: Path) -> None:
    inbox = place / "inbox"
    (inbox / "sub").mkdir(parents=True)
    (inbox / "a.txt").write_text("CLM1001 first")
    (inbox / "b.txt").write_text("CLM1001 second letter of the same claim")
    (inbox / "copy of a.txt").write_text("CLM1001 first")
    (inbox / "sub" / "c.txt").write_text("CLM1002 another")
    (inbox / "bad.txt").write_text("bad")
    (inbox / "mail.txt").write_text("holds:CLM1003 inside a mail|CLM1001 first")
    (inbox / "link.txt").symlink_to("/etc/hostname")


def main() -> None:
    work, kind, stride = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    load_knowledge()
    made = work / "made"
    made.mkdir()
    if (child := os.fork()) == 0:  # the tables, once
        with open_desk(made, today=DAY):
            pass
        os._exit(0)
    os.waitpid(child, 0)
    at = 0
    while True:
        place = work / f"{kind}-{at}"
        prepare(place)
        shutil.copytree(made, place / "data")
        steps = faulty(place, at, kind)
        print(json.dumps({"at": at, "steps": steps, **after(place)}), flush=True)
        shutil.rmtree(place)
        if at and steps and steps < at:
            return
        at += stride if at else 1


if __name__ == "__main__":
    main()
