"""Pages -> letters: where each letter begins and ends, and which pages belong to none."""

from dataclasses import dataclass

from pipeline.language import Language
from pipeline.values.letter import UnassignedPage
from pipeline.values.text import Text


@dataclass(frozen=True, slots=True)
class Split:
    """Every page is in exactly one letter or unassigned."""

    letters: tuple[Text, ...]
    unassigned: tuple[UnassignedPage, ...]


def split(text: Text, language: Language) -> Split:
    """The letters of a document."""
    return Split((text,), ())
