"""The server beside a batch: one at a time on a home, its address known, nothing left when it ends."""

import fcntl
import json
import threading
import time

import pytest

from flows.environment import private_home
from flows.server import _turn
from pipeline.settings import prepare


@pytest.fixture
def home(tmp_path):
    return private_home(prepare(tmp_path / "data"))


def test_a_free_home_is_taken_at_once(home):
    with (home / "server.lock").open("a+") as lock:
        assert _turn(lock, home, waiting=None) is None


def test_a_taken_home_is_waited_for_and_said_once(home):
    told: list[str] = []
    with (home / "server.lock").open("a+") as theirs, (home / "server.lock").open("a+") as ours:
        fcntl.flock(theirs, fcntl.LOCK_EX)
        threading.Timer(0.7, lambda: fcntl.flock(theirs, fcntl.LOCK_UN)).start()
        start = time.monotonic()
        assert _turn(ours, home, waiting=lambda: told.append("waiting")) is None
        assert time.monotonic() - start > 0.5
    assert told == ["waiting"]


def test_an_address_that_answers_no_more_is_not_used(home):
    (home / "server.json").write_text(json.dumps({"address": "http://127.0.0.1:1/api"}))
    with (home / "server.lock").open("a+") as theirs, (home / "server.lock").open("a+") as ours:
        fcntl.flock(theirs, fcntl.LOCK_EX)
        threading.Timer(0.5, lambda: fcntl.flock(theirs, fcntl.LOCK_UN)).start()
        assert _turn(ours, home, waiting=None) is None
