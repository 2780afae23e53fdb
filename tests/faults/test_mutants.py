"""Damaged letters never stop the batch, never hang, and never end as done with nothing found and nothing said."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest

from pipeline.errors import ProblemCode
from pipeline.sandbox import Sandbox
from pipeline.values.letter import Document, Finding, Letter
from pipeline.values.limits import Limits
from tests.faults.mutants import Mutant, mutants

SEED = 20261127


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    temp = tmp_path / "temp"
    with Sandbox(limits=Limits(), temp=temp, jobs=2) as opened:
        yield opened
    assert list(temp.iterdir()) == []


def read_all(sandbox: Sandbox, folder: Path, count: int, *, largest: int) -> Counter[str]:
    """Outcomes by code of so many mutants. Fails on one that crashed, hung or ended silently."""
    read = partial(_outcome, sandbox, folder)
    with ThreadPoolExecutor(2) as pool:
        return Counter(pool.map(read, mutants(count, largest=largest, seed=SEED)))


def _outcome(sandbox: Sandbox, folder: Path, mutant: Mutant) -> str:
    path, which = folder / f"{mutant.number}.pdf", f"mutant {mutant.number} of {mutant.letter}"
    path.write_bytes(mutant.data)
    start = time.monotonic()
    document = sandbox.run(path, file_name="x", practice_path=None)
    assert time.monotonic() - start < 2 * (Limits().seconds + 10), which
    path.unlink()
    outcome = document.problem.code.value if document.problem else document.status.value
    assert outcome != ProblemCode.CRASHED.value, which
    assert not ends_silently(document), which
    return outcome


def ends_silently(document: Document) -> bool:
    """Whether it would be done with a letter, or a page, of which nothing is said to anybody."""
    if document.problem:
        return False
    told = {page for letter in document.letters for page in letter.pages} | {
        page.number for page in document.unassigned_pages
    }
    return told != {page.number for page in document.pages} or any(
        not letter.needs_review and not found(letter) for letter in document.letters
    )


def found(letter: Letter) -> bool:
    """Whether anything was found in the letter itself: what is worked out without it (its defects) does not count."""
    values = {field.name: getattr(letter, field.name) for field in fields(letter)}
    return any(
        isinstance(value, Finding) or (isinstance(value, tuple) and any(isinstance(v, Finding) for v in value))
        for value in values.values()
    )


@pytest.mark.slow
def test_mutants_end_by_name(sandbox: Sandbox, tmp_path: Path) -> None:
    outcomes = read_all(sandbox, tmp_path, 200, largest=4_000)
    assert outcomes.total() == 200
    assert len(outcomes) > 2, "the damage is neither always fatal nor always harmless"


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_thousands_of_mutants_end_by_name(sandbox: Sandbox, tmp_path: Path) -> None:
    assert read_all(sandbox, tmp_path, 5000, largest=70_000).total() == 5000
