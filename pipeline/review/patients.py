"""Patients' folders of charts as who looks may know them: which one a letter is linked to, and what lies in it."""

from pathlib import Path

from pipeline import store
from pipeline.desk import Desk
from pipeline.plan.places import place_of_folder
from pipeline.review.opened import Linked
from pipeline.store import Opened, Within
from pipeline.values import decision
from pipeline.values.chart import ChartDocument
from pipeline.values.letter import Letter


class Patients:
    """The folders below ``charts``; None where no such folder is named."""

    def __init__(self, desk: Desk, *, charts: Path | None) -> None:
        self.charts = charts
        self._working = desk.working

    def linked(self, letter: Letter, opened: Opened, *, within: Within) -> Linked:
        """The folder of a letter as decided, and those to choose from that lie ``within``."""
        shelf = self._working.shelf
        shelf.forget()
        names = tuple(folder.name for folder in shelf.folders())
        said = decision.standing(opened.said).get(decision.PATIENT)
        if said is not None:
            folder, why = said.value if said.value in names else None, f"{said.by} said so"
        else:
            link = shelf.link(letter)
            folder, why = link.folder.name if link.folder else None, link.why
        seen = tuple(name for name in names if name == folder or self._lies_within(name, within))
        return Linked(folder=folder, why=why, folders=seen)

    def of_letter(self, letter_id: str, *, within: Within) -> tuple[Linked, tuple[ChartDocument, ...]]:
        """The folder of a letter's patient, and the documents in it."""
        opened = store.opened(letter_id)
        if opened is None:
            return Linked(folder=None, why="the letter is not there any more", folders=()), ()
        linked = self.linked(self._working.lay(opened.letter, opened.said), opened, within=within)
        on_file = self._working.shelf.folder(linked.folder) if linked.folder else None
        return linked, on_file.chart.documents if on_file is not None else ()

    def _lies_within(self, name: str, within: Within) -> bool:
        return within is None or (place_of_folder(name, self._working.practice.places) or store.NOWHERE) in within
