"""One queued document, from the claim to the save: read in a child, its cases worked out, all of it kept at once."""

import contextlib
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.desk.clock import Clock
from pipeline.errors import DenialsError
from pipeline.sandbox import Reader
from pipeline.sandbox.folders import locked_folder
from pipeline.store import LeaseLost, StoreBusy
from pipeline.values.decision import PAGES, standing
from pipeline.values.letter import Document, Member
from pipeline.working import Working

_LOG = logging.getLogger(__name__)


class Processing:
    """Works on documents for one process, ``owner_id``. Safe to use from several threads."""

    def __init__(
        self, data: Path, *, owner_id: str, reader: Reader | None, practice_path: Path | None, working: Working,
        max_depth: int, clock: Clock,
    ) -> None:  # fmt: skip
        self._temp = data / "tmp"
        self._blobs = store.Blobs(data / "store")
        self._owner_id = owner_id
        self._reader = reader
        self._practice_path = practice_path
        self._working = working
        self._max_depth = max_depth
        self._clock = clock
        self._passwords: dict[str, str] = {}
        self._in_hand: set[str] = set()
        self._guard = threading.Lock()

    def run(self, document_id: str, *, batch_id: str | None) -> str:
        """Read, work out and save a queued document; the code of how it ended. Raises as ``Desk.process``."""
        if self._reader is None:
            raise RuntimeError("this desk was opened without a reader")
        with self._taken(document_id) as free:
            now = self._clock.now()
            token = store.claim(document_id, owner_id=self._owner_id, now=now) if free else None
            return "skipped" if token is None else self._process(self._reader, document_id, token, batch_id)

    def password(self, document_id: str, password: str) -> None:
        """What opens a document the next time it is read; kept in memory alone and used once."""
        self._passwords[document_id] = password

    def _process(self, reader: Reader, document_id: str, token: int, batch_id: str | None) -> str:
        try:
            self._working.load()
            with store.held(document_id, token, now=self._clock.now), self._unpacking(document_id) as unpack:
                document = reader.run(
                    self._blobs.path(document_id),
                    file_name=store.file_name(document_id),
                    practice_path=self._practice_path,
                    unpack=unpack,
                    password=self._passwords.pop(document_id, None),
                    **_by_hand(document_id),
                )
                members = tuple(self._kept(member, unpack) for member in document.members if unpack)
            return self._save(document, token, batch_id, members)
        except LeaseLost:
            _LOG.warning("document %s: lease lost, result dropped", document_id[:16])
            return "lease_lost"
        except BaseException as error:
            # Blame is for what only this document does; a busy store, a missing tool and Ctrl-C hit every document.
            blame = isinstance(error, Exception) and not isinstance(error, (DenialsError, OSError))
            with contextlib.suppress(StoreBusy):
                store.release(document_id, token, now=self._clock.now(), blame=blame)
            raise

    def _save(self, document: Document, token: int, batch_id: str | None, members: Sequence[store.MemberKept]) -> str:
        saved = store.save(
            document,
            token=token,
            batch_id=batch_id,
            cases_of=self._working.cases_of,
            work_out=self._working.work_out,
            lay=self._working.lay,
            today=self._working.today(),
            now=self._clock.now(),
            members=members,
        )
        _LOG.info("document %s: %s %s", saved.document_id[:16], saved.state, saved.problem)
        return saved.state.value

    @contextmanager
    def _unpacking(self, document_id: str) -> Iterator[Path | None]:
        """A private folder for the documents of a container; None for one that stands too deep in others."""
        if store.depth(document_id) >= self._max_depth:
            yield None
            return
        with locked_folder(self._temp) as folder:
            yield folder

    def _kept(self, member: Member, folder: Path) -> store.MemberKept:
        """A document of a container with its bytes in the store, by their own hash whatever the child said."""
        digest, size, problem = None, 0, member.problem.code.value if member.problem else ""
        if member.document_id:
            digest, size = self._blobs.take(folder / str(member.place))
        return store.MemberKept(place=member.place, name=member.name, size=size, document_id=digest, problem=problem)

    @contextmanager
    def _taken(self, document_id: str) -> Iterator[bool]:
        """Whether no other thread here has this document; then what this process left half-done with it is its own."""
        with self._guard:
            free = document_id not in self._in_hand
            self._in_hand.add(document_id)
        try:
            yield free
        finally:
            if free:
                self._in_hand.discard(document_id)


def _by_hand(document_id: str) -> dict[str, Any]:
    """How a person divided the document into letters, if anybody did."""
    said = standing(store.decisions(document_id)).get(PAGES)
    return {} if said is None else {"parts": said.value}
