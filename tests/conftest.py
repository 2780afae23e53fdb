"""What every test starts from."""

import os
import signal
import tempfile
from collections.abc import Iterator

import pytest

# A runner in the background ignores Ctrl-C and hands that on to what it starts; tests that send it need it heard.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _temp_folder_stays() -> Iterator[None]:
    """A command keeps its temp files in its data folder; one that runs in this process must not leave the next that."""
    named, chosen = os.environ.get("TMPDIR"), tempfile.tempdir
    yield
    tempfile.tempdir = chosen
    if named is None:
        os.environ.pop("TMPDIR", None)
    else:
        os.environ["TMPDIR"] = named
