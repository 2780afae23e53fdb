"""How a command ends: an exit code of the contract and, where it failed, one line on stderr.

An unexpected error gets a code made of where it happened. Its log, private in the data folder, names the places in our
code and the kind of error, never its message: that could hold the text of a letter.
"""

import hashlib
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from types import FrameType
from typing import NoReturn

from pipeline.errors import DenialsError

_LOG_NAME = "denials.log"
_LOG = logging.getLogger(__name__)


class Exit(IntEnum):
    """The contract's exit codes, and the shell's for an interruption."""

    DONE = 0
    NEEDS_A_PERSON = 1
    WRONG_USE = 2
    MISSING_TOOL = 3
    INTERRUPTED = 130


def start_log(data: Path, *, level: str) -> None:
    """Send every log line to a private file below the data folder, and none to the terminal."""
    folder = data / "log"
    folder.mkdir(mode=0o700, exist_ok=True)
    handler = logging.FileHandler(folder / _LOG_NAME, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())


def ended(work: Callable[[], int | None], *, command: str) -> int:
    """Run a command to its end; the exit code. No error leaves this function."""
    logging.getLogger().addHandler(logging.NullHandler())
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = work() or Exit.DONE
        return _stopped(command) if code == Exit.INTERRUPTED else code
    except DenialsError as problem:
        return _say(f"{command}: {problem}", problem.exit_code)
    except KeyboardInterrupt:
        return _stopped(command)
    except BrokenPipeError:
        _silence_stdout()
        return Exit.DONE
    except Exception as error:  # the last line of defence: no traceback, no text of a letter
        if said := getattr(error, "format_message", None):  # how the command-line library words wrong use
            return _say(f"{command}: {said().rstrip('.')}. Run {command} --help", Exit.WRONG_USE)
        return _unexpected(error, command=command)


def _stopped(command: str) -> int:
    return _say(f"{command}: stopped: you asked for it. Nothing is lost; run it again to go on.", Exit.INTERRUPTED)


def _say(line: str, code: int) -> int:
    print(" ".join(line.split()), file=sys.stderr)
    return code


def _unexpected(error: BaseException, *, command: str) -> int:
    code = log_unexpected(error, where=command)
    places = places_of(error) or ["an unknown place"]
    return _say(
        f"{command}: unexpected problem {code}: {type(error).__name__} at {places[-1]}. "
        "Nothing that was taken in is lost; run denials doctor, then the command again.",
        Exit.MISSING_TOOL,
    )


def log_unexpected(error: BaseException, *, where: str) -> str:
    """Log an unexpected error by its kind and its places, without its message; the code that is logged with it."""
    code = code_of(error)
    _LOG.error("%s: %s %s at %s", where, code, type(error).__name__, " < ".join(reversed(places_of(error))))
    return code


def places_of(error: BaseException) -> list[str]:
    """The places in our own code that an error went through, outermost first, without any text of it."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{Path(f.filename).parent.name}/{Path(f.filename).name}:{f.lineno}" for f in frames]


def code_of(error: BaseException) -> str:
    """A short code of an unexpected error: the same kind at the same place has the same one."""
    said = f"{type(error).__name__} {' '.join(places_of(error))}"
    return "E-" + hashlib.sha256(said.encode()).hexdigest()[:6]


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """An event that Ctrl-C or a termination signal sets, once; the second time the process ends on the spot.

    What is in hand is finished and the rest stays queued, so that nothing is lost and no child is left.
    """
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            _leave()
        stop.set()
        os.write(2, b"\nstopping after the documents in hand (once more to stop at once)\n")

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave() -> NoReturn:
    os._exit(Exit.INTERRUPTED)


def _silence_stdout() -> None:
    """The reader of a pipe is gone: what Python still flushes at exit goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
