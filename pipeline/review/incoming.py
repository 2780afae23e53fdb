"""What comes in over the desk or goes through again: letters, patients' documents, what was set aside or divided."""

from collections.abc import Iterable, Sequence

from pipeline import store
from pipeline.desk import Desk
from pipeline.errors import UsageError
from pipeline.pictures import Pictures
from pipeline.review.letters import Letters
from pipeline.review.opened import OpenTask
from pipeline.review.patients import Patients
from pipeline.review.tasks import Tasks
from pipeline.review.worker import Worker
from pipeline.store import RemarkKind
from pipeline.values import decision


class Incoming:
    """Hands what people send to a worker that reads it; nobody waits for that."""

    def __init__(
        self, desk: Desk, *, letters: Letters, tasks: Tasks, patients: Patients, pictures: Pictures, worker: Worker
    ) -> None:
        self._desk = desk
        self._letters = letters
        self._tasks = tasks
        self._patients = patients
        self._pictures = pictures
        self._worker = worker

    def count(self) -> int:
        """How many files are queued, being read, or waiting among the uploads."""
        return sum(store.in_work().values()) + self._desk.waiting_uploads()

    def add_letters(self, files: Iterable[tuple[str, Iterable[bytes]]], *, by: str) -> int:
        """Take letters in that somebody sends; how many. Raises ``UsageError`` at the first unfit one."""
        count = 0
        try:
            for name, content in files:
                self._desk.add_letter(name, content, by=by)
                count += 1
        finally:
            if count:
                self._worker.take_in()
        return count

    def add_papers(
        self, opened: OpenTask, *, folder: str, files: Iterable[tuple[str, Iterable[bytes]]], by: str
    ) -> tuple[str, ...]:
        """Put documents into a patient's folder, link the task's letters to it, and have it read; their names there.

        ``folder`` is one that is known, or empty for a new one.

        Raises:
            Conflict: somebody decided on a letter of the task meanwhile; the documents are kept.
            UsageError: no charts folder is named, there is no such patient folder, or a file is not fit.
        """
        task, target = opened.task, folder or opened.task.case_id
        if folder and folder not in opened.patient.folders:
            raise UsageError("documents", why="there is no such patient folder", advice="Choose one of the list.")
        names = self._desk.add_papers(self._patients.charts, target, files, by=by)
        for letter_id in task.letter_ids if opened.patient.folder != target else ():
            letter = self._letters.stored(letter_id)
            self._letters.decide(letter, field=decision.PATIENT, value=target, by=by, version=letter.version)
        for name in names:
            self._tasks.remark(task.task_id, kind=RemarkKind.PAPER, text=name, by=by, details={})
        self._worker.charts(task.case_id)
        return names

    def divide(self, document_id: str, parts: Sequence[Sequence[int]], *, by: str, reason: str) -> None:
        """Divide a document into letters by hand; it is read again so. Raises ``UsageError`` where it is in work."""
        self._desk.decide(document_id, field=decision.PAGES, value=[list(part) for part in parts], by=by, reason=reason)
        for queued in self._desk.reprocess(letters=[document_id]):
            self._worker.read(queued)

    def retry(self, document_id: str, *, by: str, password: str | None = None) -> None:
        """Send a quarantined document through again; the password is kept in memory until then, and used once.

        Raises ``UsageError`` where there is none such.
        """
        self._desk.retry(document_id, who=by, password=password)
        if password is not None:
            self._pictures.make(document_id, turns=(), password=password)
        self._worker.read(document_id)
