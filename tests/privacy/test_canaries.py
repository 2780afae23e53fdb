"""Letter text and file names stay in the store: none of them in Prefect, in logs, on the terminal or in temp files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

NAMES = ("Zebulonia", "Quackenbush")
CANARIES = (*NAMES, "ZQ77CANARY31", "1931-07-19", "CLM-9090-CANARY", "Xylocanaryplasty")
LETTER = f"""\
Example Health Plan
March 3, 2026

Member: {NAMES[0]} {NAMES[1]}
Date of birth: 1931-07-19
Member ID: ZQ77CANARY31
Claim number: CLM-9090-CANARY

We have denied your request for Xylocanaryplasty (J0585) because it is not medically necessary.
You may appeal within 180 days of the date of this letter.
"""


def fill(inbox: Path) -> None:
    """One good letter, and one of each way to fail; every file name names the patient."""
    inbox.mkdir()
    name = "_".join(NAMES)
    (inbox / f"{name}.txt").write_text(LETTER)
    (inbox / f"{name}_truncated.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n" + LETTER.encode())
    (inbox / f"{name}_empty.pdf").write_bytes(b"")
    (inbox / f"{name}_zip.pdf").write_bytes(b"PK\x03\x04" + LETTER.encode())
    (inbox / f"{name}_image.png").write_bytes(b"\x89PNG\r\n\x1a\n" + LETTER.encode())


def hits(folder: Path) -> list[str]:
    """Files below a folder that hold a canary, in their bytes or in their name."""
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for canary in CANARIES:
            forms = (canary.encode(), canary.encode("utf-16-le"), canary.lower().encode())
            if canary in path.name or any(form in content for form in forms):
                found.append(f"{path.relative_to(folder)}: {canary}")
    return found


def batch(place: Path, *flags: str) -> subprocess.CompletedProcess[bytes]:
    (place / "tmp").mkdir(exist_ok=True)
    (place / "home").mkdir(exist_ok=True)
    environ = {"PATH": os.environ["PATH"], "HOME": str(place / "home"), "TMPDIR": str(place / "tmp")}
    command = [sys.executable, "-m", "pipeline", "run", "--inbox", str(place / "in"), "--data", str(place / "data")]
    return subprocess.run(
        [*command, "--as-of", "2026-03-10", "--json", *flags],
        capture_output=True,
        env=environ,
        check=False,
        timeout=250,
    )


@pytest.mark.slow
@pytest.mark.xdist_group("prefect")
@pytest.mark.parametrize("flags", [(), ("--direct",)], ids=["prefect", "direct"])
def test_no_canary_outside_the_store(tmp_path, flags):
    fill(tmp_path / "in")
    done = batch(tmp_path, *flags)
    assert done.returncode == 1, done.stderr.decode()[-300:]
    data = tmp_path / "data"
    store = [p for p in data.iterdir() if p.name == "store" or p.name.startswith("denials.sqlite3")]
    assert any(CANARIES[2].encode() in p.read_bytes() for p in data.rglob("*") if p.is_file()), "the store has it"
    outside = [p for p in data.iterdir() if p not in store]
    for place in [*outside, tmp_path / "home", tmp_path / "tmp"]:
        assert hits(place) == [], place.name
    for stream in (done.stdout, done.stderr):
        assert not any(canary.encode() in stream for canary in CANARIES)


BROKEN = """
import pipeline.store
def broken(document, **_):
    raise ValueError(str(document))
pipeline.store.save = broken
from pipeline.cli import main
main()
"""


@pytest.mark.slow
@pytest.mark.xdist_group("prefect")
@pytest.mark.parametrize("flags", [[], ["--direct"]], ids=["prefect", "direct"])
def test_an_unexpected_error_leaves_a_code_and_no_text(tmp_path, flags):
    """Saving is broken so that it fails with the whole letter in its message."""
    fill(tmp_path / "in")
    command = [sys.executable, "-c", BROKEN, "run", "--inbox", tmp_path / "in", "--data", tmp_path / "data", *flags]
    done = subprocess.run([*map(str, command)], capture_output=True, check=False, timeout=250)
    assert done.returncode == 1, done.stderr.decode()[-300:]
    assert b"5 could not be worked on" in done.stdout
    log = (tmp_path / "data" / "log" / "denials.log").read_text()
    assert "ValueError" in log
    assert "E-" in log
    for place in ("log", "prefect", "tmp"):
        assert hits(tmp_path / "data" / place) == []
    assert not any(canary.encode() in done.stdout + done.stderr for canary in CANARIES)
