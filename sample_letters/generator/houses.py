"""House styles and surface forms, as data: what one payer's letters always look like, and how reasons are worded.

Both come in two parts. By the open ones rules may be written; from those kept apart none may: they only measure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from random import Random

from sample_letters.generator.bank import words

LABELS = (
    "member",
    "member_id",
    "birth",
    "group",
    "claim",
    "reference",
    "account",
    "provider",
    "npi",
    "service",
    "codes",
    "dx",
    "dos",
    "billed",
    "denied",
)
"""What the labels of a house are for, in the order in which ``words/houses.yaml`` lists them."""


class Side(StrEnum):
    """By whom a house or a form may be looked at."""

    OPEN = "open"
    APART = "apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A payer's template: how it is set, its labels and headings; an empty title or date label stands for none.

    An empty label of the NPI: the house names it in a sentence and not in its reference block.
    """

    id: str
    side: Side
    face: str
    date: str
    labels: Mapping[str, str]
    title: str
    why: str
    rights: str
    sign: str


@cache
def houses() -> Mapping[str, House]:
    """Every house by its id."""
    found = {}
    for row in words("houses"):
        side = Side.APART if row.get("apart") else Side.OPEN
        plain = {key: value for key, value in row.items() if key not in ("apart", "labels")}
        labels = dict(zip(LABELS, row["labels"], strict=True))
        found[row["id"]] = House(**plain, side=side, labels=labels)
    return found


def of_side(side: Side) -> tuple[House, ...]:
    """The houses of a side."""
    return tuple(house for house in houses().values() if house.side is side)


def forms(category: str, side: Side) -> list[str]:
    """Every surface form of a reason on a side: each clause in each frame, not filled in yet.

    >>> len(forms("duplicate", Side.OPEN)) + len(forms("duplicate", Side.APART)) >= 60
    True
    """
    bank = words("forms")
    return [
        frame.replace("{why}", clause).replace("{Why}", clause[0].upper() + clause[1:])
        for clause in bank["forms"][category][side.value]
        for frame in bank["frames"][side.value]
    ]


def form(rng: Random, category: str, side: Side) -> str:
    """One of them."""
    return rng.choice(forms(category, side))
