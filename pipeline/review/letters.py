"""Letters as decided, and what people say about their fields."""

from dataclasses import replace

from pipeline import store
from pipeline.checking import fields_of, whole_letter_notes
from pipeline.desk import Desk
from pipeline.errors import UsageError
from pipeline.overlay import DECIDABLE, read_value
from pipeline.review.opened import DecidedLetter, OpenLetter
from pipeline.review.patients import Patients
from pipeline.store import Opened, Within
from pipeline.values import decision
from pipeline.values.contract import to_json
from pipeline.values.text import Box


class Letters:
    """Letters and the decisions on them. ``version`` is the number of the last decision that a person had seen."""

    def __init__(self, desk: Desk, *, patients: Patients) -> None:
        self._desk = desk
        self._patients = patients

    def stored(self, letter_id: str) -> Opened:
        """A letter as read, with the decisions on it. Raises ``UsageError`` where there is none such."""
        opened = store.opened(letter_id)
        if opened is None:
            raise UsageError(f"letter {letter_id[:80]}", why="it is not there (any more)", advice="Open the worklist.")
        return opened

    def decided(self, letter_id: str) -> DecidedLetter | None:
        """A letter as decided, without what comes of it; None where there is none such."""
        opened = store.opened(letter_id)
        if opened is None:
            return None
        letter = self._desk.working.lay(opened.letter, opened.said)
        return DecidedLetter(
            opened=opened, letter=letter, fields=fields_of(letter, opened.said, today=self._desk.today())
        )

    def opened(self, letter_id: str, *, within: Within = None) -> OpenLetter | None:
        """A letter as decided, with what comes of it for who sees ``within``; None where there is none such."""
        read = self.decided(letter_id)
        if read is None:
            return None
        seen = store.pages_within(read.opened.document_id, within)
        cases = tuple(one for one in read.opened.case_ids if store.case_lies_within(one, within))
        said = tuple(_without_place(one, within) for one in read.opened.said)
        return OpenLetter(
            opened=replace(read.opened, case_ids=cases, said=said), letter=read.letter, fields=read.fields,
            notes=whole_letter_notes(read.letter),
            pages=tuple(page for page in read.opened.pages if seen is None or page.number in seen),
            tasks=store.tasks_of(cases, within=within),
            patient=self._patients.linked(read.letter, read.opened, within=within),
        )  # fmt: skip

    def decide(
        self, opened: Opened, *, field: str, value: object, by: str, version: int,
        act: decision.Act = decision.Act.SET, reason: str = "", page: int | None = None, boxes: tuple[Box, ...] = (),
    ) -> int:  # fmt: skip
        """A person's word on a field, with what is read there kept beside it; the letter's new version.

        ``boxes`` are where on ``page`` the value was picked, in points from the top left.

        Raises ``Conflict`` where somebody decided on the letter since ``version``.
        """
        machine = read_value(opened.letter, field) if field in DECIDABLE else None
        return self._desk.decide(
            opened.letter.letter_id, field=field, value=value, by=by, version=version, act=act, machine=machine,
            reason=reason, page=page, boxes=boxes,
        )  # fmt: skip

    def accept(self, letter_id: str, *, by: str, version: int) -> int:
        """Call a letter checked: the review notes that stand on it are settled. Raises as ``decide`` and ``stored``."""
        opened = self.stored(letter_id)
        laid = self._desk.working.lay(opened.letter, opened.said)
        return self._desk.decide(
            letter_id, field=decision.LETTER, value=True, by=by, version=version, act=decision.Act.ACCEPT,
            machine=to_json(laid.needs_review),
        )  # fmt: skip

    def undo(self, letter_id: str, *, by: str, version: int) -> str | None:
        """Take back the last decision on a letter that stands; its field, or None where there is none.

        Raises as ``decide``, and as ``stored``.
        """
        opened = self.stored(letter_id)
        last = max(decision.standing(opened.said).values(), key=lambda said: said.number, default=None)
        if last is None:
            return None
        self._desk.decide(
            letter_id, field=last.field, value=None, by=by, version=version, act=decision.Act.UNDO, undoes=last.number
        )
        return last.field


def _without_place(said: decision.Decided, within: Within) -> decision.Decided:
    """A decision as who looks may know it: not the id of a case that lies elsewhere, into which the letter was put."""
    case = said.value if said.field == decision.CASE and isinstance(said.value, str) else ""
    hidden = case.startswith("case-") and not store.case_lies_within(case, within)
    return replace(said, value=None) if hidden else said
