"""What reads documents, as the desk and the shelf ask for it; ``Sandbox`` is both."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from pipeline.values.chart import Chart
from pipeline.values.letter import Document


class Reader(Protocol):
    """Reads a kept document; ``pipeline.sandbox.Sandbox`` is one."""

    def run(
        self,
        path: Path,
        *,
        file_name: str,
        practice_path: Path | None,
        unpack: Path | None = None,
        password: str | None = None,
        parts: Sequence[Sequence[int]] | None = None,
    ) -> Document:
        """The document at ``path``; quarantined with a code where it cannot be read.

        The documents of a container are put into the folder ``unpack``, each under its place; none is opened without.
        ``parts`` are the letters by page numbers where a person divided the document.
        """
        ...


class ChartReader(Protocol):
    """Reads one document of a patient's folder."""

    def chart(self, path: Path, *, file_name: str) -> Chart:
        """The document with its facts; with its problem where it cannot be read."""
        ...
