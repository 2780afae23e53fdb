"""What crosses the store's door, either way. Importable before the store is configured."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from pipeline.store.states import State
from pipeline.values.casework import CasePart
from pipeline.values.decision import Decided
from pipeline.values.letter import Channel, Letter
from pipeline.values.task import FollowUp, FollowUpAct, Task


class FileSeen(Protocol):
    """A file of an inbox: its path there (surrogate-escaped) and what tells it from its later self without reading."""

    @property
    def path(self) -> str:
        """Its path there, surrogate-escaped."""

    @property
    def size(self) -> int:
        """In bytes."""

    @property
    def mtime_ns(self) -> int:
        """When it was last changed, in nanoseconds."""

    @property
    def inode(self) -> int:
        """Its number in the file system."""


class FileKept(Protocol):
    """A copy of a file that is on disk, under a temporary name."""

    @property
    def temp(self) -> Path:
        """Where the copy lies meanwhile."""

    @property
    def sha256(self) -> str:
        """Of its bytes, in hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A file dealt with. ``problem``: the code it was refused for; ``moved_to``: where it lies in the inbox."""

    receipt_id: int
    path: str
    size: int
    mtime_ns: int
    inode: int
    problem: str
    moved_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLetter:
    """A letter of a case as it was read, the day we received it, and the claim of it that the case is about.

    ``decisions`` are what people said about the letter and ``follow_ups`` what they sent about it, oldest first;
    ``doubts`` other cases that it may belong to, each with the reason.
    """

    letter: Letter
    received: date
    claim_index: int | None
    decisions: tuple[Decided, ...] = ()
    doubts: tuple[tuple[str, str], ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """How processing a document ended. ``problem`` is the code of a quarantined one, and empty otherwise."""

    document_id: str
    state: State
    problem: str = ""
    letters: int = 0
    pages: int = 0
    ocr_pages: int = 0
    tasks_created: int = 0
    tasks_updated: int = 0
    tasks_removed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberKept:
    """A document of a container, its bytes in the store; without an id it could not be taken out, for ``problem``."""

    place: int
    name: str
    size: int
    document_id: str | None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What a person writes down: what was done on ``day``, how, to which number, and what proves it.

    ``number`` has ten digits for a fax or a telephone. ``undoes`` is the number of the row that is taken back.
    """

    act: FollowUpAct
    day: date
    channel: Channel | None = None
    number: str = ""
    proof: str = ""
    note: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A file that brought a document and, as far as is known, still lies at ``place`` below its inbox."""

    receipt_id: int
    document_id: str
    inbox: bytes
    place: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Purgeable:
    """What may be forgotten; ``originals`` are its files in inboxes, moved by intake or never moved.

    ``papers`` counts the files of packets and proofs, ``paper_bytes`` what is in them.
    """

    documents: tuple[str, ...]
    cases: tuple[str, ...]
    letters: int
    papers: int
    paper_bytes: int
    originals: tuple[Original, ...]


Cases = Callable[[Letter, Sequence[Decided]], Sequence[CasePart]]
"""What a letter shows of its cases, with what people decided on it."""
Laid = Callable[[Letter, Sequence[Decided]], Letter]
"""The letter with the decisions laid over it."""
WorkOut = Callable[[str, Sequence[StoredLetter]], Sequence[Task]]
"""The tasks of a case from its letters; called inside the transaction, so it must be pure and fast."""
