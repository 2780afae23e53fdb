"""How the desk works out a case: decisions are laid over its letters, then recipe 2 runs. Pure but for the clock.

One value of these functions is handed to the store, which calls them inside its transactions.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property

from pipeline import __version__, case, store
from pipeline.knowledge import Knowledge, load_knowledge
from pipeline.knowledge.load import print_of_models
from pipeline.lists import listed_of
from pipeline.match import differs
from pipeline.overlay import by_person, lay_over
from pipeline.plan.places import Located, located
from pipeline.shelf import Shelf
from pipeline.values.casework import CasePart
from pipeline.values.chart import OnFile
from pipeline.values.decision import APART, CASE, LOCATION, PATIENT, Decided, standing
from pipeline.values.letter import Letter
from pipeline.values.practice import Practice
from pipeline.values.task import Task
from pipeline.values.worklist import Listed

Today = Callable[[], date]


class Working:
    """Works out cases for the day that ``today`` gives and the practice that ``practice`` does.

    The knowledge is loaded when it is first needed.
    """

    def __init__(
        self, *, today: Today, practice: Callable[[], Practice], knowledge: Knowledge | None
    ) -> None:  # fmt: skip
        self.today = today
        self._practice = practice
        self._given = knowledge
        self.shelf = Shelf()
        self._lists: bool | None = None

    @cached_property
    def knowledge(self) -> Knowledge:
        """What the pipeline knows; to be asked for before a transaction begins."""
        return self._given or load_knowledge()

    @property
    def practice(self) -> Practice:
        """Who we are, as of now."""
        return self._practice()

    @property
    def made_with(self) -> str:
        """Tells knowledge, program and practice apart from those of another time: with others, cases come out other."""
        told = f"{__version__} {self._models} {self.practice!r}"
        return hashlib.sha256(told.encode()).hexdigest()

    @cached_property
    def _models(self) -> str:
        return print_of_models()

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

    def on_file(self, letter: Letter, said: Sequence[Decided], listed: Listed | None = None) -> OnFile | None:
        """The chart of a letter's patient: of the folder that a person named, that our own list names, or that fits.

        A folder that our list names and that is of somebody else than the letter's patient is passed over.
        """
        put = standing(said).get(PATIENT)
        if put is not None:
            return self.shelf.folder(put.value)
        named = self.shelf.folder(listed.folder) if listed is not None and listed.folder else None
        return named if named is not None and not differs(letter, named.folder) else self.shelf.on_file(letter)

    def work_out(self, case_id: str, letters: Sequence[store.StoredLetter]) -> tuple[Task, ...]:
        """The tasks of a case from its letters."""
        members = [self._member(held) for held in letters]
        said = {held.letter.letter_id: held.decisions for held in letters}
        listed = {member.letter.letter_id: member.listed for member in members}

        def on_file(letter: Letter) -> OnFile | None:
            return self.on_file(letter, said.get(letter.letter_id, ()), listed.get(letter.letter_id))

        tasks = case.work_out(
            members,
            case_id=case_id,
            today=self.today(),
            knowledge=self.knowledge,
            practice=self.practice,
            on_file=on_file,
        )
        place = self._located(members, said, on_file)
        return tuple(replace(task, location=place.name, location_why=place.why) for task in tasks)

    def _located(
        self, members: Sequence[case.CaseLetter], said: Mapping[str, Sequence[Decided]],
        on_file: Callable[[Letter], OnFile | None],
    ) -> Located:  # fmt: skip
        """Which of our locations a case belongs to; what a person said last counts, on whichever of its letters."""
        words = [one for decisions in said.values() if (one := standing(decisions).get(LOCATION)) is not None]
        last = max(words, key=lambda one: one.number, default=None)
        places = self.practice.places
        charts = [on_file(member.letter) for member in members] if any(place.folders for place in places) else ()
        return located(
            [member.letter for member in members],
            said=last.value if last is not None and isinstance(last.value, str) else None,
            listed=[m.listed.location for m in members if m.listed is not None and m.listed.location],
            folders=[chart.folder.name for chart in charts if chart is not None],
            places=places,
        )

    def _member(self, held: store.StoredLetter) -> case.CaseLetter:
        letter = self.lay(held.letter, held.decisions)
        received = held.received
        if letter.received_date is not None and by_person(letter.received_date):
            with suppress(ValueError):  # the day that a person read off the stamp counts, not the day of the batch
                received = date.fromisoformat(letter.received_date.value or "")
        return case.CaseLetter(
            letter=letter, received=received, claim_index=held.claim_index, doubts=held.doubts,
            follow_ups=held.follow_ups, listed=self._listed(letter, held.claim_index),
        )  # fmt: skip

    def _listed(self, letter: Letter, claim_index: int | None) -> Listed | None:
        """What our own lists say of the claim; most teams keep none, so that is asked once."""
        if self._lists is None:
            self._lists = store.worklists_kept()
        return listed_of(case.narrowed(letter, claim_index=claim_index)) if self._lists else None

    def forget(self) -> None:
        """Look into the store again: another process may have read charts or lists since."""
        self.shelf.forget()
        self._lists = None
