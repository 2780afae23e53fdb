"""Each bad file ends in its own code, in its child, within its limits; a good one beside it is read."""

import importlib.util
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.sandbox import Sandbox
from pipeline.values.limits import Limits


def _load_zoo() -> ModuleType:
    spec = importlib.util.spec_from_file_location("zoo", Path(__file__).with_name("zoo.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ZOO = _load_zoo()
FILES = ZOO.zoo()


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    temp = tmp_path_factory.mktemp("temp")
    with Sandbox(limits=Limits(), temp=temp, jobs=1) as opened:
        yield opened
    assert list(temp.iterdir()) == []


def test_the_zoo_is_large_enough() -> None:
    assert len(FILES) >= 60


@pytest.mark.slow
@pytest.mark.parametrize("name", list(FILES))
def test_each_ends_in_its_code(sandbox: Sandbox, tmp_path: Path, name: str) -> None:
    data, allowed = FILES[name]
    path = tmp_path / "letter.pdf"
    path.write_bytes(data)
    start = time.monotonic()
    document = sandbox.run(path, file_name=name, practice_path=None)
    outcome = document.problem.code.value if document.problem else document.status.value
    assert outcome in allowed
    assert time.monotonic() - start < Limits().seconds + 10
    assert (document.letters == ()) == (outcome != "read")


def test_the_largest_child_stayed_in_its_limit() -> None:
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < 1_600_000_000
