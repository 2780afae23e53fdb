"""Schema of ``models/letters/`` and ``models/packets/``: what we write to payers, as templates without logic.

A sentence is our own words with ``{names}`` in it. A name is filled with what a finding, a fact, a requirement, the
knowledge or practice.yaml says, and brings its source along. A sentence with a name that nothing fills is not written;
where it has a ``gap``, the gap is, marked for the clinician.
"""

import string
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from pipeline.errors import UsageError
from pipeline.knowledge.clocks import Track
from pipeline.knowledge.entry import Entry, Strict
from pipeline.knowledge.load import load_entries, load_record
from pipeline.values.packet import Form, Shape
from pipeline.values.task import Action
from pipeline.values.vocabulary import Channel

Words = Annotated[str, Field(min_length=1)]


def names_in(words: str) -> tuple[str, ...]:
    """The names of a sentence, in order; raises ``ValueError`` where braces hold anything but a plain name.

    >>> names_in("{payer} decided on {letter_date}.")
    ('payer', 'letter_date')
    """
    found = []
    for _, name, spec, conversion in string.Formatter().parse(words):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"braces hold one plain name, not {{{name}}}")
        found.append(name)
    return tuple(found)


class Whose(StrEnum):
    """Who is to close a gap; ``owner``: whoever can get the evidence that is missing."""

    CLINICIAN = "clinician"
    OFFICE = "office"
    CODER = "coder"
    OWNER = "owner"


class Line(Strict):
    """A sentence: the first of ``any`` that can be filled; else its ``gap`` or its ``blank``; else nothing.

    ``label`` stands before it in a list of pairs. ``gap``: somebody must close it before sending (``whose``);
    ``blank``: it is filled by hand at signing.
    """

    any: tuple[Words, ...] = ()
    label: str = ""
    gap: str = ""
    whose: Whose = Whose.CLINICIAN
    blank: str = ""

    @model_validator(mode="after")
    def _names_are_plain(self) -> "Line":
        for words in (*self.any, self.gap):
            names_in(words)
        if not (self.any or self.gap or self.blank):
            raise ValueError("a sentence says something, or is a gap or a blank")
        return self


def _line(raw: Any) -> Any:
    """A sentence written as plain text, or with ``say`` for the one way to say it."""
    if isinstance(raw, str):
        return {"any": [raw]}
    if isinstance(raw, dict) and "say" in raw:
        rest = {key: value for key, value in raw.items() if key != "say"}
        return {"any": [raw["say"]], **rest}
    return raw


Said = Annotated[Line, BeforeValidator(_line)]


class Column(Strict):
    """A column of a table: its head and what a cell says."""

    head: Words
    say: Said


class Section(Strict):
    """A block of the letter.

    ``use`` takes a section of ``models/packets/sections.yaml``. ``each`` repeats its lines, or its row, for every thing
    of a list; ``empty`` is written where the list holds none. ``when`` and ``unless`` name conditions of the case.
    """

    id: str = Field(default="", pattern=r"^[a-z_]*$")
    use: str = ""
    heading: str = ""
    shape: Shape = Shape.PARAGRAPH
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    each: str = ""
    lead: tuple[Said, ...] = ()
    say: tuple[Said, ...] = ()
    columns: tuple[Column, ...] = ()
    empty: Annotated[Line | None, BeforeValidator(_line)] = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Section":
        if bool(self.use) == bool(self.id):
            raise ValueError("a section either has an id or uses another")
        if bool(self.columns) != (self.shape is Shape.TABLE):
            raise ValueError("a table, and only a table, has columns")
        return self


class LetterTemplate(Entry):
    """A kind of letter: for which actions of a task it is written, and its sections in order."""

    id: str = Field(pattern=r"^letter\.[a-z_]+$")
    title: Words
    form: Form
    actions: tuple[Action, ...] = ()
    sections: tuple[Section, ...] = Field(min_length=1)


class SharedSection(Entry):
    """A section that several letters use."""

    section: Section


class Authority(Entry):
    """What speaks for a treatment: the label, a guideline, a study. ``says`` is in our own words, ``cite`` where.

    ``codes`` are HCPCS codes of the products it is about, all of the drug family where empty.
    """

    indications: tuple[str, ...] = Field(min_length=1)
    codes: tuple[str, ...] = ()
    says: Words
    cite: Words


class Right(Entry):
    """What the law gives to whoever files, as a sentence of ours with its citation.

    ``filer``: only where they file; ``standing``: only where every paper that gives the right to file is on file;
    ``actions``: only for these.
    """

    tracks: tuple[Track, ...] = Field(min_length=1)
    filer: str | None = None
    standing: bool = False
    actions: tuple[Action, ...] = ()
    says: Words
    cite: Words


class ChannelLimit(Entry):
    """What a channel takes in one go: pages, files, bytes a file; None where no limit is known."""

    payers: tuple[str, ...] = ()
    channel: Channel
    pages: int | None = Field(default=None, gt=0)
    files: int | None = Field(default=None, gt=0)
    megabytes: int | None = Field(default=None, gt=0)


class PacketRules(Strict):
    """Numbers and words of packets.

    ``whole_pages``: a document of at most so many pages is sent whole; of a longer one the first page, the last and
    those that prove something. ``titles`` are short names of kinds of evidence, in the order in which exhibits stand.
    ``withheld``: titles of documents that are never sent, ``withheld_anywhere``: words that mark one wherever they
    stand. ``claims``: words that state something
    about a patient, a payer or the law, which no template may write without a name beside them.
    """

    whole_pages: int = Field(gt=0)
    titles: dict[str, Words]
    other_title: Words
    withheld: tuple[Words, ...] = Field(min_length=1)
    withheld_anywhere: tuple[Words, ...] = Field(min_length=1)
    claims: tuple[Words, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterKnowledge:
    """All that is known about what we write."""

    templates: tuple[LetterTemplate, ...]
    shared: dict[str, Section]
    authorities: tuple[Authority, ...]
    rights: tuple[Right, ...]
    limits: tuple[ChannelLimit, ...]
    rules: PacketRules

    def for_action(self, action: Action) -> LetterTemplate | None:
        """The letter that an action of a task sends; None where it sends none."""
        return next((template for template in self.templates if action in template.actions), None)

    def named(self, name: str) -> LetterTemplate:
        """The template of an id, with or without ``letter.`` before it. Raises ``UsageError``."""
        wanted = f"letter.{name.removeprefix('letter.')}"
        found = next((template for template in self.templates if template.id == wanted), None)
        if found is None:
            known = ", ".join(template.id.removeprefix("letter.") for template in self.templates)
            raise UsageError(f"letter {name}", why="there is no such kind", advice=f"Choose one of {known}.")
        return found

    def sections_of(self, template: LetterTemplate) -> tuple[Section, ...]:
        """The sections of a template, those that it uses put in.

        Raises ``KeyError`` for one that is not there; ``denials knowledge check`` says so before.
        """
        return tuple(self.shared[section.use] if section.use else section for section in template.sections)


@cache
def load_letters() -> LetterKnowledge:
    """Read ``models/letters`` and ``models/packets`` once.

    Raises:
        UsageError: naming the file and the entry that is wrong.
    """
    shared = load_entries("packets/sections.yaml", SharedSection)
    return LetterKnowledge(
        templates=load_entries("letters", LetterTemplate),
        shared={entry.id: entry.section for entry in shared},
        authorities=load_entries("packets/authorities.yaml", Authority),
        rights=load_entries("packets/rights.yaml", Right),
        limits=load_entries("packets/limits.yaml", ChannelLimit),
        rules=load_record("packets/rules.yaml", PacketRules),
    )
