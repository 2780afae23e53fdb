"""What a person said about a letter: a row each, never changed; the last one of a field that was not undone counts."""

import dataclasses
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from pipeline.values.text import Box


class Act(StrEnum):
    """What was done to a field."""

    CONFIRM = "confirm"
    """The value shown is right; ``value`` repeats it, so that a later reading cannot change it."""
    SET = "set"
    """The value is another one: typed, or picked from the page at ``page`` and ``boxes``."""
    ABSENT = "absent"
    """The letter does not say it."""
    ACCEPT = "accept"
    """The letter as a whole was checked; ``machine`` are the review notes that stood there then."""
    UNDO = "undo"
    """Takes back the decision numbered ``undoes``."""


LETTER = "letter"
"""The field of a decision about the letter as a whole."""
CASE = "case"
"""The case that a letter is put into by hand: a case id, or ``APART`` for one of its own."""
APART = "apart"
PATIENT = "patient"
"""The patient folder that a letter is linked to by hand: its name, or ``None`` for none of them."""
LOCATION = "location"
"""The one of our locations that the letter's case belongs to, by hand: its name, or ``None`` for what is found."""
PAGES = "pages"
"""The letters of a document by hand: ``value`` is a list of lists of page numbers; ``letter_id`` is the document."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A person's word on a field of a letter. ``value`` and ``machine`` are as in the contract's JSON.

    ``machine`` is what the program had read when the person spoke, so that a later reading which differs is told;
    ``boxes`` is where on ``page`` the value was picked. ``number`` is given by the store and grows.
    """

    letter_id: str
    field: str
    value: object
    by: str
    at: datetime
    reason: str = ""
    act: Act = Act.SET
    machine: object = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    undoes: int | None = None
    number: int = dataclasses.field(default=0, compare=False)


def standing(decisions: Iterable[Decided]) -> dict[str, Decided]:
    """The decision that counts for each field, of decisions in the order they were made.

    >>> at = datetime(2026, 3, 1)
    >>> first = Decided(letter_id="a", field="payer", value="A", by="dana", at=at, number=1)
    >>> second = Decided(letter_id="a", field="payer", value="B", by="dana", at=at, number=2)
    >>> back = Decided(letter_id="a", field="payer", value=None, by="dana", at=at, act=Act.UNDO, undoes=2, number=3)
    >>> standing([first, second, back])["payer"].value
    'A'
    """
    made = list(decisions)
    undone = {decision.undoes for decision in made if decision.act is Act.UNDO}
    return {d.field: d for d in made if d.act is not Act.UNDO and d.number not in undone}
