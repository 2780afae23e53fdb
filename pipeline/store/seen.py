"""What the desk is shown of the store, and how it asks. Importable before the store is configured."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.store.states import State
from pipeline.values.decision import Decided
from pipeline.values.letter import Letter, PageSummary
from pipeline.values.task import FollowUp, Task

Within = frozenset[str] | None
"""The locations that somebody sees, the empty one being that of what has none known; None: everything."""
NOWHERE = ""
"""The location of what has none known."""
SOON_DAYS = 7
"""What is due within so many days is due soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Filters of the worklist; an empty one asks for everything. ``window`` is overdue, week, month or none.

    ``who`` is a name, or ``-`` for nobody; ``location`` one of ours, or ``-`` for none known; ``finished``: only
    what is closed or written off.
    """

    search: str = ""
    stage: str = ""
    who: str = ""
    payer: str = ""
    action: str = ""
    reason: str = ""
    window: str = ""
    location: str = ""
    missing: bool = False
    finished: bool = False
    order: str = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A task in the worklist; money in cents."""

    task_id: str
    due: str | None
    priority: int
    stage: str
    action: str
    payer: str
    member_name: str
    claim: str
    service: str
    reasons: tuple[str, ...]
    cents: int | None
    missing: int
    assignee: str
    waiting_on: str
    next_touch: str
    location: str
    priority_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Of the tasks that are not finished; ``cents`` is the money at risk."""

    tasks: int
    overdue: int
    soon: int
    unassigned: int
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A remark on a task."""

    task_id: str
    kind: str
    text: str
    details: Mapping[str, str]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedMany:
    """Tasks moved together ``at`` a moment, which names the act; those that ``stayed`` with the reasons in words."""

    moved: int
    stayed: int
    why: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLetter:
    """A letter of a case and the file that it is kept in; days ISO."""

    letter_id: str
    kind: str
    dated: str | None
    received: str
    pages: tuple[int, ...]
    document_id: str
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPaper:
    """A file that we made or kept about a letter: of a packet (``kind`` of letter), or what proves a sending.

    ``digest`` names its bytes; ``bundle`` is the same for the files of one packet.
    """

    letter_id: str
    kind: str
    name: str
    digest: str
    size: int
    bundle: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """All that is kept of a case."""

    case_id: str
    tasks: tuple[Task, ...]
    letters: tuple[KeptLetter, ...]
    decisions: tuple[Decided, ...]
    follow_ups: tuple[FollowUp, ...]
    remarks: tuple[Said, ...]
    papers: tuple[KeptPaper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A letter as it was read, with what people said, the tasks of its cases, and the document it stands in.

    ``letters`` are the ids and pages of all letters of the document, in order; ``received`` the day of its batch.
    """

    letter: Letter
    said: tuple[Decided, ...]
    document_id: str
    file_name: str
    state: State
    received: date
    pages: tuple[PageSummary, ...]
    letters: tuple[tuple[str, tuple[int, ...]], ...]
    case_ids: tuple[str, ...]
    checked: bool

    @property
    def version(self) -> int:
        """The number of the last decision, to be handed back with the next."""
        return self.said[-1].number if self.said else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A file that could not be read, or was not opened: its code, what it means, what to do."""

    document_id: str | None
    receipt_id: int
    file_name: str
    code: str
    message: str
    advice: str
    size: int
    taken_in: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A letter in the reviewers' queue."""

    letter_id: str
    kind: str
    payer: str
    member_name: str
    notes: int
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """Who did what to what, when."""

    number: int
    at: datetime
    who: str
    act: str
    subject: str
    code: str
