"""What a stated time limit is for, from which day it runs, and which spans of time are no limits at all."""

from pipeline.knowledge.entry import Exemplified
from pipeline.values.vocabulary import Anchor, ClockKind, Party


class LimitKind(Exemplified):
    """The words for an action that has a time limit. ``rank`` breaks ties: the narrower action has the higher one."""

    kind: ClockKind
    for_: Party
    rank: int = 0
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()


class LimitAnchor(Exemplified):
    """The words for the event a limit runs from. ``later``: it has not happened when the letter is written."""

    anchor: Anchor
    later: bool = False
    phrases: tuple[str, ...]


class NoLimit(Exemplified):
    """The words that make a span of time no limit for anyone: a look-back, a drug trial, an approval's length.

    ``ahead``: only where they stand before the span; ``beside``: only right before it.
    """

    ahead: bool = False
    beside: bool = False
    phrases: tuple[str, ...]


class LimitParty(Exemplified):
    """The words for who may act."""

    party: Party
    phrases: tuple[str, ...]
