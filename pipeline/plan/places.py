"""Which of our locations a case belongs to, as our own list, the patient's folder or the provider says; never guessed.

A person's word goes before all of them, and our own list before the rest: it is about this very claim. Folder and
provider must name one location together; where they name two, or nothing names one, it is not known.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from pipeline.values.letter import Letter, value_of
from pipeline.values.practice import Place

_LONGEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A location, None where it is not known, and what says so in words."""

    name: str | None
    why: str


UNKNOWN = Located(name=None, why="nothing says which of our locations it is")


def located(
    letters: Sequence[Letter], *, said: str | None, listed: Collection[str], folders: Collection[str],
    places: Sequence[Place],
) -> Located:  # fmt: skip
    """The location of the letters of one case.

    Args:
        letters: as decided.
        said: a person's word; None where nobody spoke.
        listed: what our own lists have in their column of locations for this claim.
        folders: the patient folders that the letters are linked to.
        places: our locations and what is theirs.
    """
    if said:
        return Located(name=said, why="a person said so")
    ours = sorted({called(name, places) for name in listed})
    if len(ours) == 1:
        return Located(name=ours[0], why="our own list of claims says so")
    if ours:
        return Located(name=None, why=f"our own lists name {' and '.join(ours)}")
    signs = [*_by_folder(folders, places), *(sign for letter in letters for sign in _by_provider(letter, places))]
    names = sorted({name for name, _ in signs})
    if len(names) > 1:
        return Located(name=None, why=f"it may be {' or '.join(names)}")
    return Located(name=names[0], why=signs[0][1]) if names else UNKNOWN


def called(name: str, places: Sequence[Place]) -> str:
    """The location that a list means by a name; the name itself where it is none of ``practice.yaml``.

    >>> called("NORTH  OFFICE", [Place(name="North office")]), called(" West  wing", [])
    ('North office', 'West wing')
    """
    words = _words(name)
    found = {place.name for place in places if any(words == _words(one) for one in (place.name, *place.known_as))}
    return found.pop() if len(found) == 1 else " ".join(name.split())[:_LONGEST]


def place_of_folder(folder: str, places: Sequence[Place]) -> str | None:
    """The one location whose patients' folders are called so; None where there is none such."""
    names = {name for name, _ in _by_folder([folder], places)}
    return names.pop() if len(names) == 1 else None


def _by_folder(folders: Collection[str], places: Sequence[Place]) -> list[tuple[str, str]]:
    return [
        (place.name, f"the patient's folder {folder} is of that location")
        for folder in folders
        for place in places
        if any(fnmatchcase(folder, pattern) for pattern in place.folders)
    ]


def _by_provider(letter: Letter, places: Sequence[Place]) -> list[tuple[str, str]]:
    """The locations that the letter's provider is of: by NPI or tax number, else by name."""
    npi, tin, name = (value_of(found) for found in (letter.provider_npi, letter.tin, letter.provider_name))
    numbers = [
        (place.name, f"the provider's {what} {number} is of that location")
        for place in places
        for what, number, own in (("NPI", npi, place.npis), ("tax number", tin, place.tins))
        if number and number in own
    ]
    words = _words(name)
    names = [
        (place.name, "the provider's name is of that location")
        for place in places
        if words and any(_within(_words(one), words) for one in place.known_as)
    ]
    return numbers or names


def _within(words: Sequence[str], among: Sequence[str]) -> bool:
    """Whether all of the words stand among others, one after the other."""
    starts = range(len(among) - len(words) + 1)
    return bool(words) and any(list(among[at : at + len(words)]) == list(words) for at in starts)


def _words(text: str | None) -> list[str]:
    return re.findall(r"\w+", (text or "").casefold())
