"""Each bad file ends in its own code, in its child, within its limits; a good one beside it is read."""

import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.sandbox import Sandbox
from pipeline.values.letter import DocumentStatus
from pipeline.values.limits import Limits
from tests.faults.zoo import zoo
from tests.faults.zoo_containers import containers, said, word
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
    data, allowed = FILES[name]
    path = tmp_path / "letter.pdf"
    path.write_bytes(data)
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


def test_the_largest_child_stayed_in_its_limit() -> None:
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < 1_500_000_000


@pytest.mark.parametrize("extension", [".txt", ".png", ".exe", ""])
def test_a_wrong_extension_says_nothing(sandbox: Sandbox, tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"letter{extension}"
    path.write_bytes(FILES["good"][0])
    assert sandbox.run(path, file_name=path.name, practice_path=None).status is DocumentStatus.READ


def test_an_entity_never_brings_a_file_of_this_machine(sandbox: Sandbox, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Claim number 55512345678")
    path = tmp_path / "letter.docx"
    entity = f'<!DOCTYPE x [<!ENTITY f SYSTEM "{secret.as_uri()}">]>'.encode()
    path.write_bytes(word(said(b"Your claim was denied: &f;"), entity))
    document = sandbox.run(path, file_name=path.name, practice_path=None)
    assert "55512345678" not in str(document)
    secret_in_plain = sandbox.run(secret, file_name=secret.name, practice_path=None)
    assert "55512345678" in str(secret_in_plain), "the same words, were they there, would be found"
