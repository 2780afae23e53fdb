"""The doctor finds what is missing, says how to mend it, and changes nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import tesserocr

from pipeline.cli import doctor


def checks(data: Path, **flags: object) -> dict[str, doctor.Check]:
    return {check.name: check for check in doctor.examine(flags, {}, data=data)}


@pytest.mark.slow
def test_a_sound_place_passes(tmp_path):
    data, inbox = tmp_path / "data", tmp_path / "in"
    data.mkdir(mode=0o700)
    inbox.mkdir()
    found = checks(data, inbox=inbox)
    assert {name: c.found for name, c in found.items() if c.outcome is not doctor.Outcome.OK} == {}
    assert doctor.exit_code(list(found.values())) == 0
    assert list(data.iterdir()) == []


@pytest.mark.slow
def test_each_fault_is_found_with_its_mending(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o755)  # whatever the umask
    (data / "practice.yaml").write_text("npis: [1]")
    (data / "denials.toml").write_text("free_space_floor_mb = 1000000\n")
    found = checks(data, inbox=tmp_path / "nowhere", charts=tmp_path / "none")
    failed = {name: c for name, c in found.items() if c.outcome is doctor.Outcome.FAILED}
    assert set(failed) >= {"practice.yaml", "data folder", "inbox", "charts"}
    assert "chmod 700" in (failed["data folder"].mend or "")
    assert all(check.mend for check in failed.values())
    assert doctor.exit_code(list(found.values())) == 2


def test_a_broken_setting_is_a_check(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "_packages", lambda: iter(()))
    (tmp_path / "denials.toml").write_text("cron = 'x'")
    (check,) = [c for c in doctor.examine({}, {}, data=tmp_path) if c.name == "settings"]
    assert check.outcome is doctor.Outcome.FAILED
    assert "five fields" in check.found


def test_no_tesseract_is_three_and_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "_packages", lambda: iter(()))
    monkeypatch.setenv("PATH", str(tmp_path))
    found = doctor.examine({}, {}, data=tmp_path)
    assert "apt-get install tesseract-ocr" in (found[0].mend or "")
    assert doctor.exit_code(found) == 3


def test_a_missing_language_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "_packages", lambda: iter(()))
    fake = tmp_path / "tesseract"
    fake.write_text("#!/bin/sh\necho 'List of available languages (1):'\necho eng\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    found = {c.name: c for c in doctor.examine({}, {}, data=tmp_path)}
    assert found["Tesseract language eng"].outcome is doctor.Outcome.OK
    assert found["Tesseract language osd"].mend == "Install it: apt-get install tesseract-ocr-osd"


def test_the_engine_that_reads_pages_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(doctor, "_packages", lambda: iter(()))
    found = {c.name: c for c in doctor.examine({}, {}, data=tmp_path)}["reading engine"]
    assert (found.outcome, tesserocr.tesseract_version().split()[1] in found.found) == (doctor.Outcome.OK, True)
    monkeypatch.setattr(doctor.sys, "executable", "/bin/false")
    found = {c.name: c for c in doctor.examine({}, {}, data=tmp_path)}["reading engine"]
    assert found.outcome is doctor.Outcome.WARNING
    assert "make setup" in (found.mend or "")


@pytest.mark.slow
def test_a_damaged_database_is_found(tmp_path):
    inbox, data = tmp_path / "in", tmp_path / "data"
    inbox.mkdir()
    command = [sys.executable, "-m", "pipeline"]
    subprocess.run([*command, "status", "--data", data], check=True, capture_output=True)
    assert checks(data, inbox=inbox)["database"].outcome is doctor.Outcome.OK
    (database,) = [p for p in data.iterdir() if p.suffix in {".db", ".sqlite3"}]
    database.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    for name in ("-wal", "-shm"):
        Path(f"{database}{name}").unlink(missing_ok=True)
    done = subprocess.run([*command, "doctor", "--data", data, "--json"], capture_output=True, text=True, check=False)
    (check,) = [c for c in json.loads(done.stdout) if c["name"] == "database"]
    assert check["outcome"] == "failed"
    assert "restore" in check["mend"]
    assert done.returncode == 2
