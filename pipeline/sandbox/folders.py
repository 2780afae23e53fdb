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
    folder = Path(tempfile.mkdtemp(prefix="new-", dir=temp))
    with (folder / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Only now under the name that sweep looks for: a folder without its lock yet would look abandoned.
        folder = folder.rename(temp / f"{_PREFIX}{folder.name.removeprefix('new-')}")
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def sweep(temp: Path) -> None:
    """Removes the folders whose batch is gone: its lock died with it."""
    for folder in temp.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(descriptor)
