"""Schema of ``models/citations/`` and ``models/citation_words.yaml``: the forms in which letters cite rules.

A pattern is a regular expression over the letter's prose, without regard to case unless it says ``(?-i:...)``, built
from named fragments written ``{name}``. Groups: ``number``, ``edition``, ``section``, ``title``.
"""

import re
from functools import cached_property

from pydantic import Field, model_validator

from pipeline.knowledge.beginnings import Begun
from pipeline.knowledge.entry import Exemplified, Strict, Verified
from pipeline.knowledge.load import load_entries, load_record
from pipeline.knowledge.needed import Quick, quick
from pipeline.values.vocabulary import CitationKind, CitationRole


class CitationWords(Strict):
    """Named fragments of patterns."""

    source: str
    verified: Verified = Verified.KNOWN
    fragments: dict[str, str]


class CitationForm(Exemplified):
    """One way to cite a rule.

    ``issuer`` is who made it, None where the letter names it. ``cue`` is a pattern that must stand within ``reach``
    characters before or after. ``canonical`` is how the value is written. ``unnumbered``: the form carries no number
    and gives way to one that does. ``basis_only``: never counts where rights are spoken of. ``look_alikes``: its digits
    may be letters that a scan misread. ``rank``: the lower goes first where two forms fit one place. ``numbers`` are
    those of the first examples.
    """

    kind: CitationKind
    issuer: str | None = None
    patterns: tuple[str, ...] = Field(min_length=1)
    cue: str | None = None
    reach: int = Field(default=60, ge=5, le=200)
    canonical: str | None = None
    role: CitationRole | None = None
    unnumbered: bool = False
    basis_only: bool = False
    look_alikes: bool = False
    rank: int = Field(default=5, ge=0, le=9)
    examples: tuple[str, ...] = Field(min_length=1)
    numbers: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _numbers_go_with_examples(self) -> "CitationForm":
        if len(self.numbers) > len(self.examples):
            raise ValueError("more numbers than examples")
        return self


class CitationKnowledge(Strict):
    """All forms, compiled once."""

    words: CitationWords
    forms: tuple[CitationForm, ...]

    @cached_property
    def compiled(self) -> tuple[tuple[CitationForm, Quick, re.Pattern[str] | None], ...]:
        """Each pattern with the form that it is of and the cue of that form."""
        cues = [self._regex(form.cue) if form.cue else None for form in self.forms]
        return tuple(
            (form, quick(self._regex(pattern)), cue)
            for form, cue in zip(self.forms, cues, strict=True)
            for pattern in form.patterns
        )

    @cached_property
    def begun(self) -> Begun:
        """How the matches of each pattern begin, in the order of ``compiled``."""
        return Begun([one.begins for _, one, _ in self.compiled])

    def _regex(self, pattern: str) -> re.Pattern[str]:
        for _ in range(3):
            for name, fragment in self.words.fragments.items():
                pattern = pattern.replace("{" + name + "}", fragment)
        return re.compile(pattern, re.IGNORECASE)

    @model_validator(mode="after")
    def _compiles(self) -> "CitationKnowledge":
        for form in self.forms:
            for pattern in (*form.patterns, *((form.cue,) if form.cue else ())):
                try:
                    self._regex(pattern)
                except re.error as error:
                    raise ValueError(f"{form.id}: {error}") from None
        return self


def load_citations() -> CitationKnowledge:
    """The citation forms.

    Raises:
        UsageError: naming the file and entry that is wrong.
    """
    return CitationKnowledge(
        words=load_record("citation_words.yaml", CitationWords), forms=load_entries("citations", CitationForm)
    )
