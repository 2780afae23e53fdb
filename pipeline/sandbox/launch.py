"""Starting, asking and ending the template process."""

import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from pipeline.sandbox.wire import raise_packed
from pipeline.values.contract import to_json
from pipeline.values.limits import Limits

_BOOT = (
    "import json, sys; boot = json.loads(sys.argv[1]); sys.path[:] = boot['path']; "
    "from pipeline.sandbox.template import serve; serve(boot)"
)
_WARM_SECONDS = 120.0
"""Loading takes two to four seconds; a machine that is busy swapping gets more."""
_END_SECONDS = 10.0
_LARGEST_MESSAGE = 1 << 16
_ONE_THREAD = {name: "1" for name in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
"""Threads of number libraries would be lost in a fork, and make Tesseract several times slower."""
_LARGE_PAGES = "glibc.malloc.hugetlb=1"
"""Page images come in pages of two megabytes: a twentieth of the time of a scan went into faults of small ones."""


class Template:
    """The process that children are forked from, and the socket to it."""

    def __init__(self, process: subprocess.Popen[bytes], control: socket.socket) -> None:
        self._process = process
        self._control = control
        self._sending = threading.Lock()
        self._hello: dict[str, Any] | None = None

    @property
    def pid(self) -> int:
        """Process id of the template."""
        return self._process.pid

    @property
    def versions(self) -> dict[str, str]:
        """The versions of what it loaded; empty before it is warm."""
        return dict(self._hello["versions"]) if self._hello else {}

    def alive(self) -> bool:
        """Whether the process runs, or has said why it does not."""
        return (self._hello is not None and "error" in self._hello) or self._process.poll() is None

    def wait_until_warm(self) -> None:
        """Returns when the template can fork.

        Raises what its ``warm`` raised, as ``UsageError`` or ``MissingToolError``.
        """
        if self._hello is None:
            self._control.settimeout(_WARM_SECONDS)
            try:
                said = self._control.recv(_LARGEST_MESSAGE)
            except TimeoutError:
                said = b""
            self._control.settimeout(None)
            self._hello = json.loads(said) if said else {"error": _NO_START}
        if "error" in self._hello:
            raise_packed(self._hello["error"])

    def fork(self, order: dict[str, Any], fds: list[int]) -> None:
        """Asks for a child; ``fds`` are where it answers and where its end is reported. Raises ``OSError``."""
        with self._sending:
            socket.send_fds(self._control, [json.dumps(order).encode()], fds)

    def close(self) -> None:
        """Ends the template; it kills its children first. One that is still loading has none, and is not awaited."""
        if self._hello is None:
            self._process.kill()
        self._control.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


_NO_START = [
    "missing",
    "The reading process did not start",
    "it ended while loading",
    "Run `denials doctor`; if all is well there, install the package again",
]


def start_template(*, entry: str, folder: Path, limits: Limits) -> Template:
    """The template process, loading; its own session, so that a signal to the batch's group leaves it to clear up."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    boot = {
        "path": [str(Path(p).absolute()) for p in sys.path],
        "entry": entry,
        "folder": str(folder),
        "control": theirs.fileno(),
        "limits": to_json(limits),
    }
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and text
            [sys.executable, "-c", _BOOT, json.dumps(boot)],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={"GLIBC_TUNABLES": _LARGE_PAGES, **os.environ, **_ONE_THREAD},
        )
    return Template(process, ours)
