"""Prefect's server beside a batch: started, waited for and stopped by us, so that nothing of it reaches the terminal.

One server at a time works on a home. A batch uses the one of ``denials schedule`` where that runs, and otherwise waits
for that of another batch to end.
"""

import fcntl
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flows.environment import private_home, settle_prefect
from pipeline.errors import MissingToolError
from pipeline.settings import Settings

_READY_SECONDS = 180.0
_STOP_SECONDS = 15.0
_POLL_SECONDS = 0.2
_ADVICE = "Run it with --direct, which needs no Prefect; what Prefect said is in {log}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that is ready: its API address, and whether this process started it and has it to itself."""

    address: str
    own: bool


@contextmanager
def prefect_server(
    settings: Settings, *, lasting: bool = False, waiting: Callable[[], None] | None = None
) -> Iterator[Server]:
    """A Prefect server that is ready; Prefect is imported, with our settings.

    Args:
        settings: of this call.
        lasting: this server serves a schedule; batches beside it may use it.
        waiting: called once if another batch's server has to end first.

    Raises:
        MissingToolError: Prefect cannot be imported, or its server does not start.
    """
    home = private_home(settings.data)
    with (home / "server.lock").open("a+", encoding="utf-8") as lock:
        address = _turn(lock, home, waiting=waiting)
        if address is not None:
            settle_prefect(settings, api_url=address)
            _import_prefect(home)
            yield Server(address=address, own=False)
            return
        with _own_server(settings, home=home, page=lasting) as address:
            if lasting:
                (home / "server.json").write_text(json.dumps({"address": address}), encoding="utf-8")
            try:
                yield Server(address=address, own=True)
            finally:
                (home / "server.json").unlink(missing_ok=True)


def _turn(lock: IO[str], home: Path, *, waiting: Callable[[], None] | None) -> str | None:
    """Wait until the home is free (None) or a lasting server answers (its address)."""
    told = False
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return None
        with suppress(OSError, ValueError, KeyError):
            address = str(json.loads((home / "server.json").read_text(encoding="utf-8"))["address"])
            if _answers(address, seconds=5):
                return address
        if waiting and not told:
            waiting()
            told = True
        time.sleep(_POLL_SECONDS)


@contextmanager
def _own_server(settings: Settings, *, home: Path, page: bool) -> Iterator[str]:
    log = home / "server.log"
    with socket.create_server(("127.0.0.1", 0)) as listening, log.open("ab") as output:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
        settle_prefect(settings, api_url=address, page=page)
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "flows.server_process", str(listening.fileno())],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            pass_fds=[listening.fileno()],
            cwd=home,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
    try:
        _import_prefect(home)  # takes two seconds, while the server starts
        if not _answers(address, seconds=_READY_SECONDS):
            code = process.poll()
            why = "it does not answer" if code is None else f"it ended while starting (exit {code})"
            raise MissingToolError("Prefect's server", why=why, advice=_ADVICE.format(log=log))
        yield address
    finally:
        _stop(process)


def _import_prefect(home: Path) -> None:
    try:
        import prefect  # noqa: F401 - with the settings made just before
    except Exception as error:
        raise MissingToolError(
            "Prefect", why=f"it cannot be imported ({type(error).__name__})", advice=_ADVICE.format(log=home)
        ) from None


def _answers(address: str, *, seconds: float) -> bool:
    """Whether the server is ready. One request is enough: it waits in the socket until the server takes it."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=seconds) as answer:  # noqa: S310 - our loopback address
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the server: the end of its input says so; a kill where it does not listen."""
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(timeout=_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
