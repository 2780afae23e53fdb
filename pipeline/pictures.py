"""Pictures of pages for people, kept beside the store: drawn once by a child, found again by document and page.

They can be made again at any time and are no part of a backup. Files are 0600 in folders 0700, like the blobs.
"""

import contextlib
import hashlib
import json
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from pipeline.errors import ProblemCode
from pipeline.sandbox.folders import locked_folder
from pipeline.store import Blobs

_KINDS = ("png", "jpg", "txt")
_WORDS = "words"
_LONGEST_SAID = 100


class Drawer(Protocol):
    """Draws the pages of a kept document; ``pipeline.sandbox.Sandbox`` over ``pipeline.viewing`` is one."""

    def draw(
        self, path: Path, *, into: Path, turns: Sequence[int], words: bool = False, password: str | None = None
    ) -> ProblemCode | None:
        """Files in ``into``; a code where the document cannot be drawn."""
        ...


class NotShown(Exception):
    """A page that cannot be drawn, and the code why."""

    def __init__(self, code: ProblemCode) -> None:
        super().__init__(code.value)
        self.code = code


class Pictures:
    """The pictures of a data folder. Safe to use from several threads; a document is drawn by one at a time."""

    def __init__(self, data: Path, *, drawer: Drawer) -> None:
        self._temp = data / "tmp"
        self._folder = data / "pages"
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._blobs = Blobs(data / "store")
        self.drawer = drawer
        self._guard = threading.Lock()
        self._drawing: dict[str, threading.Lock] = {}

    def page(self, document_id: str, number: int, *, turns: Sequence[int]) -> Path:
        """The file of a page: ``.png``, ``.jpg``, or ``.txt`` for a page that is only text.

        Raises ``NotShown``: the document cannot be drawn, or has no such page.
        """
        try:
            folder = self._drawn(document_id, turns=turns)
        except NotShown:  # a locked file was drawn while its password was known, before its pages were turned
            folder = self._drawn(document_id, turns=())
        for kind in _KINDS:
            path = folder / f"{number}.{kind}"
            if path.is_file():
                return path
        raise NotShown(ProblemCode.EMPTY)

    def words(self, document_id: str, *, turns: Sequence[int]) -> list[list[list[object]]]:
        """The words of each page with their boxes, for picking a value from the page. Raises ``NotShown``."""
        folder = self._drawn(document_id, turns=turns, words=True)
        found: list[list[list[object]]] = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        return found

    def make(self, document_id: str, *, turns: Sequence[int], password: str | None = None) -> None:
        """Draw ahead of need, where that is possible; with the password while it is known."""
        with contextlib.suppress(NotShown):
            self._drawn(document_id, turns=turns, password=password)
            if password is not None:
                self._drawn(document_id, turns=turns, password=password, words=True)

    def _drawn(
        self, document_id: str, *, turns: Sequence[int], words: bool = False, password: str | None = None
    ) -> Path:  # fmt: skip
        source = self._blobs.path(document_id)
        folder = self._folder / document_id[:2] / f"{document_id}-{_WORDS if words else _turned(turns)}"
        if not folder.is_dir():
            with self._one_at_a_time(folder.name):
                if not folder.is_dir():
                    self._draw(source, folder, turns=turns, words=words, password=password)
        return folder

    def _draw(
        self, source: Path, folder: Path, *, turns: Sequence[int], words: bool, password: str | None
    ) -> None:  # fmt: skip
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        with locked_folder(self._temp) as temp:
            into = temp / "drawn"
            into.mkdir(mode=0o700)
            problem = self.drawer.draw(source, into=into, turns=turns, words=words, password=password)
            if problem is not None:
                raise NotShown(problem)
            with contextlib.suppress(OSError):  # another process was quicker
                into.rename(folder)
            shutil.rmtree(into, ignore_errors=True)

    @contextlib.contextmanager
    def _one_at_a_time(self, name: str) -> Iterator[None]:
        with self._guard:
            lock = self._drawing.setdefault(name, threading.Lock())
        with lock:
            yield
        with self._guard:
            self._drawing.pop(name, None)


def _turned(turns: Sequence[int]) -> str:
    """The name of pictures by how each page is turned: no longer than a folder's name may be, another for others."""
    if not any(turns):
        return "upright"
    said = "-".join(str(turn) for turn in turns)
    return said if len(said) <= _LONGEST_SAID else hashlib.sha256(said.encode()).hexdigest()[:32]
