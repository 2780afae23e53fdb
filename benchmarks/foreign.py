"""`python -m benchmarks.foreign FOLDER`: files that nobody here made, and what becomes of each.

FOLDER holds source distributions, fetched by hand and never committed, of libraries that ship PDF files as tests:

    pip download --no-binary :all: --no-deps --dest FOLDER pdfplumber pikepdf pypdf pdfminer.six

Every PDF in them goes through a child of the sandbox with the limits of a batch. Printed are the outcomes by archive,
then each file that crashed, took too long or too much memory: those are ours to look at. Exit code 1 where a file
crashed its reader.
"""

import argparse
import hashlib
import logging
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pipeline.errors import ProblemCode
from pipeline.sandbox import Sandbox
from pipeline.values.letter import Document
from pipeline.values.limits import Limits

OURS = frozenset(
    code.value for code in (ProblemCode.CRASHED, ProblemCode.TOO_SLOW, ProblemCode.OUT_OF_MEMORY, ProblemCode.TOO_LARGE)
)
"""Outcomes that say something about the reader, not only about the file."""


def pdfs(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each different PDF in a source distribution; nothing of it is unpacked to its own name."""
    seen: set[bytes] = set()
    with tarfile.open(archive) as packed:
        for member in packed:
            file = packed.extractfile(member) if member.isfile() and member.name.lower().endswith(".pdf") else None
            if file is None:
                continue
            data = file.read()
            digest = hashlib.sha256(data).digest()
            if digest not in seen:
                seen.add(digest)
                yield PurePosixPath(member.name).name, data


def outcome(document: Document) -> str:
    """The code of what was wrong, or ``read``."""
    return document.problem.code.value if document.problem else document.status.value


def main() -> int:
    """Read them all and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", action="store_true", help="a line for every file, on standard error, as it ends")
    options = parser.parse_args()
    archives = sorted(options.folder.glob("*.tar.gz"))
    if not archives:
        parser.error(f"no source distributions (*.tar.gz) in {options.folder}")
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    counts: dict[str, Counter[str]] = {}
    told: list[str] = []
    with tempfile.TemporaryDirectory(prefix="denials-foreign-") as place:
        path = Path(place) / "letter.pdf"
        with Sandbox(limits=Limits(), temp=Path(place) / "temp", jobs=1) as sandbox:
            for archive in archives:
                source = archive.name.removesuffix(".tar.gz")
                counts[source] = Counter()
                for name, data in pdfs(archive):
                    path.write_bytes(data)
                    start = time.monotonic()
                    found = outcome(sandbox.run(path, file_name=name, practice_path=None))
                    taken = time.monotonic() - start
                    counts[source][found] += 1
                    line = f"| {source} | {name} | {found} | {taken:.1f} |"
                    if options.each:
                        print(line, file=sys.stderr, flush=True)
                    if found in OURS:
                        told.append(line)
        left = [p.name for p in (Path(place) / "temp").iterdir()]
    _print(counts, told)
    print(f"\nTemp folder afterwards: {left or 'empty'}")
    return 1 if any(c[ProblemCode.CRASHED.value] for c in counts.values()) else 0


def _print(counts: dict[str, Counter[str]], told: list[str]) -> None:
    codes = sorted({code for counter in counts.values() for code in counter}, key=lambda c: (c != "read", c))
    print(f"| source | files | {' | '.join(codes)} |")
    print("| --- " * (len(codes) + 2) + "|")
    for source, counter in counts.items():
        print(f"| {source} | {counter.total()} | {' | '.join(str(counter[c]) for c in codes)} |")
    if told:
        print("\n| source | file | outcome | seconds |\n| --- | --- | --- | --- |")
        print("\n".join(told))


if __name__ == "__main__":
    sys.exit(main())
