"""Private temp folders that die with their batch; what a killed batch left behind is swept by the next."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_LOCK = "lock"
_PREFIX = "batch-"


@contextlib.contextmanager
def locked_folder(temp: Path) -> Iterator[Path]:
    """A folder of this batch alone, locked as long as the batch lives and removed at the end."""
    with contextlib.ExitStack() as stack:
        with _alone(temp):  # a folder without its lock yet would look abandoned
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=temp))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            lock = stack.enter_context((folder / _LOCK).open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def sweep(temp: Path) -> None:
    """Removes the folders whose batch is gone: its lock died with it, or it died before there was one."""
    with _alone(temp):
        for folder in temp.glob(f"{_PREFIX}*"):
            try:
                descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
            except FileNotFoundError:
                shutil.rmtree(folder, ignore_errors=True)
                continue
            except OSError:
                continue
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            except BlockingIOError:
                pass
            finally:
                os.close(descriptor)


@contextlib.contextmanager
def _alone(temp: Path) -> Iterator[None]:
    """Nobody else makes or sweeps folders in ``temp`` meanwhile: a lock on the folder itself, which leaves no file."""
    descriptor = os.open(temp, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
