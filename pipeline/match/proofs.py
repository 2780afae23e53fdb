"""Whether a fact of the chart may prove anything: of this patient, dated, signed where it must be, not later, not stale."""  # noqa: E501

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from pipeline.knowledge.evidence import EvidenceType
from pipeline.values.chart import Chart, ChartDocument, Context, Fact, FactKind
from pipeline.values.evidence import Proof

_NEEDS_NO_SIGNATURE = {"ev.headache_diary", "ev.bladder_diary", "ev.rx_fills", "ev.pa_letter", "ev.sp_dispense"}
_NO_RECORD = {"ev.patient_message"}
_LEAST_CONFIDENCE = 0.6
"""Words read worse than this prove nothing."""


class Weight(StrEnum):
    """What a fact is worth."""

    PLAIN = "plain"
    STALE = "stale"
    POST_DATED = "post_dated"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A fact with its weight, and why it is not plain; ``day`` is the day it speaks of."""

    fact: Fact
    weight: Weight
    why: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Against what facts are weighed: the chart, the day, and what the patient is asked about.

    ``day`` is the date of service where the service was given, else today; ``given`` whether it was.
    """

    chart: Chart
    evidence: Mapping[str, EvidenceType]
    day: date
    given: bool
    indication: str
    born: str | None = None

    def documents(self) -> dict[str, ChartDocument]:
        """The documents by file name."""
        return {document.file_name: document for document in self.chart.documents}


@lru_cache(maxsize=4096)
def whole_date(iso: str | None) -> date | None:
    """The day of an ISO date; the last day of its month where only that is written; None for a year alone."""
    if iso is None or len(iso) < 7:
        return None
    if len(iso) >= 10:
        return date.fromisoformat(iso[:10])
    year, month = int(iso[:4]), int(iso[5:7])
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def weigh(
    case: Case,
    kinds: Iterable[FactKind],
    *,
    leave: frozenset[Context] = frozenset(),
    max_age: int | None = None,
    ages: bool = True,
) -> list[Weighed]:
    """The facts of these kinds, weighed, the newest first. ``leave`` are contexts that do no harm here."""
    wanted = set(kinds)
    documents = case.documents()
    weighed = [
        _weighed(fact, documents[fact.file_name], case, leave=leave, max_age=max_age, ages=ages)
        for fact in case.chart.facts
        if fact.kind in wanted
    ]
    return sorted(weighed, key=lambda w: (w.day or date.min, w.fact.file_name), reverse=True)


def _weighed(
    fact: Fact, document: ChartDocument, case: Case, *, leave: frozenset[Context], max_age: int | None, ages: bool
) -> Weighed:
    recorded = whole_date(fact.recorded) or whole_date(document.date)
    day = whole_date(fact.date) or recorded
    fault = _fault(fact, document, leave) or ("" if recorded or day else "it carries no date")
    if fault:
        return Weighed(fact=fact, weight=Weight.NOTHING, why=fault, day=day)
    latest = max(d for d in (recorded, day) if d)
    if latest > case.day:
        why = f"dated {latest.isoformat()}, after {case.day.isoformat()}"
        return Weighed(fact=fact, weight=Weight.POST_DATED, why=why, day=day)
    limit = max_age or _stale_days(document, case)
    if ages and limit and day and (case.day - day).days > limit:
        why = f"dated {day.isoformat()}, more than {limit} days before {case.day.isoformat()}"
        return Weighed(fact=fact, weight=Weight.STALE, why=why, day=day)
    return Weighed(fact=fact, weight=Weight.PLAIN, why="", day=day)


def _fault(fact: Fact, document: ChartDocument, leave: frozenset[Context]) -> str:
    """Why the fact proves nothing, in words; empty where it may."""
    if document.patient_matches is False:
        return "the document names another patient"
    if fact.context is not None and fact.context not in leave:
        return f"said as {fact.context.value.replace('_', ' ')}"
    if fault := document_fault(document):
        return fault
    if fact.confidence < _LEAST_CONFIDENCE:
        return "the words were read badly or say it loosely"
    return ""


def document_fault(document: ChartDocument) -> str:
    """Why a document proves nothing, in words; empty where it may: a record of the patient, signed where needed."""
    if document.patient_matches is False:
        return "the document names another patient"
    if document.evidence_type in _NO_RECORD:
        return "a message of the patient is no record of the clinic"
    structured = document.file_name.casefold().endswith((".csv", ".json"))
    if document.evidence_type in _NEEDS_NO_SIGNATURE or structured:
        return ""
    if document.signed is not True:
        return "the document is not signed"
    if document.patient_matches is not True:
        return "the document names no patient"
    return ""


def _stale_days(document: ChartDocument, case: Case) -> int | None:
    entry = case.evidence.get(document.evidence_type or "")
    return entry.stale_days if entry is not None else 180


def proof_of(fact: Fact) -> Proof:
    """Where the fact stands, as a requirement shows it."""
    return Proof(
        file_name=fact.file_name, page=fact.page, text=fact.text, boxes=fact.boxes, date=fact.date or fact.recorded
    )
