"""How the desk works out a case: decisions are laid over its letters, then recipe 2 runs. Pure but for the clock.

One value of these functions is handed to the store, which calls them inside its transactions.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property

from pipeline import case, store
from pipeline.knowledge import Knowledge, load_knowledge
from pipeline.overlay import by_person, lay_over
from pipeline.shelf import Shelf
from pipeline.values.casework import CasePart
from pipeline.values.chart import OnFile
from pipeline.values.decision import APART, CASE, PATIENT, Decided, standing
from pipeline.values.letter import Letter
from pipeline.values.practice import Practice
from pipeline.values.task import Task

Today = Callable[[], date]


class Working:
    """Works out cases for the day that ``today`` gives; the knowledge is loaded when it is first needed."""

    def __init__(self, *, today: Today, practice: Practice, knowledge: Knowledge | None) -> None:
        self.today = today
        self.practice = practice
        self._given = knowledge
        self.shelf = Shelf()

    @cached_property
    def knowledge(self) -> Knowledge:
        """What the pipeline knows; to be asked for before a transaction begins."""
        return self._given or load_knowledge()

    def load(self) -> None:
        """Load the knowledge now, which takes a moment, before a transaction begins."""
        _ = self.knowledge

    def lay(self, letter: Letter, said: Sequence[Decided]) -> Letter:
        """The letter with what people said laid over it."""
        return lay_over(letter, said, payer_id=self.payer_id) if said else letter

    def payer_id(self, name: str) -> str | None:
        """The payer of the knowledge that a name means, where it means just one."""
        found = [payer.id for payer in self.knowledge.payers if payer.matches(name)]
        return found[0] if len(found) == 1 else None

    def cases_of(self, letter: Letter, said: Sequence[Decided]) -> tuple[CasePart, ...]:
        """What a letter shows of its cases: by its numbers as decided, or where a person put it."""
        laid = self.lay(letter, said)
        put = standing(said).get(CASE)
        if put is None or not isinstance(put.value, str):
            return case.cases_of(laid)
        return (CasePart(home=case.own_case(letter) if put.value == APART else put.value, by_hand=True),)

    def on_file(self, letter: Letter, said: Sequence[Decided]) -> OnFile | None:
        """The chart of a letter's patient: of the folder that a person named, else of the one that fits for certain."""
        put = standing(said).get(PATIENT)
        return self.shelf.on_file(letter) if put is None else self.shelf.folder(put.value)

    def work_out(self, case_id: str, letters: Sequence[store.StoredLetter]) -> tuple[Task, ...]:
        """The tasks of a case from its letters."""
        members = [self._member(held) for held in letters]
        said = {held.letter.letter_id: held.decisions for held in letters}

        def on_file(letter: Letter) -> OnFile | None:
            return self.on_file(letter, said.get(letter.letter_id, ()))

        return case.work_out(
            members,
            case_id=case_id,
            today=self.today(),
            knowledge=self.knowledge,
            practice=self.practice,
            on_file=on_file,
        )

    def _member(self, held: store.StoredLetter) -> case.CaseLetter:
        letter = self.lay(held.letter, held.decisions)
        received = held.received
        if letter.received_date is not None and by_person(letter.received_date):
            with suppress(ValueError):  # the day that a person read off the stamp counts, not the day of the batch
                received = date.fromisoformat(letter.received_date.value or "")
        return case.CaseLetter(
            letter=letter, received=received, claim_index=held.claim_index, doubts=held.doubts,
            follow_ups=held.follow_ups,
        )  # fmt: skip
