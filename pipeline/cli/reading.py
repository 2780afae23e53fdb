"""Many files read at the same time, each in its own child, with nothing stored: what ``read`` and ``evaluate`` do."""

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipeline.cli.opening import readable
from pipeline.cli.progress import progress
from pipeline.sandbox import Sandbox
from pipeline.settings import Settings
from pipeline.values.letter import Document


def read_files(files: Sequence[Path], *, settings: Settings, practice_path: Path | None) -> list[Document]:
    """The documents of the files, in the order given. No data folder is needed.

    Raises:
        UsageError: a file is not there or may not be read; nothing was read.
        MissingToolError: Tesseract is missing.
    """
    for path in files:
        readable(path, what="file", advice="Name files that are there.")
    with (
        tempfile.TemporaryDirectory(prefix="denials-") as temp,
        ThreadPoolExecutor(max_workers=settings.jobs) as pool,
        Sandbox(limits=settings.limits, temp=Path(temp), jobs=settings.jobs) as sandbox,
        progress("reading") as show,
    ):  # the sandbox ends before the pool: it kills what the pool would wait for
        reading = partial(_read, sandbox, practice_path=practice_path, temp=Path(temp), depth=settings.limits.max_depth)
        waiting = [pool.submit(reading, path, file_name=path.name) for path in files]
        try:
            for done, future in enumerate(as_completed(waiting), start=1):
                future.result()  # raises at once where nothing can be read
                show(done, len(waiting))
            return [future.result() for future in waiting]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _read(
    sandbox: Sandbox, path: Path, *, file_name: str, practice_path: Path | None, temp: Path, depth: int
) -> Document:
    """The document, and inside a container the documents that it holds, ``depth`` containers deep."""
    with tempfile.TemporaryDirectory(prefix="unpack-", dir=temp) as name:
        folder = Path(name)
        document = sandbox.run(
            path, file_name=file_name, practice_path=practice_path, unpack=folder if depth > 0 else None
        )
        members = tuple(
            replace(
                member,
                document=_read(
                    sandbox, folder / str(member.place), file_name=member.name, practice_path=practice_path,
                    temp=temp, depth=depth - 1,
                ),
            )
            if member.document_id
            else member
            for member in document.members
        )  # fmt: skip
    return replace(document, members=members)
