"""What a forked child does before, and after, it reads its document."""

import json
import os
import resource
import signal
import tempfile
import traceback
from collections.abc import Callable
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any, NoReturn

from pipeline.errors import DenialsError, DocumentError, ProblemCode
from pipeline.sandbox.family import die_with_parent
from pipeline.sandbox.slots import Spare
from pipeline.sandbox.spread import spread
from pipeline.sandbox.wire import packed
from pipeline.values.contract import from_json, to_json
from pipeline.values.limits import Limits

_CPU_MARGIN_SECONDS = 5
_LARGEST_FILE = 1 << 30
"""Eight page images at the pixel limit fit; a runaway file does not fill the disk."""


def become_child(module: Any, order: dict[str, Any], *, answers: int, template: int) -> NoReturn:
    """Reads the document of ``order`` and never returns; the answer, or the problem's code, goes to ``answers``."""
    os.setsid()
    die_with_parent(template)
    limits = from_json(Limits, order["limits"])
    try:
        _confine(Path(order["folder"]), limits)
        answer = _answer(module, order, limits)
        with open(answers, "wb") as out:
            out.write(answer)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _confine(folder: Path, limits: Limits) -> None:
    """Private files, no core dump, no terminal, and the limits.

    All set in the child itself, because they must bind whatever it starts too.
    """
    os.umask(0o077)
    os.chdir(folder)
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = str(folder)
    for number in (signal.SIGCHLD, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    seconds = ceil(limits.seconds) + _CPU_MARGIN_SECONDS
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the letter
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    # Not RLIMIT_AS: address space that is only reserved (libraries, thread stacks) is no harm and is most of it.
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory_bytes, limits.memory_bytes))


def _answer(module: Any, order: dict[str, Any], limits: Limits) -> bytes:
    if "turns" in order:
        return _guarded(lambda: {"drawn": _drawn(module, order, limits)})
    return _guarded(lambda: {"document": to_json(_read(module, order, limits))})


def _drawn(module: Any, order: dict[str, Any], limits: Limits) -> Any:
    return module.draw_file(
        Path(order["path"]),
        folder=Path(order["unpack"]),
        turns=order["turns"],
        words=order["words"],
        limits=limits,
        password=order["password"],
        spread=partial(spread, spare=Spare(Path(order["slots"]))),
    )


def _read(module: Any, order: dict[str, Any], limits: Limits) -> Any:
    practice, unpack, parts = (order.get(key) for key in ("practice_path", "unpack", "parts"))
    return module.process_file(
        Path(order["path"]),
        file_name=order.get("name", ""),
        practice_path=Path(practice) if practice else None,
        limits=limits,
        spread=partial(spread, spare=Spare(Path(order["slots"]))),
        unpack=Path(unpack) if unpack else None,
        password=order.get("password"),
        **({"parts": parts} if parts is not None else {}),
    )


def _guarded(work: Callable[[], dict[str, Any]]) -> bytes:
    """The answer of the work as JSON, or the code of what is wrong; never a text of the document in an error."""
    try:
        return json.dumps(work()).encode()
    except DocumentError as problem:
        return json.dumps({"code": problem.code}).encode()
    except DenialsError as error:
        return json.dumps({"error": packed(error)}).encode()
    except MemoryError:
        return json.dumps({"code": ProblemCode.OUT_OF_MEMORY}).encode()
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
        return json.dumps({"code": ProblemCode.CRASHED, "where": where}).encode()
