"""The template process: loads once, forks a child a document, kills, reaps and reports. Single-threaded on purpose."""

import contextlib
import gc
import importlib
import json
import os
import selectors
import shutil
import signal
import socket
from pathlib import Path
from typing import Any

from pipeline.errors import DenialsError
from pipeline.sandbox.child import become_child
from pipeline.sandbox.family import adopt_orphans
from pipeline.sandbox.wire import packed
from pipeline.values.contract import from_json
from pipeline.values.limits import Limits

_LARGEST_ORDER = 1 << 16


class _Children:
    """The living children: process id to the socket on which the batch hears of its end."""

    def __init__(self, selector: selectors.BaseSelector) -> None:
        self.selector = selector
        self.reports: dict[int, socket.socket] = {}

    def add(self, pid: int, report: socket.socket, memory: int) -> None:
        self.reports[pid] = report
        self.selector.register(report, selectors.EVENT_READ, (pid, memory))

    def reap(self) -> None:
        """Collects whoever ended; a child's end takes its whole group, and any stray that came back to us, with it."""
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            report = self.reports.pop(pid, None)
            if report is None:
                self._kill_strays()  # a stray that ended has left its own children to us
            else:
                kill_group(pid)
                self._kill_strays()
                memory = self.selector.get_key(report).data[1]
                self.selector.unregister(report)
                died_of = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
                said = {"signal": died_of, "rss_kb": usage.ru_maxrss, "memory": memory}
                with contextlib.suppress(OSError):
                    report.sendall(json.dumps(said).encode())
                report.close()

    def _kill_strays(self) -> None:
        """Grandchildren that left their group: orphans are adopted by us, and we have no other children."""
        mine = Path(f"/proc/self/task/{os.getpid()}/children")
        with contextlib.suppress(OSError):
            for pid in map(int, mine.read_text().split()):
                if pid not in self.reports:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)

    def kill_all(self) -> None:
        """Kills every child, then the strays that come back to us, until there is nobody left."""
        for pid in list(self.reports):
            kill_group(pid)
        while self.reports:
            with contextlib.suppress(ChildProcessError, InterruptedError):
                pid, _ = os.waitpid(-1, 0)
                self.reports.pop(pid, None)
        with contextlib.suppress(ChildProcessError):
            while True:
                self._kill_strays()
                os.waitpid(-1, 0)


def kill_group(pid: int) -> None:
    """Kills a child's process group, and the child itself where it has not made its group yet."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def serve(boot: dict[str, Any]) -> None:
    """Runs until the batch closes its end of the control socket, or dies; then leaves nothing behind."""
    control = socket.socket(fileno=boot["control"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the batch's business: it closes the socket
    adopt_orphans()
    try:
        module = _loaded(boot, control)
        if module is not None:
            _loop(control, module)
    finally:
        shutil.rmtree(boot["folder"], ignore_errors=True)
    os._exit(0)


def _loaded(boot: dict[str, Any], control: socket.socket) -> Any:
    """The entry module, warm; says hello with its versions, or with what is missing."""
    try:
        module = importlib.import_module(boot["entry"])
        hello = {"versions": module.warm(from_json(Limits, boot["limits"]))}
    except DenialsError as error:
        control.send(json.dumps({"error": packed(error)}).encode())
        return None
    gc.collect()
    gc.freeze()  # a collection in a child would copy the pages it shares with the template
    control.send(json.dumps(hello).encode())
    return module


def _loop(control: socket.socket, module: Any) -> None:
    selector = selectors.DefaultSelector()
    children = _Children(selector)
    woken, wakes = socket.socketpair()
    for end in (woken, wakes):
        end.setblocking(False)
    signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    selector.register(control, selectors.EVENT_READ, None)
    selector.register(woken, selectors.EVENT_READ, None)
    while True:
        for key, _ in selector.select():
            if key.fileobj is woken:
                with contextlib.suppress(BlockingIOError):
                    while woken.recv(4096):
                        pass
            elif key.fileobj is control:
                if not _forked(control, module, children):
                    children.kill_all()
                    return
            else:  # the batch asks for a kill, or the thread that asked is gone
                kill_group(key.data[0])
                with contextlib.suppress(OSError):
                    key.fileobj.recv(16)  # type: ignore[union-attr]
        children.reap()


def _forked(control: socket.socket, module: Any, children: _Children) -> bool:
    """Forks a child for the next order; False at the end of orders."""
    try:
        order, descriptors, _, _ = socket.recv_fds(control, _LARGEST_ORDER, 2)
    except OSError:
        return False
    if not order:
        return False
    answers, report_fd = descriptors
    report = socket.socket(fileno=report_fd)
    asked = json.loads(order)
    template = os.getpid()
    try:
        pid = os.fork()
    except OSError:
        report.close()
        os.close(answers)
        return True
    if pid == 0:
        children.selector.close()
        for other in (control, report, *children.reports.values()):
            other.close()
        become_child(module, asked, answers=answers, template=template)
    os.close(answers)
    children.add(pid, report, int(asked["limits"]["memory_bytes"]))
    return True
