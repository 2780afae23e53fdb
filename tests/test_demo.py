"""``make demo`` leaves nothing behind unless it is told to."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "demo"
PIPELINE = """#!/bin/sh
echo "$3" >> "$TOLD"; echo "$@" >> "$TOLD.whole"
case "$3" in run) [ -n "$SLOW" ] && sleep 1; mkdir -p "$(dirname "$5")/data"; exit ${CODE:-1};; esac
"""
"""Stands in for ``python -m pipeline``: what is asked here is only what becomes of the folder."""


@pytest.fixture
def place(tmp_path):
    for folder in (".ci", ".venv/bin", "sample_letters/letters", "sample_letters/charts", "tmp"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(SCRIPT, tmp_path / ".ci" / "demo")
    (tmp_path / ".venv/bin/python").write_text(PIPELINE)
    (tmp_path / ".venv/bin/python").chmod(0o755)
    return tmp_path


def demo(place, **environ):
    environ = {**os.environ, "TMPDIR": str(place / "tmp"), "TOLD": str(place / "told"), **environ}
    return subprocess.Popen(["bash", place / ".ci/demo"], env=environ, stdout=subprocess.PIPE, text=True)


def left(place):
    return list((place / "tmp").iterdir())


@pytest.mark.parametrize(("code", "ends"), [("1", 0), ("3", 3)])
def test_its_folder_goes_when_it_ends(place, code, ends):
    done = demo(place, CODE=code)
    done.communicate(timeout=60)
    assert done.returncode == ends
    assert left(place) == []


def test_it_is_kept_where_that_is_asked(place):
    done = demo(place, KEEP="1")
    told, _ = done.communicate(timeout=60)
    (folder,) = left(place)
    assert f"review --data {folder}/data" in told
    assert (place / "told").read_text().split() == ["run", "tasks"]
    assert " tasks --brief " in (place / "told.whole").read_text(), "a line a task: the whole queue is another command"


def test_it_goes_when_it_is_stopped_and_only_once_nobody_writes_into_it(place):
    running = demo(place, SLOW="1")
    while not (place / "told").exists():
        time.sleep(0.02)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=60)
    assert running.returncode == 143
    assert left(place) == []
