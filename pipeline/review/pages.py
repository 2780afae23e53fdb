"""Pages of documents as pictures with their words, and the file as it came."""

import threading
from collections.abc import Sequence
from pathlib import Path

from pipeline import store
from pipeline.desk import Desk, StoreBusy
from pipeline.errors import DenialsError
from pipeline.pictures import Drawer, Pictures


class Pages:
    """Pictures of pages, made by children and kept. ``turns``: how far each page is turned, in degrees clockwise."""

    def __init__(self, desk: Desk, *, pictures: Pictures) -> None:
        self._desk = desk
        self._pictures = pictures

    @property
    def drawer(self) -> Drawer:
        """What reads and draws pages for the desk, in children."""
        return self._pictures.drawer

    def picture(self, document_id: str, number: int, *, turns: Sequence[int]) -> Path:
        """The picture of a page. Raises ``NotShown``."""
        return self._pictures.page(document_id, number, turns=turns)

    def words(self, document_id: str, *, turns: Sequence[int]) -> list[list[list[object]]]:
        """The words of a document's pages with their places. Raises ``NotShown``."""
        return self._pictures.words(document_id, turns=turns)

    def original(self, document_id: str) -> Path:
        """The file as it came, for a download."""
        return self._desk.original(document_id)

    def draw_ahead(self, letter_id: str) -> None:
        """Have the pages of a letter drawn that will be asked for next, without waiting for it."""

        def draw() -> None:
            try:
                opened = store.opened(letter_id)
                if opened is not None:
                    self._pictures.make(opened.document_id, turns=[page.rotation for page in opened.pages])
            except (StoreBusy, OSError, DenialsError):
                return  # it will be drawn when it is asked for
            finally:
                store.hang_up()

        threading.Thread(target=draw, name="draw-ahead", daemon=True).start()
