"""What goes to the payer: a draft made of blocks whose every part knows where it comes from, its exhibits, its gaps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.values.chart import OnFile
from pipeline.values.evidence import EvidenceTable
from pipeline.values.letter import Channel, Contact, Letter
from pipeline.values.practice import Practice
from pipeline.values.task import Requirement, Task
from pipeline.values.text import Box


class SourceKind(StrEnum):
    """What can prove a part of a sentence."""

    FINDING = "finding"
    FACT = "fact"
    DOCUMENT = "document"
    REQUIREMENT = "requirement"
    KNOWLEDGE = "knowledge"
    PRACTICE = "practice"
    TASK = "task"
    CLINICIAN = "clinician"
    """A clinician's own words, put into a gap; ``ref`` says who and when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a part comes from, so that it can be looked up again.

    ``ref`` names it within its kind: ``<letter id>#<field>`` of a finding, the kind of a fact, a criterion, an id of
    the knowledge, a key of practice.yaml, a field of the task. ``text`` is what stands there, word for word, and
    ``value`` what it was read as. ``file_name`` and ``boxes`` are those of a document of the chart; ``page`` of either.
    """

    kind: SourceKind
    ref: str
    text: str
    value: str | None = None
    file_name: str | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()


class Role(StrEnum):
    """What a part of a sentence is.

    ``words`` are the template's and state nothing; a ``value`` and a ``quote`` carry sources; an ``exhibit`` points
    into the packet; a ``gap`` is for the clinician to fill before anything is sent; a ``blank`` is filled by hand at
    signing.
    """

    WORDS = "words"
    VALUE = "value"
    QUOTE = "quote"
    EXHIBIT = "exhibit"
    GAP = "gap"
    BLANK = "blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of text of one role, with the sources that prove it."""

    text: str
    role: Role = Role.WORDS
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Parts that are read in a row.

    ``label`` is what stands before them in a list of pairs. ``follows``: in a list it belongs to the point before it.
    """

    parts: tuple[Part, ...]
    label: str = ""
    follows: bool = False

    @property
    def text(self) -> str:
        """The words as they are printed."""
        return "".join(part.text for part in self.parts)

    @property
    def sources(self) -> tuple[Source, ...]:
        """What proves the sentence, each once."""
        return tuple(dict.fromkeys(source for part in self.parts for source in part.sources))


class Shape(StrEnum):
    """How a block is set."""

    PARAGRAPH = "paragraph"
    LETTERHEAD = "letterhead"
    LINES = "lines"
    LIST = "list"
    PAIRS = "pairs"
    TABLE = "table"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A section of the draft. Of a table ``columns`` are the heads and ``rows`` hold a sentence a cell."""

    name: str
    shape: Shape
    heading: str = ""
    sentences: tuple[Sentence, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Sentence, ...], ...] = ()

    def all_sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, cells too, in the order they are read."""
        return (*self.sentences, *(cell for row in self.rows for cell in row))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A document that goes along: its letter, its title, and which of its pages are sent.

    ``document_id`` is that of a kept letter, ``file_name`` of a document in the patient's folder. ``whole``: no page of
    it is left out. ``marks`` are the proof passages: page, boxes and words.
    """

    letter: str
    title: str
    pages: tuple[int, ...]
    whole: bool
    document_id: str | None = None
    file_name: str | None = None
    marks: tuple[Source, ...] = ()

    def place_of(self, page: int) -> int | None:
        """Where a page of the document stands in the exhibit, from 1; None where it is not sent."""
        return self.pages.index(page) + 1 if page in self.pages else None


class Form(StrEnum):
    """What a draft is: a letter to be signed, a sheet for the claim system, points for a talk."""

    LETTER = "letter"
    SHEET = "sheet"
    POINTS = "points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The content of a letter, in order, before it is set as DOCX or PDF.

    ``gaps`` must be closed before it is sent; ``notes`` are for whoever checks it and are not part of the letter.
    ``form_values`` is what was written into the payer's own form, where one goes on top.
    """

    kind: str
    title: str
    form: Form
    blocks: tuple[Block, ...]
    exhibits: tuple[Exhibit, ...]
    gaps: tuple[str, ...]
    notes: tuple[str, ...]
    form_values: Block | None = None

    @property
    def ready(self) -> bool:
        """Whether nothing is left open but signature and date."""
        return not self.gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a draft is written from, and nothing else.

    ``letter`` is the one that speaks for the task, ``earlier`` the case's letters before it; None for a request before
    any letter, where ``payer``, ``indication`` and ``asked`` stand for the task. ``evidence`` is the evidence table of
    the illness. ``withheld`` are documents of the chart that are not used at all. ``of_others``: pages of the letter
    that show other patients, ``shared`` those of each letter that it shares with letters of other cases. ``texts`` are
    what documents of the chart say, by file name, as far as they were read again: only what stands there word for word
    is quoted.
    """

    practice: Practice
    task: Task | None = None
    letter: Letter | None = None
    earlier: tuple[Letter, ...] = ()
    on_file: OnFile | None = None
    asked: tuple[Requirement, ...] = ()
    payer: str | None = None
    indication: str | None = None
    phase: str | None = None
    evidence: EvidenceTable | None = None
    withheld: tuple[str, ...] = ()
    of_others: tuple[int, ...] = ()
    shared: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """What must be shown."""
        return self.task.requirements if self.task is not None else self.asked

    @property
    def send_to(self) -> Contact | None:
        """Where the letter says that it goes."""
        return self.task.send_to if self.task is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page of an exhibit, upright: a ``png`` or ``jpg`` picture, or the UTF-8 text (``txt``) of a plain page.

    ``width`` and ``height`` are those of the page in points, in which boxes are given; None for a plain page.
    """

    page: int
    kind: str
    data: bytes
    width: float | None = None
    height: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A packet as it was written: paths of the files, whether it may be sent, and why not.

    ``pages`` counts the packet's. ``content`` is a hash over what is said and enclosed, which a signature stands for.
    ``channel`` and ``contact`` are where it goes, None where the letter does not say.
    """

    task_id: str | None
    kind: str
    ready: bool
    gaps: tuple[str, ...]
    notes: tuple[str, ...]
    files: tuple[str, ...]
    pages: int
    channel: Channel | None
    contact: str | None
    exhibits: tuple[Exhibit, ...]
    content: str = ""
