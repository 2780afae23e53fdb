"""What a patient's clinical documents say: documents and dated facts (contract, section 5)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from pipeline.values.letter import Problem
from pipeline.values.text import Box


class FactKind(StrEnum):
    """What a fact is about."""

    DRUG_TRIAL = "drug_trial"
    CURRENT_DRUG = "current_drug"
    CONTRAINDICATION = "contraindication"
    HEADACHE_DAYS = "headache_days"
    MIGRAINE_DAYS = "migraine_days"
    HEADACHE_HOURS = "headache_hours"
    SCORE = "score"
    DIAGNOSIS = "diagnosis"
    PROCEDURE = "procedure"
    RESPONSE = "response"
    SYMPTOM = "symptom"
    EXAM_FINDING = "exam_finding"
    TEST_RESULT = "test_result"
    SPECIALTY = "specialty"
    AGE = "age"
    ORDER = "order"
    AUTHORIZATION = "authorization"


class Outcome(StrEnum):
    """What became of a treatment."""

    FAILURE = "failure"
    INTOLERANCE = "intolerance"
    CONTRAINDICATED = "contraindicated"
    ONGOING = "ongoing"
    UNKNOWN = "unknown"


class Context(StrEnum):
    """Why a fact is not a plain fact about this patient now."""

    NEGATED = "negated"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"
    FAMILY = "family"
    ANOTHER_PERSON = "another_person"
    COPIED_FORWARD = "copied_forward"
    INCOMPLETE = "incomplete"
    UNDATED_ADDENDUM = "undated_addendum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact and its place. A fact with a ``context`` is no plain fact: it never proves anything.

    ``drug`` is the generic name, ``drug_class`` an id of ``models/drugs``; ``start`` and ``stop`` ISO dates or their
    beginning (``2025-01``). ``value`` is the least that the words allow (``15-18`` days: 15, ``up to 20``: None) and
    ``value_high`` the most. ``units`` are units of the drug given, ``wasted`` those discarded; with a
    ``site`` it is the part of an injection that one muscle got, which proves nothing beside the whole. ``percent`` is
    the fall from ``baseline`` to ``current``. ``reason`` says why a trial ended; of a test result it is the result
    in words ("negative"). ``date`` is the day the fact speaks of, ``recorded`` that of its document.
    """

    kind: FactKind
    drug: str | None = None
    drug_class: str | None = None
    dose: str | None = None
    indication: str | None = None
    start: str | None = None
    stop: str | None = None
    duration_days: int | None = None
    outcome: Outcome | None = None
    reason: str | None = None
    name: str | None = None
    code: str | None = None
    value: float | None = None
    value_high: float | None = None
    unit: str | None = None
    units: float | None = None
    site: str | None = None
    sites: int | None = None
    wasted: float | None = None
    baseline: float | None = None
    current: float | None = None
    percent: float | None = None
    number: str | None = None
    from_: str | None = None
    to: str | None = None
    negated: bool = False
    context: Context | None = None
    date: str | None = None
    recorded: str | None = None
    file_name: str
    page: int
    text: str
    boxes: tuple[Box, ...] = ()
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartDocument:
    """One clinical document. ``pages`` are its page numbers; what is attached to another file is ``<file>#<number>``.

    ``signed`` and ``patient_matches`` are None where the document does not say; ``problem`` is set where it could not
    be read.
    """

    file_name: str
    evidence_type: str | None = None
    date: str | None = None
    pages: tuple[int, ...] = ()
    author: str | None = None
    author_specialty: str | None = None
    signed: bool | None = None
    patient_matches: bool | None = None
    patient_name: str | None = None
    date_of_birth: str | None = None
    member_id: str | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The documents of one patient and the facts in them."""

    documents: tuple[ChartDocument, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Whose chart it should be; names in any order and case, date ISO."""

    name: str | None = None
    date_of_birth: str | None = None
    member_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientFolder:
    """A patient's folder: its name, and whose it is by ``patients.csv`` and by the documents in it."""

    name: str
    patient: Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFile:
    """The chart that a letter was linked to, and whose it is."""

    folder: PatientFolder
    chart: Chart


_NO_NAME = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "md",
        "np",
        "pa",
        "rn",
        "phd",
        "fnp",
        "dnp",
        "aprn",
    ]
)
"""Titles, credentials and generations beside a name; not "DO", which is a family name too."""


def same_person(one: str, other: str) -> bool:
    """Whether two names share the family name and a given name, in either order; an initial stands for its name.

    Two names that each have a part, written out, that the other lacks are those of two people: sisters with a double
    family name among them.

    >>> same_person("VANCE, PETRONELLA R", "Petronella Vance")
    True
    >>> same_person("Petronella Vance", "Patricia Vance")
    False
    >>> same_person("Rosalind Abernethy-Cole", "Blythe Abernethy-Cole")
    False
    """
    first, second = ([w for w in re.findall(r"[a-z'’]+", n.casefold()) if w not in _NO_NAME] for n in (one, other))
    shared = {w for w in first if len(w) > 1} & {w for w in second if len(w) > 1}
    rest = [[w for w in words if w not in shared] for words in (first, second)]
    if all(any(len(w) > 1 for w in words) for words in rest):
        return False
    return len(shared) > 1 or (len(shared) == 1 and bool({w[0] for w in rest[0]} & {w[0] for w in rest[1]}))
