"""The batch's side of the sandbox: asks for a child, waits within the limits, and always gets a document back."""

import hashlib
import json
import logging
import os
import select
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.errors import EXPLANATIONS, ProblemCode
from pipeline.sandbox.folders import locked_folder, sweep
from pipeline.sandbox.launch import Template, start_template
from pipeline.sandbox.slots import Slots
from pipeline.sandbox.wire import raise_packed
from pipeline.values.chart import Chart, ChartDocument
from pipeline.values.contract import from_json, to_json
from pipeline.values.letter import Document, DocumentStatus, Problem
from pipeline.values.limits import Limits

_LOG = logging.getLogger(__name__)
_MOST_BYTES = 64_000_000
"""A longer answer is no answer; 300 dense pages stay far below."""
_GRACE_SECONDS = 10.0
"""How long after a kill the template has to report the end."""
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class _End:
    """How a child ended: its answer if it gave one, and the code if it did not."""

    answer: dict[str, Any] | None
    code: ProblemCode | None


class Sandbox:
    """Runs documents in children of a warm template; a context manager, and safe to use from several threads.

    ``temp`` is a private folder on the data folder's disk, for page images while they are read; what a killed batch
    left there is removed on entry. At most ``jobs`` children run at once; a document's clock starts when its child
    does. ``entry`` is the module that the template loads by name: ``warm(limits)`` and ``process_file``.
    """

    def __init__(self, *, limits: Limits, temp: Path, jobs: int, entry: str = "pipeline.reading") -> None:
        self._limits = limits
        self._temp = temp
        self._entry = entry
        self._jobs = max(1, jobs)
        self._slots: Slots | None = None
        self._starting = threading.Lock()
        self._exit = ExitStack()
        self._folder: Path | None = None
        self._template: Template | None = None

    def __enter__(self) -> Self:
        """Starts the template and does not wait for it: it loads while the batch looks through the inbox."""
        self._temp.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep(self._temp)
        self._folder = self._exit.enter_context(locked_folder(self._temp))
        self._slots = Slots(self._folder / "slots", count=self._jobs)
        self._template = self._started(self._folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the template and every child, and removes the temp folder."""
        if self._template is not None:
            self._template.close()
        self._exit.close()

    def run(
        self,
        path: Path,
        *,
        file_name: str,
        practice_path: Path | None,
        unpack: Path | None = None,
        password: str | None = None,
        parts: Sequence[Sequence[int]] | None = None,
    ) -> Document:
        """The document at ``path``, read in a child; quarantined with a code where it is bad or costs too much.

        The documents of a container are put into the folder ``unpack``, each under its place; without one no container
        is opened. ``password`` opens what is locked; it goes to the child alone, over its own socket.
        ``parts``: the letters by page numbers, where a person divided the document.

        Raises ``MissingToolError`` and ``UsageError`` where no document can be read at all (no Tesseract, broken
        knowledge).
        """
        order = {
            "path": str(path.absolute()),
            "practice_path": str(practice_path.absolute()) if practice_path else None,
            "unpack": str(unpack.absolute()) if unpack else None,
            "password": password,
            "parts": [list(part) for part in parts] if parts is not None else None,
        }
        end, versions = self._answered(order)
        if end.answer is not None and "document" in end.answer:
            return replace(from_json(Document, end.answer["document"]), file_name=file_name)
        return _quarantined(end, path, file_name=file_name, versions=versions)

    def chart(self, path: Path, *, file_name: str) -> Chart:
        """The document of a patient's folder with its facts, where the template is that of ``pipeline.chart``.

        One that is bad or costs too much is a document with its problem. Raises as ``run`` does.
        """
        end, _ = self._answered({"path": str(path.absolute()), "name": file_name})
        if end.answer is not None and "document" in end.answer:
            return from_json(Chart, end.answer["document"])
        code = end.code or ProblemCode.CRASHED
        message, advice = EXPLANATIONS[code]
        problem = Problem(code=code, message=message, advice=advice)
        return Chart(documents=(ChartDocument(file_name=file_name, problem=problem),), facts=())

    def draw(
        self, path: Path, *, into: Path, turns: Sequence[int], words: bool = False, password: str | None = None
    ) -> ProblemCode | None:
        """The pages of the document as pictures, or its words, as files in the folder ``into``; a code where it fails.

        Needs ``entry`` to be a module with ``draw_file`` (``pipeline.viewing``).
        """
        order = {
            "path": str(path.absolute()), "unpack": str(into.absolute()), "password": password,
            "turns": list(turns), "words": words,
        }  # fmt: skip
        end, _ = self._answered(order)
        return None if end.answer is not None and "drawn" in end.answer else end.code or ProblemCode.CRASHED

    def _answered(self, order: dict[str, Any]) -> tuple[_End, dict[str, str]]:
        """How a child for this order ended, and the versions of what read; raises what ends every document."""
        if self._slots is None:
            raise RuntimeError("the sandbox is not entered")
        self._ready()  # a template that cannot start takes the folder of the slots with it, and says why first
        with self._slots.held():
            template = self._ready()
            folder = Path(tempfile.mkdtemp(prefix="child-", dir=self._folder))
            own = {"folder": str(folder), "slots": str(self._slots.folder), "limits": to_json(self._limits)}
            try:
                end = self._in_child(template, {**order, **own})
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        if end.answer is not None and "error" in end.answer:
            raise_packed(end.answer["error"])
        return end, template.versions

    def _ready(self) -> Template:
        """The template, warm; a new one where the last was killed from outside."""
        with self._starting:
            if self._folder is None or self._template is None:
                raise RuntimeError("the sandbox is not entered")
            if not self._template.alive():
                self._template.close()
                self._template = self._started(self._folder)
            self._template.wait_until_warm()
            return self._template

    def _started(self, folder: Path) -> Template:
        return start_template(entry=self._entry, folder=folder, limits=self._limits)

    def _in_child(self, template: Template, order: dict[str, Any]) -> _End:
        answer_r, answer_w = os.pipe()
        ours, theirs = socket.socketpair()
        with ours:
            try:
                template.fork(order, fds=[answer_w, theirs.fileno()])
            except OSError:
                os.close(answer_r)
                return _End(None, ProblemCode.CRASHED)
            finally:
                os.close(answer_w)
                theirs.close()
            with os.fdopen(answer_r, "rb", buffering=0) as answers:
                os.set_blocking(answer_r, False)
                return _awaited(answers.fileno(), ours, seconds=self._limits.seconds)


def _awaited(answers: int, child: socket.socket, *, seconds: float) -> _End:
    """Collects the answer until the template reports the child's end; asks for a kill at the deadline.

    The template's report, not the end of the pipe, is the end: a grandchild may hold the pipe open.
    """
    deadline = time.monotonic() + seconds
    poll = select.poll()
    poll.register(answers, select.POLLIN)
    poll.register(child, select.POLLIN)
    received = bytearray()
    verdict: ProblemCode | None = None
    while True:
        left = deadline - time.monotonic()
        ready = dict(poll.poll(max(0.0, left) * 1000)) if left > 0 else {}
        if answers in ready:
            chunk = os.read(answers, _CHUNK)
            received += chunk
            if not chunk:
                poll.unregister(answers)
        if child.fileno() in ready:
            report = child.recv(4096)
            received += _rest(answers)
            return _judged(bytes(received), report, verdict)
        if verdict is None and ((not ready and left <= 0) or len(received) > _MOST_BYTES):
            verdict = ProblemCode.TOO_LARGE if len(received) > _MOST_BYTES else ProblemCode.TOO_SLOW
            child.sendall(b"k")
            deadline = time.monotonic() + _GRACE_SECONDS
            received.clear()
        elif verdict is not None and left <= 0:
            return _End(None, verdict)  # the template is gone too; the kernel kills its children


def _rest(answers: int) -> bytes:
    parts = []
    try:
        while chunk := os.read(answers, _CHUNK):
            parts.append(chunk)
    except BlockingIOError:
        pass
    return b"".join(parts)


def _judged(received: bytes, report: bytes, verdict: ProblemCode | None) -> _End:
    """The end of a child from its answer and the template's report (wait status, largest resident size in kB)."""
    if verdict is not None:
        return _End(None, verdict)
    end = json.loads(report) if report else {"signal": 0, "rss_kb": 0, "memory": 0}
    if end["signal"] == 0 and received:
        try:
            answer: dict[str, Any] = json.loads(received)
        except ValueError:
            return _End(None, ProblemCode.CRASHED)
        return _End(answer, ProblemCode(answer["code"]) if "code" in answer else None)
    if end["signal"] == signal.SIGXCPU:
        return _End(None, ProblemCode.TOO_SLOW)
    # C++ aborts, PDFium traps, the kernel kills: whatever it is called, a child near its limit ended for want of
    # memory.
    full = end["rss_kb"] * 1024 > 0.8 * end["memory"] > 0
    return _End(None, ProblemCode.OUT_OF_MEMORY if full else ProblemCode.CRASHED)


def _quarantined(end: _End, path: Path, *, file_name: str, versions: dict[str, str]) -> Document:
    with path.open("rb") as file:
        document_id = hashlib.file_digest(file, "sha256").hexdigest()
    code = end.code or ProblemCode.CRASHED
    where = end.answer.get("where", "") if end.answer else ""
    _LOG.warning("document %s: %s %s", document_id[:16], code, where)
    message, advice = EXPLANATIONS[code]
    return Document(
        file_name=file_name,
        document_id=document_id,
        status=DocumentStatus.QUARANTINED,
        problem=Problem(code=code, message=message, advice=advice),
        versions=versions,
    )
