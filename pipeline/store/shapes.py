"""What crosses the store's door, either way. Importable before the store is configured."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.store.states import State
from pipeline.values.letter import Letter
from pipeline.values.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What tells a file from its later self, without reading it."""

    size: int
    mtime_ns: int
    inode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A file that was seen before; ``path`` relative to the inbox (surrogate-escaped), ``moved_to`` likewise."""

    receipt_id: int
    path: str
    stamp: Stamp
    document_id: str | None
    problem: str
    moved_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """``new``: these bytes were never seen before. ``again``: the very same file was registered before."""

    receipt_id: int
    new: bool
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLetter:
    """A letter of a case, the day we received it, and the claim of it that the case is about."""

    letter: Letter
    received: date
    claim_index: int | None


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
class Decided:
    """A person's word on a field of a letter; the last one of a field counts. ``value`` is as in the contract's JSON."""

    letter_id: str
    field: str
    value: object
    by: str
    at: datetime
    reason: str


Cases = Callable[[Letter], Sequence[tuple[str, int | None]]]
"""The cases of a letter: case id, and the claim of the letter that it is about."""
WorkOut = Callable[[str, Sequence[StoredLetter]], Sequence[Task]]
"""The tasks of a case from its letters; called inside the transaction, so it must be pure and fast."""
