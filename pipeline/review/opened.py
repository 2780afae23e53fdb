"""What lies open on the screen: a letter, a task, a case."""

from dataclasses import dataclass
from datetime import date

from pipeline import store
from pipeline.checking import Field
from pipeline.store import Opened
from pipeline.values.chart import ChartDocument
from pipeline.values.letter import Letter, PageSummary
from pipeline.values.task import Proposal, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The patient folder of a letter (None: none), why, and the folders to choose from."""

    folder: str | None
    why: str
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedLetter:
    """A letter as decided, with the state of its fields."""

    opened: Opened
    letter: Letter
    fields: tuple[Field, ...]

    @property
    def flagged(self) -> tuple[str, ...]:
        """The fields that a person must say something about, in order."""
        return tuple(field.name for field in self.fields if field.flagged)

    @property
    def turns(self) -> tuple[int, ...]:
        """How far each page of the document was turned to stand upright, in degrees clockwise."""
        return tuple(page.rotation for page in self.opened.pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLetter(DecidedLetter):
    """A letter on the screen: with what is to be looked at in it as a whole, and the tasks that come of it.

    ``pages`` are those of its file that who looks may see.
    """

    notes: tuple[str, ...]
    pages: tuple[PageSummary, ...]
    tasks: tuple[Task, ...]
    patient: Linked


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """A task on the screen, with its version, what was said on it, and the letters of its case by day.

    ``papers`` are the documents of the patient's folder, ``kept`` the files of packets and proofs about its letters.
    """

    task: Task
    version: int
    remarks: tuple[store.Said, ...]
    letters: tuple[tuple[Letter, date], ...]
    siblings: tuple[Task, ...]
    patient: Linked
    papers: tuple[ChartDocument, ...]
    kept: tuple[store.KeptPaper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMail:
    """A letter of a case with its version. ``by_hand``: a person put it there; ``claims``: how many it concerns."""

    letter: Letter
    received: date
    version: int
    by_hand: bool
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A case on the screen: its letters by day, its tasks, and the cases that may be the same, with their letters."""

    case_id: str
    letters: tuple[CaseMail, ...]
    tasks: tuple[Task, ...]
    proposals: tuple[tuple[Proposal, tuple[CaseMail, ...]], ...]

    @property
    def versions(self) -> dict[str, int]:
        """The version of each letter, of the proposed cases too."""
        every = [*self.letters, *(mail for _, letters in self.proposals for mail in letters)]
        return {mail.letter.letter_id: mail.version for mail in every}

    @property
    def is_confirmed(self) -> bool:
        """Whether a person put every letter here."""
        return all(mail.by_hand for mail in self.letters)


def written_on(letter: Letter) -> str:
    """The day that a letter bears, to sort by; empty where none was read."""
    return letter.letter_date.value or "" if letter.letter_date else ""
