"""What goes to the payer from a task: its packet, a clinician's words and signature in it, what proves a sending."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline import store
from pipeline.desk import Conflict, Desk
from pipeline.errors import UsageError
from pipeline.packing import pack
from pipeline.pictures import Drawer
from pipeline.review.signing import stated_of
from pipeline.review.tasks import Tasks
from pipeline.sandbox.folders import locked_folder
from pipeline.store import RemarkKind
from pipeline.values.packet import Packed


class Packets:
    """Packets are made anew each time; kept are those that somebody took. Nothing is sent by any of this."""

    def __init__(self, desk: Desk, *, tasks: Tasks, drawer: Drawer, charts: Path | None) -> None:
        self._desk = desk
        self._tasks = tasks
        self._drawer = drawer
        self._charts = charts

    @contextmanager
    def packed(self, task_id: str, *, kept_by: str | None = None) -> Iterator[Packed]:
        """The packet of a task (see ``packing.pack``), its files there as long as this is open.

        ``kept_by``: who takes it, and then it is kept with the case.
        """
        with locked_folder(self._desk.data / "tmp") as folder:
            packed = pack(self._desk, task_id, out=folder / "packet", drawer=self._drawer, charts=self._charts)
            if kept_by is not None:
                self._desk.keep_papers(task_id, [Path(path) for path in packed.files], kind=packed.kind, by=kept_by)
            yield packed

    def paper(self, digest: str) -> Path:
        """A kept file of a packet or a proof, by its SHA-256."""
        return self._desk.paper(digest)

    def keep_proofs(self, task_id: str, files: Iterable[tuple[str, Iterable[bytes]]], *, by: str) -> int:
        """Keep files that prove a sending with a task's letter; how many. Raises ``UsageError``: none is kept then."""
        return self._desk.keep_proofs(task_id, files, by=by)

    def fill(self, task_id: str, *, gap: str, words: str, by: str) -> None:
        """Write a clinician's words for what is open in a task's letter. Raises ``UsageError`` where none is."""
        with self.packed(task_id) as packed:
            if gap not in packed.gaps:
                raise UsageError("this gap", why="it is not open (any more)", advice="Open the packet again.")
        self._tasks.remark(task_id, kind=RemarkKind.FILLED, text=words, by=by, details={"gap": gap})

    def sign(self, task_id: str, *, name: str, content: str, by: str) -> None:
        """Sign a task's letter as it was shown, of which ``content`` is the hash.

        Raises:
            Conflict: the letter says something else by now.
            UsageError: something in it is still open, or there is no such task.
        """
        with self.packed(task_id) as packed:
            if packed.content != content:
                raise Conflict
            if not packed.ready:
                raise UsageError("signing", why="something is still open", advice="Close what is open first.")
        found = store.one_task(task_id)
        if found is None:
            raise UsageError(f"task {task_id[:80]}", why="it is not there", advice="Open the worklist.")
        details = {"name": name, "content": content, "stated": stated_of(found[0])}
        self._tasks.remark(task_id, kind=RemarkKind.SIGNED, text="", by=by, details=details)
