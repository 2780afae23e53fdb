"""Each bad file ends in its own code, in its child, within its limits; a good one beside it is read."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.sandbox import Sandbox
from pipeline.values.limits import Limits
from tests.faults.zoo import zoo
from tests.faults.zoo_containers import containers
from tests.faults.zoo_pictures import pictures
from tests.faults.zoo_structures import structures

FILES = {**zoo(), **structures(), **pictures(), **containers()}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    temp = tmp_path_factory.mktemp("temp")
    with Sandbox(limits=Limits(), temp=temp, jobs=1) as opened:
        yield opened
    assert list(temp.iterdir()) == []


def test_the_zoo_is_large_enough() -> None:
    assert len(FILES) >= 150


@pytest.mark.slow
@pytest.mark.parametrize("name", list(FILES))
def test_each_ends_in_its_code(sandbox: Sandbox, tmp_path: Path, name: str) -> None:
    made, allowed = FILES[name]
    path = tmp_path / "letter.pdf"
    path.write_bytes(made() if callable(made) else made)
    start = time.monotonic()
    unpack = tmp_path / "inside"
    unpack.mkdir()
    document = sandbox.run(path, file_name=name, practice_path=None, unpack=unpack)
    outcome = document.problem.code.value if document.problem else document.status.value
    assert outcome in allowed
    assert time.monotonic() - start < Limits().seconds + 10
    assert bool(document.letters or document.members) == (outcome == "read")
    assert all(inside.name.isdigit() for inside in unpack.iterdir()), "places, never names out of the file"
    assert {found.name for found in tmp_path.iterdir()} == {"letter.pdf", "inside"}


_LARGEST = """
import importlib.util, resource, sys, tempfile
from pathlib import Path
from pipeline.sandbox import Sandbox
from pipeline.values.limits import Limits
spec = importlib.util.spec_from_file_location("zoo", sys.argv[1])
zoo = importlib.util.module_from_spec(spec); spec.loader.exec_module(zoo)
files = zoo.zoo()
with tempfile.TemporaryDirectory() as place, Sandbox(limits=Limits(), temp=Path(place) / "t", jobs=1) as sandbox:
    for name in ("bomb-of-spaces", "sixty-thousand-words", "self-referencing-form", "tiff-3000-frames"):
        made = files[name][0]
        (Path(place) / name).write_bytes(made() if callable(made) else made)
        sandbox.run(Path(place) / name, file_name=name, practice_path=None)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


@pytest.mark.slow
def test_the_largest_child_stays_in_its_limit() -> None:
    # In a process of its own: a child counts the memory of the one it was forked from until it starts its program.
    command = [sys.executable, "-c", _LARGEST, str(Path(__file__).with_name("zoo.py"))]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    shared = 200_000_000  # libraries and what the template loaded, not counted by RLIMIT_DATA
    assert 300_000_000 < int(done.stdout) < Limits().memory_bytes + shared
