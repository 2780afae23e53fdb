"""Schema of ``models/notices/``: what the law asks of a notice of denial."""

from typing import Literal, Self

from pydantic import Field, model_validator

from pipeline.knowledge.clocks import Track
from pipeline.knowledge.entry import Entry


class NoticeElement(Entry):
    """One content of a notice: the wordings that show it, the law by track, and what is said where it is missing.

    ``findings`` are lists of the letter that show it as well, where they are not empty.
    """

    tracks: tuple[Track, ...] = Field(min_length=1)
    cite: dict[Track, str]
    phrases: tuple[str, ...] = Field(min_length=3)
    findings: tuple[Literal["denial_reasons", "policy_citations", "clocks"], ...] = ()
    message: str = Field(min_length=10)

    @model_validator(mode="after")
    def _cited(self) -> Self:
        if set(self.tracks) != set(self.cite):
            raise ValueError("every track needs its law in cite")
        if any(phrase != phrase.casefold() for phrase in self.phrases):
            raise ValueError("phrases are in small letters")
        return self
