"""Schema of ``models/drugs/``: classes of medicines, their members, and the names a chart may use for them."""

from pydantic import Field

from pipeline.knowledge.entry import Exemplified

UNCLASSED = "unclassed"
"""The entry of medicines that no policy asks for: a chart's facts of them have no class."""


class DrugClass(Exemplified):
    """A class of medicines.

    ``drugs``: generic name -> brands and misspellings. ``names`` are phrases for the class as a whole. ``acute_only``
    classes treat the attack and never count as a preventive trial; ``weak`` ones are often not accepted as a trial.
    """

    names: tuple[str, ...] = ()
    drugs: dict[str, tuple[str, ...]] = Field(min_length=1)
    acute_only: bool = False
    weak: bool = False


def drug_phrases(classes: tuple[DrugClass, ...]) -> dict[str, tuple[str, ...]]:
    """Phrases by ``class/drug``; the class as a whole stands under ``class/``.

    >>> from pipeline.knowledge.load import load_entries
    >>> phrases = drug_phrases(load_entries("drugs", DrugClass))
    >>> "Topamax" in phrases["anticonvulsant/topiramate"]
    True
    """
    phrases: dict[str, tuple[str, ...]] = {}
    for entry in classes:
        phrases[f"{entry.id}/"] = entry.names
        for drug, names in entry.drugs.items():
            phrases[f"{entry.id}/{drug}"] = (drug, *names)
    return phrases
