"""Files handed to other programs: each appears whole under its name, or not at all.

A program that watches the folder never sees half a file: files are written into a hidden folder beside their place,
put on disk, and then renamed. Names that begin with a dot are not yet meant for anybody.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import UsageError

_HIDDEN = ".writing-"


def deliver(out: Path, write: Callable[[Path], list[Path]]) -> list[Path]:
    """The files that ``write`` makes in a folder given to it, moved into ``out`` (made if missing), private (0600).

    Raises:
        UsageError: ``out`` cannot be written to.
    """
    try:
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder = Path(tempfile.mkdtemp(prefix=_HIDDEN, dir=out))
        try:
            return [_placed(path, out) for path in write(folder)]
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise UsageError(
            f"export folder {out}", why=os.strerror(error.errno or 0), advice="Name a folder that you may write to."
        ) from None


def _placed(path: Path, out: Path) -> Path:
    path.chmod(0o600)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return path.rename(out / path.name)
