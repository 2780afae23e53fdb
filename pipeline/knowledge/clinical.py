"""Schema of ``models/charts/`` and ``models/drugs/``: how clinical documents are recognised, what their words mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import Field

from pipeline.knowledge.ages import AgeForm
from pipeline.knowledge.drugs import DrugClass
from pipeline.knowledge.entry import Entry, Exemplified, Strict
from pipeline.knowledge.frames import Frame, Idea
from pipeline.knowledge.load import load_entries
from pipeline.values.chart import Context, FactKind
from pipeline.values.evidence import Aspect


class Reach(StrEnum):
    """What a cue of context covers."""

    AFTER = "after"
    BEFORE = "before"
    SENTENCE = "sentence"


class ContextCue(Exemplified):
    """Words that say in what sense a statement holds; ``within`` is how many tokens they reach."""

    context: Context
    reach: Reach
    within: int = Field(default=9, ge=1, le=40)
    phrases: tuple[str, ...] = Field(min_length=1)


class Cue(Exemplified):
    """Phrases that stand for one thing: a section, a specialty."""

    phrases: tuple[str, ...] = Field(min_length=1)


class Wording(Strict):
    """One idea in which something is told: its phrases, with texts that tell it and texts that do not."""

    idea: str
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(min_length=1)
    phrases: tuple[str, ...] = Field(min_length=1)


class OutcomeCue(Entry):
    """What became of a treatment, by the ideas in which it is told."""

    ideas: tuple[Wording, ...] = Field(min_length=1)

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases of all its ideas."""
        return tuple(phrase for wording in self.ideas for phrase in wording.phrases)

    @property
    def examples(self) -> tuple[str, ...]:
        """The examples of all its ideas."""
        return tuple(text for wording in self.ideas for text in wording.examples)

    @property
    def counter_examples(self) -> tuple[str, ...]:
        """The counter-examples of all its ideas."""
        return tuple(text for wording in self.ideas for text in wording.counter_examples)


class Illness(Cue):
    """An illness by name and by the beginnings of its ICD-10-CM codes.

    ``topics`` are words of which a document that speaks of it has one. ``diagnosed``: its name in a note is a
    diagnosis; of the others only a code is one.
    """

    diagnosed: bool = False
    codes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class ScalePart(Strict):
    """A part of a scale that has a value of its own, and the values it can take, both ends included."""

    low: float
    high: float


class Scale(Exemplified):
    """A scale of symptoms and the values it can take, both ends included; ``illnesses`` it measures (none: any).

    ``by_muscle``: one value a muscle, in a list or a table under the name of the scale. ``in_percent``: a value may
    bear a percent sign. ``not_beside`` are studies in whose documents the abbreviation means something else. ``parts``
    by their words ("severity"): the score of one is named behind its scale's ("TWSTRS severity").
    """

    id: str = Field(pattern=r"^[A-Z][A-Za-z0-9\-]+$")
    phrases: tuple[str, ...] = Field(min_length=1)
    low: float
    high: float
    illnesses: tuple[str, ...] = ()
    by_muscle: bool = False
    in_percent: bool = False
    not_beside: tuple[str, ...] = ()
    parts: Mapping[str, ScalePart] = Field(default_factory=dict)


class NamedFinding(Cue):
    """A symptom, sign or test result. ``assessed``: a negated mention shows that it was looked for.

    ``denied`` are phrases that say by themselves that it is not there ("UA clean"), ``unless`` longer ones that hold
    its words and mean something else ("left temporal lobe"). ``aimed``: as an aim ("goal: dress
    without help") it is told as much as in plain words. ``aspect`` and ``illnesses`` say where it stands in an evidence
    table, and in whose; without an aspect in none.
    """

    kind: FactKind
    assessed: bool = False
    denied: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    aimed: bool = False
    aspect: Aspect | None = None
    illnesses: tuple[str, ...] = ()


class Study(Cue):
    """A laboratory test, a measurement or a study whose result is told beside its name.

    ``low`` and ``high`` are the values that a number can have, both ends included; without them the result is told in
    words alone. ``unit`` is meant where none is written; ``needs_unit``: without one the number is none of it.
    ``report``: its result is a sentence of findings.
    """

    low: float | None = None
    high: float | None = None
    unit: str | None = None
    needs_unit: bool = False
    report: bool = False


class Column(Exemplified):
    """What a column of a table holds, by the beginnings its head may have, or by the ``whole`` head (lower case)."""

    begins: tuple[str, ...] = Field(min_length=1)
    whole: tuple[str, ...] = ()


class DocumentCues(Entry):
    """Cues of a kind of document, in lower case. ``note`` kinds prove nothing unless signed."""

    id: str = Field(pattern=r"^ev\.[a-z_.]+$")
    meaning: str = "see evidence.yaml"
    source: str = "own words"
    note: bool
    titles: tuple[str, ...] = Field(min_length=1)
    contents: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicalKnowledge:
    """All that is known about the words of charts."""

    drugs: tuple[DrugClass, ...]
    ages: tuple[AgeForm, ...]
    contexts: tuple[ContextCue, ...]
    outcomes: tuple[OutcomeCue, ...]
    illnesses: tuple[Illness, ...]
    sections: tuple[Cue, ...]
    scales: tuple[Scale, ...]
    findings: tuple[NamedFinding, ...]
    muscles: tuple[Cue, ...]
    specialties: tuple[Cue, ...]
    studies: tuple[Study, ...]
    documents: tuple[DocumentCues, ...]
    columns: tuple[Column, ...]
    ideas: tuple[Idea, ...]
    frames: tuple[Frame, ...]


@cache
def load_clinical_knowledge() -> ClinicalKnowledge:
    """Read ``models/charts`` and ``models/drugs`` once.

    Raises:
        UsageError: naming the file and the entry that is wrong.
    """
    return ClinicalKnowledge(
        drugs=load_entries("drugs", DrugClass),
        ages=load_entries("charts/ages.yaml", AgeForm),
        contexts=load_entries("charts/context.yaml", ContextCue),
        outcomes=load_entries("charts/outcomes.yaml", OutcomeCue),
        illnesses=load_entries("charts/illnesses.yaml", Illness),
        sections=load_entries("charts/sections.yaml", Cue),
        scales=load_entries("charts/scores.yaml", Scale),
        findings=load_entries("charts/findings.yaml", NamedFinding),
        muscles=load_entries("charts/muscles.yaml", Cue),
        specialties=load_entries("charts/specialties.yaml", Cue),
        studies=load_entries("charts/studies.yaml", Study),
        documents=load_entries("charts/documents.yaml", DocumentCues),
        columns=load_entries("charts/columns.yaml", Column),
        ideas=load_entries("charts/ideas.yaml", Idea),
        frames=load_entries("charts/frames.yaml", Frame),
    )
