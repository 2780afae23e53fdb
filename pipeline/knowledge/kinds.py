"""What tells a letter's kind: phrases that decide or support it, and what makes them a mere mention."""

from enum import StrEnum

from pipeline.knowledge.entry import Exemplified
from pipeline.values.vocabulary import LetterKind


class Weight(StrEnum):
    """How much a phrase says: it decides the kind, supports it, or is a mark of a form of which several are needed."""

    DECIDES = "decides"
    SUPPORTS = "supports"
    MARK = "mark"


class Place(StrEnum):
    """Where a phrase counts: anywhere, in a title or subject line only, or only above the letter's text."""

    ANYWHERE = "anywhere"
    TITLE = "title"
    OPENING = "opening"


class KindEntry(Exemplified):
    """Phrases of one kind. ``unless`` in the same sentence takes them back; ``subtype`` goes to the letter.

    ``after_appeal``: they tell the outcome of an appeal only in a letter that tells of one that was filed.
    """

    kind: LetterKind
    subtype: str | None = None
    weight: Weight
    place: Place = Place.ANYWHERE
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    after_appeal: bool = False


class MentionEntry(Exemplified):
    """Words that make what follows them in their sentence a mention: a condition, a possibility, an earlier event."""

    phrases: tuple[str, ...]
    reach: int
    """How many tokens after the phrase are under its sway."""
    to_comma: bool = False
    """Their sway ends at a comma: ``if your appeal is denied, ...``."""
    earlier: bool = False
    """The words tell of an earlier event: they take back a decision, but not an appeal's outcome."""


class OutcomeAside(Exemplified):
    """What a letter says beside its decision with words that decide elsewhere; the clause of it denies nothing.

    ``beside_approval``: only where the letter approves something and offers no appeal.
    """

    phrases: tuple[str, ...]
    beside_approval: bool = False
