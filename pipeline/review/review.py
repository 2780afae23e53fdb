"""The review desk's services, a subject each, put together over a desk."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.desk import Desk
from pipeline.knowledge.practice_file import PracticeFile
from pipeline.pictures import Pictures
from pipeline.review.cases import Cases
from pipeline.review.counted import Counted
from pipeline.review.incoming import Incoming
from pipeline.review.letters import Letters
from pipeline.review.packets import Packets
from pipeline.review.pages import Pages
from pipeline.review.patients import Patients
from pipeline.review.tasks import Tasks
from pipeline.review.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What the pages are served from. Safe to use from several threads.

    A change and its audit row are one transaction of the store; what ``counted`` tells is counted anew after each.
    """

    desk: Desk
    letters: Letters
    tasks: Tasks
    cases: Cases
    patients: Patients
    packets: Packets
    pages: Pages
    incoming: Incoming
    counted: Counted
    practice: PracticeFile | None

    def today(self) -> date:
        """The day that days left are counted from."""
        return self.desk.today()


def review_of(desk: Desk, *, pictures: Pictures, worker: Worker, charts: Path | None = None,
              practice: PracticeFile | None = None) -> Review:  # fmt: skip
    """The services over a desk. ``charts`` holds the patients' folders, ``practice`` is the file that says who we are.

    None where no such folder or file is named.
    """
    patients = Patients(desk, charts=charts)
    letters = Letters(desk, patients=patients)
    tasks = Tasks(desk, letters=letters, patients=patients)
    return Review(
        desk=desk, letters=letters, tasks=tasks, cases=Cases(desk, letters=letters), patients=patients,
        packets=Packets(desk, tasks=tasks, drawer=pictures.drawer, charts=charts), pages=Pages(desk, pictures=pictures),
        incoming=Incoming(desk, letters=letters, tasks=tasks, patients=patients, pictures=pictures, worker=worker),
        counted=Counted(desk), practice=practice,
    )  # fmt: skip
