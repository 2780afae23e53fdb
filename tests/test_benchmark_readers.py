"""The benchmark of scanned pages reads through the sandbox as a batch does; its child keeps step with the orders."""

import pytest

from benchmarks import readers
from benchmarks.characters import errors
from benchmarks.sheets import letters, long_file


@pytest.mark.slow
def test_the_readers_of_the_benchmark_read():
    sheets = [*letters("scan 200", 1), long_file("scan 200", 2)]
    with readers.files(sheets) as paths, readers.ours() as ours, readers.limit(sheets) as limit:
        texts, tables = ours(paths), limit()
    for sheet, text in zip(sheets, texts, strict=True):
        assert errors("\n".join(sheet.truth), text) < 0.1 * len(text)
    assert len(tables) == 3
    assert all("\t" in table for table in tables)
