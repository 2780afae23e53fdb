"""The facts of one chart filed by kind, each with its day and what its document takes from it: worked out once a chart.

A task asks the same chart some twenty questions; what does not depend on the question is answered here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from pipeline.knowledge.evidence import EvidenceType
from pipeline.values.chart import Chart, ChartDocument, Fact, FactKind

_NEEDS_NO_SIGNATURE = {"ev.headache_diary", "ev.bladder_diary", "ev.rx_fills", "ev.pa_letter", "ev.sp_dispense"}
_NO_RECORD = {"ev.patient_message"}
_LEAST_CONFIDENCE = 0.6
"""Words read worse than this prove nothing."""
_KNOWN_STALE_DAYS = 180
"""The age in days at which a document of a kind that is not known is stale."""


class FiledFact(NamedTuple):
    """A fact with the day that it speaks of and the ``latest`` of that and of its document's.

    ``fault`` is why it proves nothing whatever is asked, in words, empty where it may; ``of_another`` that its document
    names another patient. ``stale_days`` is the age at which its document is stale; None for never.
    """

    fact: Fact
    day: date | None
    latest: date
    fault: str
    of_another: bool
    stale_days: int | None


@dataclass(frozen=True, slots=True)
class Filed:
    """A chart and its facts by kind, the newest first."""

    chart: Chart
    _by_kind: Mapping[FactKind, tuple[FiledFact, ...]]
    _asked: dict[frozenset[FactKind], tuple[FiledFact, ...]] = field(default_factory=dict)

    def of(self, kinds: Iterable[FactKind]) -> tuple[FiledFact, ...]:
        """The facts of some kinds, the newest first; of one day in the order of their files."""
        wanted = frozenset(kinds)
        found = self._asked.get(wanted)
        if found is None:
            found = _newest_first(one for kind in FactKind if kind in wanted for one in self._by_kind.get(kind, ()))
            self._asked[wanted] = found
        return found


def filed(chart: Chart, evidence: Iterable[EvidenceType]) -> Filed:
    """The facts of a chart, filed. ``evidence`` are the kinds of document with the age at which each is stale."""
    stale = {kind.id: kind.stale_days for kind in evidence}
    documents = {
        document.file_name: (
            document_fault(document),
            whole_date(document.date),
            stale.get(document.evidence_type or "", _KNOWN_STALE_DAYS),
            document.patient_matches is False,
        )
        for document in chart.documents
    }
    by_kind: dict[FactKind, list[FiledFact]] = {}
    for fact in chart.facts:
        fault, of_document, stale_days, of_another = documents[fact.file_name]
        recorded = whole_date(fact.recorded) or of_document
        day = whole_date(fact.date) or recorded
        if not fault and fact.confidence < _LEAST_CONFIDENCE:
            fault = "the words were read badly or say it loosely"
        if day is None:  # and then the document has no day either
            fault, latest = fault or "it carries no date", date.max
        else:
            latest = recorded if recorded is not None and recorded > day else day
        by_kind.setdefault(fact.kind, []).append(FiledFact(fact, day, latest, fault, of_another, stale_days))
    return Filed(chart, {kind: _newest_first(found) for kind, found in by_kind.items()})


def _newest_first(found: Iterable[FiledFact]) -> tuple[FiledFact, ...]:
    return tuple(sorted(found, key=lambda one: (one.day or date.min, one.fact.file_name), reverse=True))


@lru_cache(maxsize=4096)
def whole_date(iso: str | None) -> date | None:
    """The day of an ISO date; the last day of its month where only that is written; None for a year alone."""
    if iso is None or len(iso) < 7:
        return None
    if len(iso) >= 10:
        return date.fromisoformat(iso[:10])
    year, month = int(iso[:4]), int(iso[5:7])
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


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
