"""Bad documents cost their child and nothing else. The children here are real; their work is written below."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.errors import ProblemCode, UsageError
from pipeline.sandbox import Sandbox
from pipeline.values.letter import Document, DocumentStatus
from pipeline.values.limits import Limits

# The work of a child is named in its file: "sleep", "eat" ... See ``process_file``.
WORK = """
import ctypes, os, signal, subprocess, sys, tempfile, time
from pathlib import Path
from pipeline.errors import DocumentError, ProblemCode, UsageError
from pipeline.values.letter import Document, DocumentStatus

LIBC = ctypes.CDLL(None)
LOADED = []

def warm(limits):
    LOADED.append(os.getpid())
    return {"pipeline": "test"}

def process_file(path, *, file_name, practice_path, limits, spread, unpack, password):
    work, *marks = path.read_text().split()
    mark = Path(marks[0]) if marks else None
    if mark:
        mark.write_text(f"{os.getpid()}")
    if work == "sleep_in_c":
        LIBC.sleep(600)
    elif work == "hold_the_gil":
        ctypes.PyDLL(None).sleep(600)
    elif work == "spin":
        while True: pass
    elif work == "eat":
        eaten = [bytearray(50_000_000) for _ in range(1000)]
    elif work == "eat_in_c":
        LIBC.malloc.restype = ctypes.c_void_p
        while True:
            block = LIBC.malloc(50_000_000)
            if not block: os.abort()
            LIBC.memset(ctypes.c_void_p(block), 1, 50_000_000)
    elif work == "exit":
        os._exit(9)
    elif work == "segv":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif work == "fault":
        raise ValueError("SECRET of the letter")
    elif work == "code":
        raise DocumentError(ProblemCode.ENCRYPTED)
    elif work == "usage":
        raise UsageError("practice.yaml", why="a key is unknown", advice="Remove it")
    elif work == "flood":
        return Document(file_name="x" * 80_000_000, document_id="d", status=DocumentStatus.READ, versions={})
    elif work in ("fork", "fork_away"):
        grandchild = os.fork()
        if grandchild == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            if work == "fork_away":
                os.setsid()
            mark.write_text(f"{os.getpid()}")
            Path(tempfile.gettempdir(), "left").write_text("page")
            LIBC.sleep(600)
        LIBC.sleep(600)
    elif work == "fork_twice":  # each in a session of its own: the last comes back to the template last
        if os.fork() == 0:
            os.setsid()
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            if os.fork() == 0:
                os.setsid()
                mark.write_text(f"{os.getpid()}")
                Path(tempfile.gettempdir(), "left").write_text("page")
            LIBC.sleep(600)
        LIBC.sleep(600)
    elif work == "program":  # a program, as Tesseract is one, that hears no signal but SIGKILL
        deaf = f"trap '' TERM INT HUP; echo $$ > {mark}; touch left; sleep 600; sleep 600"
        subprocess.Popen(["sh", "-c", deaf], start_new_session=True)
        LIBC.sleep(600)
    elif work == "breed":  # never the same process for long
        if os.fork() == 0:
            os.setsid()
            while True:
                mark.write_text(f"{os.getpid()}")
                time.sleep(0.02)
                if os.fork(): os._exit(0)
        LIBC.sleep(600)
    elif work == "leave_grandchild":
        if os.fork() == 0:
            os.setsid()
            mark.write_text(f"{os.getpid()}")
            LIBC.sleep(600)
        while not mark.exists(): time.sleep(0.01)
    Path(tempfile.gettempdir(), "page.pgm").write_text("page")
    here = Path.cwd()
    versions = {"loaded_by": str(LOADED[0]), "parent": str(os.getppid()), "mode": oct(here.stat().st_mode & 0o777),
                "temp": str(here == Path(tempfile.gettempdir()).resolve())}
    return Document(file_name=file_name, document_id="d", status=DocumentStatus.READ, versions=versions)
"""


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "stub_work.py").write_text(WORK)
    monkeypatch.syspath_prepend(str(tmp_path))
    return "stub_work"


def limits(seconds: float = 20.0) -> Limits:
    return Limits(seconds=seconds, memory_bytes=600_000_000)


@pytest.fixture
def temp(tmp_path: Path) -> Path:
    return tmp_path / "temp"


@pytest.fixture
def sandbox(entry: str, temp: Path) -> Iterator[Sandbox]:
    with Sandbox(limits=limits(), temp=temp, jobs=2, entry=entry) as opened:
        yield opened
    assert list(temp.iterdir()) == []


def run(sandbox: Sandbox, folder: Path, work: str, mark: Path | None = None) -> Document:
    path = folder / f"{work}-{threading.get_ident()}.job"
    path.write_text(f"{work} {mark or ''}")
    return sandbox.run(path, file_name="Jane Doe.pdf", practice_path=None)


def code(document: Document) -> ProblemCode | None:
    return document.problem.code if document.problem else None


def gone(pid: int, within: float = 5.0) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):  # gone before it was opened, or while it was read
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_a_good_document_comes_back(sandbox: Sandbox, tmp_path: Path) -> None:
    document = run(sandbox, tmp_path, "good")
    assert document.status is DocumentStatus.READ
    assert document.file_name == "Jane Doe.pdf"
    assert document.versions["loaded_by"] == document.versions["parent"], "loaded once, in the template"
    assert document.versions["mode"] == "0o700"
    assert document.versions["temp"] == "True"


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        ("eat", ProblemCode.OUT_OF_MEMORY),
        ("eat_in_c", ProblemCode.OUT_OF_MEMORY),
        ("exit", ProblemCode.CRASHED),
        ("segv", ProblemCode.CRASHED),
        ("fault", ProblemCode.CRASHED),
        ("code", ProblemCode.ENCRYPTED),
        ("flood", ProblemCode.TOO_LARGE),
    ],
)
def test_a_bad_document_ends_in_its_code_and_the_next_is_read(
    sandbox: Sandbox, tmp_path: Path, work: str, expected: ProblemCode
) -> None:
    bad = run(sandbox, tmp_path, work)
    assert bad.status is DocumentStatus.QUARANTINED
    assert code(bad) is expected
    assert len(bad.document_id) == 64
    assert bad.problem is not None
    assert bad.problem.advice
    assert run(sandbox, tmp_path, "good").status is DocumentStatus.READ


def test_a_fault_is_logged_by_place_and_never_by_text(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    run(sandbox, tmp_path, "fault")
    assert "ValueError at stub_work.py" in caplog.text
    assert "SECRET" not in caplog.text
    assert "Jane" not in caplog.text


@pytest.mark.slow
@pytest.mark.parametrize("work", ["sleep_in_c", "hold_the_gil", "spin", "fork", "fork_away", "fork_twice", "program"])
def test_a_slow_child_is_killed_with_all_it_started(entry: str, temp: Path, tmp_path: Path, work: str) -> None:
    mark = tmp_path / "pid"
    with Sandbox(limits=limits(1.5), temp=temp, jobs=1, entry=entry) as sandbox:
        run(sandbox, tmp_path, "good")
        start = time.monotonic()
        document = run(sandbox, tmp_path, work, mark)
        assert code(document) is ProblemCode.TOO_SLOW
        assert time.monotonic() - start < 60, "it would go on for ten minutes or for ever"
        assert gone(int(mark.read_text()))
        assert [p for p in temp.rglob("*") if p.name in ("left", "page.pgm")] == []
        assert run(sandbox, tmp_path, "good").status is DocumentStatus.READ


@pytest.mark.slow
def test_a_line_of_grandchildren_is_killed_to_the_last(entry: str, temp: Path, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    with Sandbox(limits=limits(1.5), temp=temp, jobs=1, entry=entry) as sandbox:
        assert code(run(sandbox, tmp_path, "breed", mark)) is ProblemCode.TOO_SLOW
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline and _marks_within(mark, 0.3):
            pass
        assert not _marks_within(mark, 0.5)
        assert run(sandbox, tmp_path, "good").status is DocumentStatus.READ


def _marks_within(mark: Path, seconds: float) -> bool:
    """Whether somebody still writes to ``mark``."""
    before = mark.stat().st_mtime_ns
    time.sleep(seconds)
    return mark.stat().st_mtime_ns != before


def test_a_grandchild_that_outlives_its_child_is_killed(sandbox: Sandbox, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    assert run(sandbox, tmp_path, "leave_grandchild", mark).status is DocumentStatus.READ
    assert gone(int(mark.read_text()))


def test_broken_settings_reach_the_person(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"practice\.yaml"):
        run(sandbox, tmp_path, "usage")


def test_many_threads(sandbox: Sandbox, tmp_path: Path) -> None:
    works = ["good", "exit", "good", "code", "good", "segv"] * 5
    with ThreadPoolExecutor(6) as pool:
        documents = list(pool.map(lambda work: run(sandbox, tmp_path, work), works))
    wanted = {"good": None, "exit": ProblemCode.CRASHED, "code": ProblemCode.ENCRYPTED, "segv": ProblemCode.CRASHED}
    assert [code(d) for d in documents] == [wanted[w] for w in works]


def test_a_killed_template_is_replaced(sandbox: Sandbox, tmp_path: Path) -> None:
    first = int(run(sandbox, tmp_path, "good").versions["parent"])
    os.kill(first, signal.SIGKILL)
    assert gone(first)
    time.sleep(0.2)
    assert run(sandbox, tmp_path, "good").status is DocumentStatus.READ


@pytest.mark.slow
def test_a_template_killed_under_a_child_costs_that_document_only(entry: str, temp: Path, tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    with Sandbox(limits=limits(15), temp=temp, jobs=2, entry=entry) as sandbox:
        template = int(run(sandbox, tmp_path, "good").versions["parent"])
        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(run, sandbox, tmp_path, "sleep_in_c", mark)
            while not mark.exists() or not mark.read_text():
                time.sleep(0.05)
            os.kill(template, signal.SIGKILL)
            assert code(slow.result(10)) is ProblemCode.CRASHED
        assert gone(int(mark.read_text()))
        assert run(sandbox, tmp_path, "good").status is DocumentStatus.READ


BATCH = """
import sys, threading
from pathlib import Path
from pipeline.sandbox import Sandbox
from pipeline.values.limits import Limits
folder, temp = Path(sys.argv[1]), Path(sys.argv[2])
print("main runs", flush=True)
with Sandbox(limits=Limits(seconds=60), temp=temp, jobs=2, entry="stub_work") as sandbox:
    def one(name):
        sandbox.run(folder / name, file_name="x", practice_path=None)
    threads = [threading.Thread(target=one, args=(name,)) for name in ("a.job", "b.job")]
    [t.start() for t in threads]
    [t.join() for t in threads]
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how", "forks"), [(signal.SIGKILL, "fork"), (signal.SIGINT, "fork"), (signal.SIGKILL, "fork_twice")]
)
def test_a_killed_batch_leaves_no_process_and_no_file(
    entry: str, temp: Path, tmp_path: Path, how: int, forks: str
) -> None:
    marks = [tmp_path / "mark-a", tmp_path / "mark-b"]
    for name, mark, work in zip("ab", marks, (forks, "sleep_in_c"), strict=True):
        (tmp_path / f"{name}.job").write_text(f"{work} {mark}")
    (tmp_path / "batch.py").write_text(textwrap.dedent(BATCH))
    batch = subprocess.Popen(
        [sys.executable, str(tmp_path / "batch.py"), str(tmp_path), str(temp)],
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
    )
    deadline = time.monotonic() + 30
    while not all(m.exists() and m.read_text() for m in marks) or not list(temp.rglob("left")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(batch.pid, how)
    out, _ = batch.communicate(timeout=40)
    assert out.count(b"main runs") == 1, "no child imports the caller's __main__ again"
    for mark in marks:
        assert gone(int(mark.read_text()))
    deadline = time.monotonic() + 5
    while any(temp.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(temp.iterdir()) == []


def test_leftovers_of_a_batch_that_lost_its_machine_are_swept(entry: str, temp: Path, tmp_path: Path) -> None:
    left = temp / "batch-old" / "child-1"
    left.mkdir(parents=True)
    (left / "page.pgm").write_text("page")
    (temp / "batch-old" / "lock").write_text("")
    other = temp / "kept.txt"
    other.write_text("not ours")
    with (
        Sandbox(limits=limits(), temp=temp, jobs=1, entry=entry) as first,
        Sandbox(limits=limits(), temp=temp, jobs=1, entry=entry),
    ):
        assert not left.exists()
        assert run(first, tmp_path, "good").status is DocumentStatus.READ, "a living batch's folder is not swept"
    assert list(temp.iterdir()) == [other]


def test_a_template_that_cannot_start_is_told(temp: Path, tmp_path: Path) -> None:
    from pipeline.errors import MissingToolError

    with (
        Sandbox(limits=limits(), temp=temp, jobs=1, entry="no_such_module") as sandbox,
        pytest.raises(MissingToolError),
    ):
        run(sandbox, tmp_path, "good")


def test_a_child_costs_milliseconds(sandbox: Sandbox, tmp_path: Path) -> None:
    """Nothing is imported or compiled for one, which would take every child a second. The quickest of ten tells."""
    run(sandbox, tmp_path, "good")
    took = []
    for _ in range(10):
        start = time.monotonic()
        run(sandbox, tmp_path, "good")
        took.append(time.monotonic() - start)
    assert min(took) < 0.25
